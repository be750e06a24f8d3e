import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { settledState } from '../../src/coordinator/coordinator-state.ts'
import { StateStore } from '../../src/coordinator/state-store.ts'
import { platformNow } from '../starting-clock.ts'
import { json, newPortfolio, settled } from '../worker/app.ts'
import { rewire } from '../worker/failing.ts'
import { plant, stateIn } from '../worker/owed.ts'
import { listen, openSocket } from '../worker/socket.ts'

const coordinatorOf = (id: string) => env.PORTFOLIO.getByName(id)

it('knows its portfolio by its own name, whatever wakes it: a call, a socket, its alarm', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await settled(id)
  await evictDurableObject(coordinatorOf(id))
  expect(await coordinatorOf(id).holdingsOn('owner', null, false)).toMatchObject({ holdings: [] })

  await evictDurableObject(coordinatorOf(id))
  const page = await listen(id, '?revision=0')
  expect(await page.heard((signal) => signal.type === 'changed')).toMatchObject({ type: 'changed' })
  page.close()

  // KV lacks a copy, and nobody calls: an alarm of the runtime's own wakes an evicted object to write it
  await vi.waitFor(
    () => runInDurableObject(coordinatorOf(id), (_, state) => expect(state.getWebSockets()).toEqual([])),
    60_000,
  )
  await runInDurableObject(coordinatorOf(id), async (_, { storage }) => {
    plant(storage, { isBehind: true })
    await storage.setAlarm(platformNow() + 200)
  })
  await env.SNAPSHOTS.delete(`snapshot:${id}`)
  await evictDurableObject(coordinatorOf(id))
  expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBeNull()
  await vi.waitFor(async () => expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).not.toBeNull(), {
    timeout: 60_000,
    interval: 50,
  })
})

it('takes no other portfolio than the one of its name', async () => {
  const id = crypto.randomUUID()
  const other = {
    id: crypto.randomUUID(),
    ownerId: 'owner',
    name: 'Elsewhere',
    description: '',
    baseCurrency: 'USD',
    benchmarks: [],
    costBasis: 'fifo' as const,
    dividends: 'recorded' as const,
    withholding: null,
    targets: null,
    riskFreeRate: null,
    dismissedDividends: [],
    dismissedActions: [],
    ownInstruments: [],
    createdAt: Date.now(),
  }
  await runInDurableObject(coordinatorOf(id), (instance) =>
    expect(() => instance.create(other)).toThrow(`${id} cannot keep the portfolio ${other.id}`),
  )
  expect(await json(`/api/portfolios/${other.id}`)).toMatchObject({ status: 404 })
})

it('reads what an object of an earlier version owed, each under a key of its own, once', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await settled(id)
  await evictDurableObject(coordinatorOf(id))
  const owed = { tries: 2, at: Date.now() + 3_600_000 }
  await runInDurableObject(coordinatorOf(id), (_, { storage }) => {
    storage.kv.delete('state')
    const former = { id, revision: 7, dirty: true, owed, copied: 5, relist: 'owner', promised: 8, watch: 9 }
    for (const [key, value] of Object.entries(former)) storage.kv.put(key, value)
  })
  await evictDurableObject(coordinatorOf(id))
  await runInDurableObject(coordinatorOf(id), async (_, { storage }) => {
    await new StateStore(storage).setAlarm()
    expect(stateIn(storage)).toEqual({
      ...settledState,
      revision: 7,
      isBehind: true,
      promised: 8,
      pendingCopy: owed,
      copiedAt: 5,
      watchAt: 9,
    })
    expect([...storage.kv.list()].map(([key]) => key)).toEqual(['refresh', 'state'])
    expect(await storage.getAlarm()).not.toBeNull()
  })
  // the promised revision is made
  expect((await coordinatorOf(id).snapshot('owner', false))?.revision).toBeGreaterThanOrEqual(2)
})

describe('a page that is opened while an import of 3,000 rows runs', () => {
  const csv = `Ticker,Type,Date,Price,Shares\n${Array.from({ length: 3000 }, (_, i) => `KO,Buy,2024-03-${String((i % 28) + 1).padStart(2, '0')},60,${i + 1}`).join('\n')}\n`

  it('has its socket before the import ends, and hears of the import', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await settled(id)
    // D1 takes the rows when the test says so
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const begun = vi.fn<() => void>()
    const DB = new Proxy(env.DB, {
      get(target, name) {
        if (name !== 'batch') return Reflect.get(target, name).bind(target) as unknown
        return async (statements: D1PreparedStatement[]) => {
          begun()
          await released
          return target.batch(statements)
        }
      },
    })
    await rewire(id, { DB })
    const imported = coordinatorOf(id).import('owner', csv, false)
    await vi.waitFor(() => expect(begun).toHaveBeenCalled(), 60_000)
    const before = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    const page = await openSocket(id, `?revision=${before.revision}`)
    expect(page.signals.map(({ type }) => type)).not.toContain('changed')
    release()
    expect(await imported).toMatchObject({ status: 'ok', value: { accepted: 3000 } })
    await page.heard((signal) => signal.type === 'changed' && signal.revision > before.revision)
    await rewire(id, {})
    // the history that the import has asked for
    await settled(id)
    page.close()
  })
})
