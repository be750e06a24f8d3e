import invented from './invented-trades.csv'
import real from './real-trades.csv'

/**
 * The trades of the demo portfolio, for whoever wants to look before bringing their own: a statement for each market,
 * at that market's own prices of the days, in the share units of those days. Nobody made these trades.
 */
export const demoStatements: {
  /** Regular purchases, their dividends and a few sales, at the invented closes of demo/prices.ts. */
  invented: string
  /** Shares at their real closes, 2018 to 2023. Dividends are what the source proposes. */
  real: string
} = { invented, real }
