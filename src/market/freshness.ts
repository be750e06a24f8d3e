import { marketState } from './calendar.ts'
import type { Hours, MarketState } from './calendar.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** How long a price is good for, in milliseconds, while its market is in a phase. Closed, it is good until the opening. */
const policy = {
  open: { fresh: { watched: 60 * SECOND, unwatched: 5 * MINUTE }, stale: 15 * MINUTE },
  pre: { fresh: { watched: 5 * MINUTE, unwatched: 5 * MINUTE }, stale: 30 * MINUTE },
  post: { fresh: { watched: 5 * MINUTE, unwatched: 5 * MINUTE }, stale: 30 * MINUTE },
}

/** What is shown of an exchange other than New York's may be so much older than it says. */
const DELAY = 20 * MINUTE

/**
 * May the planner leave a price alone that was taken from the source at `fetchedAt`? Instants in milliseconds;
 * `watched` when someone looks at a page that shows it.
 */
export function isFresh(fetchedAt: number, hours: Hours, now: number, watched: boolean): boolean {
  const state = marketState(hours, now)
  if (state.phase === 'closed') return tookTheClose(fetchedAt, hours, state)
  const { fresh } = policy[state.phase]
  return now - fetchedAt < (watched ? fresh.watched : fresh.unwatched)
}

/** Must the page mark a price as old that was taken from the source at `fetchedAt`? Instants in milliseconds. */
export function isStale(fetchedAt: number, hours: Hours, now: number): boolean {
  const state = marketState(hours, now)
  const settled = tookTheClose(fetchedAt, hours, state)
  if (state.phase === 'closed') return !settled && now - fetchedAt > policy.open.stale
  // A price that was right all night begins to age when the market wakes, not before.
  const agesFrom = settled ? Math.max(fetchedAt, state.since ?? fetchedAt) : fetchedAt
  return now - agesFrom > policy[state.phase].stale
}

function tookTheClose(fetchedAt: number, hours: Hours, { lastClose }: MarketState): boolean {
  return lastClose !== null && fetchedAt >= lastClose + (typeof hours === 'object' ? DELAY : 0)
}
