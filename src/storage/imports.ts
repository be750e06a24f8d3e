import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import type { Origin } from './deleted-transactions.ts'
import { imports, transactions } from './schema.ts'

/** An import as the list of them has it; times are in milliseconds. */
export type ImportRecord = {
  id: string
  format: string
  accepted: number
  duplicates: number
  /** The number of its rejected rows. */
  rejected: number
  createdAt: number
  /** Null while its rows are here. */
  undoneAt: number | null
}

/** Saves the result of an import, with the rows that were rejected and why. */
export function insertImport(db: Database, record: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(record)
}

/** Returns the latest 50 imports of a portfolio, newest first. */
export function importsOf(db: Database, portfolioId: string): Promise<ImportRecord[]> {
  return db
    .select(fields)
    .from(imports)
    .where(eq(imports.portfolioId, portfolioId))
    .orderBy(desc(imports.createdAt))
    .limit(50)
}

/** Returns one import; null when the portfolio has none with that id. */
export async function importOf(db: Database, portfolioId: string, id: string): Promise<ImportRecord | null> {
  const found = await db
    .select(fields)
    .from(imports)
    .where(and(eq(imports.portfolioId, portfolioId), eq(imports.id, id)))
    .get()
  return found ?? null
}

const fields = {
  id: imports.id,
  format: imports.format,
  accepted: imports.accepted,
  duplicates: imports.duplicates,
  rejected: sql<number>`iif(json_valid(${imports.rejected}), json_array_length(${imports.rejected}), 0)`.as(
    'rejected_rows',
  ),
  createdAt: imports.createdAt,
  undoneAt: imports.undoneAt,
}

/**
 * Returns, by id, where the rows came from that an import added and that are still there. All of the
 * portfolio's rows are read for it: an index would cost a written row for each row of every import.
 */
export async function rowsOfImport(
  db: Database,
  portfolioId: string,
  importId: string,
): Promise<Map<string, Origin>> {
  const { id, rowKey, createdAt } = transactions
  const rows = await db
    .select({ id, rowKey, importId: transactions.importId, createdAt })
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.importId, importId)))
  return new Map(rows.map(({ id: row, ...origin }) => [row, origin]))
}

/** Notes that an import was undone. */
export function markUndone(db: Database, importId: string, now: number): Statement {
  return db.update(imports).set({ undoneAt: now }).where(eq(imports.id, importId))
}
