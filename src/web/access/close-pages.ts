import { coordinator } from '../../jobs/durable-objects.ts'
import { cause, log } from '../../jobs/log.ts'
import type { Viewer } from '../../coordinator/live-channel.ts'
import { database } from '../../storage/database.ts'
import { watchedGroupsOf } from '../../storage/groups.ts'
import type { AppContext } from '../request.ts'

/** Closes the live channels that somebody has open on these portfolios and groups, because they may see them no longer. */
export async function closePages(
  c: AppContext,
  portfolios: readonly { id: string }[],
  whose: Partial<Viewer>,
): Promise<void> {
  const closed = portfolios.map(({ id }) => coordinator(c.env, id).closePages(whose))
  for (const each of await Promise.allSettled(closed))
    if (each.status === 'rejected') log('a channel was not closed', { error: cause(each.reason) })
}

/**
 * Has the groups that an account has open made anew, because it may see one portfolio less or more: their pages are told by
 * the signal of every other change. Nobody waits for them.
 */
export async function renewGroups(c: AppContext, account: string, portfolioId: string): Promise<void> {
  const open = await watchedGroupsOf(database(c.env.DB), account, portfolioId, Date.now())
  for (const { id } of open)
    c.executionCtx.waitUntil(
      coordinator(c.env, id)
        .recompute()
        .catch((error: unknown) => log('a group was not told', { group: id, error: cause(error) })),
    )
}
