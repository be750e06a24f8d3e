import { callOf } from '../../src/market/yahoo/endpoints.ts'
import type { Endpoint } from '../../src/market/yahoo/endpoints.ts'

type Answer = (url: URL) => Response | Promise<Response>

/** A fetch with one answer for each endpoint; cookie and crumb are in order unless told otherwise. */
export function upstream(answers: Partial<Record<Endpoint, Answer>>) {
  const asked: URL[] = []
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    asked.push(url)
    const { endpoint } = callOf(url.href)
    const respond = answers[endpoint] ?? inOrder[endpoint]
    if (!respond) throw new Error(`nothing prepared for ${url.href}`)
    return new Promise<Response>((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      Promise.resolve()
        .then(() => respond(url))
        .then(resolve, reject)
    })
  }
  const count = (endpoint: Endpoint) => asked.filter((url) => callOf(url.href).endpoint === endpoint).length
  return { fetch, asked, count }
}

const inOrder: Partial<Record<Endpoint, Answer>> = {
  cookie: () =>
    new Response('<html>', {
      headers: { 'set-cookie': 'A1=d=1; Max-Age=3600; Domain=.yahoo.com; Path=/; Secure' },
    }),
  crumb: () => new Response('cRuMb.1'),
}

/** A row of /v7/finance/quote; `undefined` takes a field away. */
export function row(symbol: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    language: 'en-US',
    region: 'US',
    quoteType: 'EQUITY',
    triggerable: true,
    currency: 'USD',
    exchange: 'NMS',
    fullExchangeName: 'NasdaqGS',
    longName: `${symbol} Inc.`,
    marketState: 'REGULAR',
    tradeable: false,
    exchangeTimezoneName: 'America/New_York',
    exchangeTimezoneShortName: 'EST',
    gmtOffSetMilliseconds: -18000000,
    market: 'us_market',
    esgPopulated: false,
    sourceInterval: 15,
    exchangeDataDelayedBy: 0,
    regularMarketPrice: 150.5,
    regularMarketTime: 1773068400,
    regularMarketPreviousClose: 148.7,
    symbol,
    ...changes,
  }
}

export function rows(...result: unknown[]): Response {
  return Response.json({ quoteResponse: { result, error: null } })
}

/** A result of /v8/finance/chart. Bars are [seconds, close]; the period is the session of Monday 2026-03-09. */
export function chart(parts: {
  bars: [number, number | null][]
  meta?: Record<string, unknown>
  events?: Record<string, unknown>
  adjusted?: (number | null)[]
}): Response {
  const close = parts.bars.map(([, value]) => value)
  return Response.json({
    chart: {
      result: [
        {
          meta: {
            currency: 'USD',
            exchangeName: 'NMS',
            fullExchangeName: 'NasdaqGS',
            instrumentType: 'EQUITY',
            firstTradeDate: 345479400,
            regularMarketTime: seconds('2026-03-09T15:00:00Z'),
            gmtoffset: -14400,
            timezone: 'EDT',
            exchangeTimezoneName: 'America/New_York',
            regularMarketPrice: 101.5,
            longName: 'X Inc.',
            priceHint: 2,
            currentTradingPeriod: {
              pre: period(seconds('2026-03-09T08:00:00Z'), seconds('2026-03-09T13:30:00Z')),
              regular: period(seconds('2026-03-09T13:30:00Z'), seconds('2026-03-09T20:00:00Z')),
              post: period(seconds('2026-03-09T20:00:00Z'), seconds('2026-03-10T00:00:00Z')),
            },
            dataGranularity: '1d',
            range: '',
            validRanges: ['1d'],
            ...parts.meta,
          },
          ...(parts.bars.length > 0 && { timestamp: parts.bars.map(([time]) => time) }),
          ...(parts.events && { events: parts.events }),
          indicators: {
            quote: [
              parts.bars.length > 0 ? { open: close, high: close, low: close, close, volume: close } : {},
            ],
            ...(parts.adjusted && { adjclose: [{ adjclose: parts.adjusted }] }),
          },
        },
      ],
      error: null,
    },
  })
}

export function chartError(status: number, code: string, description: string): Response {
  return Response.json({ chart: { result: null, error: { code, description } } }, { status })
}

function period(start: number, end: number) {
  return { timezone: 'EDT', start, end, gmtoffset: -14400 }
}

export function seconds(text: string): number {
  return Date.parse(text) / 1000
}
