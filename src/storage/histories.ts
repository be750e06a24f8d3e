import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { mergeBars } from '../portfolio/bars.ts'
import type { Day } from '../portfolio/day.ts'
import type { Bar, History, Split } from '../portfolio/instrument.ts'
import { HOUR } from '../portfolio/time.ts'
import { packed, unpacked } from './bars.ts'
import { type Database, inOneTransaction, inSymbols } from './database.ts'
import { saveMissingAtSource } from './gaps.ts'
import { saveInstruments } from './instruments.ts'
import { type QuoteUpdate, upsertQuotes } from './quotes.ts'
import { bars, histories } from './market-schema.ts'

/** The days that the stored history of a symbol covers, or why there is none and when to try again. */
export type HistoryState = typeof histories.$inferSelect

/** The verdict on a fetched history: how to store it. */
export type HistoryVerdict = {
  /** The quote to store with it; null when there is no price that may be shown. */
  taken?: Omit<QuoteUpdate, 'instrument'> | null
  /** Splits that have happened since the stored bars were stored. */
  news?: readonly Split[]
  /** True when the history is in another currency than the stored one, which is then deleted. */
  replaces?: boolean
  /** Bars that are not believed. One that is stored of such a day is deleted; the days are kept with their closes. */
  left?: readonly Bar[]
  /** Sessions for which the source has no bar. */
  missingAtSource?: readonly Day[]
}

/**
 * Stores the history of a symbol from a day on, in one transaction, and returns the days whose stored close it
 * corrected. Bars that the source no longer sends stay stored.
 *
 * `now` is when the source was asked. When a later request has already been stored, this one stores nothing; the
 * answer is then `overtaken` if the stored history does not cover these days, so that the caller requests them again.
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

/** Returns null, and has stored nothing, when another history was stored since these years were read. */
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
    left = [],
    missingAtSource = [],
  }: HistoryVerdict,
): Promise<Day[] | null> {
  const { symbol } = history.instrument
  const believed = stored.filter(({ day }) => !left.some((bar) => bar.day === day))
  const { bars: merged, corrected } = mergeBars(replaces ? [] : believed, history.bars, news)
  // a year whose only bar is left out is stored empty
  const byYear = new Map<number, Bar[]>(stored.map(({ day }) => [yearOf(day), []]))
  for (const bar of merged) grouped(byYear, yearOf(bar.day)).push(bar)
  const rows = [...byYear].map(([year, own]) => [year, packed(year, own)])
  const actions = [
    ...history.splits.map((s) => [s.day, 'split', s.numerator, s.denominator, null]),
    ...history.dividends.map((d) => [d.day, 'dividend', null, null, String(d.amount), d.currency, d.note]),
    ...left.map((bar) => [bar.day, 'left_out', null, null, String(bar.close)]),
  ]
  const last = history.bars.at(-1)?.day ?? ''
  const lastBar = merged.at(-1)?.day ?? null
  const unmoved = sql`(SELECT fetched_at FROM histories WHERE symbol = ${symbol}) IS ${seen}`
  const results = await inOneTransaction(db, [
    saveInstruments(db, [history.instrument]),
    ...(taken ? [upsertQuotes(db, [taken], now)] : []),
    ...(replaces ? [sql`DELETE FROM bars WHERE symbol = ${symbol} AND ${unmoved}`] : []),
    ...(missingAtSource.length > 0 ? [saveMissingAtSource(symbol, from, missingAtSource)] : []),
    sql`
      INSERT INTO bars (symbol, year, closes)
      SELECT ${symbol}, value->>0, value->>1 FROM json_each(${JSON.stringify(rows)}) WHERE ${unmoved}
      ON CONFLICT (symbol, year) DO UPDATE SET closes = excluded.closes WHERE excluded.closes IS NOT bars.closes`,
    // a split or dividend that the source no longer reports for these days was its mistake
    sql`
      DELETE FROM corporate_actions WHERE symbol = ${symbol} AND day BETWEEN ${from} AND ${last}
        AND kind IN ('split', 'dividend', 'left_out')
        AND day || kind NOT IN (SELECT value->>0 || (value->>1) FROM json_each(${JSON.stringify(actions)}))
        AND ${unmoved}`,
    sql`
      INSERT INTO corporate_actions (symbol, day, kind, numerator, denominator, amount, currency, note)
      SELECT ${symbol}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6
      FROM json_each(${JSON.stringify(actions)}) WHERE ${unmoved}
      ON CONFLICT (symbol, day, kind) DO UPDATE SET numerator = excluded.numerator,
        denominator = excluded.denominator, amount = excluded.amount, currency = excluded.currency,
        note = excluded.note
      WHERE excluded.numerator IS NOT corporate_actions.numerator
        OR excluded.denominator IS NOT corporate_actions.denominator
        OR excluded.amount IS NOT corporate_actions.amount
        OR excluded.currency IS NOT corporate_actions.currency OR excluded.note IS NOT corporate_actions.note`,
    sql`
      INSERT INTO histories (symbol, from_day, to_day, fetched_at)
      SELECT ${symbol}, ${from}, ${lastBar}, ${now} WHERE ${unmoved}
      ON CONFLICT (symbol) DO UPDATE SET from_day = min(excluded.from_day, coalesce(from_day, excluded.from_day)),
        to_day = max(coalesce(excluded.to_day, to_day), coalesce(to_day, excluded.to_day)),
        fetched_at = excluded.fetched_at, reason = NULL, retry_at = NULL, refused_from = NULL, listed_as = NULL`,
  ])
  return results.at(-1)!.meta.changes > 0 ? corrected : null
}

/**
 * Stores that a history is held for review: the doubtful price beside the one that is shown, and the time of the
 * request. No bar of it is stored.
 */
export async function saveQuarantine(db: Database, taken: QuoteUpdate, now: number): Promise<void> {
  await inOneTransaction(db, [
    upsertQuotes(db, [taken], now),
    sql`UPDATE histories SET fetched_at = ${now} WHERE symbol = ${taken.quote.symbol}`,
  ])
}

/**
 * Stores why the source has no data for these symbols. An unknown symbol is requested again after a day; one that the
 * source knows (`noData`), or knew before, after an hour. A symbol whose price was stored after `now` is skipped.
 * `from` is the day from which bars were requested; absent when only the price was.
 */
export async function saveRefusals(
  db: Database,
  refused: readonly { symbol: string; reason: string; noData?: true; from?: Day; listedAs?: string }[],
  now: number,
): Promise<void> {
  if (refused.length === 0) return
  const rows = JSON.stringify(
    refused.map((r) => [r.symbol, r.reason.slice(0, 300), r.noData, r.from, r.listedAs]),
  )
  await db.run(sql`
    INSERT INTO histories (symbol, reason, retry_at, refused_from, listed_as)
    SELECT value->>0, value->>1,
      ${now} + CASE WHEN value->>2 OR value->>0 IN (SELECT symbol FROM instruments) THEN ${HOUR} ELSE ${24 * HOUR} END,
      value->>3, value->>4
    FROM json_each(${rows})
    WHERE NOT EXISTS (SELECT 1 FROM quotes WHERE symbol = value->>0 AND fetched_at > ${now})
    ON CONFLICT (symbol) DO UPDATE SET reason = excluded.reason, retry_at = excluded.retry_at,
      refused_from = coalesce(excluded.refused_from, refused_from),
      listed_as = coalesce(excluded.listed_as, listed_as)`)
}

/** Returns the state of each history. A symbol that was never requested has none. */
export async function historyStates(db: Database, symbols: readonly string[]): Promise<HistoryState[]> {
  return db.select().from(histories).where(inSymbols(histories.symbol, symbols))
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
