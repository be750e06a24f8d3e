import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handOver } from '../../src/jobs/counters.ts'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, request, send, settled, upstreamCalls, signed } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { type Counts, countingEnv, nothing } from '../worker/counting.ts'
import { invested } from '../worker/invested.ts'
import { listen } from '../worker/socket.ts'
import { printTable } from '../worker/table.ts'
import { computedReads, pageReads, recentTrades, warmReads } from './reads.ts'

let id: string
const counted: [name: string, counts: Counts & { upstream: number }][] = []

beforeAll(async () => {
  id = await invested(recentTrades, { targets: 'AAPL 50, MSFT 40' })
})

beforeEach(() => setClock())
afterEach(() => setClock())

const total = (calls: Record<string, number>) => Object.values(calls).reduce((sum, count) => sum + count, 0)

/** What one request costs that nobody here has made before, the work it leaves behind it included. */
async function costOf(name: string, path: string, headers: Record<string, string> = {}): Promise<Counts> {
  forgetBeyond(0)
  return costOfNext(name, path, headers)
}

async function costOfNext(name: string, path: string, headers: Record<string, string>): Promise<Counts> {
  // what earlier requests counted is not this one's to save
  await handOver(env.DB, Date.now())
  const before = total(await upstreamCalls())
  const { env: counting, counts } = countingEnv(env)
  const ctx = createExecutionContext()
  const answer = await app.fetch(signed(HOST + path, { headers }), counting, ctx)
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
  await waitOnExecutionContext(ctx)
  counted.push([name, { ...counts, upstream: total(await upstreamCalls()) - before }])
  return counts
}

/** Who reads: one query that searches by primary keys, of the session, its account, the portfolio, the revision that D1 has of it, and the list of them, each with its headline. */
const SIGNED_IN = { d1Trips: 1, d1Queries: 1, d1RowsRead: 8 }

/** The chart and the trades have a key of their own beside the snapshot's, of which they read what is beside it. */
const keysOf = (name: string) => (/^(chart|trades)\.json|chart-data/.test(name) ? 2 : 1)

describe('a warm dashboard costs one KV read and one D1 query a region, no Durable Object call, no upstream call', () => {
  it.each(warmReads)('%s', async (name, path) => {
    expect(await costOf(name, path(id))).toEqual({ ...nothing, ...SIGNED_IN, kvReads: keysOf(name) })
    expect(counted.at(-1)![1].upstream).toBe(0)
  })

  it.each(warmReads)('%s, of a reader who has seen just this revision', async (name, path) => {
    const { revision } = (await env.SNAPSHOTS.get<{ revision: number }>(`snapshot:${id}`, 'json'))!
    const headers = { 'yardstick-revision': String(revision) }
    expect(await costOf(`${name}, seen`, path(id), headers)).toEqual({
      ...nothing,
      ...SIGNED_IN,
      kvReads: keysOf(name),
    })
    counted.pop()
  })
})

describe('for half a minute an isolate does not read again what it has read, while D1 has the same revision', () => {
  it.each(warmReads)('%s', async (name, path) => {
    await costOf(name, path(id))
    expect(await costOfNext(name, path(id), {})).toEqual({ ...nothing, ...SIGNED_IN })
    setClock(NOON + 30_000)
    expect(await costOfNext(name, path(id), {})).toEqual({ ...nothing, ...SIGNED_IN, kvReads: keysOf(name) })
    counted.splice(-3)
  })

  it('the chart goes with the snapshot, and the snapshot not with the chart', async () => {
    await costOf('', `/portfolios/${id}/chart.json`)
    expect((await costOfNext('', `/portfolios/${id}`, {})).kvReads).toBe(1)
    expect((await costOfNext('', `/portfolios/${id}/trades.json`, {})).kvReads).toBe(0)
    counted.splice(-3)
  })
})

describe('what is computed anew asks at most one Durable Object, writes nothing and never asks the market', () => {
  it.each([...computedReads, ...pageReads])('%s', async (name, path) => {
    const { kvReads, kvWrites, d1RowsWritten, messages, objectCalls, d1Queries } = await costOf(
      name,
      path(id),
    )
    expect({ kvWrites, d1RowsWritten, messages }).toEqual({ kvWrites: 0, d1RowsWritten: 0, messages: 0 })
    expect(objectCalls).toBeLessThanOrEqual(1)
    // the settings have who else may see the portfolio, in one trip
    expect(kvReads + d1Queries).toBeLessThanOrEqual(name === 'settings page' ? 5 : 4)
    expect(counted.at(-1)![1].upstream).toBe(0)
  })
})

it('a reader who has seen more than KV has costs one call of the coordinator, and no upstream call', async () => {
  const { revision } = (await env.SNAPSHOTS.get<{ revision: number }>(`snapshot:${id}`, 'json'))!
  const headers = { 'yardstick-revision': String(revision + 1) }
  const path = `/portfolios/${id}/holdings`
  expect(await costOf('holdings, KV behind', path, headers)).toEqual({
    ...nothing,
    ...SIGNED_IN,
    kvReads: 1,
    objectCalls: 1,
  })
  expect(counted.at(-1)![1].upstream).toBe(0)
})

it('dashboard_load_time: all of it is one KV read and one D1 query a part, and no wait for anything else', async () => {
  const parts = [
    '',
    '/headline',
    '/chart',
    '/holdings',
    '/allocation',
    '/recent',
    '/log',
    '/freshness',
    '/chart.json',
  ]
  for (const part of parts) {
    const kvReads = keysOf(part.slice(1))
    expect(await costOf('', `/portfolios/${id}${part}`)).toEqual({ ...nothing, ...SIGNED_IN, kvReads })
    expect(counted.pop()![1].upstream).toBe(0)
  }
})

describe('old prices', { shuffle: false }, () => {
  const later = NOON + 20 * 60_000
  const holdings = () => json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const generation = async (): Promise<number> =>
    (await json(`/api/portfolios/${id}/refreshes/latest`)).generation

  it('cache_staleness_handling: they are shown at once, marked with their age, and renewed behind', async () => {
    setClock(later)
    const before = total(await upstreamCalls())
    const { holdings: rows } = await holdings()
    expect(rows.map(({ stale }: { stale: boolean }) => stale)).toEqual([true, true])
    expect(await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).toMatchObject({ fresh: false })
    await handOver(env.DB, later)
    const { env: counting, counts } = countingEnv(env)
    const ctx = createExecutionContext()
    forgetBeyond(0)
    const page = await app.fetch(signed(`${HOST}/portfolios/${id}`), counting, ctx)
    const html = await page.text()
    expect(page.status).toBe(200)
    // 17:00Z is noon in New York
    expect(html).toContain('12:00')
    expect(html.match(/<mark class="stale"/g)).toHaveLength(2)
    // nobody waited: one read, and a word to the coordinator
    expect(counts).toEqual({ ...nothing, ...SIGNED_IN, kvReads: 1, objectCalls: 1 })
    await waitOnExecutionContext(ctx)
    await settled(id)
    const { holdings: renewed } = await holdings()
    expect(renewed.map(({ stale }: { stale: boolean }) => stale)).toEqual([false, false])
    expect(total(await upstreamCalls()) - before).toBe(1)
  })

  it('progressive_loading: the first answer comes from the cache, the fresh one is signalled', async () => {
    // while they are fresh nobody is asked for others
    const before = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(before).toMatchObject({ fresh: true, as_of: expect.stringContaining('T17:20:00') })
    setClock(later + 20 * 60_000)
    const first = await (await request(`/portfolios/${id}/freshness`)).text()
    expect(first).toContain('12:20')
    expect(first).toContain('Prices from')
    // opening the page is what asks
    const page = await listen(id)
    const changed = await page.heard((signal) => signal.type === 'changed')
    const revision = changed.type === 'changed' ? changed.revision : 0
    const after = await json(`/api/dashboard-initial-data?portfolio_id=${id}&revision=${revision}`)
    expect(after).toMatchObject({ fresh: true, as_of: expect.stringContaining('T17:40:00'), revision })
    expect(revision).toBeGreaterThan(before.revision)
    page.close()
  })

  it('a script that only reads the API has them renewed behind its answer', async () => {
    const asked = [
      `dashboard-initial-data?portfolio_id=${id}`,
      `dashboard-holdings-data?portfolio_id=${id}`,
      `portfolios/${id}/performance`,
    ]
    for (const [i, path] of asked.entries()) {
      setClock(later + (i + 3) * 20 * 60_000)
      const before = await generation()
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      const url = `${HOST}/api/${path}`
      forgetBeyond(0)
      expect((await app.fetch(signed(url), counting, ctx)).status).toBe(200)
      expect([path, counts]).toEqual([path, { ...nothing, ...SIGNED_IN, kvReads: 1, objectCalls: 1 }])
      await waitOnExecutionContext(ctx)
      expect(await generation()).toBe(before + 1)
      await settled(id)
    }
  })

  it('so has one that reads any other figure, or holds a link to look at it', async () => {
    const made = await send(`/api/portfolios/${id}/links`, {})
    const { address } = (await made.json()) as { address: string }
    const parts = ['cash-flows', 'gap?benchmark=VOO', 'decisions', 'targets', 'risk', 'income']
    const asked = [
      new URL(address).pathname,
      `/api/dashboard-chart-data?portfolio_id=${id}`,
      ...parts.map((part) => `/api/portfolios/${id}/${part}`),
      `/portfolios/${id}/export/holdings.csv`,
      `/portfolios/${id}/export/months.csv`,
    ]
    for (const [i, path] of asked.entries()) {
      // at the same hour of later weeks
      setClock(later + (i + 1) * 7 * DAY)
      const before = await generation()
      const ctx = createExecutionContext()
      const answer = await app.fetch(signed(HOST + path), env, ctx)
      await answer.arrayBuffer()
      await waitOnExecutionContext(ctx)
      expect([path, answer.status, await generation()]).toEqual([path, 200, before + 1])
      await settled(id)
    }
  })

  it('one that reads a past day, which does not become stale, has not', async () => {
    setClock(later + 12 * 7 * DAY)
    const { env: counting, counts } = countingEnv(env)
    const ctx = createExecutionContext()
    const past = `${HOST}/api/portfolios/${id}/performance?as_of=2035-03-06`
    await app.fetch(signed(past), counting, ctx)
    await waitOnExecutionContext(ctx)
    expect(counts.objectCalls).toBe(1)
  })
})

afterAll(() => {
  printTable('A reader’s requests', [
    ['read', 'KV reads', 'KV writes', 'D1 queries', 'DO calls', 'upstream'],
    ...counted.map(([name, { kvReads, kvWrites, d1Queries, objectCalls, upstream }]) => [
      name,
      kvReads,
      kvWrites,
      d1Queries,
      objectCalls,
      upstream,
    ]),
  ])
})
