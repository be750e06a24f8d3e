import type { TotalReturn } from '../portfolio/benchmark.ts'
import { addDays, type Day } from '../portfolio/day.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { versus } from './total-return.ts'
import { wholeIndex } from './twr.ts'
import { type Yardstick, yardsticks } from './yardstick.ts'

/** The calendar months and years of a history, oldest first. */
export type Months = {
  /** The first day; null of an empty history. */
  since: Day | null
  months: PartOfTime[]
  years: PartOfTime[]
}

/** A month `2024-03` or a year `2024`: the first and the last of one history may be parts of one. */
export type PartOfTime = {
  name: string
  /** The last day of the history that is in it. */
  to: Day
  /** The time-weighted return; null where a value is missing at its end or at the end of the one before. */
  twr: number | null
  /** By benchmark, its total return, and the portfolio's less that. */
  benchmarks: Record<string, number | null>
  excess: Record<string, number | null>
}

/**
 * Returns the returns of every calendar month and year of a series: of the portfolio, of each benchmark, and the
 * difference. A benchmark is measured from the close of the first day, a what-if from its opening, as the portfolio is
 * (finance.md, "Months").
 */
export function months(
  ledger: Ledger,
  series: Valuations,
  against: readonly Yardstick[] = yardsticks(ledger),
): Months {
  const { days } = series
  const own = { index: wholeIndex(series), opening: 1 }
  const benchmarks = against.map(({ name: symbol, index: level, opening }) => {
    const index = days.map((day) => level(day))
    return { symbol, index, opening: opening ?? index[0] ?? null, level }
  })
  const by = (nameOf: (day: Day) => string): PartOfTime[] => {
    const theirs = benchmarks.map(({ index, opening, level }) =>
      returnsBy(nameOf, days, index, opening, level),
    )
    return returnsBy(nameOf, days, own.index, own.opening).map(({ name, to, ratio }, i) => {
      const returns = Object.fromEntries(benchmarks.map(({ symbol }, b) => [symbol, theirs[b]![i]!.ratio]))
      return { name, to, twr: ratio, benchmarks: returns, excess: versus(ratio, returns) }
    })
  }
  return { since: days[0] ?? null, months: by(monthOf), years: by(yearOf) }
}

export const monthOf = (day: Day): string => day.slice(0, 7)
const yearOf = (day: Day): string => day.slice(0, 4)

/**
 * Returns the return of each part of time that has a day, oldest first: the index at its end ÷ the index at the end of the
 * one before − 1. `opening` is the index before the first day. Null where one of the two is missing, and after a total
 * loss, from which no return can be measured. What moves on the days between, as a fixed rate does, has a `level` at the
 * end of the calendar month or year; the last part ends with the days.
 */
export function returnsBy(
  nameOf: (day: Day) => string,
  days: readonly Day[],
  index: readonly (number | null)[],
  opening: number | null,
  level?: TotalReturn,
): { name: string; to: Day; ratio: number | null }[] {
  let before = opening
  return days.flatMap((day, i) => {
    const name = nameOf(day)
    const next = days[i + 1]
    if (next !== undefined && nameOf(next) === name) return []
    const now = level && next !== undefined ? level(endOf(name)) : (index[i] ?? null)
    const part = { name, to: day, ratio: change(before, now) }
    before = now
    return [part]
  })
}

/** The last day of a month `2024-03` or a year `2024`. */
function endOf(name: string): Day {
  const isYear = name.length === 4
  // four days after the 28th it is the next month
  return isYear ? `${name}-12-31` : addDays(`${monthOf(addDays(`${name}-28`, 4))}-01`, -1)
}

/** Returns the return between two index figures; null when one is missing, or after a total loss. */
export function change(before: number | null, now: number | null): number | null {
  return before === null || now === null || before === 0 ? null : now / before - 1
}
