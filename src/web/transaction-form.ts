import { text } from '../portfolio/decimal.ts'
import type { Entry } from '../portfolio/entry.ts'
import { type TransactionType, typesOf, typesWith } from '../portfolio/kind.ts'
import { lotsText } from '../portfolio/terms.ts'
import { plainNumber } from '../statements/spelling.ts'
import type { Recorded } from '../storage/transactions.ts'
import type { Given } from './json-body.ts'

/** The fields of an entry as a form shows them. What only our own files state is not asked. */
export type Typed = Required<Omit<Entry, 'unitsDay' | 'listingCurrency'>>

export const fields = [
  'type',
  'symbol',
  'date',
  'shares',
  'price',
  'fee',
  'tax',
  'amount',
  'acquired',
  'cost',
  'lots',
  'new_symbol',
  'cost_share',
  'ratio',
  'units',
  'currency',
  'note',
  'review',
] as const satisfies (keyof Entry)[]

/** The same fields as a script sends them. */
export const entryKinds = {
  type: 'text',
  symbol: 'text',
  date: 'text',
  shares: 'number',
  price: 'number',
  fee: 'number',
  tax: 'number',
  amount: 'number',
  acquired: 'text',
  cost: 'number',
  lots: 'text',
  new_symbol: 'text',
  cost_share: 'number',
  ratio: 'text',
  units: 'text',
  currency: 'text',
  note: 'text',
  review: 'text',
} as const satisfies Record<keyof Typed, 'text' | 'number'>

/** What a form or a script sent, as it was written; a field that is absent or null is empty. */
export function typedIn(sent: Given<typeof entryKinds>): Typed {
  return Object.fromEntries(fields.map((field) => [field, sent[field] ?? ''])) as Typed
}

/** A row as a form shows it: every digit that is kept. */
export function typedOf(row: Recorded): Typed {
  const { shares, price, fee, amount, ratio, terms } = row
  return {
    type: row.type,
    symbol: row.symbol ?? '',
    date: row.date,
    shares: shares === null ? '' : text(shares),
    price: price === null ? '' : text(price),
    fee: fee === 0n ? '' : text(fee),
    // what was kept back is one figure
    tax: '',
    // of a trade it is price × shares
    amount: typesWith('amount').has(row.type) && amount > 0n ? text(amount) : '',
    acquired: terms?.acquired ?? '',
    new_symbol: terms?.newSymbol ?? '',
    cost_share: terms?.costShare === undefined ? '' : text(terms.costShare),
    lots: terms?.lots ? lotsText(terms.lots) : '',
    cost: terms?.cost === undefined ? '' : text(terms.cost),
    ratio: ratio ? `${ratio.numerator}:${ratio.denominator}` : '',
    units: row.units ?? '',
    currency: row.currency ?? '',
    note: row.note,
    review: row.review ?? '',
  }
}

/**
 * What the form asked for. Fields that its type has no use for are not shown, and what was typed in them before another
 * type was chosen is not meant. Numbers may be spelled as statements spell them: `$1,234.50`.
 */
export function entryOf(typed: Typed): Entry {
  const plain = (spelled: string) => plainNumber(spelled) ?? spelled
  const type = typed.type as TransactionType
  const used = Object.entries(typed).map(([field, value]) => [field, isUsed(field, type) ? value : ''])
  const { shares, price, fee, tax, amount, cost, ...others } = Object.fromEntries(used) as Typed
  return {
    ...others,
    shares: plain(shares),
    price: plain(price),
    fee: plain(fee),
    tax: plain(tax),
    amount: plain(amount),
    cost: plain(cost),
  }
}

/** The amount of a trade is worked out. */
function isUsed(field: string, type: TransactionType): boolean {
  if (field === 'amount' && !typesWith('amount').has(type)) return false
  const types: ReadonlySet<TransactionType> | undefined = typesOf[field as keyof typeof typesOf]
  return types?.has(type) ?? true
}

export type Faults = Partial<Record<keyof Entry | 'form', string>>
