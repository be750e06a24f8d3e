import { dayAt, type Day } from '../portfolio/day.ts'
import type { Bar } from '../portfolio/instrument.ts'
import type { Book, Listing, Trade } from './book.ts'
import { types } from './fake-quote.ts'
import { currentPeriod, gmtOffset, hours, opens, seconds } from './listing-hours.ts'

export function chart(symbol: string, query: URLSearchParams, book: Book, now: number): Response {
  const listing = book.find(symbol)
  const trade = listing?.quote(now)
  if (!listing || !trade) return chartError(404, 'Not Found', 'No data found, symbol may be delisted')
  const { instrument } = listing
  const period1 = Number(query.get('period1') ?? 0)
  const period2 = Number(query.get('period2') ?? seconds(now))
  const from = dayAt(Math.max(period1 * 1000, 0), instrument.timeZone)
  const bars = shown(listing, from, trade, now)
  const opened = new Map(bars.map((bar) => [bar.day, seconds(opens(instrument, bar.day))]))
  const requested = bars.filter((bar) => opened.get(bar.day)! >= period1 && opened.get(bar.day)! < period2)
  const live = hours(instrument, dayAt(trade.at, instrument.timeZone))
  const isLive = trade.at >= live.opens && now < live.closes
  const timestamp = requested.map((bar) =>
    // like Yahoo, the bar of the running session has the time of its last trade
    isLive && bar.day === dayAt(trade.at, instrument.timeZone) ? seconds(trade.at) : opened.get(bar.day)!,
  )
  const close = requested.map((bar) => bar.close)
  const first = requested[0]
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
          indicators: {
            quote: [prices],
            ...(listing.adjusted && {
              adjclose: [{ adjclose: requested.map(({ day }) => listing.adjusted!.get(day) ?? null) }],
            }),
          },
        },
      ],
      error: null,
    },
  })
}

/** The small charts of some symbols for the present session; a symbol that is not known is left out. */
export function spark(symbols: readonly string[], book: Book, now: number): Response {
  const result = symbols.flatMap((symbol) => {
    const listing = book.find(symbol)
    const trade = listing?.quote(now)
    if (!listing || !trade) return []
    const { price, previousClose, at } = trade
    return [
      {
        symbol,
        response: [
          {
            meta: { ...meta(listing, trade, now), chartPreviousClose: previousClose, range: '1d' },
            timestamp: [seconds(at)],
            indicators: { quote: [{ close: [price] }] },
          },
        ],
      },
    ]
  })
  return Response.json({ spark: { result, error: null } })
}

/** Leaves out future days; the running session has the latest price. */
function shown(listing: Listing, from: Day, trade: Trade, now: number): Bar[] {
  const today = dayAt(trade.at, listing.instrument.timeZone)
  const bars = listing.bars(from, today)
  if (now >= hours(listing.instrument, today).closes) return bars
  return [...bars.filter((bar) => bar.day < today), { day: today, close: trade.price }]
}

function meta(
  { instrument, firstTradeDay }: Listing,
  { price, at }: Trade,
  now: number,
): Record<string, unknown> {
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
    firstTradeDate: firstTradeDay ? seconds(opens(instrument, firstTradeDay)) : null,
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
  const events = paid.map(({ day, amount, currency }) => ({
    amount,
    date: seconds(opens(instrument, day)),
    ...(currency && { currency }),
  }))
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
