import { hoursOf, marketState } from '../market/hours/trading-hours.ts'
import { isStale, sameUntil } from '../market/hours/freshness.ts'
import { type QuoteAge, tradingOf } from '../snapshot/holding-row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Clock } from './views/clock.ts'

/** What a snapshot says of time, decided when it is read: how old its prices are, and whether the market is open. */
export function clockOf(snapshot: Snapshot, now: number): Clock {
  const refused = new Set(snapshot.missing.flatMap(({ symbol, reason }) => (reason ? [symbol] : [])))
  const all = [...snapshot.holdings, ...snapshot.benchmark_quotes]
  // for what is refused or no longer quoted nobody waits
  const awaited = all.filter(({ symbol, delisted }) => !refused.has(symbol) && delisted === null)
  const shown = awaited.length > 0 ? awaited : all.filter(({ delisted }) => delisted !== null)
  const stale = (row: QuoteAge) =>
    row.fetched_at === null || isStale(row.fetched_at, hoursOf(tradingOf(row)), now)
  const market = marketState('nyse', now)
  const changes = all.map((row) =>
    row.fetched_at === null ? null : sameUntil(row.fetched_at, hoursOf(tradingOf(row)), now),
  )
  const taken = shown.flatMap(({ fetched_at }) => fetched_at ?? [])
  const fresh = !awaited.some(stale)
  const { status, done, total, failed, waiting, finished_at } = snapshot.refresh
  return {
    now,
    market,
    until: Math.min(...[market.until, ...changes].filter((at) => at !== null)),
    fresh,
    asOf: taken.length > 0 ? Math.min(...taken) : null,
    stale,
    running: status === 'queued' || status === 'running' ? { done, total } : null,
    trouble: fresh ? null : (waiting ?? (finished_at === null ? null : (failed[0]?.reason ?? null))),
  }
}
