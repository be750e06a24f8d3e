import createYahooFinance from 'yahoo-finance2/createYahooFinance'
import { getCrumbClear } from 'yahoo-finance2/lib/getCrumb'
import chart from 'yahoo-finance2/modules/chart'
import quote from 'yahoo-finance2/modules/quote'
import searchModule from 'yahoo-finance2/modules/search'
import { addDays, dayAt, dayNumber } from '../../portfolio/day.ts'
import type { Day } from '../../portfolio/day.ts'
import { SYMBOL } from '../../portfolio/instrument.ts'
import type { History, Security } from '../../portfolio/instrument.ts'
import type { Fetched, MarketSource, Quoted } from '../source.ts'
import { MOST_SYMBOLS } from '../source.ts'
import { politeFetch } from '../http/polite-fetch.ts'
import type { Keeper, UpstreamOptions } from '../http/polite-fetch.ts'
import { dividedCalls } from '../divided-calls.ts'
import { historyOf, kindOf, quotedOf, quotedOfSpark } from './answer.ts'
import { record, type Unsure, words } from '../field.ts'
import { boundedHandshake, isWhole } from './handshake.ts'
import { keptJar } from './kept-jar.ts'
import { type Answer, answerOf, notUnderstood, unavailable } from './library-answer.ts'
import { protocol } from './protocol.ts'
import { historyOfInverse, inversePair, quotedOfInverse } from '../small-unit.ts'
import { metasOf, MOST_IN_SPARK, sparkAddress } from './spark.ts'

export type Yahoo = Required<MarketSource>

type Rowed =
  | { status: 'ok'; value: Map<string, Unsure> }
  | (ReturnType<typeof unavailable> & { hasHung?: true })

/**
 * A way to the current prices: how many symbols a call, the rows that it brings, how one of them is read, and what is
 * said of a symbol that hangs.
 */
type Way = {
  most: number
  rowsOf: (symbols: string[]) => Promise<Rowed>
  read: (symbol: string, row: Unsure) => Fetched<Quoted>
  hung: (symbol: string) => Fetched<Quoted>
}

const YahooFinance = createYahooFinance({ modules: { quote, chart, search: searchModule } })

const fields = [
  'symbol',
  'quoteType',
  'longName',
  'shortName',
  'currency',
  'exchange',
  'fullExchangeName',
  'exchangeTimezoneName',
  'regularMarketPrice',
  'regularMarketTime',
  'regularMarketPreviousClose',
  'firstTradeDateMilliseconds',
  'dividendDate',
  // it comes for some symbols only, and only to who asks
  'exDividendDate',
  'dividendRate',
]

/**
 * Yahoo Finance as a market source. Each Durable Object has its own and no module does, because yahoo-finance2 queues
 * requests and workerd kills a request that continues inside another.
 */
export function yahoo(options: UpstreamOptions): Yahoo {
  const { jar: cookieJar, keep, forget } = keptJar(options.cookies ?? keeper<unknown>(null), options.now)
  const deadEnds = options.deadEnds ?? keeper(0)
  const polite = politeFetch(protocol, options)
  const client = new YahooFinance({
    cookieJar,
    fetch: boundedHandshake(polite, cookieJar, () => deadEnds.get()),
    versionCheck: false,
    suppressNotices: ['yahooSurvey', 'ripHistorical'],
    validation: { logErrors: false, logOptionsErrors: false },
    // our own lanes are narrower, and let quotes go first
    queue: { concurrency: 1000 },
  })
  let crumbs = 0
  const hangs = (symbol: string) => ({ reason: `Yahoo doesn’t answer for ${symbol}` })
  const quotes: Way = {
    most: MOST_SYMBOLS,
    rowsOf: quoteRows,
    read: quotedOf,
    // the message need not come again: it would find the symbol left out
    hung: (symbol) => ({ status: 'rejected', noData: true, ...hangs(symbol) }),
  }
  const plainQuotes: Way = {
    most: MOST_IN_SPARK,
    rowsOf: sparkRows,
    read: quotedOfSpark,
    // a chart may still have a price
    hung: (symbol) => ({ status: 'unavailable', ...hangs(symbol) }),
  }
  const askForQuotes = dividedCalls<Fetched<Quoted>>(options.now)
  const askPlainly = dividedCalls<Fetched<Quoted>>(options.now)

  return {
    quotes: (symbols) => pricesOf(symbols, quotes, askForQuotes),
    plainQuotes: (symbols) => pricesOf(symbols, plainQuotes, askPlainly),
    history,
    search,
  }

  async function pricesOf(
    symbols: readonly string[],
    way: Way,
    ask: typeof askPlainly,
  ): Promise<Map<string, Fetched<Quoted>>> {
    const answers = new Map<string, Fetched<Quoted>>()
    for (const symbol of symbols) if (!SYMBOL.test(symbol)) answers.set(symbol, notASymbol(symbol))
    const requested = [...new Set(symbols)].filter((symbol) => !answers.has(symbol))
    const found = await ask(requested, way.most, (chunk) => chunkOf(chunk, way), way.hung)
    return new Map([...answers, ...found])
  }

  /** Makes one call. */
  async function chunkOf(
    symbols: string[],
    way: Way,
  ): Promise<{ answers: [string, Fetched<Quoted>][]; hasHung: boolean }> {
    const asked = symbols.map((symbol) => inversePair(symbol) ?? symbol)
    const rows = await way.rowsOf(asked)
    if (rows.status !== 'ok') {
      const { hasHung = false, ...answer } = rows
      return { answers: symbols.map((symbol) => [symbol, answer]), hasHung }
    }
    const answers = symbols.map((symbol): [string, Fetched<Quoted>] => {
      const inverse = inversePair(symbol)
      const row = rows.value.get(inverse ?? symbol) ?? inPlaceOf(inverse ?? symbol, asked, rows.value)
      if (!row) return [symbol, { status: 'rejected', reason: `Yahoo doesn’t know the symbol ${symbol}` }]
      const found = way.read(inverse ?? symbol, row)
      if (inverse === null || found.status !== 'ok') return [symbol, found]
      return [symbol, { ...found, value: quotedOfInverse(symbol, found.value) }]
    })
    return { answers: await withPlainPairs(answers, way), hasHung: false }
  }

  /**
   * Returns the same answers; pairs whose inverse Yahoo does not know are requested as they are, in one more call.
   */
  async function withPlainPairs(
    answers: [string, Fetched<Quoted>][],
    way: Way,
  ): Promise<[string, Fetched<Quoted>][]> {
    const lacking = answers.flatMap(([symbol, { status }]) =>
      status === 'rejected' && inversePair(symbol) !== null ? [symbol] : [],
    )
    if (lacking.length === 0) return answers
    const rows = await way.rowsOf(lacking)
    return answers.map(([symbol, answer]) => {
      const row = rows.status === 'ok' && lacking.includes(symbol) ? rows.value.get(symbol) : undefined
      return [symbol, row ? way.read(symbol, row) : answer]
    })
  }

  async function quoteRows(symbols: string[]): Promise<Rowed> {
    // quotedOf validates row by row; the library would refuse all rows because of one, and does not know every field
    const ask = () => client.quote(symbols, { fields }, { validateResult: false, validateOptions: false })
    const tried = deadEnds.get()
    if (tried > 0 && isWhole(tried)) await forgetCrumb()
    const crumb = crumbs
    let found = await answerOf(ask)
    if (isRefused(found, 'crumb') && isWhole(tried)) {
      // another request may have discarded this crumb while this one waited
      if (crumb === crumbs) await forgetCrumb()
      found = await answerOf(ask)
    }
    if (isRefused(found, 'crumb', 'redirect', 'dead-end')) {
      deadEnds.set(tried + 1)
      options.onDeadEnd?.('quote')
    } else if (found.status === 'ok' && tried > 0) deadEnds.set(0)
    if (found.status !== 'ok') return noRows(found)
    if (!Array.isArray(found.value)) return notUnderstood()
    keep()
    const rows = found.value.map(record)
    return { status: 'ok', value: new Map(rows.map((row) => [words(row.symbol) ?? '', row])) }
  }

  async function forgetCrumb(): Promise<void> {
    crumbs += 1
    forget()
    await getCrumbClear(cookieJar)
  }

  /** Needs neither cookie nor crumb, so yahoo-finance2, which has no module for it, is not needed either. */
  async function sparkRows(symbols: string[]): Promise<Rowed> {
    const found = await answerOf(async () => (await polite(sparkAddress(symbols))).json())
    if (found.status !== 'ok') return noRows(found)
    const value = metasOf(found.value)
    return value ? { status: 'ok', value } : notUnderstood()
  }

  async function history(symbol: string, from: Day): Promise<Fetched<History>> {
    if (!SYMBOL.test(symbol)) return notASymbol(symbol)
    const inverse = inversePair(symbol)
    const found = await chartOf(inverse ?? symbol, from)
    if (inverse === null || found.status === 'unavailable') return found
    return found.status === 'ok'
      ? { ...found, value: historyOfInverse(symbol, found.value) }
      : chartOf(symbol, from)
  }

  /** Makes one call. */
  async function chartOf(symbol: string, from: Day): Promise<Fetched<History>> {
    const now = options.now()
    // one week more than requested: it always holds a session, so that Yahoo has something to send and the close
    // before `from` is known
    const today = dayAt(now, 'UTC')
    const period1 = dayNumber(addDays(from < today ? from : today, -7)) * 86_400
    const period2 = Math.floor(now / 1000)
    const found = await answerOf(() =>
      client.chart(
        // the library puts the symbol into the path unescaped
        encodeURIComponent(symbol),
        // the array form would drop kinds of events that it does not know
        { period1, period2, interval: '1d', events: 'div|split|capitalGains', return: 'object' },
        { validateResult: false },
      ),
    )
    if (found.status === 'rejected') {
      const isBefore = /doesn't exist/i.test(found.reason)
      return { status: 'rejected', reason: `${symbol}: ${found.reason}`, ...(isBefore && { noData: true }) }
    }
    if (found.status === 'unavailable') return unavailable(found)
    if (!('meta' in record(found.value))) return notUnderstood()
    return historyOf(symbol, from, record(found.value), now)
  }

  /** Makes one call. Its rows say nothing of currencies. */
  async function search(query: string): Promise<Fetched<Security[]>> {
    const found = await answerOf(() => client.search(query, { newsCount: 0 }, { validateResult: false }))
    if (found.status === 'rejected') return { status: 'rejected', reason: found.reason }
    if (found.status === 'unavailable') return unavailable(found)
    const rows = record(found.value).quotes
    if (!Array.isArray(rows)) return notUnderstood()
    return { status: 'ok', value: rows.map(record).flatMap(securityOf) }
  }
}

function securityOf(row: Unsure): Security[] {
  const symbol = words(row.symbol)
  if (symbol === null || !SYMBOL.test(symbol) || row.isYahooFinance === false) return []
  return [
    {
      symbol,
      name: words(row.longname, row.shortname) ?? symbol,
      kind: kindOf(row.quoteType),
      exchange: words(row.exchDisp, row.exchange) ?? '',
      currency: null,
    },
  ]
}

function notASymbol(symbol: string): { status: 'rejected'; reason: string } {
  return { status: 'rejected', reason: `"${symbol.slice(0, 30)}" is not a symbol` }
}

/** The row of a symbol that was not asked for, where it is the only one, and this symbol the only one without a row. */
function inPlaceOf(symbol: string, asked: readonly string[], rows: Map<string, Unsure>): Unsure | undefined {
  const lacking = asked.filter((each) => !rows.has(each))
  const others = [...rows.keys()].filter((each) => SYMBOL.test(each) && !asked.includes(each))
  return lacking.length === 1 && lacking[0] === symbol && others.length === 1
    ? rows.get(others[0]!)
    : undefined
}

/** No rows. Where not the prices hung but the cookie or the crumb, fewer symbols would not help. */
function noRows(found: Exclude<Answer, { status: 'ok' }>): Rowed {
  const hasHung =
    isRefused(found, 'timeout') && 'endpoint' in found && /^(quote|spark)$/.test(found.endpoint ?? '')
  return { ...unavailable(found), ...(hasHung && { hasHung }) }
}

function isRefused(
  answer: Answer,
  ...refusals: Extract<Answer, { status: 'unavailable' }>['refusal'][]
): boolean {
  return answer.status === 'unavailable' && refusals.includes(answer.refusal)
}

/** Keeps a value as long as the source lives. */
function keeper<T>(first: T): Keeper<T> {
  let kept = first
  return { get: () => kept, set: (value) => void (kept = value) }
}
