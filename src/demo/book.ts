import type { Day } from '../portfolio/day.ts'
import type { Bar, Dividend, Instrument, Split } from '../portfolio/instrument.ts'

export type Book = {
  find(symbol: string): Listing | null
  search(query: string): Listing[]
}

/** Something a stand-in for Yahoo has prices of. Prices are in the currency as the instrument names it. */
export type Listing = {
  instrument: Instrument
  /** Closes of the days from `from` to `to`, both inclusive, oldest first. Days to come are cut off by `answer`. */
  bars(from: Day, to: Day): Bar[]
  splits: Split[]
  dividends: Dividend[]
  /** The day on which it first traded; absent or null when this Yahoo does not say. */
  firstTradeDay?: Day | null
  /** The closes with later dividends taken off, where this Yahoo gives them. */
  adjusted?: ReadonlyMap<Day, number>
  /** Distributions that Yahoo lists under a name of their own. */
  capitalGains?: Dividend[]
  /** The price at an instant in milliseconds; null before it was listed. */
  quote(now: number): Trade | null
}

export type Trade = { price: number; previousClose: number | null; at: number }
