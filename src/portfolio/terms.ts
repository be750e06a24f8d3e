import { type Day, isDay } from './day.ts'
import { type Decimal, decimal, type Money, text } from './decimal.ts'
import type { NamedLots } from './lot.ts'

/** What only some kinds of transaction have (kind.ts). */
export type Terms = {
  /** The day on which shares that came from elsewhere were acquired. */
  acquired?: Day
  /** What all of these shares had cost. */
  cost?: Money
  /** The lots that a sale or a transfer takes first; shares are in the units of its own. */
  lots?: NamedLots
  /** The symbol that shares become, or that is spun off. */
  newSymbol?: string
  /** The part of the old lots' cost that goes with the new shares: 0 < s < 1. */
  costShare?: Decimal
}

/** The first day of which a transaction needs a price: that on which its shares were acquired. */
export function firstDayOf({ date, terms }: { date: Day; terms?: Terms }): Day {
  return terms?.acquired ?? date
}

/** The same as JSON has it: a decimal is text, its whole ten-billionths. */
export type StoredTerms = {
  acquired?: string
  cost?: string
  lots?: { date: string; shares: string | null; transaction?: string }[]
  newSymbol?: string
  costShare?: string
}

export function storedTerms({ cost, costShare, lots, ...terms }: Terms): StoredTerms {
  return {
    ...terms,
    ...(cost !== undefined && { cost: cost.toString() }),
    ...(costShare !== undefined && { costShare: costShare.toString() }),
    ...(lots && { lots: lots.map((lot) => ({ ...lot, shares: lot.shares?.toString() ?? null })) }),
  }
}

export function termsIn({ cost, costShare, lots, ...terms }: StoredTerms): Terms {
  return {
    ...terms,
    ...(cost !== undefined && { cost: BigInt(cost) }),
    ...(costShare !== undefined && { costShare: BigInt(costShare) }),
    ...(lots && {
      lots: lots.map((lot) => ({ ...lot, shares: lot.shares === null ? null : BigInt(lot.shares) })),
    }),
  }
}

/**
 * Reads `2024-01-02 5, 2024-03-01#2`: lots by their day, with shares or as many as there are; `#2` is the second purchase of that
 * day, whose `transaction` is `#2` until its id is known (purchases.ts). Null for anything else.
 */
export function namedLots(text: string): NamedLots | null {
  const found = text
    .split(/[,;]/)
    .map((each) =>
      /^\s*(\d{4}-\d\d-\d\d)(?:\s*(#[1-9]\d{0,4}))?(?:\s*[\s:x×]\s*(\d+(?:\.\d{1,10})?))?\s*$/.exec(each),
    )
  if (found.some((match) => !match || !isDay(match[1]!))) return null
  return found.map((match) => ({
    date: match![1]!,
    shares: match![3] === undefined ? null : decimal(match![3]),
    ...(match![2] !== undefined && { transaction: match![2] }),
  }))
}

/** The place in its day by which a lot's purchase is named while its id is not known; null for an id. */
export function placeOf(transaction: string | undefined): number | null {
  return transaction?.startsWith('#') ? Number(transaction.slice(1)) : null
}

/** Says that a day has no such purchase. */
export function noPurchase(symbol: string, day: Day, place: number): string {
  return `there is no purchase ${place} of ${symbol} on ${day}`
}

/** Writes what `namedLots` reads. Which of a day's purchases is meant is in it where its place in the day is known. */
export function lotsText(
  lots: NamedLots,
  placeIn: (lot: NamedLots[number]) => number | null = () => null,
): string {
  return lots
    .map((lot) => {
      const place = placeIn(lot)
      return `${lot.date}${place === null ? '' : `#${place}`}${lot.shares === null ? '' : ` ${text(lot.shares)}`}`
    })
    .join(', ')
}

/**
 * The row, or what a log has of one, with other names for the purchases whose lots it names; without a name for those that
 * have no other.
 */
export function withNamesOfLots<Row extends object>(
  row: Row,
  nameOf: (transaction: string) => string | undefined,
): Row {
  const { terms } = row as { terms?: { lots?: unknown } | null }
  const lots: unknown = terms?.lots
  if (!Array.isArray(lots) || !lots.some(hasName)) return row
  const renamed = lots.map((each: unknown) => {
    if (!hasName(each)) return each
    const { transaction, ...lot } = each
    const name = nameOf(transaction)
    return name === undefined ? lot : { ...lot, transaction: name }
  })
  return { ...row, terms: { ...terms, lots: renamed } }
}

function hasName(lot: unknown): lot is { transaction: string } {
  return typeof (lot as { transaction?: unknown } | null)?.transaction === 'string'
}

/** True for what `storedTerms` writes. */
export function areTerms(value: unknown): value is StoredTerms {
  if (typeof value !== 'object' || value === null) return false
  const { acquired, cost, lots, newSymbol, costShare } = value as StoredTerms
  return (
    (acquired === undefined || isDay(acquired)) &&
    (cost === undefined || isWhole(cost)) &&
    (costShare === undefined || isWhole(costShare)) &&
    (newSymbol === undefined || typeof newSymbol === 'string') &&
    (lots === undefined || (Array.isArray(lots) && lots.every(isNamed)))
  )
}

const isNamed = (lot: { date?: unknown; shares?: unknown; transaction?: unknown } | null) =>
  typeof lot?.date === 'string' &&
  isDay(lot.date) &&
  (lot.shares === null || isWhole(lot.shares)) &&
  (lot.transaction === undefined || typeof lot.transaction === 'string')
const isWhole = (decimal: unknown) => typeof decimal === 'string' && /^-?\d+$/.test(decimal)
