import { asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { RecordedClose } from '../portfolio/track-record.ts'
import type { Database, Statement } from './database.ts'
import { trackRecord } from './schema.ts'

/** Returns the rows of a portfolio's track record, the oldest first. */
export async function trackRecordOf(db: Database, portfolioId: string): Promise<RecordedClose[]> {
  const { portfolioId: of, ...columns } = getTableColumns(trackRecord)
  return db.select(columns).from(trackRecord).where(eq(of, portfolioId)).orderBy(asc(columns.number))
}

/** Returns the day of the last row; null without any. */
export async function lastRecordedDay(db: Database, portfolioId: string): Promise<Day | null> {
  const { portfolioId: of, day, number } = trackRecord
  const last = await db
    .select({ day })
    .from(trackRecord)
    .where(eq(of, portfolioId))
    .orderBy(desc(number))
    .limit(1)
    .get()
  return last?.day ?? null
}

/** Appends a row. A number or a day that there is already changes nothing. */
export function appendClose(db: Database, portfolioId: string, close: RecordedClose): Statement {
  return db
    .insert(trackRecord)
    .values({ portfolioId, ...close })
    .onConflictDoNothing()
}

/** What whoever looks at a portfolio is told of its track record. */
export type RecordSummary = Pick<RecordedClose, 'trades' | 'prompt' | 'hash'> & {
  closes: number
  since: string
}

/** Returns what the last row says, how many there are and since when; null without any. */
export async function recordSummary(db: Database, portfolioId: string): Promise<RecordSummary | null> {
  const [row] = await db.all<RecordSummary>(sql`
    SELECT trades, prompt, hash, number AS closes,
      (SELECT day FROM track_record WHERE portfolio_id = ${portfolioId} AND number = 1) AS since
    FROM track_record WHERE portfolio_id = ${portfolioId} ORDER BY number DESC LIMIT 1`)
  return row ?? null
}
