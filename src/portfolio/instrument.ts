import type { Day } from './day.ts'

/** Something that trades: what the source says it is. */
export type Instrument = {
  symbol: string
  name: string
  /** ISO code of the major unit: what trades in pence (GBp) is GBP here, its prices already divided by 100. */
  currency: string
  kind: 'equity' | 'etf' | 'fund' | 'index' | 'crypto' | 'currency' | 'future' | 'other'
  exchange: string
  /** IANA name of the exchange's clock, e.g. America/New_York. */
  timeZone: string
  /** Its regular session on that clock, in minutes past midnight; absent or null where the source has not said. */
  session?: { opens: number; closes: number } | null
}

/** The latest price the source knows. Decimals are text, ready to be stored. */
export type Quote = {
  symbol: string
  price: string
  currency: string
  /** Close of the session before the one this price belongs to; null when the source does not say. */
  previousClose: string | null
  /** When it traded, milliseconds since 1970. */
  at: number
}

/** One day's close in today's share units (every later split applied), dividends not subtracted. */
export type Bar = { day: Day; close: number }

/** Each `denominator` old shares became `numerator` new ones at the open of `day`. A symbol has one a day at most. */
export type Split = { day: Day; numerator: number; denominator: number }

/** Cash per share, in today's share units, to those who held at the close before `day`. A symbol has one a day at most. */
export type Dividend = { day: Day; amount: number }

/** All that the source tells about one symbol's past. */
export type History = {
  instrument: Instrument
  quote: Quote
  bars: Bar[]
  splits: Split[]
  dividends: Dividend[]
}

/** A price that is not believed: stored beside the one that is shown, and handed to the next verdict. */
export type QuarantinedQuote = {
  price: string
  currency: string
  at: number
  /** For the owner: what is wrong with it. */
  reason: string
  /** The day, by the exchange's clock, on which the source first said something like it. */
  since: Day
}

/** What is stored of a symbol, as far as anything is. */
export type StoredSymbol = {
  instrument: Instrument | null
  quote: Quote | null
  /** Where the stored bars begin and the last of them. */
  fromDay: Day | null
  lastBar: Bar | null
  splits: readonly Split[]
  /** What the verdict before did not believe; null when it had no doubt. */
  held: QuarantinedQuote | null
}

/** Upper-cased by the caller. What may be asked of the source at all. */
export const SYMBOL = /^[A-Z0-9^][A-Z0-9.\-=^]{0,19}$/
