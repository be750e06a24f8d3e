import { eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Database, Statement } from './database.ts'
import { usage } from './app-schema.ts'

/**
 * What this isolate has used of the platform and not yet written down. Each is counted where it happens: rows and KV in
 * this folder, the rest in `jobs` and `web`. Like the counters, what an isolate still holds when the platform ends it is
 * lost.
 */
export type Usage = Record<Resource, number>

/** What Cloudflare counts by the day: each is a column of the table `usage`. */
export type Resource = keyof Omit<typeof usage.$inferSelect, 'day'>

export const noUsage: Usage = {
  requests: 0,
  kvReads: 0,
  kvWrites: 0,
  kvDeletes: 0,
  rowsRead: 0,
  rowsWritten: 0,
  queueOperations: 0,
  objectRequests: 0,
  objectRowsRead: 0,
  objectRowsWritten: 0,
  objectMs: 0,
  logLines: 0,
}

let pending = { ...noUsage }
let size: number | null = null

export function spend(resource: Resource, amount = 1): void {
  pending[resource] += amount
}

/** Notes how many bytes the database has, which D1 says with every answer. */
export function noteSize(bytes: number | undefined): void {
  if (bytes !== undefined) size = bytes
}

/** The bytes of the database when it last answered here; null before that. */
export function databaseSize(): number | null {
  return size
}

/** What is held here, and from now on no more. */
export function takePending(): Usage {
  const taken = pending
  pending = { ...noUsage }
  return taken
}

export function pendingUsage(): Readonly<Usage> {
  return pending
}

export function hasPending(): boolean {
  return Object.values(pending).some((amount) => amount > 0)
}

/** Adds what is held here. */
export function withPending(used: Usage): Usage {
  const all = Object.entries(used).map(([each, amount]) => [each, amount + pending[each as Resource]])
  return Object.fromEntries(all) as Usage
}

/** Adds to what was used on a day (UTC): one row a day, so that writing it down costs one row. */
export function addUsage(db: Database, day: Day, used: Usage): Statement {
  const whole = { ...used, objectMs: Math.round(used.objectMs) }
  const resources = Object.keys(noUsage) as Resource[]
  const added = Object.fromEntries(
    resources.map((each): [Resource, SQL] => [each, sql`${usage[each]} + ${whole[each]}`]),
  )
  return db
    .insert(usage)
    .values({ day, ...whole })
    .onConflictDoUpdate({ target: usage.day, set: added })
}

/** What was written down of a day. */
export async function usageOn(db: Database, day: Day): Promise<Usage> {
  const row = await db.select().from(usage).where(eq(usage.day, day)).get()
  if (!row) return { ...noUsage }
  const { day: _day, ...used } = row
  return used
}
