import { asc, eq, gte, and, inArray, sql } from 'drizzle-orm'
import { dayNumber, dayOf, type Day } from '../portfolio/day.ts'
import type { Bar, Dividend, History, Instrument, Quote, Split } from '../portfolio/instrument.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { bars, corporateActions, histories, instruments, quotes } from './schema.ts'

/** A quote, and when we took it from the source. */
export type StoredQuote = Quote & { fetchedAt: number }

/** How far a symbol's stored history reaches; or why there is none, and when to ask again. */
export type HistoryState = typeof histories.$inferSelect

/**
 * Stores what one call brought. A price that traded before the one we have does not replace it (that we asked is
 * noted), so a message that comes twice or late does no harm.
 */
export async function saveQuotes(
  db: Database,
  quoted: readonly { instrument: Instrument; quote: Quote }[],
  now: number,
): Promise<void> {
  if (quoted.length === 0) return
  await inOneTransaction(db, [
    saveInstruments(
      db,
      quoted.map((q) => q.instrument),
    ),
    upsertQuotes(
      db,
      quoted.map((q) => q.quote),
      now,
    ),
  ])
}

function upsertQuotes(db: Database, taken: readonly Quote[], now: number): Statement {
  const rows = taken.map((q) => [q.symbol, q.price, q.currency, q.previousClose, q.at])
  return sql`
    INSERT INTO quotes (symbol, price, currency, previous_close, at, fetched_at)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, ${now} FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET
      price = iif(excluded.at >= quotes.at, excluded.price, quotes.price),
      currency = iif(excluded.at >= quotes.at, excluded.currency, quotes.currency),
      previous_close = iif(excluded.at >= quotes.at, coalesce(excluded.previous_close, quotes.previous_close), quotes.previous_close),
      at = max(excluded.at, quotes.at), fetched_at = excluded.fetched_at
    WHERE excluded.fetched_at > quotes.fetched_at`
}

function saveInstruments(db: Database, known: readonly Instrument[]): Statement {
  const rows = known.map((i) => [i.symbol, i.name, i.currency, i.kind, i.exchange, i.timeZone, i.session])
  // charts alone tell the session: a quote does not take it away
  return sql`
    INSERT INTO instruments (symbol, name, currency, kind, exchange, time_zone, session)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET name = excluded.name, currency = excluded.currency, kind = excluded.kind,
      exchange = excluded.exchange, time_zone = excluded.time_zone,
      session = coalesce(excluded.session, instruments.session)
    WHERE excluded.name IS NOT instruments.name OR excluded.currency IS NOT instruments.currency
      OR excluded.kind IS NOT instruments.kind OR excluded.exchange IS NOT instruments.exchange
      OR excluded.time_zone IS NOT instruments.time_zone
      OR coalesce(excluded.session, instruments.session) IS NOT instruments.session`
}

/**
 * Stores a symbol's history from a day on. What it brings replaces what was there from its first bar to its last; a
 * source that answers with less than before takes nothing away outside of them. Everything goes in at once, or
 * nothing does. `now` is when the source was asked: an answer that a newer one has overtaken stores nothing. Answers
 * whether the days it was asked for are there; when not, it has to be asked for again.
 */
export async function saveHistory(db: Database, history: History, from: Day, now: number): Promise<boolean> {
  const last = history.bars.at(-1)?.day ?? ''
  for (let tries = 0; tries < 3; tries++) {
    const { years, state } = await storedHistory(db, history.instrument.symbol, yearOf(from))
    const overtaken = (state?.fetchedAt ?? 0) > now
    if (overtaken) return (state?.fromDay ?? '9999-12-31') <= from && (state?.toDay ?? '') >= last
    if (await mergeHistory(db, history, from, now, years, state?.fetchedAt ?? null)) return true
  }
  return false
}

/** Answers false, and has stored nothing, when another answer came in since these years were read. */
async function mergeHistory(
  db: Database,
  history: History,
  from: Day,
  now: number,
  years: readonly Bar[],
  seen: number | null,
): Promise<boolean> {
  const { symbol } = history.instrument
  const byYear = new Map<number, Bar[]>()
  const [first, last] = [history.bars[0]?.day ?? '9999-12-31', history.bars.at(-1)?.day ?? '']
  const before = years.filter((kept) => kept.day < first)
  const after = years.filter((kept) => kept.day >= first && kept.day > last)
  for (const bar of [...before, ...history.bars, ...after]) grouped(byYear, yearOf(bar.day)).push(bar)
  const rows = [...byYear].map(([year, own]) => [year, packed(year, own)])
  const actions = [
    ...history.splits.map((s) => [s.day, 'split', s.numerator, s.denominator, null]),
    ...history.dividends.map((d) => [d.day, 'dividend', null, null, String(d.amount)]),
  ]
  const lastBar = (after.at(-1) ?? history.bars.at(-1) ?? before.at(-1))?.day ?? null
  const unmoved = sql`(SELECT fetched_at FROM histories WHERE symbol = ${symbol}) IS ${seen}`
  const results = await inOneTransaction(db, [
    saveInstruments(db, [history.instrument]),
    upsertQuotes(db, [history.quote], now),
    sql`
      INSERT INTO bars (symbol, year, closes)
      SELECT ${symbol}, value->>0, value->>1 FROM json_each(${JSON.stringify(rows)}) WHERE ${unmoved}
      ON CONFLICT (symbol, year) DO UPDATE SET closes = excluded.closes WHERE excluded.closes IS NOT bars.closes`,
    // what the source no longer reports in these days was a mistake of its own
    sql`
      DELETE FROM corporate_actions WHERE symbol = ${symbol} AND day BETWEEN ${from} AND ${last}
        AND day || kind NOT IN (SELECT value->>0 || (value->>1) FROM json_each(${JSON.stringify(actions)}))
        AND ${unmoved}`,
    sql`
      INSERT INTO corporate_actions (symbol, day, kind, numerator, denominator, amount)
      SELECT ${symbol}, value->>0, value->>1, value->>2, value->>3, value->>4
      FROM json_each(${JSON.stringify(actions)}) WHERE ${unmoved}
      ON CONFLICT (symbol, day, kind) DO UPDATE SET numerator = excluded.numerator,
        denominator = excluded.denominator, amount = excluded.amount
      WHERE excluded.numerator IS NOT corporate_actions.numerator
        OR excluded.denominator IS NOT corporate_actions.denominator
        OR excluded.amount IS NOT corporate_actions.amount`,
    sql`
      INSERT INTO histories (symbol, from_day, to_day, fetched_at)
      SELECT ${symbol}, ${from}, ${lastBar}, ${now} WHERE ${unmoved}
      ON CONFLICT (symbol) DO UPDATE SET from_day = min(excluded.from_day, coalesce(from_day, excluded.from_day)),
        to_day = max(coalesce(excluded.to_day, to_day), coalesce(to_day, excluded.to_day)),
        fetched_at = excluded.fetched_at, reason = NULL, retry_at = NULL`,
  ])
  return results.at(-1)!.meta.changes > 0
}

/**
 * The source has no such symbol: remembered with its reason and not asked again for a day; one that it knows, or knew
 * before, and has no data of is asked again after an hour. A refusal that a price has overtaken says nothing any more.
 */
export async function saveRefusals(
  db: Database,
  refused: readonly { symbol: string; reason: string; noData?: true }[],
  now: number,
): Promise<void> {
  if (refused.length === 0) return
  const rows = JSON.stringify(refused.map((r) => [r.symbol, r.reason.slice(0, 300), r.noData]))
  await db.run(sql`
    INSERT INTO histories (symbol, reason, retry_at)
    SELECT value->>0, value->>1,
      ${now} + CASE WHEN value->>2 OR value->>0 IN (SELECT symbol FROM instruments) THEN ${HOUR} ELSE ${24 * HOUR} END
    FROM json_each(${rows}) WHERE value->>0 NOT IN (SELECT symbol FROM quotes WHERE fetched_at > ${now})
    ON CONFLICT (symbol) DO UPDATE SET reason = excluded.reason, retry_at = excluded.retry_at`)
}

const HOUR = 3_600_000

export async function historyStates(db: Database, symbols: readonly string[]): Promise<HistoryState[]> {
  return db.select().from(histories).where(inSymbols(histories.symbol, symbols))
}

export async function quotesOf(db: Database, symbols: readonly string[]): Promise<StoredQuote[]> {
  return db.select().from(quotes).where(inSymbols(quotes.symbol, symbols))
}

export async function instrumentsOf(db: Database, symbols: readonly string[]): Promise<Instrument[]> {
  return db.select().from(instruments).where(inSymbols(instruments.symbol, symbols))
}

export async function splitsOf(db: Database, symbol: string): Promise<Split[]> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(eq(corporateActions.symbol, symbol), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.day))
  return rows.map(asSplit)
}

/** Any number of symbols as one bound parameter. */
export function inSymbols(column: Parameters<typeof inArray>[0], symbols: readonly string[]) {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`
}

export function asSplit(row: typeof corporateActions.$inferSelect): Split {
  return { day: row.day, numerator: row.numerator!, denominator: row.denominator! }
}

export function asDividend(row: typeof corporateActions.$inferSelect): Dividend {
  return { day: row.day, amount: Number(row.amount) }
}

/** Bars of one stored year. */
export function unpacked(year: number, closes: string): Bar[] {
  const newYear = dayNumber(`${year}-01-01`)
  return (JSON.parse(closes) as [number, number][]).map(([day, close]) => ({
    day: dayOf(newYear + day - 1),
    close,
  }))
}

function packed(year: number, own: readonly Bar[]): string {
  const newYear = dayNumber(`${year}-01-01`)
  return JSON.stringify(own.map((bar) => [dayNumber(bar.day) - newYear + 1, bar.close]))
}

async function storedHistory(
  db: Database,
  symbol: string,
  from: number,
): Promise<{ years: Bar[]; state: HistoryState | undefined }> {
  const [rows, states] = await db.batch([
    db
      .select()
      .from(bars)
      .where(and(eq(bars.symbol, symbol), gte(bars.year, from)))
      .orderBy(asc(bars.year)),
    db.select().from(histories).where(eq(histories.symbol, symbol)),
  ])
  return { years: rows.flatMap((row) => unpacked(row.year, row.closes)), state: states[0] }
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

function grouped(byYear: Map<number, Bar[]>, year: number): Bar[] {
  const own = byYear.get(year) ?? []
  byYear.set(year, own)
  return own
}

/** The quotes that were taken longest ago, for the status page. */
export async function oldestQuotes(db: Database, limit: number): Promise<StoredQuote[]> {
  return db.select().from(quotes).orderBy(asc(quotes.fetchedAt)).limit(limit)
}
