import type { Asking } from './access/portfolio-scope.tsx'
import type { Clock } from './clock.ts'
import type { AppContext } from './request.ts'

/** Requests new prices in the background. The reader, a page or a script, gets the stale ones at once and never waits. */
export function refreshBehind(c: AppContext, { actor, coordinator }: Asking, clock: Clock): void {
  if (!clock.fresh) c.executionCtx.waitUntil(coordinator.refresh(actor, 'opened', false))
}
