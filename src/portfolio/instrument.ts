import type { Day } from './day.ts'

/** Something that trades, as the source describes it. */
export type Instrument = {
  symbol: string
  name: string
  /**
   * ISO code of the major unit: a share quoted in pence (GBp) is GBP here, and its prices are already divided by 100.
   */
  currency: string
  kind: 'equity' | 'etf' | 'fund' | 'index' | 'crypto' | 'currency' | 'future' | 'other'
  exchange: string
  /** IANA name of the exchange's clock, e.g. America/New_York. */
  timeZone: string
  /** The regular session on that clock, in minutes past midnight; absent or null until the source gives it. */
  session?: { opens: number; closes: number } | null
}

/** What the kinds are called where their parts of a portfolio are. */
export const kindNames: Record<Instrument['kind'], string> = {
  equity: 'Stocks',
  etf: 'ETFs',
  fund: 'Funds',
  index: 'Indexes',
  crypto: 'Crypto',
  currency: 'Currencies',
  future: 'Futures',
  other: 'Other',
}

/** What a search finds of an instrument; its currency is null where the source does not say it. */
export type Security = Pick<Instrument, 'symbol' | 'name' | 'kind' | 'exchange'> & {
  currency: string | null
  /** What it closed at on days that were asked for, in major units and in the shares of that day. */
  closes?: Readonly<Record<Day, number>>
}

/** The latest price that the source knows. Decimals are text, ready to be stored. */
export type Quote = {
  symbol: string
  price: string
  currency: string
  /** The close of the session before the one this price belongs to; null when the source does not give it. */
  previousClose: string | null
  /** The instant of the trade, in milliseconds since 1970. */
  at: number
  /** The name of the second source that gave it; absent or null when the chosen one did. */
  source?: string | null
  /** The day on which the latest declared dividend is paid, past or to come; absent or null where the source names none. */
  payDay?: Day | null
  /** The latest ex-date that the source knows, past or to come; absent or null likewise. */
  exDay?: Day | null
  /** What the dividend declared last amounts to in a year for one share, as the source writes it. */
  dividendRate?: string | null
}

/** One day's close in today's share units: every later split is applied, dividends are not subtracted. */
export type Bar = { day: Day; close: number }

/** Each `denominator` old shares became `numerator` new ones at the open of `day`. A symbol has one a day at most. */
export type Split = { day: Day; numerator: number; denominator: number }

/**
 * Cash per share, in today's share units, to those who held at the close before `day`. A symbol has one a day at
 * most.
 */
export type Dividend = {
  day: Day
  amount: number
  /** The currency that the source states for it; absent when it is the one that the symbol trades in. */
  currency?: string
  /**
   * The amount in the currency of the closes at the rate of its day, once that is known (`inBaseCurrency`); null
   * without a rate. Absent when the amount is in that currency.
   */
  inPrices?: number | null
  /** Says how the amount differs from what the source lists. */
  note?: string
}

/** The past of one symbol, as the source gives it. */
export type History = {
  instrument: Instrument
  quote: Quote
  bars: Bar[]
  splits: Split[]
  dividends: Dividend[]
  /** The day on which the symbol first traded; absent or null when the source does not say. */
  firstTradeDay?: Day | null
}

/** A quote in quarantine: it is stored beside the one that is shown, and the next verdict takes it into account. */
export type QuarantinedQuote = {
  price: string
  currency: string
  at: number
  /** The reason for the quarantine, as the owner reads it. */
  reason: string
  /** The day, on the exchange's clock, on which the source first gave a price like this one. */
  since: Day
  /** True when it seems to be another company's price, which only the owner can decide. */
  isOtherCompany?: true
}

/** The stored state of a symbol; null where nothing is stored. */
export type StoredSymbol = {
  instrument: Instrument | null
  quote: Quote | null
  /** The day of the first stored bar; `lastBar` is the last one. */
  fromDay: Day | null
  lastBar: Bar | null
  splits: readonly Split[]
  /** Splits of the source that the owner has dismissed: they are none. */
  dismissed: readonly Split[]
  /** The day of the oldest stored bar, which may lie after `fromDay`. */
  firstBarDay: Day | null
  /** The day on which the owner last said that the company behind the ticker is the same. */
  sameSince: Day | null
  /** The quote that the latest verdict put in quarantine; null when there is none. */
  held: QuarantinedQuote | null
}

/** A symbol that nothing is stored of. */
export const notStored: StoredSymbol = {
  instrument: null,
  quote: null,
  fromDay: null,
  lastBar: null,
  splits: [],
  dismissed: [],
  firstBarDay: null,
  sameSince: null,
  held: null,
}

/**
 * How the app spells a symbol, in upper case: `AAPL`, a class of shares with a hyphen (`BRK-B`), another exchange with
 * a suffix (`SHEL.L`), an index with a caret (`^GSPC`), an exchange rate as its pair (`EURUSD=X`), an ampersand as
 * the exchange has it (`M&M.NS`), an option with a root of up to six letters, its day and its price
 * (`GOOGLX260116C00180000`). Stored symbols are spelled so, and nothing else is asked of a source; one that spells
 * otherwise translates in its own folder.
 */
export const SYMBOL = /^[A-Z0-9^][A-Z0-9.\-=^&]{0,20}$/
