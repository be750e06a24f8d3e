import { marketState } from './trading-hours.ts'
import type { Hours, MarketState } from './trading-hours.ts'
import { DAY, MINUTE, SECOND } from '../../portfolio/time.ts'

/** Who needs a price: somebody who looks at it, a portfolio that was opened not long ago, or any other portfolio. */
export type Attention = 'watched' | 'recent' | 'idle'

/** A portfolio is a recently opened one for so long, in milliseconds. */
export const RECENTLY = 30 * DAY

const extended = {
  fresh: { watched: 5 * MINUTE, recent: 5 * MINUTE, idle: 30 * MINUTE },
  stale: 30 * MINUTE,
}

/** How long a price is good for, in milliseconds, while its market is in a phase. Closed, it is good until the opening. */
const policy = {
  open: {
    fresh: { watched: 60 * SECOND, recent: 5 * MINUTE, idle: 30 * MINUTE },
    stale: 15 * MINUTE,
  },
  pre: extended,
  post: extended,
}

/** What is shown of an exchange other than New York's may be so much older than it says. */
const DELAY = 20 * MINUTE

/** The attention of a portfolio, or of the most demanding one of several. Instants in milliseconds. */
export function attentionOf(
  { watchedUntil, openedAt }: { watchedUntil: number; openedAt: number },
  now: number,
): Attention {
  if (watchedUntil > now) return 'watched'
  return openedAt >= now - RECENTLY ? 'recent' : 'idle'
}

/** May the planner leave a price alone that was taken from the source at `fetchedAt`? Instants in milliseconds. */
export function isFresh(fetchedAt: number, hours: Hours, now: number, attention: Attention): boolean {
  const state = marketState(hours, now)
  if (state.phase === 'closed') return tookTheClose(fetchedAt, hours, state)
  return now - fetchedAt < policy[state.phase].fresh[attention]
}

/** Must the page mark a price as old that was taken from the source at `fetchedAt`? Instants in milliseconds. */
export function isStale(fetchedAt: number, hours: Hours, now: number): boolean {
  const goodUntil = lastGood(fetchedAt, hours, marketState(hours, now))
  return goodUntil !== null && now > goodUntil
}

/**
 * Until when the answers of `isStale` and `marketState` stay what they are at `now`, with no newer price: a price grows
 * old, or a phase ends. In milliseconds; null when for good.
 */
export function sameUntil(fetchedAt: number, hours: Hours, now: number): number | null {
  const state = marketState(hours, now)
  const goodUntil = lastGood(fetchedAt, hours, state)
  const changes = [state.until, goodUntil].filter((at) => at !== null && at >= now)
  return changes.length === 0 ? null : Math.min(...(changes as number[]))
}

/** The last instant of this phase at which the price is not too old; null when it does not age in it. */
function lastGood(fetchedAt: number, hours: Hours, state: MarketState): number | null {
  const settled = tookTheClose(fetchedAt, hours, state)
  if (state.phase === 'closed') return settled ? null : fetchedAt + policy.open.stale
  // A price that was right all night begins to age when the market wakes, not before.
  const agesFrom = settled ? Math.max(fetchedAt, state.since ?? fetchedAt) : fetchedAt
  return agesFrom + policy[state.phase].stale
}

/**
 * Is a price that was taken at `fetchedAt` good until the next opening where the one taken `before` is not, a close
 * having come between them? However near the two are. Instants in milliseconds.
 */
export function isFirstAfterClose(fetchedAt: number, before: number, hours: Hours): boolean {
  const state = marketState(hours, fetchedAt)
  return tookTheClose(fetchedAt, hours, state) && !tookTheClose(before, hours, state)
}

function tookTheClose(fetchedAt: number, hours: Hours, { lastClose }: MarketState): boolean {
  return lastClose !== null && fetchedAt >= lastClose + (typeof hours === 'object' ? DELAY : 0)
}
