import type { Day } from '../portfolio/day.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { change, monthOf, type PartOfTime } from './months.ts'
import { rangeStarts } from './range.ts'
import { versus } from './total-return.ts'
import { wholeIndex } from './twr.ts'
import { type Yardstick, yardsticks } from './yardstick.ts'

/** The return of the twelve months before each day, in columns of one length: 0.12 is 12 %. */
export type RollingYear = {
  days: Day[]
  twr: (number | null)[]
  benchmarks: Record<string, (number | null)[]>
}

/**
 * Returns the time-weighted return of the portfolio, and the total return of each benchmark, from the close of the day 365
 * days before to each day of a series; with `from`, on the days after it. The first of them is 365 days after the first day
 * of the series. Null where one of the two days has no value (finance.md, "Rolling twelve months").
 */
export function rollingYear(
  ledger: Ledger,
  series: Valuations,
  from: Day | null,
  against: readonly Yardstick[] = yardsticks(ledger),
): RollingYear {
  const index = wholeIndex(series)
  const spans = spansOf(series.days, from)
  const column = (returns: (number | null)[]) =>
    returns.map((each) => (each === null ? null : Math.round(each * 1e8) / 1e8))
  return {
    days: spans.map(({ at }) => series.days[at]!),
    twr: column(spans.map(({ before, at }) => change(index[before]!, index[at]!))),
    benchmarks: Object.fromEntries(
      against.map(({ name, index: level }) => {
        const returns = spans.map(({ at, start }) => change(level(start), level(series.days[at]!)))
        return [name, column(returns)]
      }),
    ),
  }
}

/** For each day, the day twelve months before, and where the last day on or before that stands in the series. */
function spansOf(days: readonly Day[], from: Day | null): { at: number; start: Day; before: number }[] {
  let before = 0
  return days.flatMap((day, at) => {
    const start = rangeStarts['12m'](day)!
    if (start < days[0]! || (from !== null && day <= from)) return []
    while (days[before + 1]! <= start) before++
    return [{ at, start, before }]
  })
}

/** Returns the rolling returns at the end of each month, oldest first; the last month may be a part of one. */
export function rollingMonths({ days, twr, benchmarks }: RollingYear): PartOfTime[] {
  return days.flatMap((day, i): PartOfTime[] => {
    const name = monthOf(day)
    const next = days[i + 1]
    if (next !== undefined && monthOf(next) === name) return []
    const theirs = Object.fromEntries(Object.entries(benchmarks).map(([each, column]) => [each, column[i]!]))
    return [{ name, to: day, twr: twr[i]!, benchmarks: theirs, excess: versus(twr[i]!, theirs) }]
  })
}

/** What the columns say together of the portfolio and one benchmark. */
type RollingSummary = {
  /** The days on which both are known, and those on which the portfolio was ahead. */
  days: number
  ahead: number
  /** The portfolio's own. */
  best: { day: Day; ratio: number } | null
  worst: { day: Day; ratio: number } | null
}

/** Of equal returns the earlier one counts; without a benchmark nothing is ahead. */
export function rollingSummary(
  { days, twr, benchmarks }: RollingYear,
  benchmark: string | null,
): RollingSummary {
  const theirs = benchmark === null ? [] : (benchmarks[benchmark] ?? [])
  const summary: RollingSummary = { days: 0, ahead: 0, best: null, worst: null }
  twr.forEach((ratio, i) => {
    if (ratio === null) return
    const day = days[i]!
    if (summary.best === null || ratio > summary.best.ratio) summary.best = { day, ratio }
    if (summary.worst === null || ratio < summary.worst.ratio) summary.worst = { day, ratio }
    const other = theirs[i] ?? null
    if (other === null) return
    summary.days++
    if (ratio > other) summary.ahead++
  })
  return summary
}
