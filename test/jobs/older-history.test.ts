import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { deliver } from '../worker/queue.ts'

const thursday = Date.parse('2026-03-05T15:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let market: Market
let now = thursday

/** Shares that ended in 2022, each 50 in today's units, with a split of 10 for 1 in 2019. */
const gone = ['GONE', 'LATE', 'MUTE', 'BOTH']

beforeAll(async () => {
  vi.setSystemTime(now)
  market = await openMarket([
    ...gone.map((symbol) =>
      share(symbol, '2017-01-03', '2022-06-30', 50, {
        splits: [['2019-06-03', 10, 1]],
        dividends: [['2018-03-01', 0.5]],
      }),
    ),
    share('USDX', '2017-01-03', '2026-03-04', 100),
    share('USDCHF=X', '2017-01-03', '2022-06-30', 0.9, { currency: 'CHF', kind: 'currency' }),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
beforeEach(() => {
  market.spoilt.clear()
  market.calls.length = 0
  now += 2 * HOUR
  vi.setSystemTime(now)
})

async function bought(id: string, ...trades: string[]): Promise<void> {
  expect((await importCsv(id, `Ticker,Type,Date,Price,Shares\n${trades.join('\n')}\n`)).status).toBe(201)
  await settled(id)
}

async function holding(id: string) {
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  return holdings[0]
}

const charts = (symbol: string) => market.calls.filter((call) => call === `chart ${symbol}`).length

it('a delisted share gets its older closes, splits and dividends when an older trade is entered', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await bought(id, 'GONE,Buy,2021-02-01,50,1')
  expect(await holding(id)).toMatchObject({ shares: '1', market_value: '50' })
  // one share of before the split is ten of today
  await bought(id, 'GONE,Buy,2018-02-01,500,1')
  expect(await holding(id)).toMatchObject({ shares: '11', market_value: '550' })
  expect(charts('GONE')).toBe(2)
  const events = (await rows('corporate_actions')).filter(({ symbol }) => symbol === 'GONE')
  expect(events.map(({ day, kind }) => [day, kind])).toEqual([
    ['2018-03-01', 'dividend'],
    ['2019-06-03', 'split'],
  ])
})

it('and is not asked again for what has been answered', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await bought(id, 'LATE,Buy,2021-02-01,50,1')
  await bought(id, 'LATE,Buy,2018-02-01,500,1')
  market.calls.length = 0
  await bought(id, 'LATE,Buy,2018-09-03,500,1')
  expect(market.calls).toEqual([])
})

it('one that the quotes refuse is asked for by its chart all the same', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await bought(id, 'MUTE,Buy,2021-02-01,50,1')
  await deliver({ kind: 'quotes', symbols: ['MUTE'], requester: null })
  market.spoilt.set('MUTE', null)
  now += 24 * HOUR
  vi.setSystemTime(now)
  await deliver({ kind: 'quotes', symbols: ['MUTE'], requester: null })
  const [state] = (await rows('histories')).filter(({ symbol }) => symbol === 'MUTE')
  expect(state!.retry_at).toBe(now + HOUR)
  await bought(id, 'MUTE,Buy,2018-02-01,500,1')
  expect(await holding(id)).toMatchObject({ shares: '11', market_value: '550' })
})

it('one whose chart is refused as well is asked once, and rests for its day', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await bought(id, 'BOTH,Buy,2021-02-01,50,1')
  const file = market.files.get('BOTH')!
  market.files.delete('BOTH')
  await bought(id, 'BOTH,Buy,2018-02-01,500,1')
  expect(charts('BOTH')).toBe(2)
  for (const hours of [0.5, 2, 8]) {
    vi.setSystemTime(now + hours * HOUR)
    await send(`/api/portfolios/${id}/refreshes`, {})
    await settled(id)
  }
  expect(charts('BOTH')).toBe(2)
  // older still: nobody has asked for that
  await bought(id, 'BOTH,Buy,2017-02-01,500,1')
  expect(charts('BOTH')).toBe(3)
  market.files.set('BOTH', file)
  now += 34 * HOUR
  vi.setSystemTime(now)
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
  expect(await holding(id)).toMatchObject({ shares: '21', market_value: '1050' })
})

it('a rate whose source has ended is asked for the days of the trades', async () => {
  await deliver({ kind: 'quotes', symbols: ['USDCHF=X'], requester: null })
  const id = await newPortfolio({ benchmarks: [], base_currency: 'CHF' })
  await bought(id, 'USDX,Buy,2021-02-01,100,1')
  // the rates come once the share has said that it is in dollars
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
  const [buy] = (await json(`/api/portfolios/${id}/transactions`)).transactions
  expect(buy).toBeDefined()
  const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}&as_of=2022-06-30`)
  expect(summary).toMatchObject({ value: '90', invested: '90' })
})
