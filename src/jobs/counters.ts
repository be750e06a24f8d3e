import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import { addCounts, countsFrom } from '../storage/counters.ts'
import { database } from '../storage/database.ts'
import { cause, log } from './log.ts'
import type { RefreshMessage } from './messages.ts'

/**
 * What is counted: reads of the cache (`behind`: KV had less than the reader had seen; it and a `miss` are answered by
 * the coordinator), and deliveries of messages (`later`: the source asked to come back; `failed`: D1, KV or a Durable
 * Object did not answer; both are tried again).
 */
type Counter =
  | `cache ${'snapshot' | 'chart'} ${'hit' | 'miss' | 'behind'}`
  | `queue ${RefreshMessage['kind']} ${'done' | 'later' | 'failed'}`
  | 'queue not understood'

/**
 * What this isolate has counted and not yet handed over. A warm page may cost no query and no Durable Object call, so
 * a count is a number in memory until something that goes to D1 anyway takes it along. What an isolate still holds
 * when the platform ends it is lost: the counts are never too high, and may be too low.
 */
const pending = new Map<Counter, number>()
let handedOverAt = 0

const BETWEEN_HANDOVERS = 60_000
const SHOWN_DAYS = 30

export function count(counter: Counter): void {
  pending.set(counter, (pending.get(counter) ?? 0) + 1)
}

/** One statement, at most once a minute, and none when there is nothing to say. Never fails. */
export async function handOver(d1: D1Database, now: number): Promise<void> {
  const sinceLast = now - handedOverAt
  if (pending.size === 0 || (sinceLast >= 0 && sinceLast < BETWEEN_HANDOVERS)) return
  const taken = new Map(pending)
  pending.clear()
  handedOverAt = now
  try {
    await addCounts(database(d1), dayAt(now, 'UTC'), taken)
  } catch (error) {
    log('counts lost', { counters: taken.size, error: cause(error) })
  }
}

/** What was counted in the last thirty days, by whom else and by this isolate, with its first day (UTC). */
export async function counted(
  d1: D1Database,
  now: number,
): Promise<{ since: Day | null; of: (counter: Counter) => number }> {
  const today = dayAt(now, 'UTC')
  const own = new Map(pending)
  const kept = await countsFrom(database(d1), addDays(today, -SHOWN_DAYS))
  const totals = new Map<string, number>(own)
  for (const { name, count } of kept) totals.set(name, (totals.get(name) ?? 0) + count)
  const days = [...kept.map(({ since }) => since), ...(own.size > 0 ? [today] : [])]
  return {
    since: days.toSorted()[0] ?? null,
    of: (counter) => totals.get(counter) ?? 0,
  }
}
