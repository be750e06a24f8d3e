import { readBenchmark } from '../portfolio/benchmark-spelling.ts'
import type { Look } from '../snapshot/snapshot.ts'
import type { AppContext } from './request.ts'

/**
 * Returns what an address asks to look at besides what is saved: a benchmark with `vs`, on the pages of the gap with
 * `benchmark`. Null without any and for what writes, or what is wrong with it. A benchmark that the portfolio has is named in the
 * same way, and is no look.
 */
export function readLook(c: AppContext): { look: Look | null } | { fault: string } {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const named = /\/gap(\/|$)/.test(c.req.path) ? 'benchmark' : 'vs'
  const value = c.req.query(named) ?? ''
  if (!isRead || value === '') return { look: null }
  const read = readBenchmark(value.slice(0, LONGEST))
  return 'reason' in read ? { fault: `${named}: ${read.reason}.` } : { look: { vs: read.spelling } }
}

/** No spelling is longer. */
const LONGEST = 200

/** Returns the benchmark that an address names, of those that the snapshot has; the first where it names none. */
export function namedBenchmark(named: string | undefined, benchmarks: readonly string[]): string | null {
  const read = named === undefined || named === '' ? null : readBenchmark(named)
  const spelling = read === null || 'reason' in read ? named : read.spelling
  return benchmarks.find((each) => each === spelling) ?? benchmarks[0] ?? null
}
