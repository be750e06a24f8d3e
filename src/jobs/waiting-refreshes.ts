import type { Arrival } from '../coordinator/refresh-state.ts'
import { symbolOf } from '../coordinator/refresh-state.ts'
import type { Database } from '../storage/database.ts'
import { MINUTE } from '../portfolio/time.ts'
import { alertedBy } from '../storage/alerts.ts'
import { watchersOf } from '../storage/tracked.ts'
import { coordinator } from './durable-objects.ts'
import type { MarketMessage, Requester } from './messages.ts'
import { send } from './queue.ts'

/** So many portfolios are told by one message: an invocation on the free plan may ask for fifty things. */
const AT_ONCE = 25

/**
 * Alerts on portfolios that nobody looks at are read in the first five minutes of each quarter of an hour: in five minutes each
 * price of theirs comes once (freshness.ts), and a portfolio makes one snapshot of them (`checkAlerts`). So four snapshots an hour
 * are made for alerts, and not sixty, whoever looks at the same symbols elsewhere.
 */
function isForAlerts(now: number): boolean {
  return now % (15 * MINUTE) < 5 * MINUTE
}

/**
 * Tells the refresh that waits for a message what has arrived, and has the portfolios that somebody looks at valued
 * anew, and now and then those of the others that have alerts; where they are many, some by messages of their own.
 */
export async function announce(
  { requester }: MarketMessage,
  arrivals: Arrival[],
  env: Env,
  db: Database,
  now: number,
): Promise<void> {
  if (arrivals.length === 0) return
  const symbols = arrivals.map((arrival) => symbolOf(arrival.task))
  const watchers = await watchersOf(db, symbols, now)
  const others = watchers.filter((id) => id !== requester?.portfolio)
  const told = new Set([requester?.portfolio, ...watchers])
  const alerted = isForAlerts(now) ? (await alertedBy(db, symbols)).filter((id) => !told.has(id)) : []
  const touched = [
    ...others.map((id) => ({ id, touch: () => coordinator(env, id).recompute() })),
    ...alerted.map((id) => ({ id, touch: () => coordinator(env, id).checkAlerts() })),
  ]
  await Promise.all([
    tellArrivals(requester, arrivals, env),
    ...touched.slice(0, AT_ONCE).map(({ touch }) => touch()),
    send(
      env,
      touched.slice(AT_ONCE).map(({ id }) => ({ kind: 'chart', portfolio: id })),
    ),
  ])
}

/** Tells the refresh that waits, if there is one, what has arrived or failed for good. */
export async function tellArrivals(
  requester: Requester | null,
  arrivals: Arrival[],
  env: Env,
): Promise<void> {
  if (requester) await coordinator(env, requester.portfolio).arrived(requester.generation, arrivals)
}

/** Tells the refresh that waits, if there is one, why it will take longer and until when (milliseconds). */
export async function tellPostponed(
  requester: Requester | null,
  reason: string,
  until: number,
  env: Env,
): Promise<void> {
  if (requester) await coordinator(env, requester.portfolio).postponed(requester.generation, reason, until)
}
