import { dayAt } from '../portfolio/day.ts'
import type { Day } from '../portfolio/day.ts'
import type { Bar, Dividend, Instrument, Split } from '../portfolio/instrument.ts'
import {
  hoursOf,
  instantAt,
  isSession,
  marketState,
  previousSession,
  session,
  usual,
} from '../market/hours/trading-hours.ts'
import type { Session } from '../market/hours/trading-hours.ts'
import { callOf } from '../market/yahoo/endpoints.ts'

/** Something a stand-in for Yahoo has prices of. Prices are in the currency as the instrument names it. */
export type Listing = {
  instrument: Instrument
  /** Closes of the days from `from` to `to`, both inclusive, oldest first. Days to come are cut off by `answer`. */
  bars(from: Day, to: Day): Bar[]
  splits: Split[]
  dividends: Dividend[]
  /** Distributions that Yahoo lists under a name of their own. */
  capitalGains?: Dividend[]
  /** The price at an instant in milliseconds; null before it was listed. */
  quote(now: number): Trade | null
}

export type Trade = { price: number; previousClose: number | null; at: number }

export type Book = {
  find(symbol: string): Listing | null
  search(query: string): Listing[]
}

const COOKIE = 'd=yardstick'
const CRUMB = 'yard/stick.1'

/**
 * Yahoo's HTTP for any book of listings, at an instant in milliseconds: the page that sets the cookie, the crumb,
 * quotes, charts and search. The host may stand where it belongs or, for a stand-in, in front of the path.
 */
export function answer(request: Request, book: Book, now: number): Response {
  const url = new URL(request.url)
  const { endpoint, symbols } = callOf(request.url)
  switch (endpoint) {
    case 'cookie':
      return new Response('<!doctype html><title>Yahoo Finance</title>', {
        headers: {
          'content-type': 'text/html',
          'set-cookie': `A1=${COOKIE}; Max-Age=31557600; Domain=.yahoo.com; Path=/; Secure; HttpOnly`,
        },
      })
    case 'crumb':
      if (!hasCookie(request)) return unauthorized('Invalid Cookie')
      return new Response(CRUMB, { headers: { 'content-type': 'text/plain;charset=utf-8' } })
    case 'quote':
      if (!hasCookie(request) || url.searchParams.get('crumb') !== CRUMB) return unauthorized('Invalid Crumb')
      return quote(symbols, book, now)
    case 'chart':
      return chart(symbols[0]!, url.searchParams, book, now)
    case 'search':
      return search(url.searchParams.get('q') ?? '', book)
  }
}

function hasCookie(request: Request): boolean {
  return request.headers.get('cookie')?.includes(`A1=${COOKIE}`) ?? false
}

function unauthorized(description: string): Response {
  return Response.json(
    { finance: { result: null, error: { code: 'Unauthorized', description } } },
    { status: 401 },
  )
}

function quote(symbols: string[], book: Book, now: number): Response {
  const result = symbols.flatMap((symbol) => {
    const listing = book.find(symbol)
    const trade = listing?.quote(now)
    return listing && trade ? [row(listing, trade, now)] : []
  })
  return Response.json({ quoteResponse: { result, error: null } })
}

function row(
  { instrument }: Listing,
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
    sourceInterval: 15,
    exchangeDataDelayedBy: 0,
    priceHint: 2,
    tradeable: false,
    cryptoTradeable: false,
    symbol,
  }
}

function chart(symbol: string, query: URLSearchParams, book: Book, now: number): Response {
  const listing = book.find(symbol)
  const trade = listing?.quote(now)
  if (!listing || !trade) return chartError(404, 'Not Found', 'No data found, symbol may be delisted')
  const { instrument } = listing
  const period1 = Number(query.get('period1') ?? 0)
  const period2 = Number(query.get('period2') ?? seconds(now))
  const from = dayAt(Math.max(period1 * 1000, 0), instrument.timeZone)
  const bars = shown(listing, from, trade, now)
  const opened = new Map(bars.map((bar) => [bar.day, seconds(opens(instrument, bar.day))]))
  const asked = bars.filter((bar) => opened.get(bar.day)! >= period1 && opened.get(bar.day)! < period2)
  const live = hours(instrument, dayAt(trade.at, instrument.timeZone))
  const isLive = trade.at >= live.opens && now < live.closes
  const timestamp = asked.map((bar) =>
    // like Yahoo's: the bar of the running session is stamped with its last trade
    isLive && bar.day === dayAt(trade.at, instrument.timeZone) ? seconds(trade.at) : opened.get(bar.day)!,
  )
  const close = asked.map((bar) => bar.close)
  const first = asked[0]
  const before = first && listing.bars('0001-01-01', first.day).findLast((bar) => bar.day < first.day)
  const wanted = (query.get('events') ?? '').split('|')
  const events = {
    ...(wanted.includes('div') && cashEvents('dividends', listing, period1, period2)),
    ...(wanted.includes('capitalGains') && cashEvents('capitalGains', listing, period1, period2)),
    ...(wanted.includes('split') && splitEvents(listing, period1, period2)),
  }
  const prices =
    timestamp.length > 0 ? { open: close, high: close, low: close, close, volume: close.map(() => 0) } : {}
  return Response.json({
    chart: {
      result: [
        {
          meta: {
            ...meta(listing, trade, now),
            ...((before ?? trade.previousClose) && {
              chartPreviousClose: before?.close ?? trade.previousClose,
            }),
          },
          ...(timestamp.length > 0 && { timestamp }),
          ...(Object.keys(events).length > 0 && { events }),
          indicators: { quote: [prices] },
        },
      ],
      error: null,
    },
  })
}

/** Nothing of days to come; of the running session the price so far. */
function shown(listing: Listing, from: Day, trade: Trade, now: number): Bar[] {
  const today = dayAt(trade.at, listing.instrument.timeZone)
  const bars = listing.bars(from, today)
  if (now >= hours(listing.instrument, today).closes) return bars
  return [...bars.filter((bar) => bar.day < today), { day: today, close: trade.price }]
}

function meta({ instrument }: Listing, { price, at }: Trade, now: number): Record<string, unknown> {
  const { symbol, name, currency, kind, exchange, timeZone } = instrument
  const { opens: start, closes: end } = currentPeriod(instrument, now)
  const gmtoffset = gmtOffset(now, timeZone)
  const period = (from: number, to: number) => ({
    timezone: timeZone,
    start: seconds(from),
    end: seconds(to),
    gmtoffset,
  })
  return {
    currency,
    symbol,
    exchangeName: exchange,
    fullExchangeName: exchange,
    instrumentType: types[kind].type,
    firstTradeDate: null,
    regularMarketTime: seconds(at),
    hasPrePostMarketData: false,
    gmtoffset,
    timezone: timeZone,
    exchangeTimezoneName: timeZone,
    regularMarketPrice: price,
    longName: name,
    shortName: name,
    priceHint: 2,
    currentTradingPeriod: { pre: period(start, start), regular: period(start, end), post: period(end, end) },
    dataGranularity: '1d',
    range: '',
    validRanges: ['1d', '5d', '1mo', '3mo', '6mo', '1y', '2y', '5y', '10y', 'ytd', 'max'],
  }
}

function cashEvents(
  kind: 'dividends' | 'capitalGains',
  { instrument, [kind]: paid = [] }: Listing,
  period1: number,
  period2: number,
): object {
  const events = paid.map(({ day, amount }) => ({ amount, date: seconds(opens(instrument, day)) }))
  return keyed(kind, events, period1, period2)
}

function splitEvents({ instrument, splits }: Listing, period1: number, period2: number): object {
  const events = splits.map(({ day, numerator, denominator }) => ({
    date: seconds(opens(instrument, day)),
    numerator,
    denominator,
    splitRatio: `${numerator}:${denominator}`,
  }))
  return keyed('splits', events, period1, period2)
}

function keyed(name: string, events: { date: number }[], period1: number, period2: number): object {
  const found = events.filter(({ date }) => date >= period1 && date < period2)
  return found.length === 0 ? {} : { [name]: Object.fromEntries(found.map((event) => [event.date, event])) }
}

function chartError(status: number, code: string, description: string): Response {
  return Response.json({ chart: { result: null, error: { code, description } } }, { status })
}

function search(query: string, book: Book): Response {
  const quotes = book.search(query).map(({ instrument: { symbol, name, kind, exchange } }, index) => ({
    exchange,
    exchDisp: exchange,
    shortname: name,
    longname: name,
    quoteType: types[kind].type,
    typeDisp: types[kind].display,
    symbol,
    index: 'quotes',
    score: 1_000_000 - index,
    isYahooFinance: true,
  }))
  return Response.json({
    explains: [],
    count: quotes.length,
    quotes,
    news: [],
    nav: [],
    lists: [],
    researchReports: [],
    totalTime: 1,
    timeTakenForQuotes: 1,
    timeTakenForNews: 0,
    timeTakenForAlgowatchlist: 0,
    timeTakenForPredefinedScreener: 0,
    timeTakenForCrunchbase: 0,
    timeTakenForNav: 0,
    timeTakenForResearchReports: 0,
    timeTakenForScreenerField: 0,
    timeTakenForCulturalAssets: 0,
    timeTakenForSearchLists: 0,
  })
}

/** Today's session or, on a day without one, the last there was. */
function currentPeriod(instrument: Instrument, now: number): Session {
  const today = dayAt(now, instrument.timeZone)
  const kept = hoursOf(instrument)
  const trades = kept === 'weekdays' || isSession(today, kept)
  return hours(instrument, trades ? today : previousSession(today, kept))
}

/** The session of a listing on a day: its exchange's, or the whole day on its own clock as Yahoo has it for currencies. */
function hours(instrument: Instrument, day: Day): Session {
  const { timeZone } = instrument
  const kept = hoursOf(instrument)
  if (kept === 'always' || kept === 'weekdays') {
    return { opens: instantAt(day, 0, timeZone), closes: instantAt(day, 24 * 60 - 1, timeZone) }
  }
  const plain = kept === 'nyse' ? { timeZone, opens: 9.5 * 60, closes: 16 * 60 } : kept
  return session(day, kept) ?? usual(day, plain)
}

function opens(instrument: Instrument, day: Day): number {
  return hours(instrument, day).opens
}

/** Seconds that the clock is ahead of UTC. */
function gmtOffset(now: number, timeZone: string): number {
  const day = dayAt(now, timeZone)
  return (Date.parse(day) - instantAt(day, 0, timeZone)) / 1000
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

const types: Record<Instrument['kind'], { type: string; display: string }> = {
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
