import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { lastEntryOn } from './audit.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { transactions } from './schema.ts'
import { columnsOf, recorded, type Recorded } from './transactions.ts'

/** Where a row came from. The log stores it when the row is deleted, so that the deletion can be undone. */
export type Origin = { rowKey: string; importId: string | null; createdAt: number }

/** Returns where a row came from; null when there is no such row. */
export async function originOf(db: Database, portfolioId: string, id: string): Promise<Origin | null> {
  const { rowKey, importId, createdAt } = transactions
  const row = await db
    .select({ rowKey, importId, createdAt })
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
    .get()
  return row ?? null
}

/** Returns, by id, where the dividends came from that were recorded at one time and not edited since. */
export function dividendsRecordedAt(
  db: Database,
  portfolioId: string,
  at: number,
): Promise<Map<string, Origin>> {
  const { type, version, importId, createdAt } = transactions
  return originsOf(
    db,
    portfolioId,
    and(eq(createdAt, at), eq(type, 'dividend'), eq(version, 1), isNull(importId)),
  )
}

/** Returns, by id, where a symbol's own prices came from. */
export function ownPriceOrigins(
  db: Database,
  portfolioId: string,
  symbol: string,
): Promise<Map<string, Origin>> {
  return originsOf(db, portfolioId, and(eq(transactions.symbol, symbol), eq(transactions.type, 'price')))
}

async function originsOf(
  db: Database,
  portfolioId: string,
  which: SQL | undefined,
): Promise<Map<string, Origin>> {
  const { id, rowKey, importId, createdAt } = transactions
  const rows = await db
    .select({ id, rowKey, importId, createdAt })
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), which))
  return new Map(rows.map(({ id: row, ...origin }) => [row, origin]))
}

/** Returns a deleted row from the audit log; null when no such row was deleted, or it was restored. */
export async function deletedTransaction(
  db: Database,
  portfolioId: string,
  id: string,
): Promise<{ transaction: Recorded; origin: Partial<Origin> } | null> {
  const last = await lastEntryOn(db, portfolioId, `transaction:${id}`)
  if (last?.kind !== 'transaction' || last.action !== 'delete' || last.before === null) return null
  const { rowKey, importId, createdAt, ...row } = last.before
  return {
    transaction: recorded({ ...row, version: row.version!, sequence: row.sequence! }),
    origin: {
      ...(rowKey !== undefined && { rowKey }),
      ...(importId !== undefined && { importId }),
      ...(createdAt !== undefined && { createdAt }),
    },
  }
}

/**
 * Inserts a deleted row at its old place in the order of entry. When its number was given to a later row, that row and
 * those after it (`later`, by id) move on by one.
 */
export function restoreRow(
  db: Database,
  portfolioId: string,
  { id, version, sequence, ...t }: Recorded,
  { rowKey, importId, createdAt }: Origin,
  later: readonly string[],
  now: number,
): Statement[] {
  const moved = jsonPieces(later.map((each) => [each])).map(
    (piece) => sql`
      UPDATE transactions SET sequence = sequence + 1 WHERE id IN (SELECT value->>0 FROM json_each(${piece}))`,
  )
  const row = db.insert(transactions).values({
    id,
    portfolioId,
    sequence,
    ...columnsOf(t),
    version,
    importId,
    rowKey,
    createdAt,
    updatedAt: now,
  })
  return [...moved, row]
}
