import { type SQL, sql } from 'drizzle-orm'
import type { Notice } from '../portfolio/notice.ts'
import { isAboutAccess } from './access-audit.ts'
import { type AuditRecord, decoded, isForAll, isListed, nameIn } from './audit.ts'
import type { Database } from './database.ts'
import type { RefreshRecord } from './refreshes.ts'
import { isFailures, saysIn } from './app-schema.ts'

/**
 * A page of the changes to a portfolio, of the refreshes made for it and of what was told about it, newest first. Who else may see
 * it is told to its owner only, and what somebody was told to nobody but them (`reader`; null for a program).
 */
export async function activityLog(
  db: Database,
  portfolioId: string,
  page: {
    view: LogView
    limit: number
    before: LogCursor | null
    isOwner: boolean
    reader?: string | null
  },
): Promise<LogEntry[]> {
  const { view, limit, before, isOwner, reader = null } = page
  const showsRefreshes = view === 'all' || view === 'refreshes'
  const showsNotices = reader !== null && (view === 'all' || view === 'notices')
  // each table is read in its own order, which is that of time, so neither is read to its end
  const older = (at: SQL, kind: number, id: SQL) =>
    before
      ? sql`(${at}, ${kind}, ${id}) < (${before.at}, ${kinds.indexOf(before.kind)}, ${before.id})`
      : sql`1`
  const rows = await db.all<LogRow>(sql`
    SELECT * FROM (
      SELECT at, 0 AS kind, id, actor, action, subject, before, after,
        (SELECT name FROM owners WHERE owners.id = audit.actor) AS name,
        iif(subject LIKE 'member:%', (SELECT name FROM owners WHERE owners.id = substr(audit.subject, 8)), NULL) AS whom
      FROM audit
      WHERE portfolio_id = ${portfolioId} AND ${entriesIn[view]} AND ${isOwner ? isListed : isForAll} AND ${older(sql`at`, 0, sql`id`)}
      ORDER BY id DESC LIMIT ${limit})
    UNION ALL
    SELECT * FROM (
      SELECT finished_at, 1, generation, '', reason, status,
        json_object('done', done, 'total', total, 'failed', json(iif(json_valid(failed), failed, '[]'))), started_at, NULL, NULL FROM refreshes
      WHERE portfolio_id = ${portfolioId} AND ${showsRefreshes ? sql`1` : sql`0`}
        AND ${older(sql`finished_at`, 1, sql`generation`)}
      ORDER BY generation DESC LIMIT ${limit})
    UNION ALL
    SELECT * FROM (
      SELECT at, 2, sequence, '', title, body,
        (SELECT json_group_array(json_object('channel', channel, 'status', status)) FROM notice_deliveries
          WHERE notice_deliveries.notice = notices.sequence), address, says, NULL FROM notices
      WHERE portfolio_id = ${portfolioId} AND account_id = ${reader} AND ${showsNotices ? sql`1` : sql`0`}
        AND ${older(sql`at`, 2, sql`sequence`)}
      ORDER BY sequence DESC LIMIT ${limit})
    ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT ${limit}`)
  return rows.map(logEntry)
}

/** An entry of the activity log: one of the audit log, a refresh, or what its reader was told. */
export type LogEntry = { at: number; id: number } &
  /**
   * `name` is what the actor is called, and `whom` the member whom the entry is about; null where there is no account of
   * it (any more), and no name came with it.
   */
  (
    | { kind: 'audit'; actor: string; name: string | null; whom: string | null; change: AuditRecord }
    | { kind: 'refresh'; refresh: Omit<RefreshRecord, 'portfolioId'> }
    | { kind: 'notice'; notice: LoggedNotice }
  )

export type LoggedNotice = Pick<Notice, 'title' | 'body' | 'address' | 'says'> & {
  deliveries: { channel: string; status: 'waiting' | 'sending' | 'sent' | 'failed' }[]
}

/** The entry at which a page ended: the next page begins below it. */
export type LogCursor = Pick<LogEntry, 'at' | 'kind' | 'id'>

/** The parts of the log that a page can be limited to. */
export type LogView =
  | 'all'
  | 'changes'
  | 'edits'
  | 'imports'
  | 'settings'
  | 'people'
  | 'notices'
  | 'refreshes'

const kinds = ['audit', 'refresh', 'notice']

/** Which entries of the audit log a view shows. */
const entriesIn: Record<LogView, SQL> = {
  all: isListed,
  changes: isListed,
  edits: sql`subject LIKE 'transaction:%'`,
  imports: sql`(subject LIKE 'import:%' OR subject = 'share units')`,
  settings: sql`subject = 'portfolio'`,
  people: isAboutAccess,
  notices: sql`0`,
  refreshes: sql`0`,
}

/** The three tables in one shape; the columns of a refresh and a notice are in the places that the query above gives them. */
type LogRow = { at: number; id: number } & (
  | {
      kind: 0
      actor: string
      name: string | null
      action: string
      subject: string
      before: string | null
      after: string | null
      whom: string | null
    }
  | { kind: 1; action: string; subject: string; before: string; after: number }
  | { kind: 2; action: string; subject: string; before: string; after: string; name: string | null }
)

function logEntry(row: LogRow): LogEntry {
  const { at, id } = row
  if (row.kind === 0) {
    const { actor, name, whom } = row
    return { at, id, kind: 'audit', actor, name: name ?? nameIn(actor), whom, change: decoded(row) }
  }
  if (row.kind === 2) {
    const { action: title, subject: body, before, after: address, name: says } = row
    const deliveries = JSON.parse(before) as LoggedNotice['deliveries']
    return { at, id, kind: 'notice', notice: { title, body, address, says: saysIn(says), deliveries } }
  }
  const { done, total, failed } = JSON.parse(row.before) as Pick<RefreshRecord, 'done' | 'total' | 'failed'>
  const refresh = {
    generation: id,
    reason: row.action,
    status: row.subject as RefreshRecord['status'],
    done,
    total,
    failed: isFailures(failed) ? failed : [],
    startedAt: row.after,
    finishedAt: at,
  }
  return { at, id, kind: 'refresh', refresh }
}

/** Returns the latest changes of what signs an account in, newest first. */
export async function accountLog(db: Database, account: string, limit: number): Promise<AccountEntry[]> {
  const rows = await db.all<{
    at: number
    action: string
    subject: string
    before: string | null
    after: string | null
  }>(sql`
    SELECT at, action, subject, before, after FROM audit
    WHERE portfolio_id = ${account} ORDER BY id DESC LIMIT ${limit}`)
  return rows.map((row) => ({ at: row.at, change: decoded(row) }))
}

export type AccountEntry = { at: number; change: AuditRecord }
