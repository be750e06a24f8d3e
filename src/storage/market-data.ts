import { asc, eq, gte, and, inArray, isNotNull, sql } from 'drizzle-orm'
import { mergeBars } from '../portfolio/bars.ts'
import { dayNumber, dayOf, type Day } from '../portfolio/day.ts'
import type {
  Bar,
  Dividend,
  QuarantinedQuote,
  History,
  Instrument,
  StoredSymbol,
  Quote,
  Split,
} from '../portfolio/instrument.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { bars, corporateActions, histories, instruments, quotes, tracked } from './schema.ts'

/** A quote, when we took it from the source, and what that has said since that is not believed. */
export type StoredQuote = Quote & { fetchedAt: number; held: QuarantinedQuote | null }

/**
 * What a call brought of one symbol. Where its price is not believed (`held`), or is older than the one that is
 * stored, `quote` is the stored one again, and that it was asked for is all that is new.
 */
export type QuoteUpdate = { instrument?: Instrument; quote: Quote; held?: QuarantinedQuote | null }

/** How far a symbol's stored history reaches; or why there is none, and when to ask again. */
export type HistoryState = typeof histories.$inferSelect

/**
 * Stores what one call brought. A price that traded before the one we have does not replace it (that we asked is
 * noted), so a message that comes twice or late does no harm. Instruments are written where they are given.
 */
export async function saveQuotes(db: Database, taken: readonly QuoteUpdate[], now: number): Promise<void> {
  if (taken.length === 0) return
  const known = taken.flatMap(({ instrument }) => instrument ?? [])
  await inOneTransaction(db, [
    ...(known.length > 0 ? [saveInstruments(db, known)] : []),
    upsertQuotes(db, taken, now),
  ])
}

function upsertQuotes(db: Database, taken: readonly QuoteUpdate[], now: number): Statement {
  const rows = taken.map(({ quote: q, held }) => [q.symbol, q.price, q.currency, q.previousClose, q.at, held])
  // a time in the future was stored wrong, and must not lock out every price to come
  const isNews = sql`excluded.at >= quotes.at OR quotes.at > ${now + HOUR}`
  return sql`
    INSERT INTO quotes (symbol, price, currency, previous_close, at, fetched_at, held)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, ${now}, value->>5
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET
      price = iif(${isNews}, excluded.price, quotes.price),
      currency = iif(${isNews}, excluded.currency, quotes.currency),
      previous_close = iif(${isNews}, coalesce(excluded.previous_close, quotes.previous_close), quotes.previous_close),
      at = iif(${isNews}, excluded.at, quotes.at), fetched_at = excluded.fetched_at, held = excluded.held
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

/** What the verdict on a history leaves to be said of it. */
export type HistoryVerdict = {
  /** What becomes of its price: null when there is none that may be shown. */
  taken?: Omit<QuoteUpdate, 'instrument'> | null
  /** Splits that have happened since the stored bars were stored. */
  news?: readonly Split[]
  /** In another currency: nothing that was stored stays. */
  replaces?: boolean
  /** Sessions of which the source has no bar. */
  missingAtSource?: readonly Day[]
}

/**
 * Stores a symbol's history from a day on, and answers the days whose stored close it corrected. A source that
 * answers with less than before takes nothing away. Everything goes in at once, or nothing does. `now` is when the
 * source was asked: an answer that a newer one has overtaken stores nothing, and where the newer one lacks days of it,
 * `overtaken` says that it has to be asked for again.
 */
export async function saveHistory(
  db: Database,
  history: History,
  from: Day,
  now: number,
  judged: HistoryVerdict = {},
): Promise<Day[] | 'overtaken'> {
  const last = history.bars.at(-1)?.day ?? ''
  for (let tries = 0; tries < 3; tries++) {
    const { years, state } = await storedHistory(db, history.instrument.symbol, yearOf(from))
    if ((state?.fetchedAt ?? 0) > now) {
      const covers = (state?.fromDay ?? '9999-12-31') <= from && (state?.toDay ?? '') >= last
      return covers ? [] : 'overtaken'
    }
    const corrected = await mergeHistory(db, history, from, now, years, state?.fetchedAt ?? null, judged)
    if (corrected) return corrected
  }
  return 'overtaken'
}

/** Answers null, and has stored nothing, when another answer came in since these years were read. */
async function mergeHistory(
  db: Database,
  history: History,
  from: Day,
  now: number,
  stored: readonly Bar[],
  seen: number | null,
  {
    taken = { quote: history.quote },
    news = [],
    replaces = false,
    missingAtSource: lacking = [],
  }: HistoryVerdict,
): Promise<Day[] | null> {
  const { symbol } = history.instrument
  const { bars: kept, corrected } = mergeBars(replaces ? [] : stored, history.bars, news)
  const byYear = new Map<number, Bar[]>()
  for (const bar of kept) grouped(byYear, yearOf(bar.day)).push(bar)
  const rows = [...byYear].map(([year, own]) => [year, packed(year, own)])
  const actions = [
    ...history.splits.map((s) => [s.day, 'split', s.numerator, s.denominator, null]),
    ...history.dividends.map((d) => [d.day, 'dividend', null, null, String(d.amount)]),
  ]
  const last = history.bars.at(-1)?.day ?? ''
  const lastBar = kept.at(-1)?.day ?? null
  const unmoved = sql`(SELECT fetched_at FROM histories WHERE symbol = ${symbol}) IS ${seen}`
  const results = await inOneTransaction(db, [
    saveInstruments(db, [history.instrument]),
    ...(taken ? [upsertQuotes(db, [taken], now)] : []),
    ...(replaces ? [sql`DELETE FROM bars WHERE symbol = ${symbol} AND ${unmoved}`] : []),
    ...(lacking.length > 0 ? [addLacking(symbol, from, lacking)] : []),
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
  return results.at(-1)!.meta.changes > 0 ? corrected : null
}

/**
 * A history that is not believed: nothing of it is stored but the doubt, beside the price that is shown, and that it
 * was asked for.
 */
export async function saveQuarantine(db: Database, taken: QuoteUpdate, now: number): Promise<void> {
  await inOneTransaction(db, [
    upsertQuotes(db, [taken], now),
    sql`UPDATE histories SET fetched_at = ${now} WHERE symbol = ${taken.quote.symbol}`,
  ])
}

/** What was asked for from a day on is known anew from there. */
function addLacking(symbol: string, from: Day, lacking: readonly Day[]): Statement {
  const days = JSON.stringify(lacking)
  return sql`
    INSERT INTO gaps (symbol, lacking) VALUES (${symbol}, ${days})
    ON CONFLICT (symbol) DO UPDATE SET lacking = (
      SELECT json_group_array(value) FROM (
        SELECT value FROM json_each(gaps.lacking) WHERE value < ${from} UNION ALL SELECT value FROM json_each(${days})
      ))
    WHERE gaps.lacking <> ${days}`
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

/** A symbol that was never asked for is not among the answers; so it is with the next one. */
export async function historyStates(db: Database, symbols: readonly string[]): Promise<HistoryState[]> {
  return db.select().from(histories).where(inSymbols(histories.symbol, symbols))
}

export async function instrumentsOf(db: Database, symbols: readonly string[]): Promise<Instrument[]> {
  return db.select().from(instruments).where(inSymbols(instruments.symbol, symbols))
}

/** Oldest first. */
export async function splitsOf(db: Database, symbol: string): Promise<Split[]> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(eq(corporateActions.symbol, symbol), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.day))
  return rows.map(asSplit)
}

/** All that a verdict on new prices needs, in one query; a symbol that nothing is stored of is not in it. */
export async function knownOf(db: Database, symbols: readonly string[]): Promise<Map<string, StoredSymbol>> {
  if (symbols.length === 0) return new Map()
  const rows = await db
    .select({
      instrument: instruments,
      quote: quotes,
      fromDay: histories.fromDay,
      year: bars.year,
      last: sql<string | null>`${bars.closes}->'$[#-1]'`,
      splits: sql<string>`(SELECT json_group_array(json_array(day, numerator, denominator)) FROM corporate_actions
        WHERE symbol = ${instruments.symbol} AND kind = 'split')`,
    })
    .from(instruments)
    .leftJoin(quotes, eq(quotes.symbol, instruments.symbol))
    .leftJoin(histories, eq(histories.symbol, instruments.symbol))
    .leftJoin(
      bars,
      and(eq(bars.symbol, instruments.symbol), sql`${bars.year} = CAST(${histories.toDay} AS INTEGER)`),
    )
    .where(inSymbols(instruments.symbol, symbols))
  return new Map(
    rows.map(({ instrument, quote, fromDay, year, last, splits }) => [
      instrument.symbol,
      {
        instrument,
        quote,
        fromDay,
        lastBar: year === null || last === null ? null : unpacked(year, `[${last}]`)[0]!,
        splits: (JSON.parse(splits) as [Day, number, number][]).map(([day, numerator, denominator]) => ({
          day,
          numerator,
          denominator,
        })),
        held: quote?.held ?? null,
      },
    ]),
  )
}

/** Any number of symbols as one bound parameter. */
export function inSymbols(column: Parameters<typeof inArray>[0], symbols: readonly string[]) {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`
}

/** Of a row of that kind. */
export function asSplit(row: typeof corporateActions.$inferSelect): Split {
  return { day: row.day, numerator: row.numerator!, denominator: row.denominator! }
}

/** Of a row of that kind. */
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

/** How current a symbol's data is, for the status page. Null is never. */
export type DataAge = {
  symbol: string
  kind: Instrument['kind'] | null
  timeZone: string | null
  session: Instrument['session'] | null
  price: string | null
  currency: string | null
  quoteAt: number | null
  quoteFetchedAt: number | null
  toDay: Day | null
  historyFetchedAt: number | null
  reason: string | null
  retryAt: number | null
}

/** Of the symbols that portfolios need, those whose price was taken longest ago, and first those without one. */
export async function dataAges(db: Database, limit: number): Promise<DataAge[]> {
  return db
    .selectDistinct({
      symbol: tracked.symbol,
      kind: instruments.kind,
      timeZone: instruments.timeZone,
      session: instruments.session,
      price: quotes.price,
      currency: quotes.currency,
      quoteAt: quotes.at,
      quoteFetchedAt: quotes.fetchedAt,
      toDay: histories.toDay,
      historyFetchedAt: histories.fetchedAt,
      reason: histories.reason,
      retryAt: histories.retryAt,
    })
    .from(tracked)
    .leftJoin(instruments, eq(instruments.symbol, tracked.symbol))
    .leftJoin(quotes, eq(quotes.symbol, tracked.symbol))
    .leftJoin(histories, eq(histories.symbol, tracked.symbol))
    .orderBy(asc(quotes.fetchedAt), asc(tracked.symbol))
    .limit(limit)
}

/** The prices that are not believed, for the status page. */
export async function heldPrices(
  db: Database,
  limit: number,
): Promise<(QuarantinedQuote & { symbol: string })[]> {
  const rows = await db.select().from(quotes).where(isNotNull(quotes.held)).limit(limit)
  return rows.flatMap(({ symbol, held }) => (held ? [{ symbol, ...held }] : []))
}
