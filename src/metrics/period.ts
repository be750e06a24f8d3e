import { matched, type TotalReturn } from '../portfolio/benchmark.ts'
import { type Day, weekday } from '../portfolio/day.ts'
import { type Money, sum, toNumber } from '../portfolio/decimal.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import type { DayFlow } from './growth.ts'

/** What figures are measured on: days, the money in and out of them, and what there was at the start. */
export type Period = {
  /** The index of its first day in the series. */
  start: number
  days: Day[]
  /** Beside the days: false on weekends, on which only some symbols trade. */
  trading: boolean[]
  /** Beside the days. The first one's money in includes what the period started with. */
  flows: DayFlow[]
  /** The TWR index before the first day; null when the period begins at that day's close and has no return of it. */
  opening: 1 | null
  /** At the close of that day; 0n for the whole history. */
  startValue: Money
  startCash: Money
  deposits: Money
  withdrawals: Money
}

/** The whole series, or from the close of a day on; a sentence when there is no value to start from. */
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
      trading: series.days.map(isTrading),
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
    trading: days.map(isTrading),
    flows: [{ deposits: toNumber(opening), withdrawals: 0 }, ...flows.slice(1)],
    opening: null,
    startValue: opening,
    startCash: series.cash[start]!,
    deposits: sum(series.deposits.slice(start + 1)),
    withdrawals: sum(series.withdrawals.slice(start + 1)),
  }
}

function isTrading(day: Day): boolean {
  return weekday(day) % 6 !== 0
}

/** Money in positive, out negative, day by day. */
export function netFlows({ days, flows }: Pick<Period, 'days' | 'flows'>): { day: Day; amount: number }[] {
  return days.map((day, i) => ({ day, amount: flows[i]!.deposits - flows[i]!.withdrawals }))
}

/**
 * A benchmark that got the same flows: what it was worth, its total-return index beside the days, and the flows less
 * the withdrawals that it could not pay.
 */
export function matchedPeriod(
  { days, flows }: Period,
  index: TotalReturn,
): { alternative: ReturnType<typeof matched>; levels: (number | null)[]; flows: DayFlow[] } {
  const at = { index: -1 }
  const levels = days.map((day) => index(day, at))
  // asked once for each day, in order
  let next = 0
  const alternative = matched(days, flows, () => levels[next++] ?? null)
  return {
    alternative,
    levels,
    flows: flows.map(({ deposits }, i) => ({ deposits, withdrawals: alternative.withdrawn[i]! })),
  }
}
