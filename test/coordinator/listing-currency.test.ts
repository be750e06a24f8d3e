import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { saveHistory } from '../../src/storage/histories.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { saveInstruments } from '../../src/storage/instruments.ts'
import { db, history, instrument, rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'

beforeAll(() => setClock())
afterAll(() => void vi.useRealTimers())

const bought = (symbol: string, more: Record<string, unknown> = {}) => ({
  type: 'buy',
  symbol,
  date: '2034-01-03',
  shares: '10',
  price: '100',
  ...more,
})
const at = (id: string, rest = '') => `/api/portfolios/${id}/transactions${rest}`
const currencies = async (id: string) =>
  (await json(at(id))).transactions.map((row: Record<string, string>) => `${row.type} ${row.currency}`)
const kept = async (id: string) =>
  (await rows('transactions'))
    .filter((row) => row.portfolio_id === id)
    .toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
    .map((row) => row.listing_currency)

/** The history of a symbol arrives, which trades in a currency. */
async function listed(id: string, symbol: string, currency: string): Promise<void> {
  const past = history(symbol, {
    instrument: instrument(symbol, { currency }),
    bars: { '2034-01-03': 100, '2035-03-06': 100 },
  })
  await saveHistory(db(), past, '2033-01-01', Date.now())
  await env.PORTFOLIO.getByName(id).recompute()
}

/** The listing turns, by the whole history that the source now gives. */
async function turned(id: string, symbol: string, currency: string): Promise<void> {
  await inOneTransaction(db(), [saveInstruments(db(), [instrument(symbol, { currency })])])
  await env.PORTFOLIO.getByName(id).recompute()
}

it.each([
  ['TURNA', 'EUR', 'USD'],
  ['TURNB', 'GBP', 'USD'],
  ['TURNC', 'USD', 'EUR'],
])('of %s turns from %s to %s: old rows stay what they are, new ones follow', async (symbol, from, to) => {
  const id = await newPortfolio({ benchmarks: [], base_currency: to })
  // entered before anything is known of it, by hand and by file
  await send(at(id), bought(symbol))
  await importCsv(id, `Ticker,Date,Amount\n${symbol},2034-06-01,5\n`)
  await settled(id)
  expect(await kept(id)).toEqual([null, null])
  await listed(id, symbol, from)
  expect(await kept(id)).toEqual([from, from])
  // and once it is known
  const third: { id: string; version: number } = await (
    await send(at(id), { type: 'fee', symbol, date: '2034-07-03', amount: '2' })
  ).json()
  expect(await kept(id)).toEqual([from, from, from])
  const before = await currencies(id)
  await turned(id, symbol, to)
  expect(await currencies(id)).toEqual(before)
  expect(before).toEqual([`fee ${from}`, `dividend ${from}`, `buy ${from}`])

  await send(at(id), bought(symbol, { date: '2034-08-01' }))
  expect(await kept(id)).toEqual([from, from, from, to])
  // a row that is edited stays what it was; of another symbol it is another's
  const edited = { type: 'fee', symbol, date: '2034-07-03', amount: '3', version: third.version }
  const saved: { version: number } = await (await send(at(id, `/${third.id}`), edited, 'PUT')).json()
  expect(await kept(id)).toEqual([from, from, from, to])
  await send(at(id, `/${third.id}`), { ...edited, symbol: `${symbol}X`, version: saved.version }, 'PUT')
  expect(await kept(id)).toEqual([from, from, null, to])
})

it('is a part of our own files, and of a row that is deleted and put back', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await listed(id, 'TURND', 'EUR')
  const first: { id: string } = await (await send(at(id), bought('TURND'))).json()
  await send(at(id), { type: 'dividend', symbol: 'TURND', date: '2034-06-01', amount: '5' })
  await send(at(id), bought('TURND', { currency: 'CHF' }))
  await turned(id, 'TURND', 'USD')
  await request(at(id, `/${first.id}`), { method: 'DELETE' })
  await request(at(id, `/${first.id}/restore`), { method: 'POST' })
  expect(await kept(id)).toEqual(['EUR', 'EUR', null])

  const file = async (name: string) => (await request(`/portfolios/${id}/export/${name}.csv`)).text()
  const csv = await file('transactions')
  const other = await newPortfolio({ benchmarks: [] })
  expect(await (await importCsv(other, csv)).json()).toMatchObject({ accepted: 3, rejected: [] })
  expect(await kept(other)).toEqual(['EUR', 'EUR', null])
  // into the portfolio that it came from it brings nothing
  expect(await (await importCsv(id, csv)).json()).toMatchObject({ accepted: 0, duplicates: 3 })
  const third = await newPortfolio({ benchmarks: [] })
  await importCsv(third, await file('dividends'))
  expect(await kept(third)).toEqual(['EUR'])
})

it('is in the audit log, and nowhere else while nothing changes', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await send(at(id), bought('TURNE'))
  await settled(id)
  const shown = async () => {
    const data = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    const log = await (await request(`/portfolios/${id}/activity?view=edits`)).text()
    return [data.deeds, /listing/i.test(log)]
  }
  const before = await shown()
  await listed(id, 'TURNE', 'USD')
  const entries = (await rows('audit')).filter((row) => row.portfolio_id === id)
  expect(entries.at(-1)).toMatchObject({ actor: 'system', subject: 'listing currency', after: '{"rows":1}' })
  expect(await shown()).toEqual(before)
  // once is enough
  await env.PORTFOLIO.getByName(id).recompute()
  expect((await rows('audit')).filter((row) => row.portfolio_id === id)).toHaveLength(entries.length)
})
