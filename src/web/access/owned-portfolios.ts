import type { Edited } from '../../coordinator/edited.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import { refused } from '../problem.ts'
import { type AppContext, rememberRevision } from '../request.ts'
import { signedIn } from './visitor.ts'

/**
 * Makes the same change in some of the portfolios that the account owns (`portfoliosOf`), one after the other; each object
 * asks again whether it is the owner. Each takes it whole or not at all, and sent again it makes no difference where it was
 * made. Returns the refusal of the first that refuses, null for none.
 */
export async function changeOwned(
  c: AppContext,
  portfolios: readonly Portfolio[],
  change: (object: ReturnType<typeof coordinator>, account: string) => Promise<Edited<unknown>>,
): Promise<Response | null> {
  const { account } = await signedIn(c)
  for (const { id, name } of portfolios) {
    const changed = await change(coordinator(c.env, id), account)
    if (changed.status === 'ok') rememberRevision(c, id, changed.revision)
    // one that was deleted meanwhile has nothing to price
    else if (changed.status === 'refused')
      return refused(
        c,
        changed.faults.map(({ field, reason }) => ({ field, reason: `${reason} (in “${name}”)` })),
      )
  }
  return null
}
