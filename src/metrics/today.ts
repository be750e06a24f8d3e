import type { Day } from '../portfolio/day.ts'
import { fromFloat, ratioOf, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, previousClose } from '../portfolio/holding.ts'
import { type Ledger, priceOn } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { type Metric, money } from './metric.ts'

/**
 * The gain since the close of the previous session, that of positions sold out since included. Symbols without both
 * prices are left out and named.
 */
export type Today = {
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
    'Money that came or went during the day is not a gain. The previous close is that of the last session.',
  inputs: ({ today: latest }) => [
    money('Change', latest?.change),
    money('Previous value + bought', latest?.base),
  ],
  days: ({ to }) => ({ from: null, to }),
  missing: 'no holding has both of its last two prices',
}

export const benchmarkTodayMetric: Metric = {
  name: 'Today %',
  unit: 'ratio',
  formula: 'latest price ÷ previous close − 1',
  method: 'The previous close is that of the last session.',
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
  const { change, base, leftOut } = changeOfAll(valued)
  const sessions = ledger.benchmarks.map((symbol) => [symbol, latestSession(ledger, symbol)] as const)
  return {
    change: text(change),
    base: text(base),
    ratio: ratioOf(change, base),
    left_out: leftOut,
    benchmarks: Object.fromEntries(sessions.map(([symbol, session]) => [symbol, session?.ratio ?? null])),
    benchmark_changes: Object.fromEntries(
      sessions.map(([symbol, session]) => {
        const value = summary.benchmarks[symbol]?.value ?? null
        if (session === null || value === null) return [symbol, null]
        // money that came since then was invested at the current price
        const moved = Number(value) - netFlowSince(series, session.day)
        return [symbol, text(fromFloat((moved * session.ratio) / (1 + session.ratio)))]
      }),
    ),
  }
}

/** The day of the latest price, and that price ÷ the close of the session before − 1. */
function latestSession(ledger: Ledger, symbol: string): { day: Day; ratio: number } | null {
  const priced = priceOn(ledger, symbol, ledger.today)
  if ('reason' in priced) return null
  const { day, price } = priced
  const before = previousClose(ledger, symbol, day)
  return before ? { day, ratio: toNumber(price) / toNumber(before) - 1 } : null
}

function netFlowSince({ days, deposits, withdrawals }: Valuations, day: Day): number {
  const since = days.map((each, i) => (each >= day ? deposits[i]! - withdrawals[i]! : 0n))
  return toNumber(sum(since))
}

/**
 * Adds up the day changes of all positions, those sold out in the session included. A sum is null when no position
 * has a day change; those without one are named in `leftOut` (finance.md, "Day change").
 */
export function changeOfAll(valued: readonly Holding[]) {
  const part = valued.filter(
    ({ position, dayChange }) => position.shares > 0n || dayChange === null || dayChange.base !== 0n,
  )
  const counted = part.flatMap(({ dayChange }) => dayChange ?? [])
  return {
    change: counted.length > 0 ? sum(counted.map(({ amount }) => amount)) : null,
    base: counted.length > 0 ? sum(counted.map(({ base }) => base)) : null,
    leftOut: part.filter(({ dayChange }) => dayChange === null).map(({ symbol }) => symbol),
  }
}
