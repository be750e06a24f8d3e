import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { database } from '../../src/storage/database.ts'
import { saveHistory } from '../../src/storage/histories.ts'
import { history } from '../storage/sample.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'

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

it('a statement that is adjusted already is recognized, recorded and reported', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${close.toFixed(4)},120\nNVDA,Buy,2025-01-03,140,1\n`)
  await settled(id)
  expect(await held(id)).toEqual({
    shares: '121',
    warnings: [
      'NVDA: the price of one trade shows that it was already adjusted for splits up to 2024-06-10.',
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

const trade = async (id: string) => (await json(`/api/portfolios/${id}/transactions`)).transactions[0]
const edit = async (id: string, more: Record<string, unknown>) => {
  const { shares, price, type, symbol, date, version, id: row } = await trade(id)
  return send(
    `/api/portfolios/${id}/transactions/${row}`,
    { shares, price, type, symbol, date, version, ...more },
    'PUT',
  )
}

it('what the owner says of a trade counts, whatever its price says, and stays', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  // its price is the close after both splits
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${close.toFixed(4)},120\n`)
  await settled(id)
  expect([(await held(id)).shares, (await trade(id)).units]).toEqual(['120', null])
  expect((await edit(id, { units: 'as_traded' })).status).toBe(200)
  expect([await held(id), (await trade(id)).units]).toEqual([{ shares: '4800', warnings: [] }, 'as_traded'])
  // an edit that says nothing of it leaves it, another day or price too
  expect((await edit(id, { date: '2020-01-03', price: '6' })).status).toBe(200)
  expect((await held(id)).shares).toBe('4800')
  await env.PORTFOLIO.getByName(id).recompute()
  expect((await held(id)).shares).toBe('4800')

  const file = await (await request(`/portfolios/${id}/export/transactions.csv`)).text()
  const other = await newPortfolio({ benchmarks: [] })
  await importCsv(other, file)
  await settled(other)
  expect([(await held(other)).shares, (await trade(other)).units]).toEqual(['4800', 'as_traded'])
  expect((await edit(other, { units: 'adjusted' })).status).toBe(200)
  expect([(await held(other)).shares, (await trade(other)).units]).toEqual(['120', 'adjusted'])

  const said = await env.DB.prepare(
    `SELECT before ->> 'units' AS before, after ->> 'units' AS after FROM audit
     WHERE portfolio_id = ? AND subject LIKE 'transaction:%' ORDER BY id DESC LIMIT 1`,
  )
    .bind(other)
    .first()
  expect(said).toEqual({ before: 'as_traded', after: 'adjusted' })
})

it('adjusted means the splits so far: one that comes later multiplies', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  const said = {
    type: 'buy',
    symbol: 'LATER',
    date: '2020-01-03',
    shares: '10',
    price: '1',
    units: 'adjusted',
  }
  expect((await send(`/api/portfolios/${id}/transactions`, said)).status).toBe(201)
  await settled(id)
  const [{ unitsDay }] = (
    await env.DB.prepare('SELECT units_day AS unitsDay FROM transactions WHERE portfolio_id = ?')
      .bind(id)
      .all<{ unitsDay: string }>()
  ).results as [{ unitsDay: string }]
  const split = (day: string) => ({ day, numerator: 2, denominator: 1 })
  const past = history('LATER', {
    bars: { '2020-01-03': 50 },
    splits: [split('2021-06-01'), split(addDays(unitsDay, 1))],
  })
  await saveHistory(database(env.DB), past, '2020-01-01', Date.now())
  await env.PORTFOLIO.getByName(id).recompute()
  expect((await held(id)).shares).toBe('20')
  // saying it again, now that this split is known, does not take it for one of them
  await edit(id, { units: 'adjusted', price: '2' })
  expect((await held(id)).shares).toBe('20')
})

it('a trade that fits no units asks on its row, whose form takes the answer', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}NVDA,Buy,2020-01-02,${(close * 3.2).toFixed(4)},10\n`)
  await settled(id)
  const { warnings } = await held(id)
  expect(warnings).toEqual([
    'NVDA on 2020-01-02: the price matches neither that day’s close nor the close adjusted for later splits, so the trade counts as not adjusted. If it was adjusted, edit it and say so.',
  ])
  const list = `/portfolios/${id}/transactions`
  const text = async (path: string) => (await request(path)).text()
  expect(await text(list)).toContain('as traded or split-adjusted?')
  const row = await trade(id)
  expect(await text(`${list}/${row.id}/edit`)).toMatch(/<select id="[^"]+" name="units"/)
  const { type, symbol, date, shares, price, version } = row
  const body = new URLSearchParams({
    type,
    symbol,
    date,
    shares,
    price,
    version: String(version),
    units: 'adjusted',
  })
  expect((await request(`${list}/${row.id}`, { method: 'POST', body })).status).toBe(303)
  expect(await held(id)).toEqual({
    shares: '10',
    warnings: [],
  })
  expect(await text(list)).not.toContain('as traded or split-adjusted?')
  // what is said is said: the form offers the other, and no more the price
  expect(await text(`${list}/${row.id}/edit`)).not.toContain('Judged by the price')
})

it('of a share that never split nothing is asked', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `${header}KO,Buy,2024-01-02,6000,10\n`)
  await settled(id)
  const row = await trade(id)
  const text = async (path: string) => (await request(path)).text()
  expect(await text(`/portfolios/${id}/transactions`)).not.toContain('split-adjusted?')
  expect(await text(`/portfolios/${id}/transactions/${row.id}/edit`)).not.toContain('name="units"')
})
