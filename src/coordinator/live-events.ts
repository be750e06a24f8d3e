import { hoursOf } from '../market/hours/trading-hours.ts'
import { isFirstAfterClose } from '../market/hours/freshness.ts'
import type { HoldingRow } from '../snapshot/holding-row.ts'
import { type QuoteAge, tradingOf } from '../snapshot/quote-age.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { RefreshState } from './refresh-state.ts'

/** The parts of the page that reload on their own. */
export const regions = [
  'headline',
  'chart',
  'why',
  'holdings',
  'allocation',
  'recent',
  'log',
  'freshness',
] as const
export type Region = (typeof regions)[number]

/** How far a refresh is. */
export type Progress = { status: RefreshState['status']; done: number; total: number }

/** The signal to an open page: it says that something changed, and not how it looks now. */
export type Signal =
  /** How far the refresh is comes along, so that a thousand pages need no second signal. */
  | { type: 'changed'; revision: number; regions: readonly Region[]; refresh: Progress }
  | ({ type: 'progress' } & Progress)
  /** How many rows of a file are read that somebody wants to import. */
  | { type: 'reading'; done: number; total: number }
  /** How many rows of a long import are written, or deleted where it is undone. */
  | { type: 'writing'; done: number; total: number }

export function progress({ status, total, pending }: RefreshState): Progress {
  return { status, done: total - pending.length, total }
}

/**
 * How long a copy is kept whose prices were fetched again without a change, as before and after hours. This is long
 * before it would be marked as old (market/hours/freshness.ts), and often enough to halve the day's writes to KV that
 * change nothing.
 */
const TAKEN_AGAIN = 9 * 60_000

/** Returns the regions that differ between two snapshots of a portfolio; none when they show the same. */
export function changedRegions(before: Snapshot | null, after: Snapshot, chartChanged: boolean): Region[] {
  if (!before) return [...regions]
  if (!chartChanged && isRefetchOnly(before, after)) return []
  const differs = (of: (snapshot: Snapshot) => unknown) =>
    JSON.stringify(of(before)) !== JSON.stringify(of(after))
  const ages = (snapshot: Snapshot) => [
    snapshot.benchmark_quotes,
    snapshot.rate_sources,
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
      snapshot.unrecorded_dividends,
      snapshot.reviews,
      snapshot.group,
    ]),
    chart: chartChanged || differs((snapshot) => [snapshot.last, snapshot.portfolio.benchmarks]),
    why: differs(({ holdings, closed, gaps, last, portfolio }) => [
      [...holdings, ...closed].map(({ symbol, vs_money }) => [symbol, vs_money]),
      gaps,
      last,
      portfolio.benchmarks,
    ]),
    holdings: differs((snapshot) => [
      snapshot.holdings,
      snapshot.gaps,
      snapshot.closed,
      snapshot.totals,
      snapshot.summary.cash,
    ]),
    allocation: differs((snapshot) => [snapshot.holdings.map(allotted), snapshot.summary.cash]),
    // the amounts that are expected move with exchange rates, as quotes do
    recent: differs(({ recent_activity, transaction_count, ex_dates }) => [
      recent_activity,
      transaction_count,
      ex_dates.map(({ symbol, ex_date, declared, pay_date }) => [symbol, ex_date, declared, pay_date]),
    ]),
    log: differs((snapshot) => [snapshot.deeds, snapshot.refresh]),
    freshness: differs(ages),
  }
  return regions.filter((region) => changed[region])
}

/** True when the prices alone may have changed: every edit and every step of a refresh appears in the log as well. */
export function onlyQuotesChanged(changed: readonly Region[]): boolean {
  return changed.length > 0 && !changed.includes('log') && !changed.includes('recent')
}

function isRefetchOnly(before: Snapshot, after: Snapshot): boolean {
  const quoted = ({ holdings, closed, benchmark_quotes }: Snapshot) => [
    ...holdings,
    ...closed,
    ...benchmark_quotes,
  ]
  const then = quoted(before)
  const isSoon = quoted(after).every((row, i) => {
    const { symbol, fetched_at: taken } = row
    const last = then[i]?.symbol === symbol ? then[i].fetched_at : undefined
    if (taken === last) return true
    if (taken === null || typeof last !== 'number' || taken - last >= TAKEN_AGAIN) return false
    // nothing may be fetched after this one, and the copy would be marked as old until the opening
    return !isFirstAfterClose(taken, last, hoursOf(tradingOf(row)))
  })
  return isSoon && withoutTimestamps(before) === withoutTimestamps(after)
}

/** Returns the snapshot without the times of its quotes. */
function withoutTimestamps(snapshot: Snapshot): string {
  const untaken = <T extends QuoteAge>(row: T): T => ({ ...row, fetched_at: null })
  return JSON.stringify({
    ...snapshot,
    revision: 0,
    holdings: snapshot.holdings.map(untaken),
    closed: snapshot.closed.map(untaken),
    benchmark_quotes: snapshot.benchmark_quotes.map(untaken),
  })
}
