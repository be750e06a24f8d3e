import type { Day } from '../portfolio/day.ts'
import type { History, Instrument, Quote } from '../portfolio/instrument.ts'

/**
 * What came of asking for one symbol. Three outcomes, because the queue has three answers: store it, drop it
 * (asking again will not help), ask again later.
 */
export type Fetched<T> =
  | { status: 'ok'; value: T }
  | {
      status: 'rejected'
      reason: string
      /** The source knows the symbol and has no figures of it at the moment. */
      noData?: true
    }
  | { status: 'unavailable'; reason: string; retryAfter?: number }

/** What the source says of a symbol now: the quote, and the instrument it belongs to. */
export type Quoted = { instrument: Instrument; quote: Quote }

export type MarketSource = {
  /** One upstream call for each fifty of them; an answer for every symbol asked. */
  quotes(symbols: readonly string[]): Promise<Map<string, Fetched<Quoted>>>
  /** Daily bars, splits and dividends from a day on, inclusive. */
  history(symbol: string, from: Day): Promise<Fetched<History>>
}

/** Symbols in one upstream call for quotes. */
export const MOST_SYMBOLS = 50
