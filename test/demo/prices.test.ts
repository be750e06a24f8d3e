import { describe, expect, it } from 'vitest'
import { isSession } from '../../src/market/hours/trading-hours.ts'
import { isins } from '../../src/demo/listings.ts'
import { demoBook, demoFetch } from '../../src/demo/prices.ts'
import { type Fault, faultyFetch } from '../yahoo/faults.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import { isIsin } from '../../src/statements/security.ts'

const at = (text: string) => Date.parse(text)
// a Monday in session, and the same evening
const open = at('2026-03-09T15:00:00Z')
const evening = at('2026-03-09T22:00:00Z')

function market(now: number, fault: () => Fault | null = () => null) {
  return yahoo({
    fetch: faultyFetch(demoFetch({ now: () => now }), fault),
    now: () => now,
    sleep: async () => {},
    timeout: 20,
  })
}

async function historyOf(symbol: string, from: string, now: number) {
  const answer = await market(now).history(symbol, from)
  if (answer.status !== 'ok') throw new Error(answer.reason)
  return answer.value
}

async function priceOf(symbol: string, now: number) {
  const answer = (await market(now).quotes([symbol])).get(symbol)
  if (answer?.status !== 'ok') throw new Error(answer?.reason)
  return answer.value.quote
}

describe('the demo market through the client', () => {
  it('quotes thirty symbols at once and knows which it does not', async () => {
    const symbols = demoBook.search('').map(({ instrument }) => instrument.symbol)
    expect(symbols.length).toBeGreaterThanOrEqual(30)
    const answers = await market(open).quotes([...symbols, 'NOPE'])
    expect(symbols.filter((symbol) => answers.get(symbol)?.status !== 'ok')).toEqual([])
    expect(answers.get('NOPE')).toEqual({ status: 'rejected', reason: 'Yahoo doesn’t know the symbol NOPE' })
    expect((await market(open).history('NOPE', '2026-01-01')).status).toBe('rejected')
  })

  it('has rates of exchange that follow from each other, to the last digit, at each close and in session', async () => {
    const pairs = ['EURUSD=X', 'USDEUR=X', 'GBPUSD=X', 'USDGBP=X', 'GBPEUR=X', 'EURGBP=X']
    const histories = await Promise.all(pairs.map((pair) => historyOf(pair, '2010-01-01', open)))
    const days = histories.map(({ bars }) => bars)
    const now = await Promise.all(pairs.map(async (pair) => Number((await priceOf(pair, open)).price)))
    expect(new Set(days.map(({ length }) => length)).size).toBe(1)
    const rates = [now, ...days[0]!.map((_, i) => days.map((bars) => bars[i]!.close))]
    // each is rounded to four digits behind the point
    const isAlike = (a: number, b: number) => Math.abs(a - b) < 0.0002
    const apart = rates.filter(
      ([eur, perEur, gbp, perGbp, cross, back]) =>
        !isAlike(eur! * perEur!, 1) ||
        !isAlike(gbp! * perGbp!, 1) ||
        !isAlike(cross!, gbp! / eur!) ||
        !isAlike(cross! * back!, 1),
    )
    expect(apart).toEqual([])
  })

  it('tells the same twice', async () => {
    expect(await priceOf('VOO', open)).toEqual(await priceOf('VOO', open))
    expect(await historyOf('VOO', '2024-01-01', open)).toEqual(await historyOf('VOO', '2024-01-01', open))
  })

  it('has a price of every symbol at every hour of a week, also while another exchange is open', () => {
    const hours = Array.from({ length: 7 * 24 }, (_, hour) => at('2026-11-23T00:35:00Z') + hour * 3_600_000)
    const unpriced = demoBook
      .search('')
      .flatMap((listing) =>
        hours.map((now) => [listing.instrument.symbol, now, listing.quote(now)?.price ?? 0] as const),
      )
      .filter(([, , price]) => !(price > 0))
    expect(unpriced).toEqual([])
  })

  it('has plausible prices at the anchor', async () => {
    const { bars } = await historyOf('VOO', '2026-01-02', open)
    expect(bars[0]).toEqual({ day: '2026-01-02', close: 628 })
    const nvidia = await historyOf('NVDA', '2010-01-01', open)
    expect(nvidia.bars[0]).toEqual({ day: '2010-01-04', close: 0.462 })
  })

  it('has a bar for each session and for no other day', async () => {
    const { bars } = await historyOf('AAPL', '2025-01-01', open)
    expect(bars.filter(({ day }) => !isSession(day))).toEqual([])
    // 365 days of 2025: 104 on weekends, ten holidays, the day of mourning for Carter
    expect(bars.filter(({ day }) => day < '2026').length).toBe(250)
    expect(bars.at(-1)?.day).toBe('2026-03-06')
  })

  it('moves in session, and only then', async () => {
    expect((await priceOf('AAPL', open)).price).not.toBe((await priceOf('AAPL', open + 60_000)).price)
    expect(await priceOf('AAPL', evening)).toEqual(await priceOf('AAPL', evening + 3_600_000))
    expect((await priceOf('AAPL', evening)).at).toBe(at('2026-03-09T20:00:00Z'))
  })

  it('ends the day on the day’s close', async () => {
    const { bars, quote } = await historyOf('AAPL', '2026-03-09', evening)
    expect(bars.map(({ day, close }) => `${day} ${close}`)).toEqual([`2026-03-09 ${quote.price}`])
  })

  it('quotes and charts agree on the previous close', async () => {
    const { bars, quote } = await historyOf('MSFT', '2026-03-01', open)
    expect(quote.previousClose).toBe(String(bars.at(-1)?.close))
    expect((await priceOf('MSFT', open)).previousClose).toBe(quote.previousClose)
  })

  it('does not know tomorrow', async () => {
    const before = await historyOf('KO', '2026-03-01', at('2026-03-09T12:00:00Z'))
    expect(before.bars.at(-1)?.day).toBe('2026-03-06')
    expect(before.quote.at).toBe(at('2026-03-06T21:00:00Z'))
    expect(before.dividends).toEqual([])
    // its ex-day is the first session from the 10th of March on
    expect((await historyOf('KO', '2026-03-01', at('2026-03-10T22:00:00Z'))).dividends.length).toBe(1)
  })

  it('trades bitcoin on Christmas', async () => {
    const christmas = at('2026-12-25T12:00:00Z')
    expect((await priceOf('BTC-USD', christmas)).at).toBe(christmas)
    expect((await priceOf('AAPL', christmas)).at).toBe(at('2026-12-24T18:00:00Z'))
    const { bars } = await historyOf('BTC-USD', '2026-12-20', christmas)
    expect(bars.map(({ day }) => day.slice(8)).join(' ')).toBe('20 21 22 23 24')
  })

  it.each([
    ['AAPL', '2014-06-09 7:1, 2020-08-31 4:1'],
    ['NVDA', '2021-07-20 4:1, 2024-06-10 10:1'],
    ['TSLA', '2020-08-31 5:1, 2022-08-25 3:1'],
    ['GOOG', '2022-07-18 20:1'],
    ['AMZN', '2022-06-06 20:1'],
  ])('has the real splits of %s', async (symbol, real) => {
    const { splits, bars } = await historyOf(symbol, '2010-01-01', open)
    expect(splits.map((one) => `${one.day} ${one.numerator}:${one.denominator}`).join(', ')).toBe(real)
    // in today's share units no close jumps by the ratio
    const day = splits.at(-1)!.day
    const index = bars.findIndex((bar) => bar.day === day)
    expect(Math.abs(bars[index]!.close / bars[index - 1]!.close - 1)).toBeLessThan(0.3)
  })

  it('pays four dividends a year where they are paid, and none where not', async () => {
    const { dividends } = await historyOf('VOO', '2025-01-01', open)
    expect(dividends.filter(({ day }) => day < '2026').map(({ day }) => day.slice(5, 7))).toEqual([
      '03',
      '06',
      '09',
      '12',
    ])
    expect((await historyOf('TSLA', '2010-01-01', open)).dividends).toEqual([])
  })

  it('moves together: the S&P 500 and the whole market correlate, gold does not', async () => {
    const [voo, vti, gold] = await Promise.all([returns('VOO'), returns('VTI'), returns('GLD')])
    expect(correlation(voo, vti)).toBeGreaterThan(0.9)
    expect(correlation(voo, gold)).toBeLessThan(0.4)
  })

  it('is found by name and by symbol', async () => {
    const byName = await market(open).search('apple')
    const bySymbol = await market(open).search('v')
    expect(byName).toMatchObject({ value: [{ symbol: 'AAPL', name: 'Apple Inc.', kind: 'equity' }] })
    expect(bySymbol).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ symbol: 'VOO' })]),
    })
  })
})

describe('fault', () => {
  it.each([
    ['429', 'slow down'],
    ['500', 'HTTP 500'],
    ['crumb', 'did not accept our crumb'],
    ['html', 'web page'],
    ['slow', 'did not answer'],
    ['garbage', 'not JSON'],
    ['down', 'cannot be reached'],
  ] as const)('%s makes quotes unavailable: "%s"', async (kind, reason) => {
    const answers = await market(open, () => ({ kind, endpoint: 'quote' })).quotes(['VOO'])
    expect(answers.get('VOO')).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining(reason),
    })
  })

  it('partial leaves rows out', async () => {
    const answers = await market(open, () => ({ kind: 'partial', symbols: ['BND'] })).quotes(['VOO', 'BND'])
    expect([answers.get('VOO')?.status, answers.get('BND')?.status]).toEqual(['ok', 'rejected'])
  })

  it('can be done to one endpoint or symbol only', async () => {
    const charts = market(open, () => ({ kind: '500', endpoint: 'chart', symbols: ['BND'] }))
    expect((await charts.quotes(['BND'])).get('BND')?.status).toBe('ok')
    expect((await charts.history('VOO', '2026-03-01')).status).toBe('ok')
    expect((await charts.history('BND', '2026-03-01')).status).toBe('unavailable')
  })
})

async function returns(symbol: string): Promise<number[]> {
  const { bars } = await historyOf(symbol, '2024-01-02', open)
  return bars.slice(1).map((bar, index) => Math.log(bar.close / bars[index]!.close))
}

function correlation(a: number[], b: number[]): number {
  const [ma, mb] = [mean(a), mean(b)]
  const covariance = mean(a.map((value, index) => (value - ma) * (b[index]! - mb)))
  return covariance / deviation(a) / deviation(b)
}

function deviation(values: number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('an ISIN', () => {
  it.each(Object.entries(isins))(
    '%s has its check digit, and a search finds %s by it alone',
    (isin, symbols) => {
      expect(isIsin(isin)).toBe(true)
      expect(demoBook.search(isin).map(({ instrument }) => instrument.symbol)).toEqual(symbols)
    },
  )
})
