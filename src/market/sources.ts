import { finnhub, type FinnhubConfig } from './finnhub/source.ts'
import { frankfurter } from './frankfurter/source.ts'
import type { SourceDefinition } from './source.ts'
import { tiingo, type TiingoConfig } from './tiingo/source.ts'
import { type YahooConfig, yahooFinance } from './yahoo/source.ts'

/** The variables that the sources below read. */
export type MarketConfig = YahooConfig & TiingoConfig & FinnhubConfig

/**
 * Every source of real prices. The first one is used when MARKET names none. A new source is a folder beside `yahoo/`
 * and a line here.
 */
export const sources: readonly [SourceDefinition<MarketConfig>, ...SourceDefinition<MarketConfig>[]] = [
  yahooFinance,
]

/**
 * The sources that are asked while the chosen one is not to be had, in this order, each for what it knows. Those that
 * need a key are switched on by its secret. A new one is a folder and a line here, too.
 */
export const secondSources: readonly SourceDefinition<MarketConfig>[] = [frankfurter, tiingo, finnhub]
