import type { Day } from '../portfolio/day.ts'
import type { Bar, Dividend, Instrument, Split } from '../portfolio/instrument.ts'

export type Book = {
  find(symbol: string): Listing | null
  search(query: string): Listing[]
}

/** A listing for which a stand-in for Yahoo has prices, in the currency that the instrument names. */
export type Listing = {
  instrument: Instrument
  /**
   * Returns the closes of the days from `from` to `to`, both included, oldest first. `answer` cuts off future days.
   */
  bars(from: Day, to: Day): Bar[]
  splits: Split[]
  dividends: Dividend[]
  /** The day on which it first traded; absent or null when this Yahoo does not say. */
  firstTradeDay?: Day | null
  /** The closes adjusted for later dividends, if this Yahoo has them. */
  adjusted?: ReadonlyMap<Day, number>
  /** Distributions that Yahoo lists as capital gains. */
  capitalGains?: Dividend[]
  /** Returns the price at an instant in milliseconds; null before the listing. */
  quote(now: number): Trade | null
}

export type Trade = { price: number; previousClose: number | null; at: number }
