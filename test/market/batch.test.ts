import { describe, expect, it } from 'vitest'
import { histories, lateCharts, quotesByChart } from '../../src/market/batch.ts'
import { callOf } from '../../src/market/yahoo/endpoints.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import { chart, chartError, row, rows, seconds, upstream } from './fake-upstream.ts'

// Monday, an hour and a half into the session
const now = Date.parse('2026-03-09T15:00:00Z')
const friday = seconds('2026-03-06T14:30:00Z')
const from = '2026-03-05'

const source = (fetch: typeof globalThis.fetch, timeout = 1000) =>
  yahoo({ fetch, now: () => now, sleep: async () => {}, timeout })

const symbols = Array.from({ length: 20 }, (_, index) => `S${index}`)
const wanted = symbols.map((symbol) => ({ symbol, from }))

/** Each symbol closed on Friday at its own number plus one. */
const closed = (url: URL) =>
  chart({ bars: [[friday, 1 + +callOf(url.href).symbols[0]!.slice(1)]], meta: { regularMarketPrice: 7 } })

/** An upstream that answers, again and again, whoever is waiting by then; it counts how often, and the most at once. */
function slow(respond: (url: URL) => Response) {
  const counted = { rounds: 0, most: 0 }
  let waiting: (() => void)[] = []
  const fake = upstream({
    chart: async (url) => {
      if (waiting.length === 0) {
        setTimeout(() => {
          counted.rounds += 1
          for (const answer of waiting.splice(0)) answer()
        }, 3)
      }
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        counted.most = Math.max(counted.most, waiting.length)
      })
      return respond(url)
    },
  })
  return { ...fake, counted }
}

describe('batch_fetch_prices', () => {
  it('has bars or a named reason for every ticker', async () => {
    const fake = upstream({
      chart: (url) => {
        const [symbol] = callOf(url.href).symbols
        if (symbol === 'NOPE') return chartError(404, 'Not Found', 'No data found, symbol may be delisted')
        if (symbol === 'S2') return new Response('<html>', { status: 200 })
        return closed(url)
      },
    })
    const asked = ['S0', 'NOPE', 'S1', 'S2', 'not a symbol'].map((symbol) => ({ symbol, from }))
    const answers = await histories(source(fake.fetch), asked)
    expect([...answers.keys()]).toEqual(asked.map(({ symbol }) => symbol))
    expect(answers.get('S0')).toMatchObject({ value: { bars: [{ day: '2026-03-06', close: 1 }] } })
    expect(answers.get('S1')).toMatchObject({ value: { bars: [{ day: '2026-03-06', close: 2 }] } })
    expect(answers.get('NOPE')).toEqual({
      status: 'rejected',
      reason: 'NOPE: No data found, symbol may be delisted',
    })
    expect(answers.get('S2')).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('web page'),
    })
    expect(answers.get('not a symbol')?.status).toBe('rejected')
    expect(fake.count('chart')).toBe(4)
  })
})

describe('batch_fetch_current_prices', () => {
  const many = Array.from({ length: 120 }, (_, index) => `S${index}`)
  const quoted = (url: URL) => rows(...callOf(url.href).symbols.map((symbol) => row(symbol)))

  it('has a quote for every ticker, fifty a call', async () => {
    const fake = upstream({ quote: quoted })
    const answers = await source(fake.fetch).quotes(many)
    expect([...answers.keys()]).toEqual(many)
    expect([...answers.values()].every(({ status }) => status === 'ok')).toBe(true)
    const sizes = fake.asked
      .map((url) => callOf(url.href))
      .flatMap(({ endpoint, symbols: asked }) => (endpoint === 'quote' ? [asked.length] : []))
    expect(sizes).toEqual([50, 50, 20])
    expect([fake.count('cookie'), fake.count('crumb')]).toEqual([1, 1])
  })

  it('loses one call’s tickers, with the reason, when that call fails', async () => {
    const fake = upstream({
      quote: (url) =>
        callOf(url.href).symbols.includes('S60') ? new Response('', { status: 500 }) : quoted(url),
    })
    const answers = await source(fake.fetch).quotes(many)
    const lost = many.filter((symbol) => answers.get(symbol)?.status !== 'ok')
    expect(lost).toEqual(many.slice(50, 100))
    expect(answers.get('S99')).toEqual({
      status: 'unavailable',
      reason: 'Yahoo is having problems (HTTP 500)',
    })
  })

  it('names the two of five that were not answered', async () => {
    const fake = upstream({ quote: () => rows(row('S0'), row('S2'), row('S4')) })
    const answers = await source(fake.fetch).quotes(['S0', 'S1', 'S2', 'S3', 'S4'])
    expect([...answers.values()].map(({ status }) => status)).toEqual([
      'ok',
      'rejected',
      'ok',
      'rejected',
      'ok',
    ])
  })

  it('comes from the charts where the quotes are refused, without a crumb', async () => {
    const fake = upstream({
      crumb: () => new Response('Too Many Requests', { status: 429 }),
      chart: closed,
    })
    const market = source(fake.fetch)
    expect((await market.quotes(['S0'])).get('S0')?.status).toBe('unavailable')
    const crumbs = fake.count('crumb')
    const answers = await quotesByChart(market, ['S0', 'S1'], '2026-03-09', { late: lateCharts(() => now) })
    expect(answers.get('S1')).toMatchObject({
      status: 'ok',
      value: { instrument: { symbol: 'S1' }, quote: { symbol: 'S1', price: '7', previousClose: '2' } },
    })
    expect([fake.count('crumb') - crumbs, fake.count('chart')]).toEqual([0, 2])
    // a week, so that it holds a session
    expect(fake.asked.at(-1)?.searchParams.get('period1')).toBe(String(seconds('2026-03-02T00:00:00Z')))
  })
})

describe('prices by chart', () => {
  it('do not wait for the one that hangs', async () => {
    const fake = upstream({
      chart: (url) => (callOf(url.href).symbols[0] === 'S1' ? new Promise<Response>(() => {}) : closed(url)),
    })
    const answers = await quotesByChart(source(fake.fetch, 100), ['S0', 'S1', 'S2'], '2026-03-09', {
      late: lateCharts(() => now),
      patience: 20,
    })
    expect([...answers.values()].map(({ status }) => status)).toEqual(['ok', 'unavailable', 'ok'])
    expect(answers.get('S1')).toMatchObject({ reason: 'the chart does not come' })
  })

  it('and one that came too late answers whoever asks within the minute, without another call', async () => {
    const clock = { now }
    const late = lateCharts(() => clock.now)
    const coming: ((answer: Response) => void)[] = []
    const fake = upstream({ chart: () => new Promise<Response>((come) => void coming.push(come)) })
    const market = source(fake.fetch, 60_000)
    const ask = async (patience: number) => {
      const [answer] = (await quotesByChart(market, ['S1'], '2026-03-09', { late, patience })).values()
      return answer!.status
    }
    expect(await ask(1)).toBe('unavailable')
    // it is still to come
    expect(await ask(1)).toBe('unavailable')
    coming[0]!(closed(new URL('https://query1.finance.yahoo.com/v8/finance/chart/S1')))
    expect(await ask(60_000)).toBe('ok')
    expect(fake.count('chart')).toBe(1)
    // it was used, and what comes after a minute is old
    expect(await ask(1)).toBe('unavailable')
    clock.now += 60_000
    expect(late.has('S1')).toBe(false)
    expect(await ask(1)).toBe('unavailable')
    expect(fake.count('chart')).toBe(3)
  })
})

describe('the plainer way to the prices', () => {
  const spark = (...known: string[]) =>
    Response.json({
      spark: {
        result: known.map((symbol) => ({
          symbol,
          response: [{ meta: { ...meta, symbol }, timestamp: [], indicators: { quote: [{}] } }],
        })),
        error: null,
      },
    })
  const meta = {
    currency: 'USD',
    fullExchangeName: 'NasdaqGS',
    instrumentType: 'EQUITY',
    exchangeTimezoneName: 'America/New_York',
    regularMarketPrice: 150.5,
    regularMarketTime: 1773068400,
    chartPreviousClose: 148.7,
    longName: 'S0 Inc.',
  }

  it('takes twenty a call, and neither cookie nor crumb', async () => {
    const fake = upstream({ spark: (url) => spark(...callOf(url.href).symbols) })
    const many = Array.from({ length: 57 }, (_, index) => `S${index}`)
    const answers = await source(fake.fetch).plainQuotes(many)
    expect([...answers.values()].every(({ status }) => status === 'ok')).toBe(true)
    expect(fake.asked.map((url) => callOf(url.href).symbols.length)).toEqual([20, 20, 17])
  })

  it('has the price, its time and the close before', async () => {
    const fake = upstream({ spark: () => spark('S0') })
    const answers = await source(fake.fetch).plainQuotes(['S0', 'NOPE'])
    const quote = { symbol: 'S0', price: '150.5', currency: 'USD', previousClose: '148.7', at: 1773068400000 }
    expect(answers.get('S0')).toMatchObject({
      status: 'ok',
      value: { quote, instrument: { kind: 'equity' } },
    })
    expect(answers.get('NOPE')?.status).toBe('rejected')
  })

  it('of symbols that are all unknown is a rejection, of anything else no answer', async () => {
    const of = async (body: unknown, status = 200) => {
      const fake = upstream({ spark: () => Response.json(body, { status }) })
      return (await source(fake.fetch).plainQuotes(['S0'])).get('S0')?.status
    }
    const error = { code: 'Not Found', description: 'No data found for spark symbols' }
    expect(await of({ spark: { result: null, error } }, 404)).toBe('rejected')
    expect(await of({ spark: { result: null, error: { code: 'Odd', description: 'no' } } })).toBe(
      'unavailable',
    )
    expect(await of({ finance: {}, other: {} })).toBe('unavailable')
  })
})

describe('fetch_prices_parallel', () => {
  it('asks for four at a time and is four times as fast, with the same answers as one by one', async () => {
    const parallel = slow(closed)
    const together = await histories(source(parallel.fetch), wanted)
    const serial = slow(closed)
    const market = source(serial.fetch)
    const alone = new Map()
    for (const symbol of symbols) alone.set(symbol, await market.history(symbol, from))
    expect(together).toEqual(alone)
    expect(serial.counted).toEqual({ rounds: 20, most: 1 })
    expect(parallel.counted).toEqual({ rounds: 5, most: 4 })
  })

  it('gives every call its own timeout: one that hangs holds up no other', async () => {
    const fake = upstream({
      chart: (url) => (callOf(url.href).symbols[0] === 'S3' ? new Promise<Response>(() => {}) : closed(url)),
    })
    const answers = await histories(source(fake.fetch, 5), wanted)
    const failed = [...answers].filter(([, { status }]) => status !== 'ok')
    expect(failed).toEqual([['S3', { status: 'unavailable', reason: 'Yahoo did not answer within 0.005 s' }]])
    expect(fake.count('chart')).toBe(20)
  })
})
