import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { yahoo } from '../../../src/market/yahoo/client.ts'
import { upstream } from '../fake-upstream.ts'

const folder = fileURLToPath(new URL('../../../../shared/yahoo-recordings/', import.meta.url))

const replay = (name: string) => () => {
  const { response } = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
  return Response.json(response.body, { status: response.status })
}
const market = (fetch: typeof globalThis.fetch) =>
  yahoo({ fetch, now: () => Date.parse('2025-02-22T12:00:00Z'), sleep: async () => {} })

const quotes = (name: string, symbols: string[]) =>
  market(upstream({ quote: replay(`quote-${name}`) }).fetch).quotes(symbols)
const history = async (name: string, symbol: string, from: string) => {
  const answer = await market(upstream({ chart: replay(`chart-${name}`) }).fetch).history(symbol, from)
  if (answer.status !== 'ok') throw new Error(answer.reason)
  return answer.value
}

/** Real answers of Yahoo from February 2025, replayed: each is { request, response: { status, headers, body } }. */
describe.skipIf(!existsSync(folder))('recorded answers (needs ../shared)', () => {
  it('two quotes', async () => {
    const answers = await quotes('AAPL-BABA', ['AAPL', 'BABA'])
    expect(answers.get('AAPL')).toEqual({
      status: 'ok',
      value: {
        instrument: {
          symbol: 'AAPL',
          name: 'Apple Inc.',
          currency: 'USD',
          kind: 'equity',
          exchange: 'NasdaqGS',
          timeZone: 'America/New_York',
        },
        quote: {
          symbol: 'AAPL',
          price: '244.6',
          currency: 'USD',
          previousClose: '241.53',
          at: 1739566800000,
          // paid the day before the recorded price
          payDay: '2025-02-13',
          dividendRate: '1',
        },
        firstTradeDay: '1980-12-12',
      },
    })
    expect(answers.get('BABA')).toMatchObject({
      value: { quote: { price: '124.73', previousClose: '119.54' } },
    })
  })

  it('names the day on which a declared dividend will be paid', async () => {
    expect((await quotes('GOOG', ['GOOG'])).get('GOOG')).toMatchObject({
      value: { quote: { payDay: '2025-03-17', dividendRate: '0.8' } },
    })
    const answer = (await quotes('AMZN', ['AMZN'])).get('AMZN')
    expect(answer).not.toHaveProperty('value.quote.payDay')
  })

  it('a quote in pence is in pounds', async () => {
    expect((await quotes('OCDO.L', ['OCDO.L'])).get('OCDO.L')).toMatchObject({
      value: {
        instrument: { currency: 'GBP', timeZone: 'Europe/London' },
        quote: { price: '3.088', previousClose: '3.152', currency: 'GBP' },
      },
    })
  })

  it('bitcoin and the euro', async () => {
    expect((await quotes('BTC-USD', ['BTC-USD'])).get('BTC-USD')).toMatchObject({
      value: { instrument: { kind: 'crypto', timeZone: 'UTC' }, quote: { at: 1739789580000 } },
    })
    expect((await quotes('EURUSD=X', ['EURUSD=X'])).get('EURUSD=X')).toMatchObject({
      value: { instrument: { kind: 'currency' }, quote: { price: '1.0489877', previousClose: '1.0495383' } },
    })
  })

  it.each([
    ['AMZN', 'equity', 'USD'],
    ['QQQ', 'etf', 'USD'],
    ['GC=F', 'future', 'USD'],
    ['0P000071W8.TO', 'fund', 'CAD'],
    ['LDO.MI', 'equity', 'EUR'],
    ['ORSTED.CO', 'equity', 'DKK'],
  ])('%s is an %s in %s', async (symbol, kind, currency) => {
    expect((await quotes(symbol, [symbol])).get(symbol)).toMatchObject({
      status: 'ok',
      value: { instrument: { kind, currency } },
    })
  })

  it.each(['SIX', 'APS.AX'])('%s is gone', async (symbol) => {
    expect((await quotes(symbol, [symbol])).get(symbol)).toEqual({
      status: 'rejected',
      reason: `Yahoo doesn’t know the symbol ${symbol}`,
    })
  })

  it('ADH has a row without a price and a currency', async () => {
    expect((await quotes('ADH', ['ADH'])).get('ADH')?.status).toBe('rejected')
  })

  it('Apple’s split of 2020 and the dividend after it', async () => {
    const { bars, splits, dividends, quote } = await history(
      'AAPL-2020-08-31-to-2020-11-07',
      'AAPL',
      '2020-08-31',
    )
    expect(bars.length).toBe(49)
    // finance.md, "Splits": 129.0399932861 on the ex-day, a dividend of 0.205 in Yahoo's units
    expect(bars[0]).toEqual({ day: '2020-08-31', close: 129.0399932861 })
    expect(splits).toEqual([{ day: '2020-08-31', numerator: 4, denominator: 1 }])
    expect(dividends).toEqual([{ day: '2020-11-06', amount: 0.205 }])
    // the quote is of 2025, the last bar of 2020
    expect(quote).toMatchObject({ price: '244.87', at: 1739998801000 })
  })

  it('Microsoft’s four dividends', async () => {
    const { bars, dividends } = await history('MSFT-dividends-2021-02-01-to-2022-01-31', 'MSFT', '2021-02-01')
    expect(bars.length).toBe(252)
    expect(dividends).toEqual([
      { day: '2021-02-17', amount: 0.56 },
      { day: '2021-05-19', amount: 0.56 },
      { day: '2021-08-18', amount: 0.56 },
      { day: '2021-11-17', amount: 0.62 },
    ])
  })

  it('Nvidia’s split of 2021', async () => {
    const { splits } = await history('NVDA-split-2021-02-01-to-2022-01-31', 'NVDA', '2021-02-01')
    expect(splits).toEqual([{ day: '2021-07-20', numerator: 4, denominator: 1 }])
  })

  it('thirteen years of Tesla, without a dividend', async () => {
    const { bars, dividends } = await history('dividends-TSLA-no-dividends', 'TSLA', '2010-06-29')
    expect(bars.length).toBe(3303)
    expect(bars[0]?.day).toBe('2010-06-29')
    expect(dividends).toEqual([])
  })

  it.each([
    ['BTC-USD-2020-01-01-to-2020-01-03', 'BTC-USD', '2020-01-01 2020-01-02 2020-01-03'],
    ['EURUSD=X-2020-01-01-to-2020-01-03', 'EURUSD=X', '2020-01-01 2020-01-02 2020-01-03'],
    ['WSKT.JK-2020-01-01-to-2020-01-03', 'WSKT.JK', '2020-01-02'],
    ['WSU.DE-2023-08-04-to-2023-08-09', 'WSU.DE', '2023-08-04 2023-08-07 2023-08-08'],
  ])('the days of %s by its own clock', async (name, symbol, days) => {
    const { bars } = await history(name, symbol, '2020-01-01')
    expect(bars.map(({ day }) => day).join(' ')).toBe(days)
  })

  it('closes in pence are in pounds', async () => {
    const { bars } = await history('OCDO.L-2020-01-01-to-2020-01-03', 'OCDO.L', '2020-01-01')
    expect(bars).toEqual([{ day: '2020-01-02', close: 12.595 }])
  })

  it('a search for Apple', async () => {
    const found = await market(upstream({ search: replay('search-AAPL') }).fetch).search('AAPL')
    expect(found.status === 'ok' && found.value[0]).toEqual({
      symbol: 'AAPL',
      name: 'Apple Inc.',
      kind: 'equity',
      exchange: 'NASDAQ',
      // a search does not name it
      currency: null,
    })
  })

  it('a search answer that is nonsense has no matches', async () => {
    const found = await market(upstream({ search: replay('search-badResult.fake') }).fetch).search('AAPL')
    expect(found).toEqual({ status: 'ok', value: [] })
  })
})
