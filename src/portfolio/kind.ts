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
  /** Those among them without which it can be, where a kind of its fields needs them. */
  optional?: readonly KindField[]
  /** What it does to the shares of its symbol, if anything. */
  shares?: 'in' | 'out' | 'scaled'
  /** True for cash that is neither a trade, nor a dividend, nor money from outside. It belongs to the symbol it names. */
  isAside?: true
}

export type KindField =
  | 'shares'
  | 'price'
  | 'fee'
  | 'tax'
  | 'amount'
  | 'ratio'
  | 'unitsDay'
  | 'units'
  | 'acquired'
  | 'cost'
  | 'lots'
  | 'new_symbol'
  | 'cost_share'

const trade = ['shares', 'price', 'fee', 'unitsDay', 'units'] as const

/** The place of shares that another symbol's became: after a spin-off, and before what becomes of them in turn. */
export const ARRIVAL = 0.4

/** Every kind of transaction, in the order in which a form offers them. */
const table = {
  buy: { rank: 5, cash: 'out', symbol: 'needed', fields: trade, shares: 'in' },
  sell: { rank: 1, cash: 'in', symbol: 'needed', fields: [...trade, 'lots'], shares: 'out' },
  dividend: { rank: 2, cash: 'in', symbol: 'needed', fields: ['amount', 'fee', 'tax'] },
  reinvested: {
    rank: 2,
    cash: 'none',
    symbol: 'needed',
    fields: ['shares', 'price', 'unitsDay', 'units'],
    shares: 'in',
  },
  return_of_capital: { rank: 2.5, cash: 'in', symbol: 'needed', fields: ['amount', 'fee', 'tax'] },
  interest: { rank: 3, cash: 'in', symbol: 'may', fields: ['amount', 'fee', 'tax'], isAside: true },
  deposit: { rank: 4, cash: 'in', symbol: 'none', fields: ['amount', 'fee'] },
  withdrawal: { rank: 8, cash: 'out', symbol: 'none', fields: ['amount'] },
  fee: { rank: 6, cash: 'out', symbol: 'may', fields: ['amount'], isAside: true },
  tax: { rank: 7, cash: 'out', symbol: 'may', fields: ['amount'], isAside: true },
  transfer_in: {
    rank: 0.5,
    cash: 'none',
    symbol: 'needed',
    fields: ['shares', 'acquired', 'cost'],
    shares: 'in',
  },
  transfer_out: {
    rank: 9,
    cash: 'none',
    symbol: 'needed',
    fields: ['shares', 'lots'],
    shares: 'out',
  },
  spin_off: {
    rank: 0.35,
    cash: 'none',
    symbol: 'needed',
    fields: ['new_symbol', 'shares', 'cost_share'],
  },
  exchange: {
    rank: 0.45,
    cash: 'in',
    symbol: 'needed',
    fields: ['new_symbol', 'ratio', 'shares', 'amount'],
    optional: ['shares', 'amount'],
    shares: 'out',
  },
  stock_dividend: { rank: 0.3, cash: 'none', symbol: 'needed', fields: ['shares'], shares: 'scaled' },
  // the owner says what a share was worth
  price: { rank: 10, cash: 'none', symbol: 'needed', fields: ['amount'] },
  split: { rank: 0, cash: 'none', symbol: 'needed', fields: ['ratio'], shares: 'scaled' },
} as const satisfies Record<string, Kind>

export type TransactionType = keyof typeof table
export const kinds: Readonly<Record<TransactionType, Kind>> = table
export const transactionTypes = Object.keys(kinds) as TransactionType[]

/** The kinds that have a field, or may name a symbol. */
export function typesWith(field: KindField | 'symbol'): ReadonlySet<TransactionType> {
  return typesWhere((kind) => (field === 'symbol' ? kind.symbol !== 'none' : kind.fields.includes(field)))
}

/** The kinds that use a field of an entry, where not all do. */
export const typesOf = {
  symbol: typesWith('symbol'),
  shares: typesWith('shares'),
  price: typesWith('price'),
  fee: typesWith('fee'),
  tax: typesWith('tax'),
  // of a buy or sell it is only compared
  amount: new Set([...typesWith('price'), ...typesWith('amount')]),
  ratio: typesWith('ratio'),
  unitsDay: typesWith('unitsDay'),
  units: typesWith('units'),
  acquired: typesWith('acquired'),
  cost: typesWith('cost'),
  lots: typesWith('lots'),
  new_symbol: typesWith('new_symbol'),
  cost_share: typesWith('cost_share'),
} satisfies Record<KindField | 'symbol', ReadonlySet<TransactionType>>

export function typesWhere(isMeant: (kind: Kind) => boolean): ReadonlySet<TransactionType> {
  return new Set(transactionTypes.filter((type) => isMeant(kinds[type])))
}

/** The kinds that change what is held. */
export const trading = typesWhere(({ shares }) => shares !== undefined)

/** The kinds that are cash aside of trades, dividends and money from outside: interest, fees and taxes. */
export const asides = typesWhere(({ isAside }) => isAside === true)
