import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { DeedRow } from '../metrics/snapshot.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { audit, deadLetters, idempotency, imports, refreshes } from './schema.ts'

// What has happened, kept: the audit log, imports, refreshes, dead letters.

export type Deed = {
  action: 'create' | 'update' | 'delete' | 'import'
  /** What it was done to: `portfolio`, `import:<id>` or `transaction:<id>`. */
  subject: string
  before: unknown
  after: unknown
}

/** Appends to the audit log, which nothing ever changes. */
export function appendAudit(
  db: Database,
  portfolioId: string,
  actor: string,
  deeds: readonly Deed[],
  now: number,
): Statement[] {
  const rows = deeds.map((deed) => [deed.action, deed.subject, json(deed.before), json(deed.after)])
  return jsonPieces(rows).map(
    (piece) =>
      sql`
      INSERT INTO audit (portfolio_id, at, actor, action, subject, before, after)
      SELECT ${portfolioId}, ${now}, ${actor}, value->>0, value->>1, value->>2, value->>3 FROM json_each(${piece})`,
  )
}

/** bigint has no JSON of its own; the log keeps decimals as their ten-billionths. */
function json(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}

export async function auditOf(db: Database, portfolioId: string, limit: number) {
  return db
    .select()
    .from(audit)
    .where(eq(audit.portfolioId, portfolioId))
    .orderBy(desc(audit.id))
    .limit(limit)
}

/** The last few deeds, newest first, as far as one sentence each needs them. */
export async function recentDeeds(db: Database, portfolioId: string, limit: number): Promise<DeedRow[]> {
  const told = (path: string) => sql<string | null>`COALESCE(${audit.after}, ${audit.before}) ->> ${path}`
  const rows = await db
    .select({
      at: audit.at,
      actor: audit.actor,
      action: audit.action,
      subject: audit.subject,
      type: told('$.type'),
      symbol: told('$.symbol'),
      count: sql<number | null>`${audit.after} ->> '$.accepted'`,
    })
    .from(audit)
    .where(eq(audit.portfolioId, portfolioId))
    .orderBy(desc(audit.id))
    .limit(limit)
  return rows as DeedRow[]
}

/** What a request with this key was answered, or null when it is new. */
export async function answerTo(db: Database, portfolioId: string, key: string): Promise<string | null> {
  const row = await db
    .select({ answer: idempotency.answer })
    .from(idempotency)
    .where(and(eq(idempotency.portfolioId, portfolioId), eq(idempotency.key, key)))
    .get()
  return row?.answer ?? null
}

/** Remembers an answer for a day. */
export function rememberAnswer(
  db: Database,
  portfolioId: string,
  key: string,
  answer: string,
  now: number,
): Statement[] {
  return [
    db
      .delete(idempotency)
      .where(and(eq(idempotency.portfolioId, portfolioId), lt(idempotency.at, now - 86_400_000))),
    db
      .insert(idempotency)
      .values({ portfolioId, key, answer, at: now })
      .onConflictDoUpdate({ target: [idempotency.portfolioId, idempotency.key], set: { answer, at: now } }),
  ]
}

export function insertImport(db: Database, record: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(record)
}

export type RefreshRecord = typeof refreshes.$inferSelect

export async function saveRefresh(db: Database, record: RefreshRecord): Promise<void> {
  await db.insert(refreshes).values(record).onConflictDoNothing()
}

export async function latestRefreshes(db: Database, limit: number): Promise<RefreshRecord[]> {
  return db.select().from(refreshes).orderBy(desc(refreshes.finishedAt)).limit(limit)
}

export type DeadLetter = typeof deadLetters.$inferSelect

export async function saveDeadLetter(db: Database, letter: DeadLetter): Promise<void> {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}

/** The newest ones, and how many there are. */
export async function deadLettersKept(
  db: Database,
  limit: number,
): Promise<{ count: number; newest: DeadLetter[] }> {
  const newest = await db.select().from(deadLetters).orderBy(desc(deadLetters.at)).limit(limit)
  return { count: await db.$count(deadLetters), newest }
}
