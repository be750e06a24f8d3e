import type { SourceDefinition } from './source.ts'
import { type YahooConfig, yahooFinance } from './yahoo/source.ts'

/** The variables that the sources below read. */
export type MarketConfig = YahooConfig

/**
 * Every source of real prices. The first one is used when MARKET names none. A new source is a folder beside `yahoo/`
 * and a line here.
 */
export const sources: readonly [SourceDefinition<MarketConfig>, ...SourceDefinition<MarketConfig>[]] = [
  yahooFinance,
]
