import { totalReturn, type TotalReturn, tradesOn } from '../portfolio/benchmark.ts'
import { benchmarkOf } from '../portfolio/benchmark-spelling.ts'
import { type Day, dayNumber } from '../portfolio/day.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { lastIndexes } from '../portfolio/price-history.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { isWeekend } from './period.ts'
import { wholeIndex } from './twr.ts'

/** What the returns of a portfolio are held against, day by day: a benchmark, or what it would be by a what-if. */
export type Yardstick = {
  name: string
  /** Only the ratio of two days has a meaning; null on a day without a level. */
  index: TotalReturn
  /** The index before the first day; null for what is bought at that day's close. */
  opening: number | null
  /** Begins a walk forward over days, which says of each whether it is a trading day with a close of its own. */
  sessions: () => (day: Day) => boolean
  /** Of a fixed rate, the rate a year; null for all others. */
  rate: number | null
}

/** Returns the benchmarks of a ledger. */
export function yardsticks(ledger: Ledger): Yardstick[] {
  return ledger.benchmarks.map((name) => {
    const benchmark = benchmarkOf(name)
    return {
      name,
      index: totalReturn(ledger, name),
      opening: null,
      sessions: () => tradesOn(ledger, name),
      rate: benchmark.kind === 'rate' ? benchmark.rate : null,
    }
  })
}

/**
 * Returns a portfolio's daily series by a what-if as something to hold against it: its time-weighted index, which is 1
 * before its first day, as that of the portfolio is, and is carried over days that it has none of.
 */
export function variantYardstick(name: string, series: Valuations): Yardstick {
  const index = wholeIndex(series)
  const indexOf = lastIndexes(Int32Array.from(series.days, dayNumber))
  return {
    name,
    index: (day) => {
      const found = indexOf(dayNumber(day))
      return found < 0 ? 1 : index[found]!
    },
    opening: 1,
    sessions: () => (day) => {
      const found = indexOf(dayNumber(day))
      return series.days[found] === day && series.sessions[found]! && !isWeekend(day)
    },
    rate: null,
  }
}
