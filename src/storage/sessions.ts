import { and, eq, lt, sql, type SQL } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { sessions } from './access-schema.ts'

export type Session = typeof sessions.$inferSelect

const DAY = 24 * 60 * 60_000
/** How long a session lasts that nobody uses, and how long one that is used. */
const UNUSED = 30 * DAY
const LONGEST = 90 * DAY

/**
 * Begins a session of an account at `now`, where a condition is true in the same transaction; sessions that have expired
 * are deleted with it. The last statement changes a row when the session has begun.
 */
export function beginSession(
  db: Database,
  { hash, accountId, device }: Pick<Session, 'hash' | 'accountId' | 'device'>,
  now: number,
  condition: SQL = sql`true`,
): Statement[] {
  return [
    db.delete(sessions).where(and(eq(sessions.accountId, accountId), lt(sessions.expiresAt, now))),
    sql`
      INSERT INTO sessions (hash, id, account_id, created_at, used_at, expires_at, ends_at, device)
      SELECT ${hash}, ${crypto.randomUUID()}, ${accountId}, ${now}, ${now}, ${now + UNUSED}, ${now + LONGEST}, ${device}
      WHERE ${condition}`,
  ]
}

/** Says whether the use of a session is to be noted: once a day, since each note is a write. */
export function isUseDue(usedAt: number, now: number): boolean {
  return now - usedAt >= DAY
}

/** Notes that a session was used, and moves its expiry. */
export async function noteUse(db: Database, hash: string, endsAt: number, now: number): Promise<void> {
  const expiresAt = Math.min(now + UNUSED, endsAt)
  await db.update(sessions).set({ usedAt: now, expiresAt }).where(eq(sessions.hash, hash))
}

/** Returns the sessions of an account that are valid at `now`, the latest first. */
export async function sessionsOf(db: Database, accountId: string, now: number): Promise<Session[]> {
  const all = await db.select().from(sessions).where(eq(sessions.accountId, accountId))
  return all.filter(({ expiresAt }) => expiresAt > now).toSorted((a, b) => b.usedAt - a.usedAt)
}

/** Ends one session of an account, by its id. */
export function endSession(db: Database, accountId: string, id: string): Statement {
  return db.delete(sessions).where(and(eq(sessions.accountId, accountId), eq(sessions.id, id)))
}

/** Ends the session that a browser presents, whosever it is. */
export function endPresented(db: Database, hash: string): Statement {
  return db.delete(sessions).where(eq(sessions.hash, hash))
}

/** Ends all sessions of an account, where a condition is true. */
export function endSessions(db: Database, accountId: string, condition: SQL = sql`true`): Statement {
  return db.delete(sessions).where(and(eq(sessions.accountId, accountId), condition))
}
