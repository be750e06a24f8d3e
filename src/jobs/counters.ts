import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import { countsAdded, countsFrom } from '../storage/counters.ts'
import { database, inOneTransaction, type Statement } from '../storage/database.ts'
import { addUsage, hasPending, pendingUsage, takePending } from '../storage/usage.ts'
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
let usageHandedOverAt = 0

const BETWEEN_HANDOVERS = 60_000
const BETWEEN_USAGES = 5 * BETWEEN_HANDOVERS
const LADEN = 30
const SHOWN_DAYS = 30

export function count(counter: Counter): void {
  pending.set(counter, (pending.get(counter) ?? 0) + 1)
}

/**
 * Counts at most once a minute and what was used of the platform every five minutes, in one trip, and neither when there
 * is nothing to say. A minute in which nothing was due (`isQuiet`) waits for more. Never fails.
 */
export async function handOver(d1: D1Database, now: number, isQuiet = false): Promise<void> {
  const isCounted = isCountDue(now)
  const isWorth = isQuiet ? isLaden() : hasPending()
  const isUsed = isWorth && !isSoon(now, usageHandedOverAt, BETWEEN_USAGES)
  if (!isCounted && !isUsed) return
  const [db, day, counters] = [database(d1), dayAt(now, 'UTC'), pending.size]
  const statements: Statement[] = []
  if (isCounted) {
    statements.push(countsAdded(day, pending))
    pending.clear()
    handedOverAt = now
  }
  if (isUsed) {
    statements.push(addUsage(db, day, takePending()))
    usageHandedOverAt = now
  }
  try {
    await inOneTransaction(db, statements)
  } catch (error) {
    log('counts lost', { counters, error: cause(error) })
  }
}

/** True when so many requests were counted that they are not left to whatever goes to D1 next. */
export function isHandOverDue(now: number): boolean {
  return isLaden() && (isCountDue(now) || !isSoon(now, usageHandedOverAt, BETWEEN_USAGES))
}

function isCountDue(now: number): boolean {
  return pending.size > 0 && !isSoon(now, handedOverAt, BETWEEN_HANDOVERS)
}

function isLaden(): boolean {
  return pendingUsage().requests >= LADEN
}

function isSoon(now: number, last: number, between: number): boolean {
  return now >= last && now - last < between
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
