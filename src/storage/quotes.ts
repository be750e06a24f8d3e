import { and, gt, isNotNull, sql } from 'drizzle-orm'
import type { Instrument, QuarantinedQuote, Quote } from '../portfolio/instrument.ts'
import { HOUR } from '../portfolio/time.ts'
import { type Database, inOneTransaction, inSymbols, type Statement } from './database.ts'
import { saveInstruments } from './instruments.ts'
import { quotes } from './market-schema.ts'

/** A quote with the time of the last request, and a newer price that is held for review, if there is one. */
export type StoredQuote = Quote & { fetchedAt: number; held: QuarantinedQuote | null }

/**
 * The result of a request for one symbol. When its price is held for review (`held`), or is older than the stored
 * one, `quote` is the stored quote again, and only the time of the request is new.
 */
export type QuoteUpdate = { instrument?: Instrument; quote: Quote; held?: QuarantinedQuote | null }

/**
 * Stores the quotes of one request, and the instruments that came with them. A price that was traded before the
 * stored one does not replace it, though the time of the request is stored; so a message that is delivered late or
 * twice does no harm.
 */
export async function saveQuotes(db: Database, taken: readonly QuoteUpdate[], now: number): Promise<void> {
  if (taken.length === 0) return
  const known = taken.flatMap(({ instrument }) => instrument ?? [])
  await inOneTransaction(db, [
    ...(known.length > 0 ? [saveInstruments(db, known)] : []),
    upsertQuotes(db, taken, now),
  ])
}

/** Writes quotes, by the same rule as `saveQuotes`. */
export function upsertQuotes(db: Database, taken: readonly QuoteUpdate[], now: number): Statement {
  const rows = taken.map(({ quote: q, held }) => [
    q.symbol,
    q.price,
    q.currency,
    q.previousClose,
    q.at,
    held,
    q.source,
    q.payDay,
    q.exDay,
    q.dividendRate,
  ])
  // a stored time in the future is wrong, and must not keep out every later price
  const isNews = sql`excluded.at >= quotes.at OR quotes.at > ${now + HOUR}`
  return sql`
    INSERT INTO quotes (symbol, price, currency, previous_close, at, fetched_at, held, source, pay_day, ex_day, dividend_rate)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, ${now}, value->>5, value->>6, value->>7,
      value->>8, value->>9
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET
      price = iif(${isNews}, excluded.price, quotes.price),
      currency = iif(${isNews}, excluded.currency, quotes.currency),
      previous_close = iif(${isNews}, coalesce(excluded.previous_close, quotes.previous_close), quotes.previous_close),
      at = iif(${isNews}, excluded.at, quotes.at), source = iif(${isNews}, excluded.source, quotes.source),
      fetched_at = excluded.fetched_at, held = excluded.held, pay_day = coalesce(excluded.pay_day, quotes.pay_day),
      ex_day = coalesce(excluded.ex_day, quotes.ex_day),
      dividend_rate = coalesce(excluded.dividend_rate, quotes.dividend_rate)
    WHERE excluded.fetched_at > quotes.fetched_at`
}

/** Returns those of these symbols whose price was requested after an instant. */
export async function requestedAfter(
  db: Database,
  symbols: readonly string[],
  since: number,
): Promise<Set<string>> {
  const rows = await db
    .select({ symbol: quotes.symbol })
    .from(quotes)
    .where(and(inSymbols(quotes.symbol, symbols), gt(quotes.fetchedAt, since)))
  return new Set(rows.map(({ symbol }) => symbol))
}

/** Returns the prices that are held for review, for the status page. */
export async function quarantinedQuotes(
  db: Database,
  limit: number,
): Promise<(QuarantinedQuote & { symbol: string })[]> {
  const rows = await db.select().from(quotes).where(isNotNull(quotes.held)).limit(limit)
  return rows.flatMap(({ symbol, held }) => (held ? [{ symbol, ...held }] : []))
}
