import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'

let market: Market

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([
    share('VOO', '2025-01-02', '2026-03-04', 400),
    // pays 8 of capital gains besides a dividend of 1, and falls by both
    share('ACTIV', '2025-01-02', '2026-03-04', (day) => (day < '2025-12-11' ? 100 : 91), {
      kind: 'fund',
      dividends: [['2025-12-11', 1]],
      capitalGains: [['2025-12-11', 8]],
    }),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

it('a fund that pays out its gains has lost nothing: they are proposed and in its total return', async () => {
  const id = await newPortfolio({ benchmarks: ['ACTIV'] })
  expect((await importCsv(id, 'Ticker,Type,Date,Price,Shares\nVOO,Buy,2025-06-02,400,1\n')).status).toBe(201)
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nACTIV,Buy,2025-06-02,100,10\n')
  await settled(id)
  const { proposals } = await json(`/api/portfolios/${id}/dividend-proposals`)
  expect(proposals).toMatchObject([{ symbol: 'ACTIV', ex_date: '2025-12-11', per_share: '9', amount: '90' }])
  // 9 paid and reinvested make up for the fall from 100 to 91
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const voo = holdings.find(({ symbol }: { symbol: string }) => symbol === 'VOO')
  expect(voo.benchmarks.ACTIV).toBeCloseTo(0, 9)
})
