import { and, asc, desc, eq, gte, lt, or, sql } from 'drizzle-orm'
import { stored, text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { Recognized } from '../portfolio/share-units.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { lastEntryOn, type LoggedTransaction } from './audit.ts'
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

/** The same with decimals exact. */
export async function allTransactions(db: Database, portfolioId: string): Promise<Recorded[]> {
  return (await selectTransactions(db, portfolioId)).map(recorded)
}

/** A row with its decimals exact. */
export function recorded(row: LoggedTransaction & Pick<Row, 'version' | 'sequence'>): Recorded {
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
    ...(row.unitsDay ? { unitsDay: row.unitsDay } : {}),
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

/** Null when the portfolio has none of that id. */
export async function transactionOf(db: Database, portfolioId: string, id: string): Promise<Recorded | null> {
  const row = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
    .get()
  return row ? recorded(row) : null
}

/** What a row has besides what it says; kept with its deletion, so that it can come back as it was. */
type Origin = { rowKey: string; importId: string | null; createdAt: number }

/** Null when there is no such row. */
export async function originOf(db: Database, portfolioId: string, id: string): Promise<Origin | null> {
  const { rowKey, importId, createdAt } = transactions
  const row = await db
    .select({ rowKey, importId, createdAt })
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
    .get()
  return row ?? null
}

/** A deleted row, from the audit log; null when no such row was deleted, or it is back. */
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
    text(t.shares),
    text(t.price),
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

/**
 * A deleted row in its old place in the order of entry. The number it had there is free, or was given to the next
 * row that was entered: `taken`; then that row and those after it move on.
 */
export function restoreRow(
  db: Database,
  portfolioId: string,
  { id, version, sequence, unitsDay, ...t }: Recorded,
  { rowKey, importId, createdAt }: Origin,
  taken: boolean,
  now: number,
): Statement[] {
  const moved = db
    .update(transactions)
    .set({ sequence: sql`${transactions.sequence} + 1` })
    .where(and(eq(transactions.portfolioId, portfolioId), gte(transactions.sequence, sequence)))
  const row = db.insert(transactions).values({
    id,
    portfolioId,
    sequence,
    ...columnsOf(t),
    unitsDay: unitsDay ?? null,
    version,
    importId,
    rowKey,
    createdAt,
    updatedAt: now,
  })
  return taken ? [moved, row] : [row]
}

/** Changes the row only while it still has the version that was seen. */
export function updateTransaction(db: Database, seen: number, t: Transaction, now: number): Statement {
  return db
    .update(transactions)
    .set({
      ...columnsOf(t),
      // what was typed is judged anew
      unitsDay: null,
      version: seen + 1,
      updatedAt: now,
    })
    .where(and(eq(transactions.id, t.id), eq(transactions.version, seen)))
}

function columnsOf({
  type,
  symbol,
  date,
  shares,
  price,
  fee,
  amount,
  currency,
  ratio,
  note,
}: TransactionDraft) {
  return {
    type,
    symbol,
    date,
    shares: text(shares),
    price: text(price),
    fee: text(fee),
    amount: text(amount),
    currency,
    ratio,
    note,
  }
}

/** For good; the audit log keeps what it said (`deletedTransaction`). */
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
