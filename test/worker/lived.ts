import type { Usage } from '../../src/storage/usage.ts'
import type { Metered, metered } from './metered.ts'
import { usedBy } from './usage.ts'

/** What the meter saw, and what the app itself has counted, of which the meter sees no row of an object and no line. */
export type Lived = Metered & Pick<Usage, 'objectRowsRead' | 'objectRowsWritten' | 'logLines'>

/** Metered, a part of so many. */
export async function lived(
  meter: ReturnType<typeof metered>,
  work: () => Promise<unknown>,
  parts = 1,
): Promise<Lived> {
  await meter.start()
  const { objectRowsRead, objectRowsWritten, logLines } = await usedBy(work)
  const all = { ...(await meter.read()), objectRowsRead, objectRowsWritten, logLines }
  return Object.fromEntries(Object.entries(all).map(([name, count]) => [name, count / parts])) as Lived
}

/** The minutes of a day. */
export const DAY = 24 * 60

/**
 * What a day uses of each free quota, of which each part is lived through so many times. For how many seconds objects are
 * awake in it is the test's own sum.
 */
export function usedInADay(
  parts: readonly (readonly [times: number, lived: Lived])[],
  objectSeconds: number,
): Record<string, number> {
  const sum = (of: (counts: Lived) => number) =>
    Math.round(parts.reduce((all, [times, counts]) => all + times * of(counts), 0))
  const requests = sum((counts) => counts.requests + counts.batches)
  return {
    'Workers requests': requests,
    'KV reads': sum((counts) => counts.kvReads),
    'KV writes': sum((counts) => counts.kvWrites),
    'D1 rows read': sum((counts) => counts.d1RowsRead),
    'D1 rows written': sum((counts) => counts.d1RowsWritten),
    // written, read, deleted
    'Queue operations': sum((counts) => 3 * counts.messages),
    // KV spreads slowly: every read of the page may have to ask the coordinator. Twenty pings are one request
    'Durable Object requests': sum((counts) => counts.objectCalls + counts.kvReads) + (2 * DAY) / 20,
    // each has 128 MB
    'Durable Object GB-s': Math.round(objectSeconds * 0.128),
    'Durable Object rows read': sum((counts) => counts.objectRowsRead),
    'Durable Object rows written': sum((counts) => counts.objectRowsWritten),
    // a line, a request, a call
    'Log events': requests + sum((counts) => counts.logLines + counts.objectCalls),
  }
}
