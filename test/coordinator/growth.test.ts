import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Recorded } from '../../src/storage/transactions.ts'
import { list, trades } from '../bench/listings.ts'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { metered } from '../worker/metered.ts'
import { printTable } from '../worker/table.ts'
import { widestRows } from '../worker/widest-rows.ts'

// A large portfolio: what its edits and imports read of D1 must not grow with the rows that it has.

const ROWS = 14_400
const SYMBOLS = 250
const YEARS = 2
const MOST_ROWS = 5_000
/** Production allows a free Worker 50 queries an invocation. */
const MOST_QUERIES = 40

const meter = metered()
const printed: (string | number)[][] = [['work', 'D1 queries', 'rows read', 'budget']]
let id: string

const coordinator = () => env.PORTFOLIO.getByName(id)
const entry = { type: 'buy', symbol: 'S5', date: '2034-06-01', price: '61', shares: '2' }

/** Another file's background work may still write when this one begins, and this one's when the next does. */
const emptyMarket = () =>
  env.DB.batch(
    ['quotes', 'bars', 'histories', 'instruments'].map((each) => env.DB.prepare(`DELETE FROM ${each}`)),
  )

beforeAll(async () => {
  setClock()
  await emptyMarket()
  await list(env.DB as never, SYMBOLS, NOON, YEARS)
  id = await newPortfolio({ benchmarks: ['VOO', 'QQQ'] })
  await meter.watchOver(id)
})
afterAll(async () => {
  vi.useRealTimers()
  // the prices of the benchmarks are invented
  await emptyMarket()
  printTable(`What ${ROWS} rows of ${SYMBOLS} symbols cost`, printed)
})

async function cost(name: string, mostRows: number, work: () => Promise<unknown>): Promise<void> {
  await meter.start()
  await work()
  const { d1Queries, d1RowsRead } = await meter.read()
  printed.push([name, d1Queries, d1RowsRead, `≤ ${MOST_QUERIES} and ${mostRows}`])
  expect(d1Queries).toBeLessThanOrEqual(MOST_QUERIES)
  expect(d1RowsRead).toBeLessThanOrEqual(mostRows)
}

let grown: Promise<void> | undefined

/** The import of all rows, which the first test of any makes. */
const grow = () =>
  (grown ??= cost('import', 10 * ROWS, async () => {
    const imported = await importCsv(id, trades(ROWS, SYMBOLS, NOON, YEARS))
    expect(await imported.json()).toMatchObject({ accepted: ROWS, rejected: [] })
    await settled(id)
  }))
beforeEach(grow)

it('an import asks D1 as often for many symbols as for few, and reads a few rows for each of its own', () =>
  expect(grow()).resolves.toBeUndefined())

it('the same file again reads the keys of its rows, and adds none', () =>
  cost('the same import again', 10 * ROWS, async () => {
    const imported = await importCsv(id, trades(ROWS, SYMBOLS, NOON, YEARS))
    expect(await imported.json()).toMatchObject({ accepted: 0, duplicates: ROWS })
  }))

it('a file of one row reads no other row', () =>
  cost('import of one row', MOST_ROWS, async () => {
    const imported = await importCsv(id, 'Ticker,Type,Date,Price,Shares\nS7,Buy,2034-05-01,60,1\n')
    expect(await imported.json()).toMatchObject({ accepted: 1 })
  }))

it('no row is as wide as production refuses, and the marks are what a picture can show', async () => {
  const rows = await widestRows()
  expect(rows.find(({ table }) => table === 'snapshots')!.bytes).toBeGreaterThan(0)
  const { table, bytes } = rows[0]!
  expect(bytes).toBeLessThanOrEqual(1_000_000)
  printed.push([`the widest row, of ${table}, in bytes`, '', bytes, '≤ 1000000'])
  const marks = await (await request(`/portfolios/${id}/trades.json`)).text()
  printed.push(['trades.json, in bytes', '', marks.length, '≤ 60000'])
  expect(marks.length).toBeLessThanOrEqual(60_000)
  const ofMonth = await json(`/portfolios/${id}/trades.json?from=2034-11-01&to=2034-11-10`)
  expect(ofMonth.length).toBeGreaterThan(30)
  expect(ofMonth.every(({ date }: { date: string }) => date.startsWith('2034-11'))).toBe(true)
})

describe('an edit reads a few rows for each symbol', { shuffle: false }, () => {
  let added: Recorded

  it('of a new row', () =>
    cost('add', MOST_ROWS, async () => {
      const made = await coordinator().add('owner', entry, 'a key')
      expect(made.status).toBe('ok')
      if (made.status === 'ok') added = made.value
    }))
  it('of a row that is changed', () =>
    cost('replace', MOST_ROWS, async () => {
      const changed = await coordinator().replace('owner', added.id, 1, { ...entry, shares: '3' })
      expect(changed).toMatchObject({ status: 'ok', value: { version: 2 } })
    }))
  it('of a row that is deleted', () =>
    cost('delete', MOST_ROWS, async () => {
      expect(await coordinator().delete('owner', added.id)).toMatchObject({ status: 'ok' })
    }))
  it('of a row that comes back to a place that was given away', async () => {
    expect(await coordinator().add('owner', { ...entry, note: 'later' }, null)).toMatchObject({
      status: 'ok',
    })
    await cost('restore', MOST_ROWS, async () => {
      expect(await coordinator().restore('owner', added.id)).toMatchObject({ value: { version: 3 } })
    })
  })
})
