import { and, asc, eq, gt, isNull, min, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Database, Statement } from './database.ts'
import { histories, instruments, portfolios, quotes, tracked, transactions } from './schema.ts'
import { inSymbols } from './market-data.ts'

/**
 * Replaces what a portfolio needs prices of, the rates of the currencies these trade in among it; writes only the
 * difference.
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
  ]
}

/** Symbols, and the pairs by which the currencies they trade in become the base currency (currency.ts, pairOf). */
export function withRates(symbols: readonly string[], baseCurrency: string): SQL {
  const json = JSON.stringify(symbols)
  return sql`(SELECT value AS symbol FROM json_each(${json}) UNION
    SELECT currency || ${baseCurrency} || '=X' FROM instruments
    WHERE symbol IN (SELECT value FROM json_each(${json})) AND currency <> ${baseCurrency})`
}

/** Which of these a portfolio does not track yet. */
export async function untracked(db: Database, id: string, symbols: readonly string[]): Promise<string[]> {
  const known = await db.select({ symbol: tracked.symbol }).from(tracked).where(eq(tracked.portfolioId, id))
  return symbols.filter((symbol) => !known.some((row) => row.symbol === symbol))
}

/** Ids of the portfolios that somebody looks at and that need one of these symbols. */
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

/** A tracked symbol with all that the planner decides by. */
export type TrackedSymbol = {
  symbol: string
  kind: (typeof instruments.$inferSelect)['kind'] | null
  timeZone: string | null
  session: (typeof instruments.$inferSelect)['session']
  quoteFetchedAt: number | null
  fromDay: Day | null
  toDay: Day | null
  historyFetchedAt: number | null
  retryAt: number | null
  watchedUntil: number
  openedAt: number
}

/** What is stored of a tracked symbol. */
const stored = {
  symbol: tracked.symbol,
  kind: instruments.kind,
  timeZone: instruments.timeZone,
  session: instruments.session,
  quoteFetchedAt: quotes.fetchedAt,
  fromDay: histories.fromDay,
  toDay: histories.toDay,
  historyFetchedAt: histories.fetchedAt,
  retryAt: histories.retryAt,
}

/** Every symbol that some portfolio tracks, with the most demanding of those portfolios. */
export async function trackedSymbols(db: Database): Promise<TrackedSymbol[]> {
  return db
    .select({
      ...stored,
      watchedUntil: sql<number>`max(${portfolios.watchedUntil})`,
      openedAt: sql<number>`max(${portfolios.openedAt})`,
    })
    .from(tracked)
    .innerJoin(portfolios, and(eq(portfolios.id, tracked.portfolioId), isNull(portfolios.deletedAt)))
    .leftJoin(instruments, eq(instruments.symbol, tracked.symbol))
    .leftJoin(quotes, eq(quotes.symbol, tracked.symbol))
    .leftJoin(histories, eq(histories.symbol, tracked.symbol))
    .groupBy(tracked.symbol)
    .orderBy(asc(tracked.symbol))
}

/** What one portfolio tracks, each with the first day of its own transactions (null for a mere benchmark). */
export async function symbolsOfPortfolio(
  db: Database,
  portfolioId: string,
): Promise<(Omit<TrackedSymbol, 'watchedUntil' | 'openedAt'> & { firstDay: Day | null })[]> {
  return db
    .select({
      ...stored,
      firstDay: min(transactions.date),
    })
    .from(tracked)
    .leftJoin(instruments, eq(instruments.symbol, tracked.symbol))
    .leftJoin(quotes, eq(quotes.symbol, tracked.symbol))
    .leftJoin(histories, eq(histories.symbol, tracked.symbol))
    .leftJoin(
      transactions,
      and(eq(transactions.portfolioId, tracked.portfolioId), eq(transactions.symbol, tracked.symbol)),
    )
    .where(eq(tracked.portfolioId, portfolioId))
    .groupBy(tracked.symbol)
    .orderBy(asc(tracked.symbol))
}

/** The first day on which a portfolio has a transaction, cash included; null when it has none. */
export async function firstDayOf(db: Database, portfolioId: string): Promise<Day | null> {
  const row = await db
    .select({ day: min(transactions.date) })
    .from(transactions)
    .where(eq(transactions.portfolioId, portfolioId))
    .get()
  return row?.day ?? null
}
