import { totalReturn } from '../portfolio/benchmark.ts'
import type { Day } from '../portfolio/day.ts'
import { fromFloat, ratioOf, sum, text, toNumber } from '../portfolio/decimal.ts'
import { latestDay } from '../portfolio/day-change.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { type Metric, money } from './metric.ts'

/**
 * The gain since the close before the latest session, with the dividends and fees since then and the gain of positions
 * that were sold out since. Symbols with an unknown amount are left out and named.
 */
export type Today = {
  /** The day at whose close it begins. */
  since: Day
  change: string | null
  /** The base of the change: the value at the previous close + purchases since then. */
  base: string | null
  ratio: number | null
  left_out: string[]
  benchmarks: Record<string, number | null>
  /** The change in money, had the portfolio's flows gone into each benchmark. */
  benchmark_changes: Record<string, string | null>
}

export const todayMetric: Metric<{ today?: Today }> = {
  name: 'Today %',
  unit: 'ratio',
  formula: 'change since the previous close ÷ (value at the previous close + bought since)',
  method:
    'Money that came or went since then is not a gain; dividends and fees count. The previous close is the one before the latest session of the holdings.',
  inputs: ({ today: latest }) => [
    money('Change', latest?.change),
    money('Previous value + bought', latest?.base),
    { label: 'Since the close of', value: latest?.since ?? null, unit: 'day' },
  ],
  days: ({ to }) => ({ from: null, to }),
  missing: 'no holding has all of its amounts',
}

export const benchmarkTodayMetric: Metric = {
  name: 'Today %',
  unit: 'ratio',
  formula: 'total-return index now ÷ that of the close before the latest session − 1',
  method: 'Measured from the same close as the portfolio; a dividend of the day counts.',
  inputs: () => [],
  days: ({ to }) => ({ from: null, to }),
  missing: 'needs its last two prices',
}

/** Returns the figures of the latest session; `valued` and `summary` are those of the ledger's today. */
export function today(
  ledger: Ledger,
  valued: readonly Holding[],
  series: Valuations,
  summary: { benchmarks: Record<string, { value: string | null }> },
): Today {
  const { since, change, base, leftOut } = changeOfAll(ledger, valued, ledger.today)
  const grown = ledger.benchmarks.map((symbol) => [symbol, returnSince(ledger, symbol, since)] as const)
  return {
    since,
    change: text(change),
    base: text(base),
    ratio: ratioOf(change, base),
    left_out: leftOut,
    benchmarks: Object.fromEntries(grown),
    benchmark_changes: Object.fromEntries(
      grown.map(([symbol, ratio]) => {
        const value = summary.benchmarks[symbol]?.value ?? null
        if (ratio === null || value === null) return [symbol, null]
        // money that came since then was invested at the current price
        const moved = Number(value) - netFlowAfter(series, since)
        return [symbol, text(fromFloat((moved * ratio) / (1 + ratio)))]
      }),
    ),
  }
}

/** Returns a benchmark's return since the close of a day; null when it has no price on that day. */
function returnSince(ledger: Ledger, symbol: string, since: Day): number | null {
  const index = totalReturn(ledger, symbol)
  const [then, now] = [index(since), index(ledger.today)]
  return then && now ? now / then - 1 : null
}

function netFlowAfter({ days, deposits, withdrawals }: Valuations, since: Day): number {
  return toNumber(sum(days.map((each, i) => (each > since ? deposits[i]! - withdrawals[i]! : 0n))))
}

/**
 * Adds up the day changes of all positions, those sold out since included, and the fees of the account. The sum is null
 * when no position has a day change; those without one are named in `leftOut` (finance.md, "Day change").
 */
export function changeOfAll(ledger: Ledger, valued: readonly Holding[], asOf: Day) {
  const { since, unassigned } = latestDay(ledger, valued, asOf)
  const part = valued.filter(
    ({ position, dayChange }) =>
      position.shares > 0n || dayChange === null || dayChange.base !== 0n || dayChange.amount !== 0n,
  )
  const counted = part.flatMap(({ dayChange }) => dayChange ?? [])
  return {
    since,
    change: counted.length > 0 ? sum(counted.map(({ amount }) => amount)) + unassigned : null,
    base: counted.length > 0 ? sum(counted.map(({ base }) => base)) : null,
    leftOut: part.filter(({ dayChange }) => dayChange === null).map(({ symbol }) => symbol),
  }
}
