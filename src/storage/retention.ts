import { sql } from 'drizzle-orm'
import { dayAt } from '../portfolio/day.ts'
import { DAY } from '../portfolio/time.ts'
import { type Database, inOneTransaction } from './database.ts'

/** How many days a record of what the app did is kept. What the owner entered, and who changed it, is kept for ever. */
const keptDays = { refreshes: 90, deadLetters: 30, counters: 31, searches: 30, notices: 90 }

/** The most rows of a table that one run deletes, so that a first run does not use up a day's writes. */
const MOST = 2000

/** Deletes the records that are older than they are kept, the oldest first; answers how many. */
export async function prune(db: Database, now: number): Promise<number> {
  const before = (days: number) => now - days * DAY
  const results = await inOneTransaction(db, [
    sql`
      DELETE FROM refreshes WHERE (portfolio_id, generation) IN (
        SELECT portfolio_id, generation FROM refreshes WHERE finished_at < ${before(keptDays.refreshes)}
        ORDER BY finished_at LIMIT ${MOST})`,
    sql`
      DELETE FROM dead_letters WHERE id IN (
        SELECT id FROM dead_letters WHERE at < ${before(keptDays.deadLetters)} ORDER BY at LIMIT ${MOST})`,
    sql`
      DELETE FROM security_searches WHERE query IN (
        SELECT query FROM security_searches WHERE at < ${before(keptDays.searches)} ORDER BY at LIMIT ${MOST})`,
    sql`
      DELETE FROM notices WHERE sequence IN (
        SELECT sequence FROM notices WHERE at < ${before(keptDays.notices)} ORDER BY at LIMIT ${MOST})`,
    sql`DELETE FROM counters WHERE day < ${dayAt(before(keptDays.counters), 'UTC')}`,
  ])
  return results.reduce((sum, { meta }) => sum + meta.changes, 0)
}
