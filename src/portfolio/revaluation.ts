import { symbolsOfAll } from './benchmark-spelling.ts'
import { type Day, dayOf, dayNumber } from './day.ts'
import type { Ledger, Market } from './ledger.ts'
import { firstDifference, type PriceHistory } from './price-history.ts'
import type { Transaction } from './transaction.ts'
import { settledBefore, type Valuations, valuations } from './valuation.ts'

/** A ledger, and its daily series up to its today. */
export type Valued = { ledger: Ledger; series: Valuations }

/**
 * The daily series of a ledger up to its today. Where an earlier state of it has been valued before, only the days from
 * the first difference on are valued anew: new quotes cost one day, not the whole history. The answer is the same.
 */
export function revalued(ledger: Ledger, before: Valued | null): Valued {
  const changed = before && firstDayChanged(before.ledger, ledger)
  const settled = changed ? settledBefore(before!.series, changed) : undefined
  return { ledger, series: valuations(ledger, ledger.today, settled) }
}

/**
 * The first day whose valuation may differ between two states of a ledger, the earlier `today` at the latest; null when
 * any day may.
 */
export function firstDayChanged(before: Ledger, after: Ledger): Day | null {
  if (
    before.baseCurrency !== after.baseCurrency ||
    before.benchmarks.join('\n') !== after.benchmarks.join('\n')
  )
    return null
  const days = [
    dayNumber(before.today),
    dayNumber(after.today),
    firstTransactionChanged(before, after),
    firstRevaluationChanged(before, after),
  ]
  const benchmarks = new Set(symbolsOfAll(after.benchmarks))
  for (const symbol of new Set([...before.markets.keys(), ...after.markets.keys()])) {
    const day = firstPriceChanged(before.markets.get(symbol), after.markets.get(symbol))
    if (day !== null) days.push(day)
    else if (benchmarks.has(symbol)) return null
    else days.push(firstDayTraded(before, symbol), firstDayTraded(after, symbol))
  }
  return dayOf(Math.min(...days))
}

/** Before its first trade a symbol is in no figure; Infinity for one that was never traded. */
function firstDayTraded({ transactions }: Ledger, symbol: string): number {
  const first = transactions.find((each) => each.symbol === symbol)
  return first ? dayNumber(first.date) : Infinity
}

function firstTransactionChanged({ transactions: before }: Ledger, { transactions: after }: Ledger): number {
  const length = Math.max(before.length, after.length)
  for (let i = 0; i < length; i++) {
    const old = before[i]
    const now = after[i]
    if (old === now || (old && now && isValuedAlike(old, now))) continue
    return Math.min(...[old, now].flatMap((each) => (each ? [dayNumber(each.date)] : [])))
  }
  return Infinity
}

function firstRevaluationChanged(
  { revaluations: before = [] }: Ledger,
  { revaluations: after = [] }: Ledger,
) {
  const length = Math.max(before.length, after.length)
  for (let i = 0; i < length; i++) {
    const [old, now] = [before[i], after[i]]
    if (old?.day === now?.day && old?.amount === now?.amount) continue
    return Math.min(...[old, now].flatMap((each) => (each ? [dayNumber(each.day)] : [])))
  }
  return Infinity
}

const valuedBy = [
  'type',
  'symbol',
  'date',
  'shares',
  'fee',
  'amount',
  'worth',
  'gone',
  'unitsDay',
  'unconverted',
] as const

function isValuedAlike(a: Transaction, b: Transaction): boolean {
  return (
    valuedBy.every((field) => a[field] === b[field]) &&
    a.ratio?.numerator === b.ratio?.numerator &&
    a.ratio?.denominator === b.ratio?.denominator
  )
}

/** Infinity when no price differs; null when what differs is not a matter of days. */
function firstPriceChanged(before: Market | undefined, after: Market | undefined): number | null {
  if (before === after) return Infinity
  if (!before || !after || JSON.stringify(before.splits) !== JSON.stringify(after.splits)) return null
  if (before.foreign?.currency !== after.foreign?.currency) return null
  return firstOf([
    firstCloseChanged(before.prices, after.prices),
    firstCloseChanged(before.foreign?.prices, after.foreign?.prices),
    firstCloseChanged(before.foreign?.rates, after.foreign?.rates),
  ])
}

function firstOf(days: readonly (number | null)[]): number | null {
  const known = days.filter((day) => day !== null)
  return known.length < days.length ? null : Math.min(...known)
}

/** As firstPriceChanged. Where there was no close at all, the reason for every day was another. */
function firstCloseChanged(before?: PriceHistory, after?: PriceHistory): number | null {
  if (!before || !after || before === after) return Infinity
  const length = Math.max(before.days.length, after.days.length)
  const i = firstDifference(before, after)
  if (i === length) return Infinity
  if (before.days.length === 0 || after.days.length === 0) return null
  return Math.min(before.days[i] ?? Infinity, after.days[i] ?? Infinity)
}
