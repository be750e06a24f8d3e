import { isNotNull, sql } from 'drizzle-orm'
import type { Instrument, QuarantinedQuote, Quote } from '../portfolio/instrument.ts'
import { HOUR } from '../portfolio/time.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { saveInstruments } from './instruments.ts'
import { quotes } from './schema.ts'

/** A quote, when we took it from the source, and what that has said since that is not believed. */
export type StoredQuote = Quote & { fetchedAt: number; held: QuarantinedQuote | null }

/**
 * What a call brought of one symbol. Where its price is not believed (`held`), or is older than the one that is
 * stored, `quote` is the stored one again, and that it was asked for is all that is new.
 */
export type QuoteUpdate = { instrument?: Instrument; quote: Quote; held?: QuarantinedQuote | null }

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

export function upsertQuotes(db: Database, taken: readonly QuoteUpdate[], now: number): Statement {
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

/** The prices that are not believed, for the status page. */
export async function heldPrices(
  db: Database,
  limit: number,
): Promise<(QuarantinedQuote & { symbol: string })[]> {
  const rows = await db.select().from(quotes).where(isNotNull(quotes.held)).limit(limit)
  return rows.flatMap(({ symbol, held }) => (held ? [{ symbol, ...held }] : []))
}
