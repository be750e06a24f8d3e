import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { durations } from '../../src/web/status.ts'
import { json, setFault, newPortfolio, request } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { deliver } from '../worker/queue.ts'
import { listen } from '../worker/socket.ts'
import { recentTrades, warmReads } from './reads.ts'

let id: string

beforeAll(async () => {
  id = await invested(recentTrades, { name: 'Retirement' })
})
beforeEach(() => setClock())
afterEach(async () => {
  vi.restoreAllMocks()
  await setFault(null)
  vi.useRealTimers()
})

const status = () => json('/api/status')
const page = async () => (await request('/status')).text()

/** What some work adds to the counts of the cache, `snapshot hits: 2`. */
async function added(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await status()).cache.kinds
  await work()
  const after = (await status()).cache.kinds
  const difference = (i: number, what: string) =>
    [`${after[i].kind} ${what}`, after[i][what] - before[i][what]] as const
  return Object.fromEntries(
    [0, 1]
      .flatMap((i) => ['hits', 'misses', 'behind'].map((what) => difference(i, what)))
      .filter(([, n]) => n > 0),
  )
}

const read = async (path: string, headers: Record<string, string> = {}) =>
  void (await (await request(path, { headers })).arrayBuffer())

describe('the queue', () => {
  it('counts tries, and those that have to be made again', async () => {
    const of = async () =>
      (await status()).queue.kinds.find(({ kind }: { kind: string }) => kind === 'quotes')
    const message = { kind: 'quotes', symbols: ['V'], requester: null }
    const before = await of()
    await deliver(message)
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: no connection')
    })
    await deliver(message, 2)
    vi.restoreAllMocks()
    await setFault({ kind: '500' })
    await deliver(message, 3)
    const after = await of()
    expect({
      attempts: after.attempts - before.attempts,
      done: after.done - before.done,
      later: after.later - before.later,
      failed: after.failed - before.failed,
      retries: after.retries - before.retries,
    }).toEqual({ attempts: 3, done: 1, later: 1, failed: 1, retries: 2 })
  })
})

describe('the cache', () => {
  it('counts each region of a warm dashboard as one hit', async () => {
    const reads = await added(async () => {
      for (const [, path] of warmReads) await read(path(id))
    })
    // chart.json, trades.json and dashboard-chart-data read the long chart, all others the snapshot
    expect(reads).toEqual({ 'snapshot hits': warmReads.length - 3, 'chart hits': 3 })
  })

  it('counts what a reader has seen more of as behind', async () => {
    const { revision } = (await env.SNAPSHOTS.get<{ revision: number }>(`snapshot:${id}`, 'json'))!
    const headers = { 'yardstick-revision': String(revision + 1) }
    const reads = await added(async () => {
      await read(`/portfolios/${id}/holdings`, headers)
      await read(`/portfolios/${id}/chart.json`, headers)
    })
    expect(reads).toEqual({ 'snapshot behind': 1, 'chart behind': 1 })
  })

  it('counts an empty KV as a miss, once', async () => {
    await env.SNAPSHOTS.delete(`snapshot:${id}`)
    const reads = await added(async () => {
      await read(`/portfolios/${id}/holdings`)
      await read(`/portfolios/${id}/holdings`)
    })
    expect(reads).toEqual({ 'snapshot misses': 1, 'snapshot hits': 1 })
  })

  it('counts nothing of a portfolio that is not there', async () => {
    expect(await added(() => read(`/portfolios/${crypto.randomUUID()}/holdings`))).toEqual({})
  })

  it('says what part was hits: the sums are those of the kinds', async () => {
    const { cache } = await status()
    const hits = cache.kinds[0].hits + cache.kinds[1].hits
    const others = cache.kinds.map(({ misses, behind }: Record<string, number>) => misses! + behind!)
    expect(cache).toMatchObject({ hits, reads: hits + others[0] + others[1] })
    expect(cache.hit_rate).toBe(cache.hits / cache.reads)
  })

  it('has its counts in D1 once a live channel opens', async () => {
    await env.DB.prepare('DELETE FROM counters').run()
    await read(`/portfolios/${id}/holdings`)
    vi.setSystemTime(Date.now() + 120_000)
    const channel = await listen(id)
    channel.close()
    await vi.waitFor(async () => {
      const row = await env.DB.prepare("SELECT count FROM counters WHERE name = 'cache snapshot hit'").first()
      expect(row).not.toBeNull()
    }, 5000)
  })
})

it('calls to the source are counted through a restart of the gateway, since the same moment', async () => {
  const before = await status()
  expect(before.upstream.length).toBeGreaterThan(0)
  await evictDurableObject(env.MARKET_GATEWAY.getByName('market'))
  const after = await status()
  expect(after.upstream_since).toBe(before.upstream_since)
  for (const { endpoint, outcome, count } of before.upstream) {
    const same = after.upstream.find(
      (call: Record<string, unknown>) => call.endpoint === endpoint && call.outcome === outcome,
    )
    // others may have been made meanwhile
    expect(same?.count).toBeGreaterThanOrEqual(count)
  }
})

describe('how long a refresh takes', () => {
  const took = (ms: number, total = 1) => ({ total, startedAt: 1000, finishedAt: 1000 + ms })

  it('is said by the middle one and the longest of those that asked for something', () => {
    expect(durations([took(300), took(100), took(0, 0), took(200)])).toEqual({
      count: 3,
      p50_ms: 200,
      max_ms: 300,
    })
    expect(durations([took(400), took(100)])).toEqual({ count: 2, p50_ms: 100, max_ms: 400 })
  })
  it('is not known before the first', () => {
    expect(durations([took(0, 0)])).toEqual({ count: 0, p50_ms: null, max_ms: null })
  })
})

describe('the status page', () => {
  it('names the reader’s portfolios, and of others neither name nor address', async () => {
    const other = await newPortfolio({ name: 'Somebody’s secret', benchmarks: ['VOO'] })
    await vi.waitFor(async () =>
      expect((await status()).refreshes).toContainEqual(expect.objectContaining({ portfolio_id: other })),
    )
    await env.DB.prepare("INSERT OR IGNORE INTO owners VALUES ('another', 0)").run()
    await env.DB.prepare("UPDATE portfolios SET owner_id = 'another' WHERE id = ?").bind(other).run()
    const html = await page()
    expect(html).toContain('Retirement')
    expect(html).toContain('other owner')
    expect(html).not.toContain('secret')
    expect(html).not.toContain(other)
  })

  it('has the stale prices first, each with its age', async () => {
    await env.DB.prepare("UPDATE quotes SET fetched_at = ? WHERE symbol = 'MSFT'")
      .bind(Date.now() - 3 * 3_600_000)
      .run()
    const { quotes } = await status()
    expect(quotes[0]).toMatchObject({ symbol: 'MSFT', stale: true, age_seconds: 10_800 })
    expect(quotes.slice(1).some(({ stale }: { stale: boolean }) => stale)).toBe(false)
    const html = await page()
    expect(html.indexOf('MSFT')).toBeGreaterThan(0)
    expect(html).toContain('3 h')
  })

  it('says “no reads yet” where nothing was counted, and not NaN', async () => {
    const { Status } = await import('../../src/web/views/status.tsx')
    const shown = await status()
    const none = { reads: 0, hits: 0, misses: 0, behind: 0, hit_rate: null }
    const cache = {
      since: null,
      ...none,
      kinds: [
        { kind: 'snapshot', ...none },
        { kind: 'chart', ...none },
      ],
    }
    // without the source's own words, of which “null” is one
    const told = { ...shown, cache, refreshes: [], quotes: [], quarantined: [] }
    const html = String(
      Status({ status: told, own: [], source: { name: 'a source', isInvented: false }, now: Date.now() }),
    )
    expect(html).toContain('no reads yet')
    expect(html).not.toMatch(/NaN|undefined|null|Infinity/)
  })
})
