import invented from './invented-trades.csv'
import real from './real-trades.csv'

/**
 * The made-up trades of the demo portfolio: one statement for each market, at that market's own prices and in the
 * share units of the days.
 */
export const demoStatements: {
  /** Regular purchases with their dividends and a few sales, at the made-up closes of demo/prices.ts. */
  invented: string
  /** Shares at their real closes, 2018 to 2023. The source proposes their dividends. */
  real: string
} = { invented, real }
