import { DAY, SECOND } from '../portfolio/time.ts'
import type { Usage } from '../storage/usage.ts'
import { instant } from './instant.ts'

/** What a day of Cloudflare's free plan allows, and how much of it an installation has used. */
const quotas: { name: string; most: number; used: (usage: Usage) => number; unit?: string }[] = [
  { name: 'Worker requests', most: 100_000, used: ({ requests }) => requests },
  { name: 'KV reads', most: 100_000, used: ({ kvReads }) => kvReads },
  { name: 'KV writes', most: 1_000, used: ({ kvWrites }) => kvWrites },
  { name: 'D1 rows read', most: 5_000_000, used: ({ rowsRead }) => rowsRead },
  { name: 'D1 rows written', most: 100_000, used: ({ rowsWritten }) => rowsWritten },
  { name: 'Queue operations', most: 10_000, used: ({ queueOperations }) => queueOperations },
  { name: 'Object requests', most: 100_000, used: ({ objectRequests }) => objectRequests },
  { name: 'Object rows written', most: 100_000, used: ({ objectRowsWritten }) => objectRowsWritten },
  // an object is billed with 128 MB, whatever it uses
  {
    name: 'Object duration',
    unit: 'GB-s',
    most: 13_000,
    used: ({ objectMs }) => (objectMs * 0.128) / SECOND,
  },
]

/** The limits of these counts. */
export const notCounted = [
  'Counts are stored every five minutes, so a restart can lose up to five minutes of them.',
  'Pings of open pages are not counted; Cloudflare bills twenty of them as one object request.',
  'A Worker cannot measure the processor time of its own requests.',
  'Other Workers on the same account share these quotas.',
]

/**
 * How much of each quota was used since midnight UTC, and when it would run out if the rest of the day were like what
 * has passed of it; null when it lasts until midnight.
 */
export function freePlan(usage: Usage, now: number) {
  const midnight = now - (now % DAY)
  return {
    since: instant(midnight),
    quotas: quotas.map(({ name, unit, most, used }) => {
      const spent = Math.round(used(usage))
      const at = midnight + (most / Math.max(spent, 1)) * (now - midnight)
      return {
        name,
        unit: unit ?? null,
        used: spent,
        most,
        share: spent / most,
        runs_out_at: spent > 0 && at < midnight + DAY ? instant(Math.max(at, now)) : null,
      }
    }),
    not_counted: notCounted,
  }
}
