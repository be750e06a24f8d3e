import { callOf } from '../market/yahoo/endpoints.ts'
import type { Book } from './book.ts'
import { chart, spark } from './fake-chart.ts'
import { quote, types } from './fake-quote.ts'

const COOKIE = 'd=yardstick'
const CRUMB = 'yard/stick.1'

/**
 * Answers as Yahoo's HTTP endpoints do, for any book of listings at an instant in milliseconds: the page that sets
 * the cookie, the crumb, quotes, charts and search. Yahoo's host is in the address or, for a stand-in, at the start
 * of the path.
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
    case 'spark':
      return spark(symbols, book, now)
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
