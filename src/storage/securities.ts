import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Security } from '../portfolio/instrument.ts'
import { asTraded } from '../portfolio/split.ts'
import { type ChosenTicker, tickerFields } from '../portfolio/whole-portfolio.ts'
import { splitsOfAll } from './corporate-actions.ts'
import { type Database, inserted, inSymbols, KEEP, type Statement } from './database.ts'
import { unpacked } from './bars.ts'
import { bars, histories, instruments, securitySearches } from './market-schema.ts'
import { knownSecurities } from './schema.ts'

/** What was found by a search, and when the source was asked, in milliseconds. */
export type Searched = { found: Security[]; at: number }

/** Returns the stored answer to a search; null when it was never asked, or cannot be read. */
export async function searchOf(db: Database, query: string): Promise<Searched | null> {
  const row = await db.select().from(securitySearches).where(eq(securitySearches.query, query)).get()
  return row?.found ? { found: row.found, at: row.at } : null
}

export function saveSearch(db: Database, query: string, { found, at }: Searched): Statement {
  return db
    .insert(securitySearches)
    .values({ query, found, at })
    .onConflictDoUpdate({ target: securitySearches.query, set: { found, at } })
}

/** The same of many, by what was asked. D1 binds a hundred values a statement. */
export function saveSearches(db: Database, searched: ReadonlyMap<string, Searched>): Statement[] {
  const rows = [...searched].map(([query, answer]) => ({ query, ...answer }))
  const pieces = Array.from({ length: Math.ceil(rows.length / A_STATEMENT) }, (_, i) =>
    rows.slice(i * A_STATEMENT, (i + 1) * A_STATEMENT),
  )
  return pieces.map((values) =>
    db
      .insert(securitySearches)
      .values(values)
      .onConflictDoUpdate({
        target: securitySearches.query,
        set: { found: sql`excluded.found`, at: sql`excluded.at` },
      }),
  )
}

const A_STATEMENT = 30

/** Returns the stored answers to some searches, by what was asked. */
export async function searchesOf(db: Database, queries: readonly string[]): Promise<Map<string, Searched>> {
  const rows = await db.select().from(securitySearches).where(inSymbols(securitySearches.query, queries))
  return new Map(rows.flatMap(({ query, found, at }) => (found ? [[query, { found, at }] as const] : [])))
}

/** Returns those of some tickers of which nothing is stored, neither a price nor what a search said. */
export async function unheardOf(db: Database, symbols: readonly string[]): Promise<string[]> {
  if (symbols.length === 0) return []
  const [stored, searched, refused] = await db.batch([
    db.select({ symbol: instruments.symbol }).from(instruments).where(inSymbols(instruments.symbol, symbols)),
    db
      .select({ symbol: securitySearches.query })
      .from(securitySearches)
      .where(inSymbols(securitySearches.query, symbols)),
    db.select({ symbol: histories.symbol }).from(histories).where(inSymbols(histories.symbol, symbols)),
  ])
  const heard = new Set([...stored, ...searched, ...refused].map(({ symbol }) => symbol))
  return symbols.filter((symbol) => !heard.has(symbol))
}

/** Returns those of some tickers that the source was asked for and does not know. */
export async function unknownTickers(db: Database, symbols: readonly string[]): Promise<Set<string>> {
  if (symbols.length === 0) return new Set()
  const [stored, searches] = await Promise.all([
    db.select({ symbol: instruments.symbol }).from(instruments).where(inSymbols(instruments.symbol, symbols)),
    searchesOf(db, symbols),
  ])
  const known = new Set(stored.map(({ symbol }) => symbol))
  return new Set(
    symbols.filter((symbol) => {
      const found = searches.get(symbol)?.found
      return found !== undefined && !known.has(symbol) && !found.some((each) => each.symbol === symbol)
    }),
  )
}

/** Returns the instruments that are stored already whose ticker begins so, at most eight. */
export async function instrumentsLike(db: Database, start: string): Promise<Security[]> {
  const { symbol, name, kind, exchange, currency } = instruments
  return db
    .select({ symbol, name, kind, exchange, currency })
    .from(instruments)
    .where(and(gte(symbol, start), lt(symbol, `${start}\u{10ffff}`)))
    .orderBy(symbol)
    .limit(MOST)
}

const MOST = 8

/** Returns the tickers that somebody has chosen for some names, ISINs or tickers in capitals, by these. */
export async function chosenTickers(
  db: Database,
  account: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .select({ name: knownSecurities.name, symbol: knownSecurities.symbol })
    .from(knownSecurities)
    .where(and(eq(knownSecurities.ownerId, account), inSymbols(knownSecurities.name, names)))
  return new Map(rows.map(({ name, symbol }) => [name, symbol]))
}

export function rememberTicker(
  db: Database,
  account: string,
  chosen: { name: string; symbol: string },
  at: number,
): Statement {
  return db
    .insert(knownSecurities)
    .values({ ownerId: account, ...chosen, at })
    .onConflictDoUpdate({
      target: [knownSecurities.ownerId, knownSecurities.name],
      set: { symbol: chosen.symbol, at },
    })
}

/** Returns the tickers that an account has chosen, in the order of the names. */
export async function tickersChosenBy(db: Database, account: string): Promise<ChosenTicker[]> {
  const { name, symbol, at, ownerId } = knownSecurities
  return db.select({ name, symbol, at }).from(knownSecurities).where(eq(ownerId, account)).orderBy(name)
}

/** Adds tickers that were chosen elsewhere; what the account has chosen here stays. */
export function addTickers(account: string, chosen: readonly ChosenTicker[]): Statement[] {
  const rows = chosen.map((ticker) => [account, ...tickerFields.map((field) => ticker[field])])
  return inserted(knownSecurities, `owner_id ${tickerFields.join(' ')}`, rows, KEEP)
}

/**
 * Returns what some symbols closed at on a day, by symbol, in the shares of that day. A symbol without a bar on it is not
 * in it.
 */
export async function closesOn(
  db: Database,
  symbols: readonly string[],
  day: Day,
): Promise<Map<string, number>> {
  const year = Number(day.slice(0, 4))
  const [rows, splits] = await Promise.all([
    db
      .select()
      .from(bars)
      .where(and(inSymbols(bars.symbol, symbols), eq(bars.year, year))),
    splitsOfAll(db, symbols),
  ])
  return new Map(
    rows.flatMap(({ symbol, closes }): [string, number][] => {
      const bar = unpacked(year, closes).find((each) => each.day === day)
      return bar ? [[symbol, asTraded(bar.close, splits.get(symbol) ?? [], day)]] : []
    }),
  )
}
