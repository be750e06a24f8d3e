import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm'
import { stored, text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { Listed } from '../portfolio/listing-currency.ts'
import { ownInstruments } from '../portfolio/own-instrument.ts'
import type { Recognized } from '../portfolio/share-units.ts'
import { storedTerms, termsIn } from '../portfolio/terms.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Database, inOneTransaction, inSymbols, jsonPieces, type Statement } from './database.ts'
import type { LoggedTransaction } from './audit.ts'
import { transactions } from './schema.ts'
import { isShown } from './unfinished-imports.ts'

/** A stored transaction: with its version, which every edit increases, and its place in the order of entry. */
export type Recorded = Transaction & { version: number; sequence: number }

type Row = typeof transactions.$inferSelect

/** Returns all transactions of a portfolio, in the order of entry; with `isUnfinishedToo` those of unfinished imports too. */
export async function allTransactions(
  db: Database,
  portfolioId: string,
  isUnfinishedToo = false,
): Promise<Recorded[]> {
  const rows = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), isUnfinishedToo ? undefined : isShown))
    .orderBy(asc(transactions.sequence))
  return rows.map(recorded)
}

/** The same of several portfolios, by their ids. */
export async function transactionsOf(db: Database, ids: readonly string[]): Promise<Map<string, Recorded[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select()
    .from(transactions)
    .where(and(inSymbols(transactions.portfolioId, ids), isShown))
    .orderBy(asc(transactions.portfolioId), asc(transactions.sequence))
  const each = Map.groupBy(rows, ({ portfolioId }) => portfolioId)
  return new Map([...each].map(([id, own]) => [id, own.map(recorded)]))
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
    ...(row.review ? { review: row.review } : {}),
    ...(row.terms ? { terms: termsIn(row.terms) } : {}),
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
        isShown,
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

/** A portfolio, and what its owner has said to price where that is known. */
export type PricedFor = { id: string; ownInstruments?: readonly string[] }

/** Says whether a portfolio's owner prices a symbol: a source need not know it. */
export async function isPricedByHand(
  db: Database,
  { id, ownInstruments: kept = [] }: PricedFor,
  symbol: string,
): Promise<boolean> {
  if (ownInstruments(kept).some((each) => each.symbol === symbol)) return true
  const row = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.portfolioId, id),
        eq(transactions.symbol, symbol),
        eq(transactions.type, 'price'),
        isShown,
      ),
    )
    .limit(1)
    .get()
  return row !== undefined
}

/** Returns one transaction; null when the portfolio has none with that id. */
export async function transactionOf(db: Database, portfolioId: string, id: string): Promise<Recorded | null> {
  const row = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), eq(transactions.id, id), isShown))
    .get()
  return row ? recorded(row) : null
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
        AND row_key < (base.value->>0) || '$' AND ${isShown}`,
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
    t.terms ? JSON.stringify(storedTerms(t.terms)) : null,
    t.review ?? null,
  ])
  return jsonPieces(rows).map(
    (json) =>
      sql`
      INSERT INTO transactions (id, portfolio_id, sequence, type, symbol, date, shares, price, fee, amount, currency,
        ratio, note, version, import_id, row_key, units_day, units, listing_currency, terms, review,
        created_at, updated_at)
      SELECT value->>0, ${portfolioId}, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
        value->>8, value->>9, value->>10, value->>11, 1, ${importId}, value->>12, value->>13, value->>14, value->>15,
        value->>16, value->>17, ${now}, ${now}
      FROM json_each(${json}) WHERE true
      ON CONFLICT (portfolio_id, row_key) DO NOTHING`,
  )
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

/** Writes a transaction as the table's columns. */
export function columnsOf({
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
  review,
  unitsDay,
  units,
  listingCurrency,
  terms,
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
    review: review ?? null,
    unitsDay: unitsDay ?? null,
    units: units ?? null,
    listingCurrency: listingCurrency ?? null,
    terms: terms ? storedTerms(terms) : null,
  }
}

/** Deletes rows. The audit log keeps what is needed to restore each (deleted-transactions.ts). */
export function deleteTransactions(portfolioId: string, ids: readonly string[]): Statement[] {
  return jsonPieces(ids.map((id) => [id])).map(
    (piece) => sql`
      DELETE FROM transactions
      WHERE id IN (SELECT value->>0 FROM json_each(${piece})) AND +portfolio_id = ${portfolioId}`,
  )
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
