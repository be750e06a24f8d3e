import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm'
import { stored, text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { Listed } from '../portfolio/listing-currency.ts'
import type { Recognized } from '../portfolio/share-units.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Database, inOneTransaction, jsonPieces, type Statement } from './database.ts'
import { lastEntryOn, type LoggedTransaction } from './audit.ts'
import { transactions } from './schema.ts'

/** A stored transaction: with its version, which every edit increases, and its place in the order of entry. */
export type Recorded = Transaction & { version: number; sequence: number }

type Row = typeof transactions.$inferSelect

/** Returns all transactions of a portfolio, in the order of entry. */
export async function allTransactions(db: Database, portfolioId: string): Promise<Recorded[]> {
  const rows = await db
    .select()
    .from(transactions)
    .where(eq(transactions.portfolioId, portfolioId))
    .orderBy(asc(transactions.sequence))
  return rows.map(recorded)
}

/** Reads a row, with its decimals exact. */
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
    ...(row.units ? { units: row.units } : {}),
    ...(row.listingCurrency ? { listingCurrency: row.listingCurrency } : {}),
    version: row.version,
    sequence: row.sequence,
  }
}

/** Returns a page of transactions, newest first; `before` is the last row of the page before. */
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
        // the first is what the index by day begins at: without it every page reads those before it
        before
          ? and(
              lte(transactions.date, before.date),
              or(lt(transactions.date, before.date), lt(transactions.sequence, before.sequence)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(transactions.date), desc(transactions.sequence))
    .limit(limit)
  return rows.map(recorded)
}

/** Returns one transaction; null when the portfolio has none with that id. */
export async function transactionOf(db: Database, portfolioId: string, id: string): Promise<Recorded | null> {
  const row = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
    .get()
  return row ? recorded(row) : null
}

/** Where a row came from. The log stores it when the row is deleted, so that the deletion can be undone. */
type Origin = { rowKey: string; importId: string | null; createdAt: number }

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
 * Returns, by id, the keys of rows that are equal to one of these but for their ordinal: all keys that begin with
 * `base#`. It is a range ('$' follows '#' in ASCII) because D1 limits the patterns of LIKE to 50 bytes.
 */
export async function keysLike(
  db: Database,
  portfolioId: string,
  bases: readonly string[],
): Promise<Map<string, string>> {
  const pieces = jsonPieces([...new Set(bases)].map((base) => [base]))
  const found = await inOneTransaction(
    db,
    pieces.map(
      (piece) => sql`
      SELECT transactions.id, row_key FROM json_each(${piece}) AS base CROSS JOIN transactions
      WHERE portfolio_id = ${portfolioId} AND row_key >= (base.value->>0) || '#'
        AND row_key < (base.value->>0) || '$'`,
    ),
  )
  const rows = found.flatMap(({ results }) => results as { id: string; row_key: string }[])
  return new Map(rows.map((row) => [row.id, row.row_key]))
}

/** Says whether a row of the portfolio has that key. */
export async function isKeyTaken(db: Database, portfolioId: string, key: string): Promise<boolean> {
  const found = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.rowKey, key)))
    .get()
  return found !== undefined
}

export type NewTransaction = { transaction: Transaction; rowKey: string }

/**
 * Inserts rows behind the one with the number `last` in the order of entry. A row whose key is there already is skipped.
 */
export function insertTransactions(
  portfolioId: string,
  added: readonly NewTransaction[],
  last: number,
  importId: string | null,
  now: number,
): Statement[] {
  const rows = added.map(({ transaction: t, rowKey }, i) => [
    t.id,
    last + 1 + i,
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
    t.units ?? null,
    t.listingCurrency ?? null,
  ])
  return jsonPieces(rows).map(
    (json) =>
      sql`
      INSERT INTO transactions (id, portfolio_id, sequence, type, symbol, date, shares, price, fee, amount, currency,
        ratio, note, version, import_id, row_key, units_day, units, listing_currency, created_at, updated_at)
      SELECT value->>0, ${portfolioId}, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
        value->>8, value->>9, value->>10, value->>11, 1, ${importId}, value->>12, value->>13, value->>14, value->>15,
        ${now}, ${now}
      FROM json_each(${json}) WHERE true
      ON CONFLICT (portfolio_id, row_key) DO NOTHING`,
  )
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

/**
 * Updates a row, provided that it still has the version `seen`. Without a day of its share units it is examined for them
 * again.
 */
export function updateTransaction(db: Database, seen: number, t: Transaction, now: number): Statement {
  return db
    .update(transactions)
    .set({
      ...columnsOf(t),
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
  unitsDay,
  units,
  listingCurrency,
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
    unitsDay: unitsDay ?? null,
    units: units ?? null,
    listingCurrency: listingCurrency ?? null,
  }
}

/** Deletes a row. The audit log has what `deletedTransaction` needs. */
export function deleteTransaction(db: Database, portfolioId: string, id: string): Statement {
  return db
    .delete(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id)))
}

/**
 * Saves the recognized share units of trades. A trade that was edited meanwhile is examined again later. The plus keeps
 * SQLite from the index by portfolio, with which it looks through all of the text for each row of the portfolio.
 */
export function recordUnits(portfolioId: string, recognized: readonly Recognized[]): Statement[] {
  return jsonPieces(recognized.map(({ transaction, unitsDay }) => [transaction, unitsDay])).map(
    (json) => sql`
      UPDATE transactions SET units_day = found.value->>1 FROM json_each(${json}) AS found
      WHERE transactions.id = found.value->>0 AND +portfolio_id = ${portfolioId} AND units_day IS NULL`,
  )
}

/** Saves in which currency symbols trade for rows that were entered before that was known. */
export function recordListingCurrencies(portfolioId: string, listed: readonly Listed[]): Statement[] {
  return jsonPieces(listed.map(({ transaction, currency }) => [transaction, currency])).map(
    (json) => sql`
      UPDATE transactions SET listing_currency = found.value->>1 FROM json_each(${json}) AS found
      WHERE transactions.id = found.value->>0 AND +portfolio_id = ${portfolioId} AND currency IS NULL
        AND listing_currency IS NULL`,
  )
}
