import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { begun, taskOf } from '../../src/coordinator/refresh-state.ts'
import { importCsv, json, setFault, newPortfolio, request, send, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { plant, stateIn } from '../worker/owed.ts'
import { deliver } from '../worker/queue.ts'

const rows = 300
const csv = `Ticker,Type,Date,Price,Shares\n${Array.from({ length: rows }, (_, i) => `KO,Buy,2024-03-${String((i % 28) + 1).padStart(2, '0')},60.${i % 100},1.${i + 1}`).join('\n')}\n`

const coordinatorOf = (id: string) => env.PORTFOLIO.getByName(id)

async function stored(id: string): Promise<number> {
  const row = await env.DB.prepare('SELECT count(*) AS n FROM transactions WHERE portfolio_id = ?')
    .bind(id)
    .first<{ n: number }>()
  return row!.n
}

afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await setFault(null)
})

describe('an import whose coordinator is killed half-way', () => {
  it.each([1, 5, 15, 30, 60])('after %d ms: all rows or none, and the next one completes it', async (ms) => {
    const id = await newPortfolio({ benchmarks: [] })
    const underway = importCsv(id, csv).catch(() => null)
    await new Promise((resolve) => setTimeout(resolve, ms))
    await abortAllDurableObjects()
    const answer = await underway
    // a killed object is an error to the one request that was inside it, and never half a ledger
    if (answer) await answer.text()
    expect([0, rows]).toContain(await stored(id))
    const again = (await (await importCsv(id, csv)).json()) as { accepted: number; duplicates: number }
    expect(again.accepted + again.duplicates).toBe(rows)
    expect(await stored(id)).toBe(rows)
    await settled(id)
    await runDurableObjectAlarm(coordinatorOf(id))
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary.invested).not.toBe('0')
  })
})

it('a kill between the write and the snapshot is made good by the alarm', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2024-03-01,60,10\n')
  await settled(id)
  // what a write leaves when the object dies right behind it: the row in D1, the mark, the alarm
  await runInDurableObject(coordinatorOf(id), async (_, state) => {
    plant(state.storage, { isBehind: true })
    await state.storage.setAlarm(Date.now() + 60_000)
  })
  await env.DB.prepare("UPDATE transactions SET shares = '20', amount = '1200' WHERE portfolio_id = ?")
    .bind(id)
    .run()
  await evictDurableObject(coordinatorOf(id))
  const holding = async () =>
    (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0].shares
  expect(await holding()).toBe('10')
  expect(await runDurableObjectAlarm(coordinatorOf(id))).toBe(true)
  expect(await holding()).toBe('20')
})

it('an edit is answered though its snapshot cannot be made, and the alarm makes it', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2024-03-01,60,10\n')
  await settled(id)
  vi.spyOn(env.SNAPSHOTS, 'put').mockRejectedValueOnce(new Error('KV PUT failed: 429 Too Many Requests'))
  const added = await send(`/api/portfolios/${id}/transactions`, {
    type: 'deposit',
    date: '2024-03-02',
    amount: '500',
  })
  expect(added.status).toBe(201)
  await runDurableObjectAlarm(coordinatorOf(id))
  expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary.cash).toBe('500')
})

it('a deleted portfolio that KV would not let go is gone after the alarm', async () => {
  const id = await newPortfolio({ benchmarks: [], name: 'Short-lived' })
  vi.spyOn(env.SNAPSHOTS, 'delete').mockRejectedValueOnce(
    new Error('KV DELETE failed: 429 Too Many Requests'),
  )
  expect((await request(`/api/portfolios/${id}`, { method: 'DELETE' })).status).toBe(204)
  await runDurableObjectAlarm(coordinatorOf(id))
  expect((await request(`/portfolios/${id}`)).status).toBe(404)
  expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBeNull()
})

it('a refresh outlives its coordinator: an evicted one goes on where it was', async () => {
  const id = await newPortfolio({ benchmarks: ['MSFT', 'DIS'] })
  await evictDurableObject(coordinatorOf(id))
  expect(await settled(id)).toMatchObject({ status: 'done', total: 2, failed: [] })
})

it('a refresh whose messages were lost sends them again when its lease is over', async () => {
  const id = await newPortfolio({ benchmarks: ['JPM'] })
  await settled(id)
  const lost = begun(
    { ...(await coordinatorOf(id).latestRefresh('owner'))! },
    'button',
    [taskOf('quote', 'JPM')],
    Date.now() - 6 * 60_000,
  )
  await runInDurableObject(coordinatorOf(id), (_, state) => state.storage.kv.put('refresh', lost))
  vi.setSystemTime(Date.now() + 60_000)
  await runInDurableObject(coordinatorOf(id), (instance) => instance.alarm())
  expect(await settled(id)).toMatchObject({ generation: lost.generation, status: 'done', failed: [] })
})

it('the deadline of an alarm that throws is set anew', async () => {
  const id = await newPortfolio({ benchmarks: ['V'] })
  await settled(id)
  const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('D1_ERROR: no connection')
  })
  await runInDurableObject(coordinatorOf(id), async (instance, state) => {
    plant(state.storage, { isBehind: true })
    await instance.alarm().catch(() => undefined)
    expect(await state.storage.getAlarm()).not.toBeNull()
  })
  prepare.mockRestore()
  await runDurableObjectAlarm(coordinatorOf(id))
  await runInDurableObject(coordinatorOf(id), (_, state) =>
    expect(stateIn(state.storage).isBehind).toBe(false),
  )
})

describe('an upstream that', () => {
  it.each([
    ['429', '429'],
    ['500', '5xx'],
    ['html', 'html'],
    ['garbage', 'garbage'],
    ['down', 'network'],
  ] as const)('answers %s stores nothing and loses nothing', async (kind, outcome) => {
    // Wednesdays at noon, a week apart each, so that no circuit rests from the one before
    weeks += 1
    const wednesday = NOON + weeks * 7 * DAY
    setClock(wednesday)
    const id = await newPortfolio({ benchmarks: ['KO'] })
    await settled(id)
    // so that it has the cookie that a gateway asks for before its first quote
    await env.MARKET_GATEWAY.getByName('market').quotes(['KO'])
    const quotes = async () => (await env.DB.prepare('SELECT * FROM quotes ORDER BY symbol').all()).results
    const before = await quotes()
    await setFault({ kind })
    setClock(wednesday + DAY)
    const { explicitAcks, retryMessages } = await deliver({
      kind: 'quotes',
      symbols: ['KO'],
      requester: null,
    })
    expect([explicitAcks.length, retryMessages.length]).toEqual([0, 1])
    expect(await quotes()).toEqual(before)
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).fresh).toBe(false)
    const { upstream } = await json('/api/status')
    expect(upstream).toContainEqual({ source: 'demo', endpoint: 'quote', outcome, count: expect.any(Number) })
  })
})

let weeks = 0

it('a refresh whose record cannot be kept is not over, and ends with the next try', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  const running = begun(
    (await coordinatorOf(id).latestRefresh('owner'))!,
    'button',
    [taskOf('quote', 'KO')],
    Date.now(),
  )
  await runInDurableObject(coordinatorOf(id), (_, state) => state.storage.kv.put('refresh', running))
  const records = async () => {
    const query = env.DB.prepare(
      'SELECT count(*) AS n FROM refreshes WHERE portfolio_id = ? AND generation = ?',
    )
    return (await query.bind(id, running.generation).first<{ n: number }>())!.n
  }
  const arrive = () =>
    runInDurableObject(coordinatorOf(id), (instance) =>
      instance.arrived(running.generation, [{ task: taskOf('quote', 'KO'), failed: null }]),
    )
  const prepare = vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('D1_ERROR: no connection')
  })
  await expect(arrive()).rejects.toThrow(/no connection|Failed query/)
  prepare.mockRestore()
  expect((await coordinatorOf(id).latestRefresh('owner'))!.status).toBe('queued')
  expect(await records()).toBe(0)
  await arrive()
  expect((await coordinatorOf(id).latestRefresh('owner'))!.status).toBe('done')
  expect(await records()).toBe(1)
})
