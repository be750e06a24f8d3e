import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { database } from '../../src/storage/database.ts'
import { saveHistory } from '../../src/storage/histories.ts'
import { history } from '../storage/sample.ts'
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
      'NVDA: one trade is in the share units of 2024-06-10, already adjusted for the split, judging by the price.',
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

it('a day of the past counts them in their own units as soon as the history is there', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  // a close of 41.55 as traded is 2.77 after both splits, and so is the trade's price; the demo market does not know it
  await importCsv(id, `${header}OLDTSLA,Buy,2012-01-03,2.7694,150\n`)
  await settled(id)
  const past = history('OLDTSLA', {
    bars: { '2012-01-03': 2.77, '2013-06-03': 7.53 },
    splits: [
      { day: '2020-08-31', numerator: 5, denominator: 1 },
      { day: '2022-08-25', numerator: 3, denominator: 1 },
    ],
  })
  await saveHistory(database(env.DB), past, '2012-01-01', Date.now())
  // nothing has been published since it came
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}&as_of=2013-06-03`)
  expect(holdings).toMatchObject([{ symbol: 'OLDTSLA', shares: '150' }])
})
