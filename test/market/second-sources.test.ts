import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serveRelay } from '../../src/local/relay.ts'
import { finnhubQuotes } from '../../src/market/finnhub/quotes.ts'
import { ecbRates } from '../../src/market/frankfurter/rates.ts'
import { rewritten } from '../../src/market/http/rewritten.ts'
import { secondSources } from '../../src/market/sources.ts'
import { tiingoDaily } from '../../src/market/tiingo/daily.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import type { MarketFile } from '../yahoo/book.ts'
import { chart, upstream } from './fake-upstream.ts'
import { finnhubStandIn, frankfurterStandIn, keys, tiingoStandIn } from './stand-ins.ts'

// Monday, half an hour after the close
const now = Date.parse('2026-03-09T20:30:00Z')
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A fetch that reaches this answer over HTTP, and the addresses that it was asked for. */
async function overHttp(answer: (request: Request) => Response) {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(incoming.url!)
    const response = answer(requestOf(incoming))
    void response
      .text()
      .then((text) => outgoing.writeHead(response.status, { 'content-type': 'application/json' }).end(text))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base, asked, options: { fetch: rewritten(base, fetch), now: () => now, sleep: async () => {} } }
}

function requestOf({ url, headers }: IncomingMessage): Request {
  const [, host, path] = /^\/([^/]+)(\/.*)$/.exec(url!)!
  return new Request(`https://${host}${path}`, { headers: headers as Record<string, string> })
}

const acme: MarketFile = {
  symbol: 'BRK-B',
  name: 'Acme',
  currency: 'USD',
  exchange: 'America/New_York',
  splits: [['2026-03-05', 4, 1]],
  dividends: [['2026-03-04', 0.25]],
  closes: [
    ['2026-02-27', 24],
    ['2026-03-03', 25],
    ['2026-03-04', 26],
    ['2026-03-05', 27],
    ['2026-03-06', 28],
    ['2026-03-09', 29],
  ],
}

describe('Tiingo', () => {
  it('gives raw closes and dividends, which become ours by the later splits', async () => {
    const { options, asked } = await overHttp(
      tiingoStandIn(
        () => [acme],
        () => '2026-03-09',
      ),
    )
    const answer = await tiingoDaily(options, keys.TIINGO_TOKEN).history('BRK-B', '2026-03-03')
    expect(asked).toEqual([
      '/api.tiingo.com/tiingo/daily/BRK-B/prices?startDate=2026-02-24&format=json&resampleFreq=daily',
    ])
    expect(answer).toMatchObject({
      status: 'ok',
      value: {
        bars: acme.closes.slice(1).map(([day, close]) => ({ day, close })),
        splits: [{ day: '2026-03-05', numerator: 4, denominator: 1 }],
        dividends: [{ day: '2026-03-04', amount: 0.25 }],
        quote: { price: '29', previousClose: '28', currency: 'USD', at: Date.parse('2026-03-09T20:00:00Z') },
      },
    })
  })

  it.each([
    [1 / 3, 1, 3],
    [1.5, 3, 2],
    [0.1, 1, 10],
    [1.05, 21, 20],
  ])('means by a factor of %d a split of %d for %d', async (factor, numerator, denominator) => {
    const rows = [{ date: '2026-03-06T00:00:00.000Z', close: 10, divCash: 0, splitFactor: factor }]
    const { options } = await overHttp(() => Response.json(rows))
    const answer = await tiingoDaily(options, 'x').history('KO', '2026-03-01')
    expect(answer).toMatchObject({ value: { splits: [{ day: '2026-03-06', numerator, denominator }] } })
  })

  it('is asked in its own spelling, and not for what it has not', async () => {
    const { options, asked } = await overHttp(() => Response.json([]))
    const source = tiingoDaily(options, 'x')
    await source.history('BAC-PL', '2026-03-01')
    expect(asked[0]).toContain('/BAC-P-L/')
    for (const symbol of ['SHEL.L', '^GSPC', 'EURUSD=X', 'BTC-USD', 'M&M.NS']) {
      expect((await source.history(symbol, '2026-03-01')).status).toBe('rejected')
    }
    expect(asked).toHaveLength(1)
  })

  it('without its key is unavailable, and an unknown ticker is rejected', async () => {
    const { options } = await overHttp(
      tiingoStandIn(
        () => [acme],
        () => '2026-03-09',
      ),
    )
    expect(await tiingoDaily(options, 'wrong').history('KO', '2026-03-01')).toEqual({
      status: 'unavailable',
      reason: 'Tiingo does not accept our key (HTTP 401)',
    })
    expect((await tiingoDaily(options, keys.TIINGO_TOKEN).history('NOPE', '2026-03-01')).status).toBe(
      'rejected',
    )
  })
})

describe('Finnhub', () => {
  it('gives a price, its time and the close before, in its own spelling', async () => {
    const at = now / 1000 - 60
    const prices = new Map([['BRK.B', { c: 29.5, pc: 28, t: at }]])
    const { options, asked } = await overHttp(finnhubStandIn(() => prices))
    const answers = await finnhubQuotes(options, keys.FINNHUB_TOKEN).quotes(['BRK-B', 'NOPE', 'SHEL.L'])
    const quote = { symbol: 'BRK-B', price: '29.5', currency: 'USD', previousClose: '28', at: at * 1000 }
    expect(answers.get('BRK-B')).toMatchObject({ status: 'ok', value: { quote } })
    expect(answers.get('NOPE')).toMatchObject({ status: 'rejected', noData: true })
    expect(answers.get('SHEL.L')?.status).toBe('rejected')
    expect(asked.toSorted()).toEqual([
      '/finnhub.io/api/v1/quote?symbol=BRK.B',
      '/finnhub.io/api/v1/quote?symbol=NOPE',
    ])
  })
})

describe('the ECB', () => {
  const days = ['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09']
  const rates = () => frankfurterStandIn(() => days, { USD: 1.16, JPY: 174 })

  it('gives a rate for each working day, and the last as the price', async () => {
    const { options, asked } = await overHttp(rates())
    const answer = await ecbRates(options).history('EURUSD=X', '2026-03-05')
    expect(asked).toEqual(['/api.frankfurter.dev/v2/rates?base=EUR&quotes=USD&from=2026-02-26&providers=ECB'])
    expect(answer).toMatchObject({
      status: 'ok',
      value: {
        instrument: { symbol: 'EURUSD=X', kind: 'currency', currency: 'USD' },
        bars: [
          { day: '2026-03-05', close: 1.16 },
          { day: '2026-03-06', close: 1.16 },
        ],
        // a quarter past two in Frankfurt
        quote: { price: '1.16', previousClose: '1.16', at: Date.parse('2026-03-09T13:15:00Z') },
      },
    })
  })

  it('is asked for the inverse of a small rate, which has the digits', async () => {
    const { options, asked } = await overHttp(rates())
    const answers = await ecbRates(options).quotes(['JPYUSD=X'])
    expect(asked[0]).toContain('base=USD&quotes=JPY')
    // 1 ÷ 150
    expect(answers.get('JPYUSD=X')).toMatchObject({
      value: { quote: { price: '0.0066666667', currency: 'USD' } },
    })
  })

  it('has no rate of a currency that it does not fix, and knows no shares', async () => {
    const { options } = await overHttp(rates())
    expect((await ecbRates(options).history('EURXYZ=X', '2026-03-05')).status).toBe('rejected')
    expect((await ecbRates(options).history('AAPL', '2026-03-05')).status).toBe('rejected')
  })
})

it('a second source is switched on by its secret, and answers for what it knows of', () => {
  const on = (config: object) =>
    secondSources.filter((each) => each.isOn?.(config) ?? true).map(({ id }) => id)
  expect(on({})).toEqual(['frankfurter'])
  expect(on(keys)).toEqual(['frankfurter', 'tiingo', 'finnhub'])
  const covering = (symbol: string) =>
    secondSources.filter((each) => each.covers!(symbol)).map(({ id }) => id)
  expect(covering('EURUSD=X')).toEqual(['frankfurter'])
  expect(covering('BRK-B')).toEqual(['tiingo', 'finnhub'])
  expect(['SHEL.L', 'BTC-USD', '^GSPC'].flatMap(covering)).toEqual([])
})

describe('the relay', () => {
  const secret = 'a secret of some length'
  const ask = async (told: string | undefined, path: string) => {
    const fake = upstream({ chart: () => chart({ bars: [] }) })
    const { url, server } = await serveRelay(secret, { fetch: fake.fetch as typeof fetch })
    closers.push(() => server.close())
    const market = yahoo({ fetch: rewritten(url, fetch, told), now: () => now, sleep: async () => {} })
    const direct = await fetch(url + path, { headers: told === undefined ? {} : { 'x-relay-secret': told } })
    return { fake, direct: direct.status, answer: await market.history('X', '2026-03-01') }
  }

  it('passes on to Yahoo what carries its secret', async () => {
    const { fake, answer } = await ask(secret, '/query2.finance.yahoo.com/v8/finance/chart/X')
    expect(answer.status).toBe('ok')
    expect(fake.asked.map(({ host }) => host)).toEqual([
      'query2.finance.yahoo.com',
      'query2.finance.yahoo.com',
    ])
  })

  it.each(['wrong', undefined])('passes on nothing that says %s', async (told) => {
    const { fake, answer, direct } = await ask(told, '/query2.finance.yahoo.com/v8/finance/chart/X')
    expect([direct, answer.status, fake.asked.length]).toEqual([403, 'unavailable', 0])
    // which is not Yahoo's doing
    expect(answer).toMatchObject({
      reason: 'Yahoo cannot be reached: the relay does not accept our RELAY_SECRET',
    })
  })

  it.each([
    '/evil.example/',
    '/yahoo.com.evil.example/',
    '/notyahoo.com/',
    '//evil.example/',
    '/127.0.0.1:80/',
    '/..yahoo.com/',
    '/query1.finance.yahoo.com@evil.example/',
  ])('passes on nothing to %s', async (path) => {
    const { fake, direct } = await ask(secret, path)
    expect(direct).toBe(400)
    expect(fake.asked.every(({ host }) => host.endsWith('.yahoo.com'))).toBe(true)
  })

  it('says that a request is too large, and that Yahoo cannot be reached', async () => {
    const { url, server } = await serveRelay(secret, {
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('no route') })),
    })
    closers.push(() => server.close())
    const post = async (body: string) => {
      const headers = { 'x-relay-secret': secret }
      const answer = await fetch(`${url}/guce.yahoo.com/consent`, { method: 'POST', body, headers })
      return [answer.status, await answer.text()]
    }
    expect(await post('x'.repeat(100_001))).toEqual([413, 'a request has at most 100000 bytes'])
    expect(await post('x')).toEqual([502, 'Yahoo cannot be reached from here: no route'])
  })
})
