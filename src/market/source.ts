import type { Day } from '../portfolio/day.ts'
import type { History, Instrument, Quote } from '../portfolio/instrument.ts'
import type { UpstreamOptions } from './http/polite-fetch.ts'

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

/** An answer with the name of the source that gave it, or that would have been asked. */
export type Answered<T> = Fetched<T> & { source: string }

/** The source's present data for a symbol: the quote, and the instrument it belongs to. */
export type Quoted = {
  instrument: Instrument
  quote: Quote
  /** The day on which the symbol first traded; absent or null when the source does not say. */
  firstTradeDay?: Day | null
}

/** The questions that every source answers. */
export type MarketSource = {
  /** One upstream call for each fifty symbols; an answer for every symbol asked. */
  quotes(symbols: readonly string[]): Promise<Map<string, Fetched<Quoted>>>
  /** Daily bars, splits and dividends from a day on, inclusive. */
  history(symbol: string, from: Day): Promise<Fetched<History>>
}

/**
 * A row of the table of sources. `Config` is the part of the Worker's variables that it reads.
 */
export type SourceDefinition<Config = unknown> = {
  /** The value of MARKET that chooses the source. Its calls are counted under it. */
  id: string
  /** What pages, logs and answers call it. */
  name: string
  /** True when its prices are invented, which pages have to say. */
  isInvented: boolean
  circuits: readonly Circuit[]
  /** Which circuit each question goes through. */
  circuitOf: Record<keyof MarketSource, string>
  /** Its way out: the network, or something that stands in for the network. */
  network(config: Config): typeof fetch
  connect(options: UpstreamOptions): MarketSource
}

/**
 * Endpoints of a source that are left alone together when one of them fails. The circuit is named after the endpoint
 * whose success shows that all of them work again.
 */
export type Circuit = { name: string; endpoints: readonly string[] }

/** Symbols in one upstream call for quotes. */
export const MOST_SYMBOLS = 50
