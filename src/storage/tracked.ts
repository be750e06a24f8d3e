import { and, asc, eq, exists, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { pairOf } from '../portfolio/exchange-rate.ts'
import type { SymbolState } from '../portfolio/symbol-state.ts'
import type { Database, Statement } from './database.ts'
import { resetSchedule } from './cron-claims.ts'
import { attention, histories, quotes } from './market-schema.ts'
import { portfolios, tracked } from './schema.ts'
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
  const needsOne = db
    .select({ found: sql`1` })
    .from(tracked)
    // with the plus its own symbols are looked through, which are fewer than those that are asked about
    .where(and(eq(tracked.portfolioId, portfolios.id), inSymbols(sql`+${tracked.symbol}`, symbols)))
  // from what somebody looks at: a popular symbol has thousands of portfolios that nobody does
  const rows = await db
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(and(gt(portfolios.watchedUntil, now), isNull(portfolios.deletedAt), exists(needsOne)))
  return rows.map((row) => row.id)
}

/** A symbol that some portfolio needs: whether somebody has one open, and when one was last opened, to the hour. */
export type TrackedSymbol = SymbolState & { isWatched: boolean; openedAt: number }

/** The columns of a SymbolState: the symbol's own row, which is copied of its instrument and history, and its quote. */
const stored = {
  symbol: attention.symbol,
  kind: attention.kind,
  timeZone: attention.timeZone,
  session: attention.session,
  quoteFetchedAt: quotes.fetchedAt,
  quoteAt: quotes.at,
  fromDay: attention.fromDay,
  toDay: attention.toDay,
  historyFetchedAt: attention.historyFetchedAt,
  retryAt: attention.retryAt,
  refusedFrom: attention.refusedFrom,
}

const itsQuote = eq(quotes.symbol, attention.symbol)

/** A part of all tracked symbols in their order: so many of those that come after one. */
export type Part = { after: string; most: number }

export const everything: Part = { after: '', most: 1_000_000_000 }

/**
 * Returns the symbols of portfolios that somebody has open now, and besides them a part of all that some portfolio
 * tracks; `seen` is how many the part has, and `next` the symbol after which the next part begins, null when there is
 * none. Of portfolios only those that are watched are read: when another was opened is known to the hour.
 */
export async function trackedSymbols(
  db: Database,
  now: number,
  part: Part | null,
): Promise<{ symbols: TrackedSymbol[]; seen: number; next: string | null }> {
  const watched = db
    .selectDistinct({ symbol: tracked.symbol })
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
    .as('watched')
  // the data of a symbol is read once, and not once for each portfolio
  const rows = await db
    .select({ ...stored, openedAt: attention.openedAt })
    .from(watched)
    .crossJoin(attention)
    .leftJoin(quotes, itsQuote)
    .where(eq(attention.symbol, watched.symbol))
  const onScreen = rows.map((row) => ({ ...row, isWatched: true }))
  if (part === null) return { symbols: onScreen, seen: 0, next: null }
  const found = await db
    .select({ ...stored, openedAt: attention.openedAt })
    .from(attention)
    .leftJoin(quotes, itsQuote)
    .where(gt(attention.symbol, part.after))
    .orderBy(asc(attention.symbol))
    .limit(part.most + 1)
  const others = found.slice(0, part.most)
  const known = new Set(onScreen.map(({ symbol }) => symbol))
  return {
    symbols: [
      ...onScreen,
      ...others.filter(({ symbol }) => !known.has(symbol)).map((row) => ({ ...row, isWatched: false })),
    ],
    seen: others.length,
    next: found.length > part.most ? others.at(-1)!.symbol : null,
  }
}

/** Returns what is stored of each symbol that one portfolio tracks. */
export async function symbolsOfPortfolio(db: Database, portfolioId: string): Promise<SymbolState[]> {
  return db
    .select(stored)
    .from(tracked)
    .innerJoin(attention, eq(attention.symbol, tracked.symbol))
    .leftJoin(quotes, itsQuote)
    .where(eq(tracked.portfolioId, portfolioId))
    .orderBy(asc(tracked.symbol))
}

/** How current the data of a symbol is, for the status page, with the reason of a refusal. */
export type DataAge = SymbolState & { price: string | null; currency: string | null; reason: string | null }

/** Returns the symbols that portfolios need: first those without a price, then those with the oldest price. */
export async function dataAges(db: Database, limit: number): Promise<DataAge[]> {
  return db
    .select({ ...stored, price: quotes.price, currency: quotes.currency, reason: histories.reason })
    .from(attention)
    .leftJoin(quotes, itsQuote)
    .leftJoin(histories, eq(histories.symbol, attention.symbol))
    .orderBy(asc(quotes.fetchedAt), asc(attention.symbol))
    .limit(limit)
}
