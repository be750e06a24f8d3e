import { minorUnit, noCurrency } from './currency.ts'
import { type Day, isDay } from './day.ts'
import { type Decimal, decimal, divide, type Money, ONE, text, times } from './decimal.ts'
import { dividedTerms, readTerms } from './entered-terms.ts'
import { called, notOf, withArticle } from './entry-words.ts'
import { SYMBOL } from './instrument.ts'
import { type KindField, kinds, type TransactionType, transactionTypes, typesOf } from './kind.ts'
import { type StatedUnits, statedUnits, type Transaction } from './transaction.ts'
import { readParts, readRatio, roundedDecimal } from './written-number.ts'

/**
 * A transaction as a person, a script or a file enters it: all fields are text, but for the lots that a program names by
 * their purchases. An absent one is undefined or ''.
 */
export type Entry = {
  type: string
  symbol?: string
  date?: string
  shares?: string
  price?: string
  /** Of a buy, sale or deposit its fee, of a dividend or interest what was kept back of it. */
  fee?: string
  /** Of a dividend or interest: the tax that was kept back of it, beside the fee. */
  tax?: string
  amount?: string
  currency?: string
  /** The day on which transferred shares were acquired; the transfer's without one. */
  acquired?: string
  /** What all of them had cost; without it what they are worth on the day. */
  cost?: string
  /** The lots that a sale or a transfer takes first, by their days: `2024-01-02 5, 2024-03-01#2`. */
  lots?: string
  /** The same by the ids of their purchases, in place of it. */
  purchases?: readonly NamedPurchase[]
  /** The symbol that an exchange gives, or that is spun off. */
  new_symbol?: string
  /** The part of the cost that a spin-off takes along: `0.2`, or `20%`. */
  cost_share?: string
  /** The ratio of a split, new shares to old ones: `5:1`; a reverse split is `1:10`. That of an exchange may be `0.6512`. */
  ratio?: string
  note?: string
  /** The day on which its owner wants to look at it again. */
  review?: string
  /** The day in whose share units a buy or sell is; our own exports state it. */
  unitsDay?: string
  /** Whether a buy or sell is `as_traded` on its day, or was `adjusted` for later splits already; without it its price decides. */
  units?: string
  /** The currency that the symbol traded in when a row without a currency was entered; our own exports state it. */
  listingCurrency?: string
}

/** A purchase whose lot a sale takes first: so many of its shares, or as many as there are. */
export type NamedPurchase = { transaction: string; shares: string | null }

export type NumberField = 'shares' | 'price' | 'amount' | 'fee' | 'tax' | 'cost'

export type Fault = { field: Exclude<keyof Entry, 'purchases'>; reason: string }

/** A transaction that has no id yet. */
export type TransactionDraft = Omit<Transaction, 'id'>

/**
 * Every transaction enters the ledger through this function, whether it comes from a form, the API or a file. It
 * checks each field on its own and returns the faults of all; whether the shares to be sold are there, the ledger
 * decides (ledger.ts).
 *
 * The ranges are shares 1e-8 … 1e12, prices 1e-8 … 1e9 and money 1e-8 … 1e12 (finance.md, "Numbers"). The amount of a
 * buy or sell is always price × shares; it must not exceed 1e12 nor round to 0. Amounts in a hundredth of a currency
 * (GBp) are returned in the currency itself (GBP).
 *
 * A field that is given is used or refused, never dropped; empty text and an amount of 0 are no field. A number with more
 * than ten decimals is rounded half to even, and a note says so. `today` is the latest day that may be entered, and `rows`
 * are those of the portfolio, in which the purchases are that it names. Of a file they are not known yet (lots-of-file.ts).
 */
export function readEntry(
  entry: Entry,
  today: Day,
  rows: readonly Transaction[] | null = null,
): { transaction: TransactionDraft; notes: string[] } | { faults: Fault[] } {
  const faults: Fault[] = []
  const notes: string[] = []
  const refuse = (field: Fault['field'], reason: string) => void faults.push({ field, reason })

  const type = entry.type.trim().toLowerCase().replaceAll(/[ -]/g, '_') as TransactionType
  if (!transactionTypes.includes(type)) {
    return {
      faults: [
        {
          field: 'type',
          reason: `“${entry.type}” is not a transaction type (${transactionTypes.join(', ')})`,
        },
      ],
    }
  }

  const symbol = (entry.symbol ?? '').trim().toUpperCase() || null
  if (symbol && !SYMBOL.test(symbol)) refuse('symbol', `“${symbol}” is not a ticker`)
  if (!symbol && kinds[type].symbol === 'needed') refuse('symbol', `${called(type)} needs a ticker`)

  const date = (entry.date ?? '').trim()
  if (date === '') refuse('date', 'a transaction needs a date')
  else if (!isDay(date)) refuse('date', `“${date}” is not a date (YYYY-MM-DD)`)
  else if (date > today) refuse('date', `${date} is in the future`)
  else if (date < '1900-01-01') refuse('date', `${date} is before 1900`)

  const number = (field: NumberField, least: Decimal, most: Decimal): Decimal => {
    const typed = (entry[field] ?? '').trim()
    const exact = decimal(typed)
    const value = exact ?? roundedDecimal(typed)
    if (value === null)
      refuse(field, typed ? `“${typed}” is not a number` : `${called(type)} needs ${withArticle[field]}`)
    else if (value < least) refuse(field, tooLittle(field, type, value, least))
    else if (value > most) refuse(field, `${field} must be at most ${most / ONE}`)
    else if (exact === null) notes.push(`${field} ${typed} is rounded to ${text(value)}`)
    return value ?? 0n
  }

  const has = (field: KindField) => typesOf[field].has(type)
  const trade = has('price')
  const needs = (field: NumberField) =>
    has(field) && (!kinds[type].optional?.includes(field) || isGiven(entry[field]))
  const shares = needs('shares') ? number('shares', LEAST, MOST) : null
  const note = (entry.note ?? '').trim()
  const isFree = type === 'buy' && isZero(entry.price) && /\b(gift|bonus)\b/i.test(note)
  const price = isFree ? 0n : trade ? number('price', LEAST, MOST_PRICE) : null
  const charge = (field: 'fee' | 'tax') => (has(field) && entry[field]?.trim() ? number(field, 0n, MOST) : 0n)
  const fee = charge('fee') + charge('tax')
  const amount = trade ? times(shares!, price!) : needs('amount') ? number('amount', LEAST, MOST) : 0n
  // invalid factors are reported above; here we check only their product
  if (trade && !faults.some(({ field }) => field === 'shares' || field === 'price')) {
    if (amount > MOST)
      refuse('shares', `shares × price is ${text(amount)}, more than the limit of ${MOST / ONE}`)
    else if (amount === 0n && !isFree) refuse('shares', 'shares × price is too small to record')
  }

  for (const field of Object.keys(typesOf) as (keyof typeof typesOf)[]) {
    const isNamed = field === 'lots' && entry.purchases !== undefined && entry.purchases.length > 0
    if (!typesOf[field].has(type) && (isGiven(entry[field]) || isNamed)) refuse(field, notOf(field, type))
  }
  // who sends back what was read has changed the shares, and not the amount that follows from them
  if (trade && isGiven(entry.amount) && !isNear(entry.amount!.trim(), amount))
    notes.push(`amount ${entry.amount!.trim()} is not price × shares; ${text(amount)} is used`)
  if (!trade && fee > 0n && fee > amount)
    refuse('fee', `fee and tax are more than the ${type.replaceAll('_', ' ')}`)

  const terms = readTerms(entry, { type, symbol, date, shares, rows, number, refuse })

  const unitsDay = trade ? (entry.unitsDay ?? '').trim() : ''
  if (unitsDay && (!isDay(unitsDay) || unitsDay < date || unitsDay > today))
    refuse('unitsDay', 'is not a date between the trade date and today')

  const units = trade ? readUnits(entry.units ?? '') : null
  if (units === undefined) refuse('units', `“${entry.units!.trim()}” is neither as_traded nor adjusted`)
  if (units === 'as_traded' && unitsDay && unitsDay !== date)
    refuse('units', `as traded, they are in the share units of ${date}, not in those of ${unitsDay}`)
  const decided = units === 'as_traded' ? date : unitsDay

  const ratio =
    type === 'split' ? readRatio(entry.ratio ?? '') : has('ratio') ? readParts(entry.ratio ?? '') : null
  if (type === 'exchange' && !ratio)
    refuse('ratio', 'an exchange needs a ratio of new shares to old, such as 3:2 or 0.6512')
  if (type === 'split' && !ratio) refuse('ratio', 'a split needs a ratio of new shares to old, such as 5:1')

  const { currency, divisor } = currencyOf((entry.currency ?? '').trim())
  if (currency && !/^[A-Z]{3}$/.test(currency)) refuse('currency', noCurrency(currency))

  const listing = (entry.listingCurrency ?? '').trim().toUpperCase()
  if (listing && !/^[A-Z]{3}$/.test(listing)) refuse('listingCurrency', noCurrency(listing))
  else if (listing && (currency || !symbol))
    refuse(
      'listingCurrency',
      `${called(type)} ${symbol ? 'with a currency of its own' : 'without a ticker'} has none`,
    )

  const review = (entry.review ?? '').trim()
  if (review && (!isDay(review) || review <= date || review > '2199-12-31'))
    refuse('review', `“${review}” is not a date after that of the transaction`)

  if (note.length > 1000) refuse('note', 'a note can have at most 1,000 characters')

  if (faults.length > 0) return { faults }
  return {
    notes,
    transaction: {
      type,
      symbol,
      date,
      shares,
      price: price === null ? null : divide(price, divisor),
      fee: divide(fee, divisor),
      amount: divide(amount, divisor),
      currency,
      ratio,
      note,
      ...(review && { review }),
      ...(Object.keys(terms).length > 0 && { terms: dividedTerms(terms, divisor) }),
      ...(decided && { unitsDay: decided }),
      ...(units && { units }),
      ...(listing && { listingCurrency: listing }),
    },
  }
}

const LEAST: Decimal = 100n
const MOST: Decimal = 1_000_000_000_000n * ONE
const MOST_PRICE: Decimal = 1_000_000_000n * ONE

function tooLittle(field: NumberField, type: TransactionType, value: Decimal, least: Decimal): string {
  if (least === 0n) return `${field} cannot be negative`
  const isPrice = value === 0n && (field === 'price' || type === 'price')
  if (!isPrice) return `${field} must be at least 0.00000001`
  // a price of 0 has no ratio to another
  return type === 'buy'
    ? `${field} must be at least 0.00000001, unless its note says that it was a gift or a bonus`
    : `${field} must be at least 0.00000001; enter that for shares that are worth nothing`
}

/** A zero is what a program sends for nothing. */
function isGiven(typed: string | undefined): boolean {
  return !/^[+-]?0*(?:\.0*)?$/.test((typed ?? '').trim())
}

function isZero(typed: string | undefined): boolean {
  return (typed ?? '').trim() !== '' && !isGiven(typed)
}

/** Programs print price × shares to the cent, or to more. */
function isNear(typed: string, amount: Money): boolean {
  const given = decimal(typed) ?? roundedDecimal(typed)
  return given !== null && given - amount <= ONE / 100n && amount - given <= ONE / 100n
}

/** Amounts entered in pence are kept in pounds. `GBp`, as exchanges write it, is not `GBP`. */
function currencyOf(typed: string): { currency: string | null; divisor: bigint } {
  const minor = minorUnit(typed) ?? minorUnit(typed.toUpperCase())
  if (minor) return { currency: minor.major, divisor: BigInt(minor.divisor) }
  return { currency: typed.toUpperCase() || null, divisor: 1n }
}

/** Null when nothing is said, undefined when it is not understood. */
function readUnits(typed: string): StatedUnits | null | undefined {
  const word = typed.trim().toLowerCase().replaceAll(/[ -]/g, '_')
  return word === '' ? null : statedUnits.find((each) => each === word)
}
