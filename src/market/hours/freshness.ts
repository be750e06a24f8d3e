import { marketState } from './trading-hours.ts'
import type { Hours, MarketState } from './trading-hours.ts'
import { DAY, MINUTE, SECOND } from '../../portfolio/time.ts'

/** Who needs a price: somebody looking at it, a portfolio that was opened recently, or any other portfolio. */
export type Attention = 'watched' | 'recent' | 'idle'

/** How long a portfolio counts as recently opened, in milliseconds. */
export const RECENTLY = 30 * DAY

const extended = {
  fresh: { watched: 5 * MINUTE, recent: 5 * MINUTE, idle: 30 * MINUTE },
  stale: 30 * MINUTE,
}

/**
 * How long a price stays fresh in each phase of its market, in milliseconds. While the market is closed, it stays
 * fresh until the opening.
 */
const policy = {
  open: {
    fresh: { watched: 60 * SECOND, recent: 5 * MINUTE, idle: 30 * MINUTE },
    stale: 15 * MINUTE,
  },
  pre: extended,
  post: extended,
}

/** Prices of exchanges other than New York's may be this much older than their time says. */
const DELAY = 20 * MINUTE

/**
 * Returns the attention of a portfolio, or the highest of several portfolios; `isWatched` when somebody has one open.
 * Instants are in milliseconds.
 */
export function attentionOf(
  { isWatched, openedAt }: { isWatched: boolean; openedAt: number },
  now: number,
): Attention {
  if (isWatched) return 'watched'
  return openedAt >= now - RECENTLY ? 'recent' : 'idle'
}

/** True when the planner need not request a price that was fetched at `fetchedAt`. Instants are in milliseconds. */
export function isFresh(fetchedAt: number, hours: Hours, now: number, attention: Attention): boolean {
  const state = marketState(hours, now)
  if (state.phase === 'closed') return tookTheClose(fetchedAt, hours, state)
  return now - fetchedAt < policy[state.phase].fresh[attention]
}

/** True when the page must mark a price that was fetched at `fetchedAt` as old. Instants are in milliseconds. */
export function isStale(fetchedAt: number, hours: Hours, now: number): boolean {
  const goodUntil = lastGood(fetchedAt, hours, marketState(hours, now))
  return goodUntil !== null && now > goodUntil
}

/**
 * Returns the instant, in milliseconds, until which `isStale` and `marketState` stay as they are at `now` without a
 * new price: then the price grows old or a phase ends. Null when they never change.
 */
export function sameUntil(fetchedAt: number, hours: Hours, now: number): number | null {
  const state = marketState(hours, now)
  const goodUntil = lastGood(fetchedAt, hours, state)
  const changes = [state.until, goodUntil].filter((at) => at !== null && at >= now)
  return changes.length === 0 ? null : Math.min(...(changes as number[]))
}

/** The last instant of this phase at which the price is not too old; null when it does not age in this phase. */
function lastGood(fetchedAt: number, hours: Hours, state: MarketState): number | null {
  const settled = tookTheClose(fetchedAt, hours, state)
  if (state.phase === 'closed') return settled ? null : fetchedAt + policy.open.stale
  // a price that was final overnight begins to age when the market wakes
  const agesFrom = settled ? Math.max(fetchedAt, state.since ?? fetchedAt) : fetchedAt
  return agesFrom + policy[state.phase].stale
}

/**
 * True when a price fetched at `fetchedAt` is good until the next opening and the one fetched `before` is not,
 * because a close came between them. The two may be close together. Instants are in milliseconds.
 */
export function isFirstAfterClose(fetchedAt: number, before: number, hours: Hours): boolean {
  const state = marketState(hours, fetchedAt)
  return tookTheClose(fetchedAt, hours, state) && !tookTheClose(before, hours, state)
}

function tookTheClose(fetchedAt: number, hours: Hours, { lastClose }: MarketState): boolean {
  return lastClose !== null && fetchedAt >= lastClose + (typeof hours === 'object' ? DELAY : 0)
}
