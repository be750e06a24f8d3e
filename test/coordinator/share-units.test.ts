import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'

// NVDA was split 4:1 on 2021-07-20 and 10:1 on 2024-06-10; the demo market's closes are in today's units
const close = demoBook.find('NVDA')!.bars('2020-01-02', '2020-01-02')[0]!.close
const header = 'Ticker,Type,Date,Price,Shares\n'

async function held(id: string): Promise<{ shares: string; warnings: string[] }> {
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const { warnings } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
  return { shares: holdings[0].shares, warnings }
}

it('a statement as traded is multiplied by the later splits, whatever arrives first', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${(close * 40).toFixed(2)},3\n`)
  await settled(id)
  expect(await held(id)).toEqual({ shares: '120', warnings: [] })
})

it('a statement that is adjusted already is recognised, recorded and reported', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${close.toFixed(4)},120\nNVDA,Buy,2025-01-03,140,1\n`)
  await settled(id)
  expect(await held(id)).toEqual({
    shares: '121',
    warnings: [
      'NVDA: one trade is in the share units of 2024-06-10, adjusted for its split already; recognised by the price.',
    ],
  })
  const row = await env.DB.prepare(
    "SELECT units_day FROM transactions WHERE portfolio_id = ? AND date = '2020-01-02'",
  )
    .bind(id)
    .first()
  expect(row).toEqual({ units_day: '2024-06-10' })
})

it('a trade that is edited is judged anew', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${close.toFixed(4)},120\n`)
  await settled(id)
  const { transactions } = await json(`/api/portfolios/${id}/transactions`)
  const [trade] = transactions
  const edited = { ...trade, price: (close * 40).toFixed(2), shares: '3' }
  expect((await send(`/api/portfolios/${id}/transactions/${trade.id}`, edited, 'PUT')).status).toBe(200)
  expect(await held(id)).toEqual({ shares: '120', warnings: [] })
})
