import { matched, type TotalReturn } from '../portfolio/benchmark.ts'
import { type Day, weekday } from '../portfolio/day.ts'
import { type Money, sum, toNumber } from '../portfolio/decimal.ts'
import type { Valuations } from '../portfolio/valuation.ts'

/** External money in and out of one day, as plain numbers. */
export type DayFlow = { deposits: number; withdrawals: number }

/** The basis of all figures of a period: its days, their flows, and the value at the start. */
export type Period = {
  /** The index of the first day in the series. */
  start: number
  days: Day[]
  /** For each day, true on the sessions of what was held; false on weekends, on which only some symbols trade. */
  trading: boolean[]
  /** For each day. The deposits of the first day include the value at the start of the period. */
  flows: DayFlow[]
  /** The TWR index before the first day; null when the period begins at that day's close and has no return of it. */
  opening: 1 | null
  /** The value at the close of the first day; 0n for the whole history. */
  startValue: Money
  startCash: Money
  deposits: Money
  withdrawals: Money
}

/**
 * Returns the whole series as a period, or the part from the close of a day on; a reason when there is no value to
 * start from.
 */
export function periodOf(series: Valuations, from: Day | null): Period | string {
  const found = from === null ? -1 : series.days.findLastIndex((day) => day <= from)
  const start = Math.max(0, found)
  const flows = series.days.slice(start).map((_, i) => ({
    deposits: toNumber(series.deposits[start + i]!),
    withdrawals: toNumber(series.withdrawals[start + i]!),
  }))
  if (from === null || found < 0) {
    return {
      start,
      days: series.days,
      trading: series.days.map((day, i) => series.sessions[i]! && !isWeekend(day)),
      flows,
      opening: 1,
      startValue: 0n,
      startCash: 0n,
      deposits: sum(series.deposits),
      withdrawals: sum(series.withdrawals),
    }
  }
  const opening = series.value[start]
  if (opening === null || opening === undefined) return series.reasons.get(start) ?? `no value on ${from}`
  const days = [from, ...series.days.slice(start + 1)]
  return {
    start,
    days,
    trading: days.map((day, i) => series.sessions[start + i]! && !isWeekend(day)),
    flows: [{ deposits: toNumber(opening), withdrawals: 0 }, ...flows.slice(1)],
    opening: null,
    startValue: opening,
    startCash: series.cash[start]!,
    deposits: sum(series.deposits.slice(start + 1)),
    withdrawals: sum(series.withdrawals.slice(start + 1)),
  }
}

/** Saturday or Sunday, on which only some symbols trade. */
export function isWeekend(day: Day): boolean {
  return weekday(day) % 6 === 0
}

/** Returns the net flow of each day, positive for money in. */
export function netFlows({ days, flows }: Pick<Period, 'days' | 'flows'>): { day: Day; amount: number }[] {
  return days.map((day, i) => ({ day, amount: flows[i]!.deposits - flows[i]!.withdrawals }))
}

/**
 * Returns a benchmark that gets the flows of a period: its values, its total-return index for each day, and the flows
 * without the withdrawals that it could not pay.
 */
export function matchedPeriod(
  { days, flows }: Period,
  index: TotalReturn,
): { alternative: ReturnType<typeof matched>; levels: (number | null)[]; flows: DayFlow[] } {
  const levels = days.map((day) => index(day))
  // matched() requests each day’s level once, in order
  let next = 0
  const alternative = matched(days, flows, () => levels[next++] ?? null)
  return {
    alternative,
    levels,
    flows: flows.map(({ deposits }, i) => ({ deposits, withdrawals: alternative.withdrawn[i]! })),
  }
}
