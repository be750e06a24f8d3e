import type { Day } from '../../src/portfolio/day.ts'
import { instantAt, session } from '../../src/market/hours/trading-hours.ts'
import type { Book, Listing, Trade } from '../../src/demo/book.ts'

/** { "symbol": "AAPL", ..., "splits": [["2020-08-31", 4, 1]], "dividends": [["2020-11-06", 0.205]], "closes": [...] } */
export type MarketFile = {
  symbol: string
  currency: string
  /** IANA name of the exchange's clock. */
  exchange: string
  name: string
  kind?: Listing['instrument']['kind']
  splits: [day: Day, numerator: number, denominator: number][]
  dividends: [day: Day, amount: number, currency?: string][]
  capitalGains?: [day: Day, amount: number][]
  firstTradeDay?: Day
  adjusted?: [day: Day, close: number][]
  closes: [day: Day, close: number][]
}

/** A book of market files; `prices` holds what has moved away from the last close. */
export function bookOf(files: readonly MarketFile[], prices: ReadonlyMap<string, number>): Book {
  const listings = new Map(files.map((file) => [file.symbol, listingOf(file, prices)]))
  return {
    find: (symbol) => listings.get(symbol) ?? null,
    search: (query) =>
      [...listings.values()].filter(({ instrument: { symbol, name } }) =>
        `${symbol} ${name}`.toUpperCase().includes(query.toUpperCase()),
      ),
  }
}

function listingOf(file: MarketFile, prices: ReadonlyMap<string, number>): Listing {
  const { symbol, name, currency, exchange: timeZone } = file
  const bars = file.closes.map(([day, close]) => ({ day, close }))
  return {
    instrument: {
      symbol,
      name,
      currency,
      kind: file.kind ?? 'equity',
      exchange: 'NasdaqGS',
      timeZone,
      ...(timeZone !== 'America/New_York' && { session: ABROAD }),
    },
    splits: file.splits.map(([day, numerator, denominator]) => ({ day, numerator, denominator })),
    dividends: file.dividends.map(([day, amount, currency]) => ({
      day,
      amount,
      ...(currency && { currency }),
    })),
    firstTradeDay: file.firstTradeDay ?? null,
    ...(file.adjusted && { adjusted: new Map(file.adjusted) }),
    capitalGains: (file.capitalGains ?? []).map(([day, amount]) => ({ day, amount })),
    bars: (from, to) => bars.filter(({ day }) => day >= from && day <= to),
    quote: (now) => {
      const passed = bars.filter(({ day }) => closesOn(day, timeZone) <= now)
      const last = passed.at(-1)
      const price = prices.get(symbol)
      if (price !== undefined) return { price, previousClose: last?.close ?? null, at: now } satisfies Trade
      if (!last) return null
      return {
        price: last.close,
        previousClose: passed.at(-2)?.close ?? null,
        at: closesOn(last.day, timeZone),
      }
    },
  }
}

/** Every other exchange trades from 09:30 to 16:00 as well, by its own clock. */
const ABROAD = { opens: 9.5 * 60, closes: 16 * 60 }

function closesOn(day: Day, timeZone: string): number {
  return (timeZone === 'America/New_York' && session(day)?.closes) || instantAt(day, ABROAD.closes, timeZone)
}
