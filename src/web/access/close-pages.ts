import { coordinator } from '../../jobs/durable-objects.ts'
import { cause, log } from '../../jobs/log.ts'
import type { Viewer } from '../../coordinator/live-channel.ts'
import type { AppContext } from '../request.ts'

/** Closes the live channels that somebody has open on these portfolios, because they may see them no longer. */
export async function closePages(
  c: AppContext,
  portfolios: readonly { id: string }[],
  whose: Partial<Viewer>,
): Promise<void> {
  const closed = portfolios.map(({ id }) => coordinator(c.env, id).closePages(whose))
  for (const each of await Promise.allSettled(closed))
    if (each.status === 'rejected') log('a channel was not closed', { error: cause(each.reason) })
}
