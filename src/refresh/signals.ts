import type { HoldingRow, Snapshot } from '../metrics/snapshot.ts'
import type { RefreshState } from './refresh-state.ts'

/** The parts of the page that reload on their own. */
export const regions = ['headline', 'chart', 'holdings', 'allocation', 'recent', 'log', 'freshness'] as const
export type Region = (typeof regions)[number]

/** What an open page is told: that something changed, not what it looks like. */
export type Signal =
  | { type: 'changed'; revision: number; regions: Region[] }
  | { type: 'progress'; status: RefreshState['status']; done: number; total: number }

export function progress(state: RefreshState): Signal {
  return {
    type: 'progress',
    status: state.status,
    done: state.total - state.pending.length,
    total: state.total,
  }
}

/** The regions that two snapshots of a portfolio show differently; none when they say the same. */
export function changedRegions(before: Snapshot | null, after: Snapshot, chartChanged: boolean): Region[] {
  if (!before) return [...regions]
  const differs = (of: (snapshot: Snapshot) => unknown) =>
    JSON.stringify(of(before)) !== JSON.stringify(of(after))
  const ages = (snapshot: Snapshot) => [
    snapshot.benchmark_quotes,
    snapshot.holdings.map(({ fetched_at, price_as_of, delisted }) => [fetched_at, price_as_of, delisted]),
    snapshot.missing,
    snapshot.refresh,
    snapshot.portfolio,
  ]
  const allotted = ({ symbol, market_value, day_change_ratio }: HoldingRow) => [
    symbol,
    market_value,
    day_change_ratio,
  ]
  const changed: Record<Region, boolean> = {
    headline: differs((snapshot) => [
      snapshot.summary,
      snapshot.totals,
      snapshot.warnings,
      snapshot.portfolio,
    ]),
    chart: chartChanged || differs((snapshot) => [snapshot.last, snapshot.portfolio.benchmarks]),
    holdings: differs((snapshot) => [snapshot.holdings, snapshot.closed, snapshot.totals]),
    allocation: differs((snapshot) => [snapshot.holdings.map(allotted), snapshot.summary.cash]),
    recent: differs((snapshot) => [snapshot.recent_activity, snapshot.transaction_count]),
    log: differs((snapshot) => [snapshot.deeds, snapshot.refresh]),
    freshness: differs(ages),
  }
  return regions.filter((region) => changed[region])
}
