import { coordinator } from '../jobs/durable-objects.ts'
import { cause, log } from '../jobs/log.ts'
import type { Home } from './home.ts'

/**
 * Tells groups that somebody has open that a portfolio of theirs was changed. A group that nobody looks at finds that out
 * when it is next read (storage/groups.ts). Nobody waits for them.
 */
export function tellGroups({ id, env }: Home, groups: readonly string[]): void {
  for (const group of groups) {
    coordinator(env, group)
      .recompute()
      .catch((error: unknown) => log('a group was not told', { portfolio: id, group, error: cause(error) }))
  }
}
