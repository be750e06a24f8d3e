import { and, asc, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { SystemLogRow } from '../snapshot/snapshot.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { audit, deadLetters, idempotency, imports, refreshes } from './schema.ts'

// What has happened, kept: the audit log, imports, refreshes, dead letters.

export type AuditEntry = {
  action: SystemLogRow['action']
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
  deeds: readonly AuditEntry[],
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

/** An entry of the activity log: a deed of the audit, or a refresh. */
export type LogEntry = { at: number; id: number } & (
  | { kind: 'deed'; actor: string; deed: AuditEntry }
  | { kind: 'refresh'; refresh: Omit<RefreshRecord, 'portfolioId'> }
)

/** Where a page of the log ended. */
export type LogCursor = Pick<LogEntry, 'at' | 'kind' | 'id'>

/** Which deeds a view of the log shows, by their action and subject. */
export type LogView = 'all' | 'edits' | 'imports' | 'settings' | 'refreshes'

/** What was done to a portfolio and what was refreshed for it, newest first, a page at a time. */
export async function activityLog(
  db: Database,
  portfolioId: string,
  page: { view: LogView; limit: number; before: LogCursor | null },
): Promise<LogEntry[]> {
  const { view, limit, before } = page
  const showsRefreshes = view === 'all' || view === 'refreshes'
  // each side in its own order, which is also that of time, so that neither is read to its end
  const older = (at: SQL, kind: number, id: SQL) =>
    before
      ? sql`(${at}, ${kind}, ${id}) < (${before.at}, ${kinds.indexOf(before.kind)}, ${before.id})`
      : sql`1`
  const rows = await db.all<LogRow>(sql`
    SELECT * FROM (
      SELECT at, 0 AS kind, id, actor, action, subject, before, after FROM audit
      WHERE portfolio_id = ${portfolioId} AND ${deedsOf[view]} AND ${older(sql`at`, 0, sql`id`)}
      ORDER BY id DESC LIMIT ${limit})
    UNION ALL
    SELECT * FROM (
      SELECT finished_at, 1, generation, '', reason, status,
        json_object('done', done, 'total', total, 'failed', json(failed)), started_at FROM refreshes
      WHERE portfolio_id = ${portfolioId} AND ${showsRefreshes ? sql`1` : sql`0`}
        AND ${older(sql`finished_at`, 1, sql`generation`)}
      ORDER BY generation DESC LIMIT ${limit})
    ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT ${limit}`)
  return rows.map(logEntry)
}

const kinds = ['deed', 'refresh']

const deedsOf: Record<LogView, SQL> = {
  all: sql`1`,
  edits: sql`subject LIKE 'transaction:%'`,
  imports: sql`(action = 'import' OR subject = 'share units')`,
  settings: sql`subject = 'portfolio'`,
  refreshes: sql`0`,
}

type LogRow = {
  at: number
  kind: 0 | 1
  id: number
  actor: string
  action: string
  subject: string
  before: string | null
  after: string | number | null
}

function logEntry({ at, kind, id, actor, action, subject, before, after }: LogRow): LogEntry {
  const parsed = (json: string | number | null) =>
    json === null ? null : (JSON.parse(String(json)) as unknown)
  if (kind === 0) {
    const deed = {
      action: action as AuditEntry['action'],
      subject,
      before: parsed(before),
      after: parsed(after),
    }
    return { at, id, kind: 'deed', actor, deed }
  }
  const counted = parsed(before) as Pick<RefreshRecord, 'done' | 'total' | 'failed'>
  const status = subject as RefreshRecord['status']
  const refresh = {
    generation: id,
    reason: action,
    status,
    ...counted,
    startedAt: Number(after),
    finishedAt: at,
  }
  return { at, id, kind: 'refresh', refresh }
}

/** What was last done to a subject, as the log has it; null when nothing ever was. */
export async function lastDeedOn(db: Database, portfolioId: string, subject: string) {
  const row = await db
    .select()
    .from(audit)
    .where(and(eq(audit.portfolioId, portfolioId), eq(audit.subject, subject)))
    .orderBy(desc(audit.id))
    .limit(1)
    .get()
  return row ?? null
}

/** The last few deeds, newest first, as far as one sentence each needs them. */
export async function recentAuditEntries(
  db: Database,
  portfolioId: string,
  limit: number,
): Promise<SystemLogRow[]> {
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
  return rows as SystemLogRow[]
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

/** What a file came to, row by row rejected, kept for good. */
export function insertImport(db: Database, record: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(record)
}

export type RefreshRecord = typeof refreshes.$inferSelect

/** Once, however often it is told. */
export async function saveRefresh(db: Database, record: RefreshRecord): Promise<void> {
  await db.insert(refreshes).values(record).onConflictDoNothing()
}

/** Of all portfolios, the latest finished first. */
export async function latestRefreshes(db: Database, limit: number): Promise<RefreshRecord[]> {
  return db.select().from(refreshes).orderBy(desc(refreshes.finishedAt)).limit(limit)
}

export type DeadLetter = typeof deadLetters.$inferSelect

/** Once, however often it is delivered. */
export async function saveDeadLetter(db: Database, letter: DeadLetter): Promise<void> {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}

/** Those that nobody has sent again, then the others, the newest first; and how many there are of both. */
export async function deadLettersKept(
  db: Database,
  limit: number,
): Promise<{ count: number; waiting: number; newest: DeadLetter[] }> {
  const [newest, count, waiting] = await Promise.all([
    db
      .select()
      .from(deadLetters)
      .orderBy(sql`${deadLetters.resentAt} IS NOT NULL`, desc(deadLetters.at))
      .limit(limit),
    db.$count(deadLetters),
    db.$count(deadLetters, isNull(deadLetters.resentAt)),
  ])
  return { count, waiting, newest }
}

/** Null when none has that id. */
export async function deadLetterOf(db: Database, id: string): Promise<DeadLetter | null> {
  return (await db.select().from(deadLetters).where(eq(deadLetters.id, id)).get()) ?? null
}

/** Those that nobody has sent again, the oldest first. */
export async function deadLettersWaiting(db: Database, limit: number): Promise<DeadLetter[]> {
  return db
    .select()
    .from(deadLetters)
    .where(isNull(deadLetters.resentAt))
    .orderBy(asc(deadLetters.at))
    .limit(limit)
}

/** Answers those that were not marked yet: of all who ask at the same time, whoever marks a letter sends it. */
export async function markResent(db: Database, ids: readonly string[], now: number): Promise<DeadLetter[]> {
  return db
    .update(deadLetters)
    .set({ resentAt: now })
    .where(and(isAmong(ids), isNull(deadLetters.resentAt)))
    .returning()
}

/** They wait again, as if nobody had tried. */
export async function unmarkResent(db: Database, ids: readonly string[]): Promise<void> {
  await db.update(deadLetters).set({ resentAt: null }).where(isAmong(ids))
}

function isAmong(ids: readonly string[]): SQL {
  return sql`${deadLetters.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
