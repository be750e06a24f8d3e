import { eq, sql } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { unfinishedImports } from './app-schema.ts'
import { transactions } from './schema.ts'

/**
 * An import so long that its rows are written, or deleted, by several transactions of the database. While it is listed
 * here nobody is shown a row of it: a long import comes with the end of this entry, and an undone one goes with its
 * beginning. A portfolio that is made with as many rows has an entry by its own id, and counts as deleted meanwhile.
 */
export type UnfinishedImport = typeof unfinishedImports.$inferSelect

/** The condition that a transaction is of no import that is unfinished. */
export const isShown = sql`(${transactions.importId} IS NULL
  OR ${transactions.importId} NOT IN (SELECT ${unfinishedImports.id} FROM ${unfinishedImports}))`

/** Returns those of a portfolio. There are any only while one is underway, and after it was killed. */
export function unfinishedImportsOf(db: Database, portfolioId: string): Promise<UnfinishedImport[]> {
  return db.select().from(unfinishedImports).where(eq(unfinishedImports.portfolioId, portfolioId))
}

export function beginImport(db: Database, begun: UnfinishedImport): Statement {
  return db.insert(unfinishedImports).values(begun).onConflictDoNothing()
}

export function endImport(db: Database, id: string): Statement {
  return db.delete(unfinishedImports).where(eq(unfinishedImports.id, id))
}
