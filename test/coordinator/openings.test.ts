import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anotherAccount } from '../worker/account.ts'
import { HOST, json } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { metered } from '../worker/metered.ts'
import { listen, openSocket } from '../worker/socket.ts'
import { printTable } from '../worker/table.ts'

// Each deployment closes all sockets, and the pages open them again at once.

const PAGES = 100
const meter = metered()
const printed: (string | number)[][] = [['what opens', 'recomputations', 'D1 queries', 'budget']]
let id: string

/** Each account may have twenty open. */
let readers: { cookie: string }[]
const open = (query = '') =>
  Promise.all(Array.from({ length: PAGES }, (_, i) => openSocket(id, query, readers[i % readers.length])))
/** A snapshot that is made reads the last deeds. */
const recomputed = () => meter.statements.filter((each) => /from `audit`/i.test(each)).length
const revision = async () => (await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).revision as number

async function counted(name: string, most: { recomputations: number; queries: number }) {
  // behind what the openings have set off
  await env.PORTFOLIO.getByName(id).snapshot('owner', false)
  const { d1Queries } = await meter.read()
  printed.push([name, recomputed(), d1Queries, `≤ ${most.recomputations} and ${most.queries}`])
  expect(recomputed()).toBeLessThanOrEqual(most.recomputations)
  expect(d1Queries).toBeLessThanOrEqual(most.queries)
}

beforeAll(async () => {
  id = await invested()
  readers = await Promise.all(Array.from({ length: 20 }, (_, i) => anotherAccount(`reader-${i}`)))
  await env.DB.batch(
    readers.map((_, i) =>
      env.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 0)").bind(id, `reader-${i}`),
    ),
  )
  await meter.watchOver(id)
})
afterAll(() => {
  vi.useRealTimers()
  printTable('Sockets that open at once', printed)
})

describe('a hundred pages that open at once', () => {
  it('cost as much as one', async () => {
    setClock()
    await meter.start()
    const pages = await open('?revision=0')
    // its snapshot once, the watch and what is due; the object asks who may see for many at once
    await counted('100 pages, the first among them', { recomputations: 1, queries: 10 })
    const now = await revision()
    for (const page of pages)
      expect(await page.heard(({ type }) => type === 'changed')).toMatchObject({ revision: now })
    for (const page of pages.slice(1)) page.close()
    await vi.waitFor(async () => expect(await watchedUntil()).toBeGreaterThan(0), 60_000)

    await meter.start()
    const more = await open(`?revision=${now}`)
    await counted('100 pages beside one', { recomputations: 0, queries: 2 })
    expect(more.flatMap(({ signals }) => signals.filter(({ type }) => type === 'changed'))).toEqual([])

    await meter.start()
    const [, edited] = await Promise.all([open('?revision=0'), edit()])
    expect(edited).toMatchObject({ status: 'ok' })
    await counted('100 pages and an edit meanwhile', { recomputations: 1, queries: 14 })
    for (const page of more) {
      const heard = await page.heard(({ type }) => type === 'changed')
      expect(heard).toMatchObject({ revision: await revision() })
    }
    for (const page of [...pages.slice(0, 1), ...more]) page.close()
  })
})

it('a socket that opens asks D1 once who may see the portfolio, and KV nothing', async () => {
  const page = await listen(id)
  await meter.start()
  const headers = { upgrade: 'websocket', origin: HOST }
  const answer = await meter.request(`/portfolios/${id}/live`, { headers })
  answer.webSocket!.accept()
  const { kvReads, d1Queries, objectCalls } = await meter.read()
  expect({ kvReads, d1Queries, objectCalls }).toEqual({ kvReads: 0, d1Queries: 1, objectCalls: 1 })
  answer.webSocket!.close(1000)
  page.close()
})

const edit = () =>
  env.PORTFOLIO.getByName(id).add('owner', { type: 'deposit', date: '2034-06-01', amount: '10' }, null)

async function watchedUntil(): Promise<number> {
  const row = await env.DB.prepare('SELECT watched_until FROM portfolios WHERE id = ?').bind(id).first<{
    watched_until: number
  }>()
  return row!.watched_until
}
