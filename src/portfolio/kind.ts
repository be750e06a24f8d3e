/** What one kind of transaction is: everything that the entry, the forms, the cash and the gap ask of it. */
export type Kind = {
  /**
   * Its place within a day (finance.md, "Order within a day"): money arrives before it is spent. The inferred deposit
   * comes after everything that the day itself brings in (cash.ts).
   */
  rank: number
  /** What its amount does to the cash. A fee always lowers the cash. */
  cash: 'in' | 'out' | 'none'
  symbol: 'needed' | 'may' | 'none'
  /** The fields that it has besides its date, its symbol, its currency and its note. */
  fields: readonly KindField[]
  /** True for cash that is neither a trade, nor a dividend, nor money from outside. It belongs to the symbol it names. */
  isAside?: true
}

export type KindField = 'shares' | 'price' | 'fee' | 'tax' | 'amount' | 'ratio' | 'unitsDay' | 'units'

const trade = ['shares', 'price', 'fee', 'unitsDay', 'units'] as const

/** Every kind of transaction, in the order in which a form offers them. */
export const kinds = {
  buy: { rank: 5, cash: 'out', symbol: 'needed', fields: trade },
  sell: { rank: 1, cash: 'in', symbol: 'needed', fields: trade },
  dividend: { rank: 2, cash: 'in', symbol: 'needed', fields: ['amount', 'fee', 'tax'] },
  interest: { rank: 3, cash: 'in', symbol: 'may', fields: ['amount', 'fee', 'tax'], isAside: true },
  deposit: { rank: 4, cash: 'in', symbol: 'none', fields: ['amount', 'fee'] },
  withdrawal: { rank: 8, cash: 'out', symbol: 'none', fields: ['amount'] },
  fee: { rank: 6, cash: 'out', symbol: 'may', fields: ['amount'], isAside: true },
  tax: { rank: 7, cash: 'out', symbol: 'may', fields: ['amount'], isAside: true },
  split: { rank: 0, cash: 'none', symbol: 'needed', fields: ['ratio'] },
} as const satisfies Record<string, Kind>

export type TransactionType = keyof typeof kinds
export const transactionTypes = Object.keys(kinds) as TransactionType[]

export const kindOf = (type: TransactionType): Kind => kinds[type]

/** The kinds that have a field, or may name a symbol. */
export function typesWith(field: KindField | 'symbol'): ReadonlySet<TransactionType> {
  return typesWhere((kind) => (field === 'symbol' ? kind.symbol !== 'none' : kind.fields.includes(field)))
}

export function typesWhere(isMeant: (kind: Kind) => boolean): ReadonlySet<TransactionType> {
  return new Set(transactionTypes.filter((type) => isMeant(kinds[type])))
}

/** The kinds that are cash aside of trades, dividends and money from outside: interest, fees and taxes. */
export const asides = typesWhere(({ isAside }) => isAside === true)
