import type { Day } from '../../src/portfolio/day.ts'
import type { MarketFile } from '../yahoo/book.ts'

/** The keys that the stand-ins ask for. */
export const keys = { TIINGO_TOKEN: 'tiingo-key', FINNHUB_TOKEN: 'finnhub-key' }

/**
 * Answers as Tiingo does: closes and dividends of their own day, which no later split has touched. `files` are in
 * today's share units, as everywhere else.
 */
export function tiingoStandIn(files: () => readonly MarketFile[], until: () => Day) {
  return (request: Request): Response => {
    const url = new URL(request.url)
    const [, ticker] = /^\/tiingo\/daily\/([^/]+)\/prices$/.exec(url.pathname) ?? []
    if (request.headers.get('authorization') !== `Token ${keys.TIINGO_TOKEN}`) {
      return Response.json({ detail: 'Please supply a token' }, { status: 401 })
    }
    const file = files().find(({ symbol }) => symbol === ticker)
    if (!file) return Response.json({ detail: 'Not found.' }, { status: 404 })
    const from = url.searchParams.get('startDate') ?? ''
    const rows = file.closes.filter(([day]) => day >= from && day <= until())
    return Response.json(
      rows.map(([day, close]) => {
        const later = file.splits.filter((split) => split[0] > day)
        const units = later.reduce((product, [, n, d]) => (product * n) / d, 1)
        const split = file.splits.find((each) => each[0] === day)
        const paid = file.dividends.find((each) => each[0] === day)
        return {
          date: `${day}T00:00:00.000Z`,
          close: close * units,
          adjClose: close * 0.9,
          divCash: paid ? paid[1] * units : 0,
          splitFactor: split ? split[1] / split[2] : 1,
        }
      }),
    )
  }
}

/** Answers as Finnhub does: zeros for a symbol that it does not know. */
export function finnhubStandIn(prices: () => Map<string, { c: number; pc: number; t: number }>) {
  return (request: Request): Response => {
    if (request.headers.get('x-finnhub-token') !== keys.FINNHUB_TOKEN) {
      return Response.json({ error: 'Invalid API key' }, { status: 401 })
    }
    const symbol = new URL(request.url).searchParams.get('symbol') ?? ''
    return Response.json(prices().get(symbol) ?? { c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 })
  }
}

/** Answers as Frankfurter does; `perEuro` are the units of a currency that a euro is worth on a day. */
export function frankfurterStandIn(days: () => readonly Day[], perEuro: Record<string, number>) {
  return (request: Request): Response => {
    const query = new URL(request.url).searchParams
    const [base, quote, from] = [
      query.get('base') ?? 'EUR',
      query.get('quotes') ?? '',
      query.get('from') ?? '',
    ]
    const units = { EUR: 1, ...perEuro }
    const [one, other] = [units[base as 'EUR'], units[quote as 'EUR']]
    if (query.get('providers') !== 'ECB' || one === undefined || other === undefined) {
      return Response.json({ message: 'not found' }, { status: 404 })
    }
    const rate = Number((other / one).toPrecision(5))
    return Response.json(
      days()
        .filter((day) => day >= from)
        .map((date) => ({ date, base, quote, rate })),
    )
  }
}
