import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import type { Dividend, Instrument } from '../portfolio/instrument.ts'
import { hoursOf, marketState } from '../market/hours/trading-hours.ts'
import type { Book, Listing, Trade } from './book.ts'
import { gmtOffset, opens, seconds } from './listing-hours.ts'

export function quote(symbols: string[], book: Book, now: number): Response {
  const result = symbols.flatMap((symbol) => {
    const listing = book.find(symbol)
    const trade = listing?.quote(now)
    return listing && trade ? [row(listing, trade, now)] : []
  })
  return Response.json({ quoteResponse: { result, error: null } })
}

function row(
  { instrument, firstTradeDay, dividends }: Listing,
  { price, previousClose, at }: Trade,
  now: number,
): Record<string, unknown> {
  const { symbol, name, currency, kind, exchange, timeZone } = instrument
  const change = price - (previousClose ?? price)
  return {
    language: 'en-US',
    region: 'US',
    quoteType: types[kind].type,
    typeDisp: types[kind].display,
    quoteSourceName: 'Delayed Quote',
    triggerable: false,
    currency,
    marketState: states[marketState(hoursOf(instrument), now).phase],
    exchange,
    fullExchangeName: exchange,
    exchangeTimezoneName: timeZone,
    exchangeTimezoneShortName: timeZone,
    gmtOffSetMilliseconds: gmtOffset(now, timeZone) * 1000,
    market: 'us_market',
    esgPopulated: false,
    shortName: name,
    longName: name,
    regularMarketPrice: price,
    regularMarketTime: seconds(at),
    ...(previousClose !== null && {
      regularMarketPreviousClose: previousClose,
      regularMarketChange: change,
      regularMarketChangePercent: (change / previousClose) * 100,
    }),
    ...declaration(dividends, dayAt(now, timeZone)),
    ...(firstTradeDay && { firstTradeDateMilliseconds: opens(instrument, firstTradeDay) }),
    sourceInterval: 15,
    exchangeDataDelayedBy: 0,
    priceHint: 2,
    tradeable: false,
    cryptoTradeable: false,
    symbol,
  }
}

/** A dividend is declared a month before its ex-date, and paid two weeks after it; that stands until the next one. */
function declaration(dividends: readonly Dividend[], today: Day): Record<string, number> {
  const latest = dividends.findLast(({ day }) => day <= addDays(today, 30))
  if (!latest) return {}
  const since = addDays(latest.day, -350)
  const aYear = dividends.filter(({ day }) => day > since && day <= latest.day).length
  return {
    dividendDate: seconds(Date.parse(addDays(latest.day, 14))),
    exDividendDate: seconds(Date.parse(latest.day)),
    dividendRate: Number((latest.amount * aYear).toFixed(6)),
  }
}

export const types: Record<Instrument['kind'], { type: string; display: string }> = {
  equity: { type: 'EQUITY', display: 'Equity' },
  etf: { type: 'ETF', display: 'ETF' },
  fund: { type: 'MUTUALFUND', display: 'Fund' },
  index: { type: 'INDEX', display: 'Index' },
  crypto: { type: 'CRYPTOCURRENCY', display: 'Cryptocurrency' },
  currency: { type: 'CURRENCY', display: 'Currency' },
  future: { type: 'FUTURE', display: 'Future' },
  other: { type: 'EQUITY', display: 'Equity' },
}

const states = { pre: 'PRE', open: 'REGULAR', post: 'POST', closed: 'CLOSED' }
