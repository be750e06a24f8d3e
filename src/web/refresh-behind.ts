import type { MiddlewareHandler } from 'hono'
import type { Reader } from '../coordinator/ledger-reader.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { MINUTE } from '../portfolio/time.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Reading } from './portfolio-reader.ts'
import type { Scope } from './access/portfolio-scope.tsx'
import { type Clock, clockOf } from './clock.ts'
import type { AppContext } from './request.ts'

/** Requests new prices in the background. The reader, a page or a script, gets the stale ones at once and never waits. */
export function refreshBehind(
  c: AppContext,
  { actor, coordinator }: { actor: Reader; coordinator: Scope['coordinator'] },
  clock: Pick<Clock, 'fresh'>,
): void {
  if (!clock.fresh) c.executionCtx.waitUntil(coordinator.refresh(actor, 'opened', false))
}

/** The same for whoever holds a share link, by its hash. */
export function sharedBehind(c: AppContext, link: string, snapshot: Snapshot): void {
  const asking = { actor: { link }, coordinator: coordinator(c.env, snapshot.portfolio.id) }
  refreshBehind(c, asking, clockOf(snapshot, Date.now()))
}

/** Prices get no older than this while a market is open. Where none is, the object finds nothing to ask for. */
const LONG = 15 * MINUTE

/**
 * Follows a route whose figures depend on prices, so that a script that reads nothing else is not shown the same ones for
 * ever. A route that does not read the snapshot knows from D1 when that was made. Not for a fragment of a page: the answer
 * to its request would make the page ask again.
 */
export const pricesBehind: MiddlewareHandler<{
  Bindings: Env
  Variables: Scope & Partial<Reading['snapshot']>
}> = async (c, next) => {
  await next()
  const { asOf, snapshot, computedAt } = c.var
  if (asOf !== null) return
  const now = Date.now()
  refreshBehind(c, c.var, snapshot ? clockOf(snapshot, now) : { fresh: (computedAt ?? now) > now - LONG })
}
