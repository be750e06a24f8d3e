import { type Day, dayNumber } from '../portfolio/day.ts'
import type { Instrument } from '../portfolio/instrument.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Trading } from '../portfolio/symbol-state.ts'

/** The age of a row's quote, and what decides whether that is too old. Instants are in milliseconds. */
export type QuoteAge = {
  symbol: string
  /** Says when the symbol trades, together with the next two. */
  kind: Instrument['kind']
  time_zone: string | null
  session: Instrument['session'] | null
  price_as_of: number | null
  fetched_at: number | null
  /** The name of the second source that gave the price; null when the chosen one did. */
  price_source: string | null
  /** The first session without a price of a symbol that is no longer quoted. */
  delisted: Day | null
}

/** Returns the age of a symbol's price and when the symbol trades; nulls when nothing is known of it. */
export function quoteAge(
  ledger: Ledger,
  symbol: string,
  quoteFetchedAt: ReadonlyMap<string, number>,
  asOf = ledger.today,
): QuoteAge {
  const market = ledger.markets.get(symbol)
  const delisted = market?.delisted
  // the quote is the last point of the history: one that is later than a past day was not known then
  const isKnown = (market?.prices.days.at(-1) ?? -Infinity) <= dayNumber(asOf)
  const quote = isKnown ? market?.quote : null
  return {
    symbol,
    kind: market?.instrument?.kind ?? 'other',
    time_zone: market?.instrument?.timeZone ?? null,
    session: market?.instrument?.session ?? null,
    price_as_of: quote?.at ?? null,
    fetched_at: quoteFetchedAt.get(symbol) ?? null,
    price_source: quote?.source ?? null,
    delisted: delisted && asOf >= delisted ? delisted : null,
  }
}

/** When the instrument of a row trades. */
export function tradingOf({ kind, time_zone, session }: QuoteAge): Trading {
  return { kind, timeZone: time_zone, session }
}
