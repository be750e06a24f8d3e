import { and, desc, eq, sql } from 'drizzle-orm'
import type { SystemLogRow } from '../snapshot/snapshot.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { audit } from './schema.ts'

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
