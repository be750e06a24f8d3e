import { hoursOf, type MarketState, marketState } from '../market/hours/trading-hours.ts'
import { isStale, sameUntil } from '../market/hours/freshness.ts'
import { UNPRICED } from '../portfolio/own-price.ts'
import { type QuoteAge, tradingOf } from '../snapshot/quote-age.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** What a snapshot cannot say itself, since it depends on when it is read. Instants in milliseconds. */
export type Clock = {
  now: number
  /** Nothing here changes before this instant, unless a refresh brings something. */
  until: number
  market: MarketState
  /** True when every price on the page is as new as it can be. */
  fresh: boolean
  /** When the oldest price on the page was fetched; null while there is none. */
  asOf: number | null
  stale: (row: QuoteAge) => boolean
  /** The progress of a refresh, while one runs. */
  running: { done: number; total: number } | null
  /** Why newer prices have not come: the last answer of the source. Null when they are here or on their way. */
  trouble: string | null
}

/** On a past day nothing is awaited and nothing gets old. */
function stopped(now: number): Clock {
  const market = { ...marketState('nyse', now), phase: 'closed', closes: null, nextOpen: null } as const
  return {
    now,
    until: Infinity,
    market,
    fresh: true,
    asOf: null,
    stale: () => false,
    running: null,
    trouble: null,
  }
}

/** Judges a snapshot at the instant it is read: the age of its prices, and whether the market is open. */
export function clockOf(snapshot: Snapshot, now: number): Clock {
  if (snapshot.past !== undefined) return stopped(now)
  const refused = new Set(snapshot.missing.flatMap(({ symbol, reason }) => (reason ? [symbol] : [])))
  const all = [...snapshot.holdings, ...snapshot.benchmark_quotes]
  const byHand = new Set(
    [
      ...snapshot.holdings.filter(({ price_from }) => price_from === 'own'),
      ...snapshot.missing.filter(({ reason }) => reason === UNPRICED),
    ].map(({ symbol }) => symbol),
  )
  // no newer price comes of symbols that the source refused, that are delisted, or that their owner prices
  const awaited = all.filter(
    ({ symbol, delisted }) => !refused.has(symbol) && delisted === null && !byHand.has(symbol),
  )
  const shown = awaited.length > 0 ? awaited : all.filter(({ delisted }) => delisted !== null)
  const stale = (row: QuoteAge) =>
    !byHand.has(row.symbol) &&
    (row.fetched_at === null || isStale(row.fetched_at, hoursOf(tradingOf(row)), now))
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
