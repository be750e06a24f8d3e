import { getTableColumns, is, type SQL, sql } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { DAY } from '../portfolio/time.ts'
import * as access from './access-schema.ts'
import * as app from './app-schema.ts'
import { appendAudit } from './audit.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import * as schema from './schema.ts'

/** How long the rows of a deleted portfolio stay, so that a deletion by mistake can be taken back. */
const KEPT_DELETED = 30 * DAY

/** What stands in the log for whoever is gone. */
const NOBODY = 'nobody'
/** Who has the portfolios of accounts that are gone, until their rows are. */
const GONE = 'erased'

/**
 * Deletes every row of a portfolio, in whichever tables it has any: those of the schema with a `portfolio_id`. The deletion
 * fails as a whole where one of them still needs the portfolio.
 */
export function erasePortfolio(id: string): Statement[] {
  return [
    // a message names the portfolio that waits for it
    sql`DELETE FROM dead_letters WHERE instr(message, ${id}) > 0`,
    ...tablesWith('portfolioId').map((table) => sql`DELETE FROM ${table} WHERE portfolio_id = ${id}`),
    sql`DELETE FROM group_members WHERE group_id = ${id}`,
    sql`DELETE FROM portfolios WHERE id = ${id}`,
    sql`DELETE FROM owners WHERE id = ${GONE} AND NOT EXISTS (SELECT 1 FROM portfolios WHERE owner_id = ${GONE})`,
  ]
}

/**
 * Deletes an account by one transaction, and takes its id out of what others keep. Its portfolios are in no list any more and
 * are nobody's; each is erased by the object that keeps it, or by the clock, as one that was deleted long ago. The log says
 * that an account was deleted, and not whose. Returns the ids of the portfolios of others whose log it was in: their
 * snapshots show the latest entries.
 */
export async function eraseAccount(db: Database, id: string, now: number): Promise<string[]> {
  const own = sql`(SELECT portfolios.id FROM portfolios WHERE owner_id = ${id})`
  const [renamed] = await inOneTransaction(db, [
    sql`UPDATE audit SET actor = ${NOBODY} WHERE actor = ${id} AND portfolio_id <> ${id} AND portfolio_id NOT IN ${own}
      RETURNING portfolio_id`,
    sql`DELETE FROM tracked WHERE portfolio_id IN ${own}`,
    sql`INSERT INTO owners (id, created_at) SELECT ${GONE}, 0 WHERE EXISTS ${own} ON CONFLICT DO NOTHING`,
    // an account has one group of all portfolios, and these may have several
    sql`UPDATE portfolios SET owner_id = ${GONE}, kind = NULL, deleted_at = 0, watched_until = 0 WHERE owner_id = ${id}`,
    sql`UPDATE unfinished_imports SET actor = ${NOBODY} WHERE actor = ${id}`,
    sql`UPDATE audit SET subject = ${`member:${NOBODY}`} WHERE subject = ${`member:${id}`}`,
    sql`DELETE FROM audit WHERE portfolio_id = ${id}`,
    sql`UPDATE invitations SET accepted_by = NULL WHERE accepted_by = ${id}`,
    ...Object.entries(accountColumns).flatMap(([property, column]) =>
      tablesWith(property)
        .filter((table) => table !== schema.portfolios)
        .map((table) => sql`DELETE FROM ${table} WHERE ${column} = ${id}`),
    ),
    sql`DELETE FROM owners WHERE id = ${id}`,
    ...appendAudit(
      db,
      '',
      'system',
      [{ action: 'delete', subject: 'account', before: null, after: null }],
      now,
    ),
  ])
  const rows = renamed!.results as { portfolio_id: string }[]
  return [...new Set(rows.map((row) => row.portfolio_id))]
}

/** The columns that say whose a row is: as the schema names them, and as SQL does. */
const accountColumns: Record<string, SQL> = {
  ownerId: sql`owner_id`,
  accountId: sql`account_id`,
  createdBy: sql`created_by`,
}

function tablesWith(property: string): SQLiteTable[] {
  return tables.filter((table) => property in getTableColumns(table))
}

const tables = [schema, access, app]
  .flatMap((each) => Object.values(each))
  .filter((each) => is(each, SQLiteTable))

/** Returns the ids of all portfolios of an account, those too that were deleted and whose rows are still there. */
export async function allPortfolioIds(db: Database, owner: string): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`SELECT id FROM portfolios WHERE owner_id = ${owner}`)
  return rows.map(({ id }) => id)
}

/** Returns the ids of portfolios that were deleted so long ago that nobody can take it back, the oldest first. */
export async function longDeleted(db: Database, now: number, most: number): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT id FROM portfolios WHERE deleted_at IS NOT NULL AND deleted_at < ${now - KEPT_DELETED}
    ORDER BY deleted_at LIMIT ${most}`)
  return rows.map(({ id }) => id)
}

/** Says whether a portfolio was deleted that long ago, or with its account. */
export async function isErasable(db: Database, id: string, now: number): Promise<boolean> {
  const [found] = await db.all(
    sql`SELECT 1 FROM portfolios WHERE id = ${id} AND deleted_at < ${now - KEPT_DELETED}`,
  )
  return found !== undefined
}

/** Returns how many others may see each of an account's portfolios; none for those that nobody else may. */
export function sharedWith(db: Database, owner: string): Promise<{ name: string; people: number }[]> {
  return db.all(sql`
    SELECT portfolios.name, count(*) AS people FROM portfolios CROSS JOIN members
      ON members.portfolio_id = portfolios.id
    WHERE portfolios.owner_id = ${owner} AND portfolios.deleted_at IS NULL
    GROUP BY portfolios.id ORDER BY portfolios.created_at`)
}
