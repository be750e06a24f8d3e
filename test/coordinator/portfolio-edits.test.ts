import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Recorded } from '../../src/storage/transactions.ts'
import { importCsv, json, newPortfolio, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { metered } from '../worker/metered.ts'
import { printTable } from '../worker/table.ts'

// Five transactions of five symbols with two benchmarks, as an editor has them open.
const csv = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2034-01-03,180,10
MSFT,Buy,2034-02-01,300,5
KO,Buy,2034-03-01,60,20
JPM,Buy,2034-04-03,150,4
V,Buy,2034-05-01,200,3
`
const MOST_TRIPS = 8
const MOST_ROWS = 100

const meter = metered()
const printed: (string | number)[][] = [['edit', 'trips to D1', 'rows read', 'budget']]
let id: string
let added: Recorded

const coordinator = () => env.PORTFOLIO.getByName(id)
const entry = { type: 'buy', symbol: 'KO', date: '2034-06-01', price: '61', shares: '2' }

beforeAll(async () => {
  setClock()
  id = await newPortfolio({})
  await importCsv(id, csv)
  await settled(id)
  await meter.watchOver(id)
})
afterAll(() => {
  vi.useRealTimers()
  printTable('What an edit costs', printed)
})

async function cost(name: string, work: () => Promise<unknown>): Promise<void> {
  await meter.start()
  await work()
  const { d1Trips, d1RowsRead } = await meter.read()
  printed.push([name, d1Trips, d1RowsRead, `≤ ${MOST_TRIPS} and ${MOST_ROWS}`])
  expect(d1Trips).toBeLessThanOrEqual(MOST_TRIPS)
  expect(d1RowsRead).toBeLessThanOrEqual(MOST_ROWS)
  // bars are not read again, nor is the portfolio
  expect(
    meter.statements.filter((each) => /from `(bars|portfolios)` (?!where .*`kind` is not null)/is.test(each)),
  ).toEqual([])
}

describe('an edit costs few trips to D1 and few rows', { shuffle: false }, () => {
  it('of a new row, whose key is remembered', () =>
    cost('add', async () => {
      const made = await coordinator().add('owner', entry, 'a key')
      expect(made.status).toBe('ok')
      if (made.status !== 'ok') throw new Error(made.status)
      added = made.value
    }))
  it('of a row that is changed', () =>
    cost('replace', async () => {
      const changed = await coordinator().replace('owner', added.id, 1, { ...entry, shares: '3' })
      expect(changed).toMatchObject({ status: 'ok', value: { version: 2 } })
    }))
  it('of a row that is deleted', () =>
    cost('delete', async () => {
      expect(await coordinator().delete('owner', added.id)).toMatchObject({ status: 'ok' })
    }))
  it('of a row that comes back', () =>
    cost('restore', async () => {
      expect(await coordinator().restore('owner', added.id)).toMatchObject({ value: { version: 3 } })
    }))
})

it('what stays in memory is what D1 has, row by row', async () => {
  const first = await coordinator().add('owner', { ...entry, note: 'first' }, null)
  const second = await coordinator().add('owner', { ...entry, note: 'second' }, null)
  if (first.status !== 'ok' || second.status !== 'ok') throw new Error('not added')
  await coordinator().replace('owner', second.value.id, 1, { ...entry, note: 'second, changed' })
  await coordinator().delete('owner', first.value.id)
  await coordinator().delete('owner', second.value.id)
  const third = await coordinator().add('owner', { ...entry, note: 'third' }, null)
  // its place in the order of entry was given to the third
  await coordinator().restore('owner', first.value.id)
  await coordinator().restore('owner', second.value.id)
  const shown = async () => {
    const { transactions } = await json(`/api/portfolios/${id}/transactions`)
    const figures = await coordinator().performance('owner', null, null)
    const rows = await coordinator().transactions('owner', {
      show: 'all',
      ticker: null,
      from: null,
      to: null,
      sort: 'date',
      descending: true,
      page: 1,
    })
    return { transactions, figures, rows }
  }
  const resident = await shown()
  expect(third).toMatchObject({ status: 'ok' })
  await evictDurableObject(coordinator())
  expect(await shown()).toEqual(resident)
})
