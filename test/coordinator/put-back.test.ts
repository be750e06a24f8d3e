import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { invested } from '../worker/invested.ts'
import { listen } from '../worker/socket.ts'
import { post } from '../web/page.ts'
import { recentTrades } from '../web/reads.ts'

// Time Travel puts D1 back. KV, the coordinator's storage, its memory and the open pages stay as they were.

type Row = Record<string, unknown>
const TABLES = [
  'owners',
  'portfolios',
  'imports',
  'transactions',
  'audit',
  'tracked',
  'snapshots',
  'headlines',
  'cron_claims',
]

let id: string
beforeEach(async () => {
  id = await invested(recentTrades)
})

/** Copies the tables that a write may change; answers how to put them back, as Time Travel does. */
async function bookmark(): Promise<() => Promise<void>> {
  const kept = new Map<string, Row[]>()
  for (const table of TABLES)
    kept.set(table, (await env.DB.prepare(`SELECT * FROM ${table}`).all<Row>()).results)
  return async () => {
    const { DB } = env
    await DB.batch([
      // sessions name accounts
      DB.prepare('PRAGMA defer_foreign_keys = on'),
      ...TABLES.toReversed().map((table) => DB.prepare(`DELETE FROM ${table}`)),
      ...[...kept].flatMap(([table, rows]) =>
        rows.map((row) =>
          DB.prepare(
            `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row)
              .map(() => '?')
              .join()})`,
          ).bind(...Object.values(row)),
        ),
      ),
    ])
  }
}

const shown = (headers: Record<string, string> = {}) =>
  json(`/api/dashboard-initial-data?portfolio_id=${id}`, { headers })
const million = () =>
  send(`/api/portfolios/${id}/transactions`, { type: 'deposit', date: '2034-04-03', amount: '1000000' })
const copy = async () =>
  (await env.SNAPSHOTS.get<{ revision: number; summary: { value: string } }>(`snapshot:${id}`, 'json'))!
const listed = async () => (await json(`/api/portfolios/${id}/transactions`)).transactions.length as number

/** The value as the dashboard shows it. */
const inCents = ({ summary }: { summary: { value: string } }) =>
  Number(summary.value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Somebody opens the dashboard, where nobody has for a while. */
async function opened(): Promise<string> {
  forgetBeyond(0)
  const page = await request(`/portfolios/${id}`)
  expect(page.status).toBe(200)
  return page.text()
}

it.each([
  ['that sleeps', async () => abortAllDurableObjects()],
  ['that is awake', async () => undefined],
])('a mistaken million is gone at the next opening, also with an object %s', async (_, fall) => {
  const [before, rows] = [await shown(), await listed()]
  const putBack = await bookmark()
  expect((await million()).status).toBe(201)
  const mistaken = await shown()
  expect(Number(mistaken.summary.value) - Number(before.summary.value)).toBe(1_000_000)
  await putBack()
  await fall()

  const first = await opened()
  expect(first).toContain(inCents(before))
  expect(first).not.toContain(inCents(mistaken))
  const after = await copy()
  expect(after.summary.value).toBe(before.summary.value)
  expect((await shown()).summary).toEqual(before.summary)
  expect(await listed()).toBe(rows)
  // a reader who has seen the million gets what is right, and no revision has had two contents
  expect(after.revision).toBeGreaterThan(mistaken.revision)
  const read = await shown({ 'yardstick-revision': String(mistaken.revision) })
  expect([read.revision, read.summary.value]).toEqual([after.revision, before.summary.value])
})

// each may be the first that somebody opens
it.each<[string, (secret: string) => Promise<unknown>]>([
  ['the chart', () => json(`/portfolios/${id}/chart.json`)],
  ['the marks of the chart', () => json(`/portfolios/${id}/trades.json`)],
  ['the list of transactions', () => listed()],
  ['the holdings', async () => (await request(`/portfolios/${id}/holdings`)).text()],
  ['a shared link', async (secret) => (await request(`/s/${secret}`)).text()],
])('%s is right at its next opening', async (_, read) => {
  const link = { note: 'for Ann', shows: 'amounts', days: '7' }
  const made = await (await post(`/portfolios/${id}/links`, link)).text()
  const [, secret] = /value="https:\/\/yardstick\.test\/s\/([\w-]{43})"/.exec(made)!
  const [before, value] = [await read(secret!), (await shown()).summary.value]
  const putBack = await bookmark()
  await million()
  await send(`/api/portfolios/${id}/transactions`, {
    type: 'buy',
    symbol: 'AAPL',
    date: '2034-04-03',
    shares: '1000',
    price: '420',
  })
  expect(await read(secret!)).not.toEqual(before)
  await putBack()
  expect(await read(secret!)).toEqual(before)
  expect((await shown()).summary.value).toBe(value)
})

it('a page that is open hears of it with the next prices, and its watch stands again', async () => {
  const before = await shown()
  const putBack = await bookmark()
  const page = await listen(id, `?revision=${before.revision}`)
  await million()
  const mistaken = await shown()
  await putBack()
  await env.PORTFOLIO.getByName(id).recompute()

  const heard = await page.heard((each) => each.type === 'changed' && each.revision > mistaken.revision)
  const after = await copy()
  expect(heard).toMatchObject({ revision: after.revision, regions: expect.arrayContaining(['headline']) })
  expect(after.summary.value).toBe(before.summary.value)
  await runDurableObjectAlarm(env.PORTFOLIO.getByName(id))
  const watched = env.DB.prepare('SELECT watched_until AS until FROM portfolios WHERE id = ?').bind(id)
  expect((await watched.first<{ until: number }>())!.until).toBeGreaterThan(Date.now())
  page.close()
})

it('an edit that comes first is made of what D1 has', async () => {
  const [before, rows] = [await shown(), await listed()]
  const putBack = await bookmark()
  await million()
  const mistaken = await shown()
  await putBack()
  await send(`/api/portfolios/${id}/transactions`, { type: 'deposit', date: '2034-04-03', amount: '10' })
  const after = await copy()
  expect(Number(after.summary.value) - Number(before.summary.value)).toBe(10)
  expect(after.revision).toBeGreaterThan(mistaken.revision)
  expect(await listed()).toBe(rows + 1)
})

it('a deletion that is undone brings the portfolio back as it was', async () => {
  const before = await shown()
  const putBack = await bookmark()
  await send(`/api/portfolios/${id}`, null, 'DELETE')
  expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBeNull()
  await putBack()
  await opened()
  const after = await copy()
  expect([after.revision, after.summary]).toEqual([before.revision, before.summary])
  expect((await json('/api/portfolios')).portfolios).toContainEqual(expect.objectContaining({ id }))
})

it('a portfolio that was made since is gone, also from KV', async () => {
  const putBack = await bookmark()
  const later = await newPortfolio({ name: 'Later' })
  await settled(later)
  await putBack()
  abortAllDurableObjects()
  await listen(later).catch(() => undefined)
  expect((await request(`/portfolios/${later}`)).status).toBe(404)
})
