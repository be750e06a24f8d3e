import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'

let market: Market
const [from, to] = ['2025-01-02', '2026-03-04']
const exDay = '2025-06-05'
const london = { currency: 'GBp', exchange: 'Europe/London' }

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([
    share('PENCE.L', from, to, 400, { ...london, dividends: [[exDay, 0.25, 'USD']] }),
    share('POUND.L', from, to, 400, { ...london, dividends: [[exDay, 0.25, 'GBP']] }),
    share('WRONG.L', from, to, 400, {
      ...london,
      dividends: [[exDay, 0.25]],
      // 25 pence were taken off
      adjusted: share('', from, to, (day) => (day < exDay ? 375 : 400)).closes,
    }),
    share('USDGBP=X', from, to, 0.8, { currency: 'GBP', kind: 'currency' }),
    share('GBPUSD=X', from, to, 1.25, { currency: 'USD', kind: 'currency' }),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

/** A hundred shares bought at £4, their one dividend accepted; rates come once it is known what they are needed for. */
async function hundred(symbol: string, currency: string) {
  const id = await newPortfolio({ benchmarks: [symbol], base_currency: currency })
  const csv = `Ticker,Type,Date,Price,Shares,Currency\n${symbol},Buy,2025-03-03,4,100,GBP\n`
  expect((await importCsv(id, csv)).status).toBe(201)
  for (let i = 0; i < 2; i++) {
    await settled(id)
    await send(`/api/portfolios/${id}/refreshes`, {})
  }
  await settled(id)
  const { proposals } = await json(`/api/portfolios/${id}/dividend-proposals`)
  expect((await send(`/api/portfolios/${id}/dividend-proposals`, { accept: 'all' })).status).toBeLessThan(300)
  await settled(id)
  const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  return { id, proposal: proposals[0], summary, holding: holdings[0] }
}

it('dollars on a share in pence are dollars, at the rate of their day', async () => {
  const { id, proposal, summary, holding } = await hundred('PENCE.L', 'GBP')
  expect(proposal).toMatchObject({ ex_date: exDay, per_share: '0.25', amount: '25', currency: 'USD' })
  // $25 × 0.8
  expect(summary).toMatchObject({ dividends: '20', value: '420', invested: '400' })
  // 20 pence of 400 reinvested: 1 ÷ 0.95
  expect(holding.benchmarks['PENCE.L']).toBeCloseTo(1 / 0.95 - 1, 9)
  const page = (await (await request(`/portfolios/${id}/instruments/PENCE.L`)).text()).replace(
    /<[^>]+>/g,
    ' ',
  )
  expect(page).toContain('$0.25')
  expect(
    (await rows('tracked')).filter((row) => row.portfolio_id === id).map(({ symbol }) => symbol),
  ).toEqual(['PENCE.L', 'USDGBP=X'])
})

it('in a portfolio in dollars they are these dollars, though the share trades in pounds', async () => {
  const { proposal, summary } = await hundred('PENCE.L', 'USD')
  expect(proposal).toMatchObject({ amount: '25', currency: 'USD' })
  expect(summary).toMatchObject({ dividends: '25', value: '525', invested: '500' })
})

it('pounds on a price in pence are pounds', async () => {
  const { proposal, summary } = await hundred('POUND.L', 'GBP')
  expect(proposal).toMatchObject({ per_share: '0.25', amount: '25', currency: 'GBP' })
  expect(summary).toMatchObject({ dividends: '25', value: '425' })
})

it('pounds that say nothing are found by the adjusted closes, and the page says so', async () => {
  const { id, proposal, holding } = await hundred('WRONG.L', 'GBP')
  expect(proposal).toMatchObject({ per_share: '0.25', amount: '25', currency: 'GBP' })
  expect(holding.benchmarks['WRONG.L']).toBeCloseTo(400 / 375 - 1, 9)
  expect(await (await request(`/portfolios/${id}/instruments/WRONG.L`)).text()).toContain(
    'listed as 0.25, which is a hundredth of what the adjusted closes say',
  )
})
