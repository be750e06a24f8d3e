import { type SQL, sql } from 'drizzle-orm'
import type { AuditEntry } from './audit.ts'
import type { Database } from './database.ts'
import type { RefreshRecord } from './refreshes.ts'

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

/** An entry of the activity log: a deed of the audit, or a refresh. */
export type LogEntry = { at: number; id: number } & (
  | { kind: 'deed'; actor: string; deed: AuditEntry }
  | { kind: 'refresh'; refresh: Omit<RefreshRecord, 'portfolioId'> }
)

/** Where a page of the log ended. */
export type LogCursor = Pick<LogEntry, 'at' | 'kind' | 'id'>

/** Which deeds a view of the log shows, by their action and subject. */
export type LogView = 'all' | 'edits' | 'imports' | 'settings' | 'refreshes'

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
