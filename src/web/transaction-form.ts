import * as v from 'valibot'
import { text as decimalText } from '../portfolio/decimal.ts'
import type { Entry, NamedPurchase } from '../portfolio/entry.ts'
import { transactionTypes, type TransactionType, typesOf, typesWith } from '../portfolio/kind.ts'
import { lotsText } from '../portfolio/terms.ts'
import { plainNumber } from '../statements/spelling.ts'
import type { Recorded } from '../storage/transactions.ts'
import { choice, type Given, number, plain, text, written } from './api/field.ts'

/** The fields of an entry as a form shows them. What only our own files state is not asked. */
export type Typed = Required<Omit<Entry, 'unitsDay' | 'listingCurrency' | 'purchases'>>

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

const NO_LOTS =
  'must be a list of {"transaction", "shares"}, the id of a purchase and how many of its shares, or text such as 2024-01-02 5'

/** The lots that a sale names: by the ids of their purchases, or by their days as a form has them. */
const lots = v.nullish(
  v.pipe(
    v.union(
      [
        v.pipe(v.string(), plain),
        v.array(
          v.strictObject({
            transaction: v.pipe(v.string(), plain),
            shares: v.nullish(v.union([v.number(), v.pipe(v.string(), plain)])),
          }),
        ),
      ],
      NO_LOTS,
    ),
    v.description(
      'The lots that a sale or a transfer takes first: a list of `transaction`, the id of a purchase, and `shares` (else as many as there are), or text such as 2024-01-02 5, 2024-03-01#2, where #2 is the second purchase of that day.',
    ),
    v.transform((given): string | NamedPurchase[] =>
      typeof given === 'string'
        ? given
        : given.map(({ transaction, shares }) => ({
            transaction,
            shares: shares == null || shares === '' ? null : written(shares),
          })),
    ),
  ),
)

/** The same fields as a script sends them. What they may be depends on the type (portfolio/entry.ts). */
export const entryBody = v.object({
  type: text(`One of ${transactionTypes.join(', ')}.`),
  symbol: text('The ticker, such as VOO or EUNL.DE.'),
  date: text('The day, such as 2024-03-01.'),
  shares: number('How many shares; above 0, as they were counted on that day.'),
  price: number('What one share cost.'),
  fee: number('The fee of a trade; of a dividend or interest what was kept back of it.'),
  tax: number('The tax that was kept back of a dividend or interest, beside the fee.'),
  amount: number('The money of what is no trade.'),
  acquired: text('The day on which transferred shares were acquired; else the transfer’s.'),
  cost: number('What transferred shares had cost.'),
  lots,
  new_symbol: text('The ticker that an exchange gives, or that is spun off.'),
  cost_share: number('The part of the cost that a spin-off takes along: 0.2 or 20%.'),
  ratio: text('The ratio of a split, new shares to old ones: 5:1.'),
  units: text('as_traded, or adjusted for later splits; left out, the price decides.'),
  currency: text('The currency, such as USD; else that of the listing.'),
  note: text('At most 1,000 characters of your own.'),
  review: text('The day on which you want to look at it again.'),
} satisfies Record<keyof Typed, v.GenericSchema>)

/** The fields of an entry, and what becomes of it where the source does not know its ticker: it is booked, or refused. */
export const writtenBody = v.object({
  ...entryBody.entries,
  unknown_symbol: choice(
    'Whether a ticker that the source does not know is booked all the same.',
    ['book', 'refuse', ''],
    () => 'must be book or refuse',
  ),
})

/** What an answer has of a row besides. */
export const answeredFields = [
  'id',
  'version',
  'derived',
  'portfolio',
  'portfolio_name',
  'revision',
  'warnings',
]

/** The same for a row that is there already. */
export const replacedBody = v.object({
  ...writtenBody.entries,
  version: number('The version that you read.'),
})

/** What a form sent, as it was written; a field that is absent is empty. */
export function typedIn(sent: { [field in keyof Typed]?: string | null | undefined }): Typed {
  return Object.fromEntries(fields.map((field) => [field, sent[field] ?? ''])) as Typed
}

/** The same of a script. */
export function entryIn({ lots: named, ...sent }: Given<typeof entryBody>): Entry {
  if (typeof named === 'string') return typedIn({ ...sent, lots: named })
  return { ...typedIn(sent), ...(named && { purchases: named }) }
}

/** A row as a form shows it: every digit that is kept. */
export function typedOf(row: Recorded): Typed {
  const { shares, price, fee, amount, ratio, terms } = row
  return {
    type: row.type,
    symbol: row.symbol ?? '',
    date: row.date,
    shares: shares === null ? '' : decimalText(shares),
    price: price === null ? '' : decimalText(price),
    fee: fee === 0n ? '' : decimalText(fee),
    // what was kept back is one figure
    tax: '',
    // of a trade it is price × shares
    amount: typesWith('amount').has(row.type) && amount > 0n ? decimalText(amount) : '',
    acquired: terms?.acquired ?? '',
    new_symbol: terms?.newSymbol ?? '',
    cost_share: terms?.costShare === undefined ? '' : decimalText(terms.costShare),
    lots: terms?.lots ? lotsText(terms.lots) : '',
    cost: terms?.cost === undefined ? '' : decimalText(terms.cost),
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
