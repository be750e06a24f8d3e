import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { pairOf } from '../portfolio/exchange-rate.ts'
import type { SymbolState } from '../portfolio/symbol-state.ts'
import type { Database, Statement } from './database.ts'
import { resetSchedule } from './cron-claims.ts'
import { attention, histories, instruments, portfolios, quotes, tracked } from './schema.ts'
import { inSymbols } from './database.ts'

/**
 * Replaces the symbols whose prices a portfolio needs, and adds the exchange rates of the currencies they trade in.
 * Only the difference is written.
 */
export function trackSymbols(
  portfolio: { id: string; baseCurrency: string },
  symbols: readonly string[],
): Statement[] {
  const needed = withRates(symbols, portfolio.baseCurrency)
  return [
    sql`DELETE FROM tracked WHERE portfolio_id = ${portfolio.id} AND symbol NOT IN ${needed}`,
    sql`INSERT INTO tracked (symbol, portfolio_id) SELECT symbol, ${portfolio.id} FROM ${needed} WHERE true
      ON CONFLICT DO NOTHING`,
    resetSchedule(),
  ]
}

/** A subquery of these symbols and of the pairs that convert the currencies they trade and pay in (`pairOf`). */
export function withRates(symbols: readonly string[], baseCurrency: string): SQL {
  const json = JSON.stringify(symbols)
  return sql`(SELECT value AS symbol FROM json_each(${json}) UNION
    SELECT currency || ${pairOf('', baseCurrency)} FROM instruments
    WHERE symbol IN (SELECT value FROM json_each(${json})) AND currency <> ${baseCurrency} UNION
    SELECT currency || ${pairOf('', baseCurrency)} FROM corporate_actions
    WHERE symbol IN (SELECT value FROM json_each(${json})) AND currency IS NOT NULL AND currency <> ${baseCurrency})`
}

/** Returns those of the symbols that a portfolio does not track yet. */
export async function untracked(db: Database, id: string, symbols: readonly string[]): Promise<string[]> {
  const known = await db.select({ symbol: tracked.symbol }).from(tracked).where(eq(tracked.portfolioId, id))
  return symbols.filter((symbol) => !known.some((row) => row.symbol === symbol))
}

/** Returns the ids of the portfolios that somebody has open and that need one of these symbols. */
export async function watchersOf(db: Database, symbols: readonly string[], now: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: tracked.portfolioId })
    .from(tracked)
    .innerJoin(portfolios, eq(portfolios.id, tracked.portfolioId))
    .where(
      and(inSymbols(tracked.symbol, symbols), gt(portfolios.watchedUntil, now), isNull(portfolios.deletedAt)),
    )
  return rows.map((row) => row.id)
}

/** A symbol that some portfolio needs, with the attention of the most demanding of those portfolios. */
export type TrackedSymbol = SymbolState & { watchedUntil: number; openedAt: number }

/** The columns of a SymbolState. */
const stored = {
  symbol: tracked.symbol,
  kind: instruments.kind,
  timeZone: instruments.timeZone,
  session: instruments.session,
  quoteFetchedAt: quotes.fetchedAt,
  quoteAt: quotes.at,
  fromDay: histories.fromDay,
  toDay: histories.toDay,
  historyFetchedAt: histories.fetchedAt,
  retryAt: histories.retryAt,
  refusedFrom: histories.refusedFrom,
}

/**
 * Returns every symbol that some portfolio tracks. Those that are `watched` are the symbols of portfolios that
 * somebody has open now. No other portfolio is read: when one of those was opened is known to the hour.
 */
export async function trackedSymbols(
  db: Database,
  now: number,
  which: 'all' | 'watched' = 'all',
): Promise<TrackedSymbol[]> {
  const watched = db
    .select({
      symbol: tracked.symbol,
      watchedUntil: sql<number>`max(${portfolios.watchedUntil})`.as('watched'),
      openedAt: sql<number>`max(${portfolios.openedAt})`.as('opened'),
    })
    .from(portfolios)
    // SQLite keeps the order of a cross join: it reads the portfolios first, and only their rows of `tracked`
    .crossJoin(tracked)
    .where(
      and(
        eq(tracked.portfolioId, portfolios.id),
        isNull(portfolios.deletedAt),
        gt(portfolios.watchedUntil, now),
      ),
    )
    .groupBy(tracked.symbol)
    .as('watched')
  // grouped first, so that the data of a symbol is read once and not once for each portfolio
  if (which === 'watched')
    return db
      .select({
        ...stored,
        symbol: watched.symbol,
        watchedUntil: watched.watchedUntil,
        openedAt: watched.openedAt,
      })
      .from(watched)
      .leftJoin(instruments, eq(instruments.symbol, watched.symbol))
      .leftJoin(quotes, eq(quotes.symbol, watched.symbol))
      .leftJoin(histories, eq(histories.symbol, watched.symbol))
      .orderBy(asc(watched.symbol))
  return db
    .select({
      ...stored,
      symbol: attention.symbol,
      watchedUntil: sql<number>`coalesce(${watched.watchedUntil}, 0)`,
      openedAt: sql<number>`max(${attention.openedAt}, coalesce(${watched.openedAt}, 0))`,
    })
    .from(attention)
    .leftJoin(watched, eq(watched.symbol, attention.symbol))
    .leftJoin(instruments, eq(instruments.symbol, attention.symbol))
    .leftJoin(quotes, eq(quotes.symbol, attention.symbol))
    .leftJoin(histories, eq(histories.symbol, attention.symbol))
    .orderBy(asc(attention.symbol))
}

/** Returns what is stored of each symbol that one portfolio tracks. */
export async function symbolsOfPortfolio(db: Database, portfolioId: string): Promise<SymbolState[]> {
  return db
    .select(stored)
    .from(tracked)
    .leftJoin(instruments, eq(instruments.symbol, tracked.symbol))
    .leftJoin(quotes, eq(quotes.symbol, tracked.symbol))
    .leftJoin(histories, eq(histories.symbol, tracked.symbol))
    .where(eq(tracked.portfolioId, portfolioId))
    .orderBy(asc(tracked.symbol))
}

/** How current the data of a symbol is, for the status page, with the reason of a refusal. */
export type DataAge = SymbolState & { price: string | null; currency: string | null; reason: string | null }

/** Returns the symbols that portfolios need: first those without a price, then those with the oldest price. */
export async function dataAges(db: Database, limit: number): Promise<DataAge[]> {
  return db
    .select({
      ...stored,
      symbol: attention.symbol,
      price: quotes.price,
      currency: quotes.currency,
      reason: histories.reason,
    })
    .from(attention)
    .leftJoin(instruments, eq(instruments.symbol, attention.symbol))
    .leftJoin(quotes, eq(quotes.symbol, attention.symbol))
    .leftJoin(histories, eq(histories.symbol, attention.symbol))
    .orderBy(asc(quotes.fetchedAt), asc(attention.symbol))
    .limit(limit)
}
