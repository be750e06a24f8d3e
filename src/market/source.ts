import type { Day } from '../portfolio/day.ts'
import type { History, Instrument, Quote, Security } from '../portfolio/instrument.ts'
import type { UpstreamOptions } from './http/polite-fetch.ts'

/**
 * The result of a request for one symbol. It has three outcomes because the queue has three answers: store it, drop
 * it (another request will not help), or try again later.
 */
export type Fetched<T> =
  | { status: 'ok'; value: T }
  | {
      status: 'rejected'
      reason: string
      /** The source knows the symbol but has no figures for it at the moment. */
      noData?: true
      /** The symbol that the source answered with in place of the one that was asked for. */
      listedAs?: string
      /** The answer with '' for its currency, when nothing else is missing. */
      lacksCurrency?: T
    }
  | { status: 'unavailable'; reason: string; retryAfter?: number }

/** The answer to a question about a symbol of a known currency, which fills in one that the source leaves out. */
export function inCurrencyOf<T extends Quoted>(
  answer: Fetched<T>,
  instrument: Pick<Instrument, 'currency'> | null | undefined,
): Fetched<T> {
  if (answer.status !== 'rejected' || !answer.lacksCurrency || !instrument) return answer
  const { currency } = instrument
  const { lacksCurrency: value } = answer
  return {
    status: 'ok',
    value: { ...value, instrument: { ...value.instrument, currency }, quote: { ...value.quote, currency } },
  }
}

/** An answer with the name of the source that gave it, or that would have been asked. */
export type Answered<T> = Fetched<T> & { source: string }

/** The source's current data for a symbol: the quote, and the instrument it belongs to. */
export type Quoted = {
  instrument: Instrument
  quote: Quote
  /** The day on which the symbol first traded; null or absent when the source does not say. */
  firstTradeDay?: Day | null
}

/** What a source can answer; a second source may answer a part of it. */
export type MarketSource = {
  /** Makes one upstream call for each fifty symbols, or as many as the source takes, and answers for every symbol. */
  quotes?(symbols: readonly string[]): Promise<Map<string, Fetched<Quoted>>>
  /** The same prices by a plainer way, which may work while the first does not. */
  plainQuotes?(symbols: readonly string[]): Promise<Map<string, Fetched<Quoted>>>
  /** Daily bars, splits and dividends from a day on, inclusive. */
  history?(symbol: string, from: Day): Promise<Fetched<History>>
  /** Finds securities by a ticker, an ISIN or a part of a name, best first. */
  search?(query: string): Promise<Fetched<Security[]>>
}

/** A row of the table of sources. `Config` is the part of the Worker's variables that this source reads. */
export type SourceDefinition<Config = unknown> = {
  /** The value of MARKET that chooses this source. Its calls are counted under this name. */
  id: string
  /** The name that pages, logs and answers use. */
  name: string
  /** True when its prices are made up, which the pages must say. */
  isInvented: boolean
  circuits: readonly Circuit[]
  /** The circuit breaker that guards each question that it answers. */
  circuitOf: Partial<Record<keyof MarketSource, string>>
  /** False for a second source while the secret that it needs is not set. */
  isOn?(config: Config): boolean
  /** True for the symbols that a second source knows of. */
  covers?(symbol: string): boolean
  /** True when its calls go out from where the gateway is, and by no stand-in or relay. */
  isDirect?(config: Config): boolean
  /** How it reaches the network, or what stands in for the network. */
  network(config: Config): typeof fetch
  connect(options: UpstreamOptions, config: Config): MarketSource
}

/**
 * The endpoints of a source that rest together when one of them fails. The circuit has the name of the endpoint whose
 * success shows that all of them work again.
 */
export type Circuit = { name: string; endpoints: readonly string[] }

/** The number of symbols in one upstream call for quotes. */
export const MOST_SYMBOLS = 50
