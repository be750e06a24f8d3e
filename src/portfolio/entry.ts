import { minorUnit } from './currency.ts'
import { type Day, isDay } from './day.ts'
import { type Decimal, decimal, divide, ONE, text, times } from './decimal.ts'
import { SYMBOL } from './instrument.ts'
import { type Transaction, type TransactionType, transactionTypes } from './transaction.ts'

/** A transaction as a person, a script or a file enters it: all fields are text. An absent one is undefined or ''. */
export type Entry = {
  type: string
  symbol?: string
  date?: string
  shares?: string
  price?: string
  fee?: string
  amount?: string
  currency?: string
  /** The ratio of a split, new shares to old ones: `5:1`; a reverse split is `1:10`. */
  ratio?: string
  note?: string
  /** The day in whose share units a buy or sell is; our own exports state it. */
  unitsDay?: string
}

export type Fault = { field: keyof Entry; reason: string }

/** A transaction that has no id yet. */
export type TransactionDraft = Omit<Transaction, 'id'>

/**
 * Every transaction enters the ledger through this function, whether it comes from a form, the API or a file. It
 * checks each field on its own and returns the faults of all; whether the shares to be sold are there, the ledger
 * decides (ledger.ts).
 *
 * The ranges are shares 1e-8 … 1e12, prices 1e-8 … 1e9 and money 1e-8 … 1e12 (finance.md, "Numbers"). The amount of a
 * buy or sell is always price × shares, whatever was entered; it must not exceed 1e12 nor round to 0. Amounts in a
 * hundredth of a currency (GBp) are returned in the currency itself (GBP).
 */
export function readEntry(entry: Entry, today: Day): { transaction: TransactionDraft } | { faults: Fault[] } {
  const faults: Fault[] = []
  const refuse = (field: keyof Entry, reason: string) => void faults.push({ field, reason })

  const type = entry.type.trim().toLowerCase() as TransactionType
  if (!transactionTypes.includes(type)) {
    return {
      faults: [{ field: 'type', reason: `“${entry.type}” is not one of ${transactionTypes.join(', ')}` }],
    }
  }

  const symbol = (entry.symbol ?? '').trim().toUpperCase() || null
  if (symbol && !SYMBOL.test(symbol)) refuse('symbol', `“${symbol}” is not a ticker`)
  if (!symbol && needsSymbol.has(type)) refuse('symbol', `a ${type} needs a ticker`)

  const date = (entry.date ?? '').trim()
  if (date === '') refuse('date', 'date is missing')
  else if (!isDay(date)) refuse('date', `“${date}” is not a day (YYYY-MM-DD)`)
  else if (date > today) refuse('date', `${date} is in the future`)
  else if (date < '1900-01-01') refuse('date', `${date} is before 1900`)

  const number = (field: 'shares' | 'price' | 'amount' | 'fee', least: Decimal, most: Decimal): Decimal => {
    const typed = (entry[field] ?? '').trim()
    const value = decimal(typed)
    if (value === null)
      refuse(field, typed ? `“${typed}” is not a number with at most 10 decimals` : `${field} is missing`)
    else if (value < least)
      refuse(field, least === 0n ? `${field} cannot be negative` : `${field} must be at least 0.00000001`)
    else if (value > most) refuse(field, `${field} is larger than ${most / ONE}`)
    return value ?? 0n
  }

  const trade = type === 'buy' || type === 'sell'
  const shares = trade ? number('shares', LEAST, MOST) : null
  const price = trade ? number('price', LEAST, MOST_PRICE) : null
  const fee = trade && entry.fee?.trim() ? number('fee', 0n, MOST) : 0n
  const amount = trade ? times(shares!, price!) : type === 'split' ? 0n : number('amount', LEAST, MOST)
  // invalid factors are reported above; here we check only their product
  if (trade && !faults.some(({ field }) => field === 'shares' || field === 'price')) {
    if (amount > MOST) refuse('shares', `shares × price is ${text(amount)}, larger than ${MOST / ONE}`)
    else if (amount === 0n) refuse('shares', 'shares × price is too little to be counted')
  }

  const unitsDay = trade ? (entry.unitsDay ?? '').trim() : ''
  if (unitsDay && (!isDay(unitsDay) || unitsDay < date || unitsDay > today))
    refuse('unitsDay', 'is not a day between that of the trade and today')

  const ratio = type === 'split' ? readRatio(entry.ratio ?? '') : null
  if (type === 'split' && !ratio)
    refuse('ratio', 'a split needs its ratio, new shares to old ones, such as 5:1')

  const { currency, divisor } = currencyOf((entry.currency ?? '').trim())
  if (currency && !/^[A-Z]{3}$/.test(currency))
    refuse('currency', `“${currency}” is not a currency code such as USD`)

  const note = (entry.note ?? '').trim()
  if (note.length > 1000) refuse('note', 'a note holds at most 1,000 characters')

  if (faults.length > 0) return { faults }
  return {
    transaction: {
      type,
      symbol: cashOnly.has(type) ? null : symbol,
      date,
      shares,
      price: price && divide(price, divisor),
      fee: divide(fee, divisor),
      amount: divide(amount, divisor),
      currency,
      ratio,
      note,
      ...(unitsDay && { unitsDay }),
    },
  }
}

const LEAST: Decimal = 100n
const MOST: Decimal = 1_000_000_000_000n * ONE
const MOST_PRICE: Decimal = 1_000_000_000n * ONE

const needsSymbol = new Set<TransactionType>(['buy', 'sell', 'dividend', 'split'])
const cashOnly = new Set<TransactionType>(['deposit', 'withdrawal'])

/** Amounts entered in pence are kept in pounds. `GBp`, as exchanges write it, is not `GBP`. */
function currencyOf(typed: string): { currency: string | null; divisor: bigint } {
  const minor = minorUnit(typed) ?? minorUnit(typed.toUpperCase())
  if (minor) return { currency: minor.major, divisor: BigInt(minor.divisor) }
  return { currency: typed.toUpperCase() || null, divisor: 1n }
}

function readRatio(text: string): Transaction['ratio'] {
  const match = /^\s*(\d{1,9})\s*[:/]\s*(\d{1,9})\s*$/.exec(text)
  const numerator = Number(match?.[1])
  const denominator = Number(match?.[2])
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : null
}
