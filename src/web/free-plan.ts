import { DAY, SECOND } from '../portfolio/time.ts'
import type { Usage } from '../storage/usage.ts'
import { exact } from './format.ts'
import { instant } from './instant.ts'
import { type English, english } from './words/words.ts'

/** What a day of Cloudflare's free plan allows, and how much of it an installation has used. */
const quotas: { name: string; most: number; used: (usage: Usage) => number; unit?: string }[] = [
  { name: 'Worker requests', most: 100_000, used: ({ requests }) => requests },
  { name: 'KV reads', most: 100_000, used: ({ kvReads }) => kvReads },
  { name: 'KV writes', most: 1_000, used: ({ kvWrites }) => kvWrites },
  { name: 'KV deletes', most: 1_000, used: ({ kvDeletes }) => kvDeletes },
  { name: 'D1 rows read', most: 5_000_000, used: ({ rowsRead }) => rowsRead },
  { name: 'D1 rows written', most: 100_000, used: ({ rowsWritten }) => rowsWritten },
  { name: 'Queue operations', most: 10_000, used: ({ queueOperations }) => queueOperations },
  { name: 'Object requests', most: 100_000, used: ({ objectRequests }) => objectRequests },
  { name: 'Object rows read', most: 5_000_000, used: ({ objectRowsRead }) => objectRowsRead },
  { name: 'Object rows written', most: 100_000, used: ({ objectRowsWritten }) => objectRowsWritten },
  // an object is billed with 128 MB, whatever it uses
  {
    name: 'Object duration',
    unit: 'GB-s',
    most: 13_000,
    used: ({ objectMs }) => (objectMs * 0.128) / SECOND,
  },
  // each request, and each call of an object, is an event besides the lines that it logs
  {
    name: 'Log events',
    most: 200_000,
    used: ({ logLines, requests, objectRequests }) => logLines + requests + objectRequests,
  },
]

/** What one database may hold, in MB; it is not given back at midnight. */
const LARGEST_DATABASE = 500

/**
 * So many transactions an import may bring in a day of the free plan: each is three rows written, its own and two of indexes
 * (`test/coordinator/budgets.test.ts`), and a tenth is left to prices. Once a quota is used up D1 writes nothing until midnight.
 */
const MOST_IMPORTED = 30_000
/** So many the undoing of one may delete: each is four rows written, its own and those of its entry in the log with two indexes. */
const MOST_UNDONE = 22_500

/** Says that an import brings more than a day of the free plan can store; null where it does not. */
export function beyondADay(rows: number): English | null {
  if (rows <= MOST_IMPORTED) return null
  return english(
    'On Cloudflare’s free plan these are more than a day can store: about {n} rows. Divide the file, and import a part each day. Elsewhere there is no such limit.',
    { n: exact(String(MOST_IMPORTED)) },
  )
}

/** The same of undoing one. */
export function undoneBeyondADay(rows: number): English | null {
  if (rows <= MOST_UNDONE) return null
  return english(
    'On Cloudflare’s free plan these are more than a day can delete: about {n} rows. The rest is deleted the next day, and nothing else is stored until then. Elsewhere there is no such limit.',
    { n: exact(String(MOST_UNDONE)) },
  )
}

/** The limits of these counts. */
const notCounted = [
  'Counts are stored every five minutes, so a restart can lose up to five minutes of them.',
  'Copies in KV (1 GB is free) and what objects keep (5 GB) are not measured. Yardstick lists no keys of KV.',
  'Pings of open pages are not counted; Cloudflare bills twenty of them as one object request.',
  'A Worker cannot measure the processor time of its own requests.',
  'Other Workers on the same account share these quotas.',
]

/**
 * How much of each quota was used since midnight UTC, and when it would run out if the rest of the day were like what
 * has passed of it; null when it lasts until midnight. `bytes` is the size of the database, null while it is not known.
 */
export function freePlan(usage: Usage, bytes: number | null, now: number) {
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
    database_mb: bytes === null ? null : Math.ceil(bytes / 1_000_000),
    database_most_mb: LARGEST_DATABASE,
    not_counted: notCounted,
  }
}
