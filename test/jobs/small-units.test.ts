import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { deliver } from '../worker/queue.ts'

let market: Market
const MORNING = Date.parse('2026-03-05T15:00:00Z')
const rate = (symbol: string, close: number, currency: string) =>
  share(symbol, '2025-01-02', '2026-03-04', close, { currency, kind: 'currency' })

beforeAll(async () => {
  vi.setSystemTime(MORNING)
  market = await openMarket([
    share('YENS', '2025-01-02', '2026-03-04', 1_498_700, { currency: 'JPY' }),
    share('WONS', '2025-01-02', '2026-03-04', 140_000, { currency: 'KRW' }),
    rate('USDJPY=X', 149.87, 'JPY'),
    rate('JPYUSD=X', 0.0067, 'USD'),
    // of the won only the pair itself is known
    rate('KRWUSD=X', 0.0007, 'USD'),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
// each test finds a market that nothing is known of yet
beforeEach(async () => {
  vi.setSystemTime(MORNING)
  market.prices.clear()
  market.calls.length = 0
  await env.DB.batch(['quotes', 'bars', 'histories'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
})

async function bought(symbol: string, price: number): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,2025-06-02,${price},1\n`)
  await settled(id)
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
  return id
}
const summaryOf = async (id: string) => (await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary

it('yen count by the yen of a dollar, whose digits are all there', async () => {
  const id = await bought('YENS', 1_498_700)
  expect(market.calls).toContain('chart USDJPY=X')
  expect(market.calls).not.toContain('chart JPYUSD=X')
  // 1,498,700 ÷ 149.87; by the dollars of a yen it would be 10,041.29. The deposit is rounded up, so a cent may be left
  expect(['10000', '10000.01']).toContain((await summaryOf(id)).value)
})

it('a quote as well, beside others in one call', async () => {
  market.prices.set('USDJPY=X', 160)
  vi.setSystemTime(Date.parse('2026-03-05T15:10:00Z'))
  await deliver({ kind: 'quotes', symbols: ['JPYUSD=X', 'YENS'], requester: null })
  expect(market.calls).toEqual(['quote USDJPY=X,YENS'])
  const [stored] = (await rows('quotes')).filter(({ symbol }) => symbol === 'JPYUSD=X')
  expect(stored).toMatchObject({ price: '0.00625', currency: 'USD' })
})

it('a pair whose inverse the source does not know is asked for as it is', async () => {
  const id = await bought('WONS', 140_000)
  expect(market.calls.filter((call) => call.startsWith('chart') && call.endsWith('=X'))).toEqual([
    'chart USDKRW=X',
    'chart KRWUSD=X',
  ])
  expect(await summaryOf(id)).toMatchObject({ value: '98' })
  market.calls.length = 0
  vi.setSystemTime(Date.parse('2026-03-05T15:20:00Z'))
  await deliver({ kind: 'quotes', symbols: ['KRWUSD=X'], requester: null })
  expect(market.calls).toEqual(['quote USDKRW=X', 'quote KRWUSD=X'])
})

it('a rate that was stored from the pair itself goes on, and its last days are corrected', async () => {
  await bought('YENS', 1_498_700)
  await storeCoarse()
  await deliver({ kind: 'history', symbol: 'JPYUSD=X', from: '2026-02-20', requester: null })
  const [year] = (await rows('bars')).filter(({ symbol, year: of }) => symbol === 'JPYUSD=X' && of === 2026)
  const closes = (JSON.parse(year!.closes as string) as [number, number][]).map(([, close]) => close)
  expect(closes[0]).toBe(0.0067)
  expect(closes.at(-1)).toBe(0.0066724495)
})

/** As an earlier version stored them. */
async function storeCoarse(): Promise<void> {
  await env.DB.prepare(
    "UPDATE bars SET closes = (SELECT json_group_array(json_array(value->>0, 0.0067)) FROM json_each(closes)) WHERE symbol = 'JPYUSD=X'",
  ).run()
}
