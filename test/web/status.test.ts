import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { countedStorage } from '../../src/jobs/counted-storage.ts'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { dropCached } from '../../src/storage/snapshots.ts'
import { noUsage } from '../../src/storage/usage.ts'
import { freePlan } from '../../src/web/free-plan.ts'

import { endpointHealth } from '../../src/web/endpoint-health.ts'
import { durations } from '../../src/web/status.ts'
import { json, newPortfolio, request, setFault, settled } from '../worker/app.ts'
import { takeAppLog } from '../worker/app-log.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { metered } from '../worker/metered.ts'
import { deliver } from '../worker/queue.ts'
import { listen } from '../worker/socket.ts'
import { nothingBehind } from '../worker/underway.ts'
import { usedBy } from '../worker/usage.ts'
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
    forgetBeyond(0)
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
    }, 60_000)
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
    // nothing of it is still to come where others count what is used
    await settled(other)
    expect((await status()).refreshes).toContainEqual(expect.objectContaining({ portfolio_id: other }))
    await env.DB.prepare("INSERT OR IGNORE INTO owners (id, created_at) VALUES ('another', 0)").run()
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

describe('the free plan', () => {
  it('is counted as the platform counts it: rows, writes, messages and calls, of pages, clock and queue', async () => {
    const meter = metered()
    await meter.watchOver(id)
    await runInDurableObject(env.MARKET_GATEWAY.getByName('market'), (object) => {
      Object.assign(object, { env: meter.env })
    })
    const live = await listen(id)
    // what the opening asks for
    await meter.deliver()
    await nothingBehind(id)
    takeAppLog()
    await meter.start()
    const counted = await usedBy(async () => {
      for (const minutes of [20, 21, 22]) {
        setClock(NOON + minutes * 60_000)
        await meter.cron(Date.now())
        await meter.deliver()
        await meter.request(`/portfolios/${id}`)
        await meter.request(`/portfolios/${id}/chart.json`)
        await meter.request(`/portfolios/${id}/transactions`)
      }
      await nothingBehind(id)
    })
    const seen = await meter.read()
    live.close()
    const lines = takeAppLog()
    const done = lines.filter((line) => /"event":"message".*"outcome":"done"/.test(line)).length
    expect(done).toBeGreaterThan(0)
    // the meter does the clock's work itself, without the Worker and its call of the desk
    const clock = 3
    expect(counted).toMatchObject({
      requests: seen.requests - clock + seen.batches,
      kvReads: seen.kvReads,
      kvWrites: seen.kvWrites,
      rowsRead: seen.d1RowsRead,
      rowsWritten: seen.d1RowsWritten,
      // written and read, and deleted once they are done
      queueOperations: 2 * seen.messages + done,
      objectRequests: seen.objectCalls - clock,
      logLines: lines.length,
    })
    // the chart needs what came with the page a moment ago
    expect(counted.kvReads).toBeGreaterThanOrEqual(3)
    expect(counted.objectRowsRead).toBeGreaterThan(0)
    expect(counted.objectRowsWritten).toBeGreaterThan(0)
  })

  it('counts a row of an object’s storage for each key that it reads, writes or deletes, and for its alarm', async () => {
    const own = await usedBy(() =>
      runInDurableObject(env.PORTFOLIO.getByName('nobody’s'), async (_, { storage }) => {
        const counting = countedStorage(storage)
        const { kv } = counting
        kv.put('a', 1)
        kv.put('b', 2)
        expect([kv.get('a'), kv.get('b'), kv.get('c')]).toEqual([1, 2, undefined])
        kv.delete('a')
        await counting.setAlarm(Date.now() + 3_600_000)
        await counting.deleteAlarm()
        await counting.deleteAll()
      }),
    )
    expect(own).toMatchObject({ objectRowsRead: 3, objectRowsWritten: 2 + 1 + 2 })
  })

  it('counts the copies that an erasure deletes of KV', async () => {
    expect(await usedBy(() => dropCached(env.SNAPSHOTS, crypto.randomUUID()))).toMatchObject({ kvDeletes: 2 })
  })

  it('counts an event of the log for each request, each call of an object and each line', () => {
    const { quotas } = freePlan({ ...noUsage, requests: 5, objectRequests: 7, logLines: 11 }, null, NOON)
    expect(quotas.find(({ name }) => name === 'Log events')).toMatchObject({ used: 23, most: 200_000 })
  })

  const at = (time: string) => Date.parse(`2026-03-04T${time}Z`)
  it.each([
    // 400 of 1,000 in six hours are 1,600 a day: the thousandth at 15:00
    [400, '06:00:00', '2026-03-04T15:00:00.000Z'],
    [250, '06:00:00', null],
    [1200, '12:00:00', '2026-03-04T12:00:00.000Z'],
    [0, '00:00:00', null],
  ])('of a thousand writes %i used by %s run out at %s', (kvWrites, time, runsOut) => {
    const { since, quotas } = freePlan({ ...noUsage, kvWrites }, null, at(time))
    expect(since).toBe('2026-03-04T00:00:00.000Z')
    const writes = quotas.find(({ name }) => name === 'KV writes')!
    expect(writes).toMatchObject({ used: kvWrites, most: 1000, share: kvWrites / 1000, runs_out_at: runsOut })
  })

  it('bills an object 128 MB for the time it is at work', () => {
    const { quotas } = freePlan({ ...noUsage, objectMs: 1_000_000 }, null, at('12:00:00'))
    expect(quotas).toContainEqual(
      expect.objectContaining({ name: 'Object duration', unit: 'GB-s', used: 128, most: 13_000 }),
    )
  })

  it('is on the page, with what cannot be counted', async () => {
    const { free_plan } = await status()
    // all that the free plan counts by the day (Cloudflare's pages on the limits and prices of each product)
    expect(free_plan.quotas.map(({ name, most }: { name: string; most: number }) => [name, most])).toEqual([
      ['Worker requests', 100_000],
      ['KV reads', 100_000],
      ['KV writes', 1_000],
      ['KV deletes', 1_000],
      ['D1 rows read', 5_000_000],
      ['D1 rows written', 100_000],
      ['Queue operations', 10_000],
      ['Object requests', 100_000],
      ['Object rows read', 5_000_000],
      ['Object rows written', 100_000],
      ['Object duration', 13_000],
      ['Log events', 200_000],
    ])
    const shown = await page()
    expect(shown).toContain('Cloudflare’s free plan today')
    expect(free_plan.database_mb).toBeGreaterThan(0)
    expect(shown).toContain(`The database has ${free_plan.database_mb} MB of the 500 MB that are free.`)
    for (const sentence of free_plan.not_counted) expect(shown).toContain(sentence)
  })
})

describe('an endpoint', () => {
  const [before, after] = [1000, 2000]
  const ended = (outcome: string, at: number | null) => ({
    source: 's',
    endpoint: 'e',
    outcome,
    count: 1,
    at,
  })
  const healthOf = (...all: ReturnType<typeof ended>[]) => endpointHealth(all).map(({ health }) => health)

  it('works when its last answer was good, and a symbol that it does not know is an answer', () => {
    expect(healthOf(ended('429', before), ended('ok', after))).toEqual(['works'])
    expect(healthOf(ended('network', before), ended('rejected', after))).toEqual(['works'])
  })

  it.each(['429', 'crumb', 'turned-away', 'html', 'redirect', 'dead-end'])(
    'that ends with %s refuses us',
    (outcome) => {
      expect(healthOf(ended('ok', before), ended(outcome, after))).toEqual(['refuses us'])
    },
  )

  it.each(['5xx', 'timeout', 'network'])('that ends with %s is down', (outcome) => {
    expect(healthOf(ended('ok', before), ended(outcome, after))).toEqual(['down'])
  })

  it('of which nothing was noted is not judged', () => {
    expect(healthOf(ended('ok', null))).toEqual([null])
  })

  it('is on the page and in the JSON with its last good call, and from where calls go out', async () => {
    const { endpoints, calls_from } = await json('/api/status')
    expect(endpoints.find(({ endpoint }: { endpoint: string }) => endpoint === 'chart')).toMatchObject({
      source: 'demo',
      health: 'works',
      last_good_at: expect.stringContaining('T'),
      refused_by: null,
    })
    // invented prices come from nowhere
    expect(calls_from).toBeNull()
    expect(await (await request('/status')).text()).toContain('Endpoints')
  })
})
