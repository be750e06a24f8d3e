import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createYahooFinance from 'yahoo-finance2/createYahooFinance'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'
import chart from 'yahoo-finance2/modules/chart'
import quote from 'yahoo-finance2/modules/quote'
import search from 'yahoo-finance2/modules/search'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBook, demoFetch } from '../../src/demo/prices.ts'
import { answer } from '../../src/demo/fake-yahoo.ts'
import { rewritten } from '../../src/market/http/rewritten.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import { serveYahoo } from '../yahoo/folder.ts'
import type { YahooServer } from '../yahoo/folder.ts'

const now = Date.parse('2026-03-09T15:00:00Z')
const cookie = { headers: { cookie: 'A1=d=yardstick' } }

async function asked(url: string, init?: RequestInit) {
  const response = answer(new Request(url, init), demoBook, now)
  return { status: response.status, body: await response.text() }
}

describe('the stand-in exchange', () => {
  it('gives a crumb to those with a cookie only', async () => {
    const url = 'https://query1.finance.yahoo.com/v1/test/getcrumb'
    expect((await asked(url)).status).toBe(401)
    expect((await asked(url, cookie)).status).toBe(200)
  })

  it.each(['', '&crumb=wrong'])('refuses quotes asked with %j for a crumb', async (crumb) => {
    const url = `https://query2.finance.yahoo.com/v7/finance/quote?symbols=VOO${crumb}`
    expect(await asked(url, cookie)).toEqual({
      status: 401,
      body: '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}',
    })
  })

  it('answers with Yahoo’s host in front of the path as well', async () => {
    const path = 'query2.finance.yahoo.com/v8/finance/chart/VOO?period1=1767312000'
    expect(await asked(`http://127.0.0.1:9999/${path}`)).toEqual(await asked(`https://${path}`))
  })

  it('answers 404 for a chart of nothing', async () => {
    const { status, body } = await asked('https://query2.finance.yahoo.com/v8/finance/chart/NOPE?period1=1')
    expect(status).toBe(404)
    expect(JSON.parse(body).chart.error.description).toBe('No data found, symbol may be delisted')
  })

  it('satisfies the schemas of yahoo-finance2', async () => {
    const Yahoo = createYahooFinance({ modules: { quote, chart, search } })
    const client = new Yahoo({
      cookieJar: new ExtendedCookieJar(),
      fetch: demoFetch({ now: () => now }),
      versionCheck: false,
      suppressNotices: ['yahooSurvey'],
      validation: { logErrors: false, logOptionsErrors: false },
    })
    // each throws when its answer does not fit
    const quotes = await client.quote(['VOO', 'AAPL', 'BTC-USD', 'EURUSD=X'])
    const bars = await client.chart('AAPL', {
      period1: '2020-08-01',
      period2: '2020-09-30',
      events: 'div|split',
    })
    const empty = await client.chart('META', { period1: '2010-01-04', period2: '2010-02-01' })
    const found = await client.search('apple')
    expect(quotes.map(({ quoteType }) => quoteType)).toEqual(['ETF', 'EQUITY', 'CRYPTOCURRENCY', 'CURRENCY'])
    expect(bars.events?.splits?.[0]?.splitRatio).toBe('4:1')
    expect(bars.events?.dividends?.length).toBe(1)
    expect(empty.quotes).toEqual([])
    expect(found.quotes.length).toBe(1)
  })
})

describe('a folder of market files, served', () => {
  let folder = ''
  let server: YahooServer
  const client = () =>
    yahoo({ fetch: rewritten(server.url, fetch), now: Date.now, sleep: async () => {}, timeout: 2000 })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'market-'))
    const file = {
      symbol: 'ACME',
      currency: 'USD',
      exchange: 'America/New_York',
      name: 'Acme',
      splits: [['2024-03-04', 2, 1]],
      dividends: [['2024-03-05', 0.5]],
      closes: [
        ['2024-03-01', 10],
        ['2024-03-04', 10.5],
        ['2024-03-05', 10.25],
      ],
    }
    for (const symbol of ['ACME', 'MOVED'])
      await writeFile(join(folder, `${symbol}.json`), JSON.stringify({ ...file, symbol }))
    const abroad = { ...file, symbol: 'ACME.L', exchange: 'Europe/London' }
    await writeFile(join(folder, 'ACME.L.json'), JSON.stringify(abroad))
    server = await serveYahoo(folder)
  })

  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it('listens on this machine only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('has the last close for a quote', async () => {
    expect((await client().quotes(['ACME'])).get('ACME')).toMatchObject({
      value: { quote: { price: '10.25', previousClose: '10.5', at: Date.parse('2024-03-05T21:00:00Z') } },
    })
  })

  it('says when an exchange abroad trades', async () => {
    expect(await client().history('ACME.L', '2024-03-04')).toMatchObject({
      value: { instrument: { session: { opens: 9 * 60 + 30, closes: 16 * 60 } } },
    })
  })

  it('has the file’s history', async () => {
    expect(await client().history('ACME', '2024-03-04')).toMatchObject({
      value: {
        bars: [
          { day: '2024-03-04', close: 10.5 },
          { day: '2024-03-05', close: 10.25 },
        ],
        splits: [{ day: '2024-03-04', numerator: 2, denominator: 1 }],
        dividends: [{ day: '2024-03-05', amount: 0.5 }],
      },
    })
  })

  it('notes every call', async () => {
    const before = server.calls.length
    await client().quotes(['ACME', 'NOPE'])
    expect(server.calls.slice(before)).toEqual([
      { endpoint: 'cookie', symbols: [] },
      { endpoint: 'crumb', symbols: [] },
      { endpoint: 'quote', symbols: ['ACME', 'NOPE'] },
    ])
  })

  it('misbehaves when told to', async () => {
    server.setFault({ kind: '429' })
    expect(await client().history('ACME', '2024-03-04')).toMatchObject({
      status: 'unavailable',
      retryAfter: 30,
    })
    server.setFault({ kind: 'down' })
    expect(await client().history('ACME', '2024-03-04')).toMatchObject({ status: 'unavailable' })
    server.setFault(null)
    expect((await client().history('ACME', '2024-03-04')).status).toBe('ok')
  })

  it('moves a price when told to, and history stays', async () => {
    const started = Date.now()
    server.setPrice('MOVED', 11.11)
    const moved = (await client().quotes(['MOVED'])).get('MOVED')
    expect(moved).toMatchObject({ value: { quote: { price: '11.11', previousClose: '10.25' } } })
    expect(moved?.status === 'ok' && moved.value.quote.at).toBeGreaterThan(started - 1000)
    expect(await client().history('MOVED', '2024-03-05')).toMatchObject({
      value: { bars: [{ day: '2024-03-05', close: 10.25 }], quote: { price: '11.11' } },
    })
  })
})
