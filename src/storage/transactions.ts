import { and, asc, desc, eq, gte, lt, or, sql } from 'drizzle-orm'
import { stored, text } from '../portfolio/decimal.ts'
import type { Recognized } from '../portfolio/share-units.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { transactions } from './schema.ts'

/** A transaction with what its keeping adds: how often it was edited, and where it stands in the order of entry. */
export type Recorded = Transaction & { version: number; sequence: number }

type Row = typeof transactions.$inferSelect

/** All of a portfolio's, in the order of entry. */
export function selectTransactions(db: Database, portfolioId: string) {
  return db
    .select()
    .from(transactions)
    .where(eq(transactions.portfolioId, portfolioId))
    .orderBy(asc(transactions.sequence))
}

export async function allTransactions(db: Database, portfolioId: string): Promise<Recorded[]> {
  return (await selectTransactions(db, portfolioId)).map(recorded)
}

export function recorded(row: Row): Recorded {
  return {
    id: row.id,
    type: row.type,
    symbol: row.symbol,
    date: row.date,
    shares: row.shares === null ? null : stored(row.shares),
    price: row.price === null ? null : stored(row.price),
    fee: stored(row.fee),
    amount: stored(row.amount),
    currency: row.currency,
    ratio: row.ratio,
    note: row.note,
    ...(row.unitsDay === null ? {} : { unitsDay: row.unitsDay }),
    version: row.version,
    sequence: row.sequence,
  }
}

/** Newest first, a page at a time; `before` is where the last page ended. */
export async function pageOfTransactions(
  db: Database,
  portfolioId: string,
  page: { limit: number; before: { date: string; sequence: number } | null },
): Promise<Recorded[]> {
  const { before, limit } = page
  const rows = await db
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.portfolioId, portfolioId),
        before
          ? or(
              lt(transactions.date, before.date),
              and(eq(transactions.date, before.date), lt(transactions.sequence, before.sequence)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(transactions.date), desc(transactions.sequence))
    .limit(limit)
  return rows.map(recorded)
}

export async function transactionOf(db: Database, portfolioId: string, id: string): Promise<Recorded | null> {
  const row = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
    .get()
  return row ? recorded(row) : null
}

/** The keys a portfolio has its rows under, by id. */
export async function rowKeysOf(db: Database, portfolioId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: transactions.id, key: transactions.rowKey })
    .from(transactions)
    .where(eq(transactions.portfolioId, portfolioId))
  return new Map(rows.map(({ id, key }) => [id, key]))
}

/**
 * Keys that are a row's own, whatever its ordinal: all that begin with `base#`. A range, not LIKE, whose patterns
 * D1 limits to 50 bytes; '$' follows '#'.
 */
export async function keysLike(db: Database, portfolioId: string, base: string): Promise<Set<string>> {
  const rows = await db
    .select({ key: transactions.rowKey })
    .from(transactions)
    .where(
      and(
        eq(transactions.portfolioId, portfolioId),
        gte(transactions.rowKey, `${base}#`),
        lt(transactions.rowKey, `${base}$`),
      ),
    )
  return new Set(rows.map((row) => row.key))
}

export type NewTransaction = { transaction: Transaction; rowKey: string }

/** A row that is there already, by its key, is left as it is. */
export function insertTransactions(
  db: Database,
  portfolioId: string,
  added: readonly NewTransaction[],
  importId: string | null,
  now: number,
): Statement[] {
  const rows = added.map(({ transaction: t, rowKey }) => [
    t.id,
    t.type,
    t.symbol,
    t.date,
    t.shares === null ? null : text(t.shares),
    t.price === null ? null : text(t.price),
    text(t.fee),
    text(t.amount),
    t.currency,
    t.ratio && JSON.stringify(t.ratio),
    t.note,
    rowKey,
    t.unitsDay ?? null,
  ])
  return jsonPieces(rows).map(
    (json) =>
      sql`
      INSERT INTO transactions (id, portfolio_id, sequence, type, symbol, date, shares, price, fee, amount, currency,
        ratio, note, version, import_id, row_key, units_day, created_at, updated_at)
      SELECT value->>0, ${portfolioId},
        (SELECT coalesce(max(sequence), 0) FROM transactions WHERE portfolio_id = ${portfolioId}) + key + 1,
        value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10,
        1, ${importId}, value->>11, value->>12, ${now}, ${now}
      FROM json_each(${json}) WHERE true
      ON CONFLICT (portfolio_id, row_key) DO NOTHING`,
  )
}

/** Changes the row only while it still has the version that was seen. */
export function updateTransaction(db: Database, seen: number, t: Transaction, now: number): Statement {
  return db
    .update(transactions)
    .set({
      type: t.type,
      symbol: t.symbol,
      date: t.date,
      shares: t.shares === null ? null : text(t.shares),
      price: t.price === null ? null : text(t.price),
      fee: text(t.fee),
      amount: text(t.amount),
      currency: t.currency,
      ratio: t.ratio,
      note: t.note,
      // what was typed is judged anew
      unitsDay: null,
      version: seen + 1,
      updatedAt: now,
    })
    .where(and(eq(transactions.id, t.id), eq(transactions.version, seen)))
}

export function deleteTransaction(db: Database, portfolioId: string, id: string): Statement {
  return db
    .delete(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
}

/** Records in which share units trades were written down; whoever edits them meanwhile has them judged again. */
export function recordUnits(
  db: Database,
  portfolioId: string,
  recognized: readonly Recognized[],
): Statement[] {
  return jsonPieces(recognized.map(({ transaction, unitsDay }) => [transaction, unitsDay])).map(
    (json) => sql`
      UPDATE transactions SET units_day = found.value->>1 FROM json_each(${json}) AS found
      WHERE transactions.id = found.value->>0 AND portfolio_id = ${portfolioId} AND units_day IS NULL`,
  )
}
