import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { partsOf } from '../../src/statements/read-everything.ts'
import { database } from '../../src/storage/database.ts'
import { type Portfolio, portfolioById } from '../../src/storage/portfolios.ts'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { coordinators, type Fault, failingD1, nth, rewire } from '../worker/failing.ts'
import { listen } from '../worker/socket.ts'

// An import of more rows than one statement writes is written by several transactions of the database.

beforeAll(() => setClock())
afterAll(() => void vi.useRealTimers())

const ROWS = 2001
const trades = (count: number) =>
  [
    'Ticker,Type,Date,Price,Shares',
    ...Array.from({ length: count }, (_, i) => `KO,Buy,2035-03-06,60,${i + 1}`),
  ].join('\n')

/** The object, whose calls fail as they do over RPC. */
const called = (id: string) => coordinators.getByName(id)
const object = (id: string) => env.PORTFOLIO.getByName(id)

async function counted(id: string, query: string): Promise<number> {
  const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${query}`).bind(id).first<{ n: number }>()
  return row!.n
}

/** What is stored of a portfolio: its rows, its imports, and those that are unfinished. */
const stored = async (id: string) => ({
  rows: await counted(id, 'transactions WHERE portfolio_id = ?'),
  imports: await counted(id, 'imports WHERE portfolio_id = ? AND undone_at IS NULL'),
  unfinished: await counted(id, 'unfinished_imports WHERE portfolio_id = ?'),
})

/** How many rows whoever asks is shown: in the file of everything, and by the list of transactions. */
async function shown(id: string): Promise<number> {
  const file = await json(`/portfolios/${id}/export/everything.json`)
  const { transactions } = file.portfolios[0] as { transactions: unknown[] }
  const listed = await json(`/api/portfolios/${id}/transactions?limit=1`)
  expect(listed.transactions.length > 0).toBe(transactions.length > 0)
  return transactions.length
}

/** The first write begins an import. */
const SECOND_STAGE = 3

/** The real D1, of which one write fails, or waits. */
function onWrite(n: number, fault: () => Fault | Promise<null>): ReturnType<typeof failingD1> {
  const made = failingD1(env.DB, () =>
    made.writes.length === n && made.writes.at(-1) === made.calls.length ? fault() : null,
  )
  return made
}

/** Tries the work once for each write of D1, with that one refused or its answer lost, and the object killed then. */
async function killedAnywhere(
  begun: () => Promise<string>,
  work: (id: string) => Promise<unknown>,
  ended: (id: string) => Promise<void>,
) {
  const measured = failingD1(env.DB, () => null)
  const whole = await begun()
  await rewire(whole, { DB: measured.db })
  await work(whole)
  // beginning, two stages and the record at least
  expect(measured.writes.length).toBeGreaterThanOrEqual(4)
  for (const n of measured.writes) {
    for (const fault of ['refused', 'lost'] as const) {
      const id = await begun()
      await rewire(id, { DB: failingD1(env.DB, nth(n, fault)).db })
      await work(id).catch(() => null)
      await evictDurableObject(object(id))
      try {
        await ended(id)
      } catch (error) {
        throw new Error(`write ${n} of ${measured.calls.length} ${fault}`, { cause: error })
      }
    }
  }
}

describe('a long import', () => {
  it('killed at any of its writes is there in whole or not at all, and leaves nothing behind', () =>
    killedAnywhere(
      () => newPortfolio({ benchmarks: [] }),
      (id) => called(id).import('owner', trades(ROWS), false),
      async (id) => {
        const count = await shown(id)
        expect([0, ROWS]).toContain(count)
        await runDurableObjectAlarm(object(id))
        expect(await stored(id)).toEqual({ rows: count, imports: count / ROWS, unfinished: 0 })
        const snapshot = await object(id).snapshot('owner', false)
        expect(snapshot!.transaction_count).toBe(count)
      },
    ))

  it('can be sent again at once: what a failure has left is taken back first', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const { db } = onWrite(SECOND_STAGE, () => 'refused')
    await rewire(id, { DB: db })
    await expect(called(id).import('owner', trades(ROWS), false)).rejects.toThrow('no connection')
    await rewire(id, {})
    expect(await stored(id)).toEqual({ rows: 2000, imports: 0, unfinished: 1 })
    expect(await shown(id)).toBe(0)
    expect(await (await importCsv(id, trades(ROWS))).json()).toMatchObject({ accepted: ROWS, duplicates: 0 })
    expect(await stored(id)).toEqual({ rows: ROWS, imports: 1, unfinished: 0 })
  })
})

describe('an import that is undone', () => {
  const imported = async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, trades(ROWS))
    return id
  }
  const theImport = async (id: string) =>
    (await env.DB.prepare('SELECT id FROM imports WHERE portfolio_id = ?').bind(id).first<string>('id'))!

  it('and killed at any of its writes goes in whole or not at all, with an entry in the log for each row', () =>
    killedAnywhere(
      imported,
      async (id) => called(id).undoImport('owner', await theImport(id), false),
      async (id) => {
        const count = await shown(id)
        expect([0, ROWS]).toContain(count)
        await runDurableObjectAlarm(object(id))
        expect(await stored(id)).toEqual({ rows: count, imports: count / ROWS, unfinished: 0 })
        const deleted = "audit WHERE portfolio_id = ? AND action = 'delete' AND subject LIKE"
        expect(await counted(id, `${deleted} 'transaction:%'`)).toBe(ROWS - count)
        expect(await counted(id, `${deleted} 'import:%' AND before LIKE '%"accepted":${ROWS},%'`)).toBe(
          1 - count / ROWS,
        )
      },
    ))
})

describe('a portfolio that is made with as many rows', () => {
  const exported = async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, trades(ROWS))
    const text = await (await request(`/portfolios/${id}/export/everything.json`)).text()
    const parts = partsOf(text)
    if ('problem' in parts) throw new Error(parts.problem)
    const whole = new TextEncoder().encode(parts.portfolios[0]!.text)
    return { whole, alike: (await portfolioById(database(env.DB), id))! }
  }

  it.each<[string, (portfolio: Portfolio, whole: Uint8Array) => Promise<unknown>]>([
    ['of a statement', (portfolio) => called(portfolio.id).create(portfolio, trades(ROWS))],
    ['of a file of everything', (portfolio, whole) => called(portfolio.id).takeIn(portfolio, whole)],
  ])(
    '%s and killed on the way is nowhere, is made by the same again, and erased otherwise',
    async (_, make) => {
      const { whole, alike } = await exported()
      const [again, left] = [crypto.randomUUID(), crypto.randomUUID()]
      for (const id of [again, left]) {
        await rewire(id, { DB: onWrite(SECOND_STAGE, () => 'refused').db })
        await expect(make({ ...alike, id }, whole)).rejects.toThrow('no connection')
        await evictDurableObject(object(id))
        const { rows } = await stored(id)
        expect(rows).toBeGreaterThan(0)
        expect(rows).toBeLessThan(ROWS)
        expect((await request(`/portfolios/${id}`)).status).toBe(404)
        expect(await object(id).snapshot('owner', false)).toBeNull()
      }
      await rewire(again, {})
      expect(await make({ ...alike, id: again }, whole)).toMatchObject({ revision: expect.any(Number) })
      expect(await stored(again)).toEqual({ rows: ROWS, imports: 1, unfinished: 0 })
      expect((await object(again).snapshot('owner', false))!.transaction_count).toBe(ROWS)
      await rewire(left, {})
      await runDurableObjectAlarm(object(left))
      expect(await stored(left)).toEqual({ rows: 0, imports: 0, unfinished: 0 })
      expect(await counted(left, 'portfolios WHERE id = ?')).toBe(0)
    },
  )
})

it('whoever reads meanwhile is answered with what was there before, and hears how far it is', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2035-03-05,60,1\n')
  await settled(id)
  const page = await listen(id)
  const reading = { isOver: false }
  const held = async () => {
    while (!reading.isOver) await new Promise((next) => setTimeout(next, 5))
    return null
  }
  await rewire(id, { DB: onWrite(SECOND_STAGE, held).db })
  const written = importCsv(id, trades(ROWS))
  expect(await page.heard(({ type }) => type === 'writing')).toMatchObject({ done: 0, total: ROWS })
  await page.heard((signal) => signal.type === 'writing' && signal.done > 0)
  const before = await object(id).snapshot('owner', false)
  expect(before!.transaction_count).toBe(1)
  const dashboard = await json(`/api/dashboard-initial-data?portfolio_id=${id}&revision=99`)
  expect(dashboard.revision).toBe(before!.revision)
  expect((await json(`/api/portfolios/${id}/performance`)).invested).toBe('60')
  expect(await (await request(`/portfolios/${id}/transactions`)).text()).toContain('Mar 5, 2035')
  expect(await shown(id)).toBe(1)
  reading.isOver = true
  expect(await (await written).json()).toMatchObject({ accepted: ROWS })
  expect((await object(id).snapshot('owner', false))!.transaction_count).toBe(ROWS + 1)
  page.close()
  // what it asks for is counted by nobody else
  await settled(id)
})
