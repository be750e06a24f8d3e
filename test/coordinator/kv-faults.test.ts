import {
  createExecutionContext,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, newPortfolio, send, signed } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { failingKv, rewire } from '../worker/failing.ts'
import { invested } from '../worker/invested.ts'
import { recentTrades, warmReads } from '../web/reads.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const deposit = { type: 'deposit', date: '2034-05-01', amount: '500' }

/** A request to a Worker whose KV is that one, of which it has read nothing yet. */
async function ask(SNAPSHOTS: KVNamespace, path: string, headers: Record<string, string> = {}) {
  forgetBeyond(0)
  const ctx = createExecutionContext()
  const answer = await app.fetch(signed(HOST + path, { headers }), { ...env, SNAPSHOTS }, ctx)
  const text = await answer.text()
  await waitOnExecutionContext(ctx)
  return { status: answer.status, text }
}

const cash = async (SNAPSHOTS: KVNamespace, id: string, cookie = '') => {
  const { text } = await ask(SNAPSHOTS, `/api/dashboard-initial-data?portfolio_id=${id}`, { cookie })
  return (JSON.parse(text) as { summary: { cash: string } }).summary.cash
}

/** KV as it was: what it held then is what it holds for good. */
async function stale(id: string): Promise<KVNamespace> {
  const kept = new Map<string, string | null>()
  for (const key of [`snapshot:${id}`, `chart:${id}`]) kept.set(key, await env.SNAPSHOTS.get(key))
  const get = async (key: string) => kept.get(key) ?? null
  return { get, getWithMetadata: withoutMetadata(get) } as unknown as KVNamespace
}

/** A text as a stream, with nothing beside it, as an earlier version left it. */
const withoutMetadata = (get: (key: string) => Promise<string | null>) => async (key: string) => {
  const text = await get(key)
  return { value: text === null ? null : new Response(text).body, metadata: null }
}

const nothing = async () => null
const empty = { get: nothing, getWithMetadata: withoutMetadata(nothing) } as unknown as KVNamespace
const deaf = failingKv(env.SNAPSHOTS, (method) => method.startsWith('get'))
const unreadable = async () => {
  throw new SyntaxError('Unexpected token < in JSON at position 0')
}
const garbled = { get: unreadable, getWithMetadata: unreadable } as unknown as KVNamespace

describe.each([
  ['is empty', async () => empty],
  ['throws on each read', async () => deaf],
  ['holds what is no JSON', async () => garbled],
  ['is a minute behind', stale],
] as const)('KV that %s', (_, kvOf) => {
  it('leaves every page and region answered, and the writer sees the edit in the next answer', async () => {
    const id = await invested(recentTrades)
    const kv = await kvOf(id)
    for (const [name, path] of warmReads)
      expect([name, (await ask(kv, path(id))).status]).toEqual([name, 200])
    const before = Number(await cash(env.SNAPSHOTS, id))
    const added = await send(`/api/portfolios/${id}/transactions`, deposit)
    const cookie = added.headers.get('set-cookie')!.split(';')[0]!
    expect(Number(await cash(kv, id, cookie))).toBe(before + 500)
  })
})

describe('KV that refuses writes', () => {
  const full = failingKv(env.SNAPSHOTS, (method) => method === 'put' || method === 'delete')
  const reads = async (id: string) => {
    const path = `/api/dashboard-initial-data?portfolio_id=${id}`
    return JSON.parse((await ask(empty, path)).text) as { revision: number; summary: { cash: string } }
  }

  it('leaves pages answered from the coordinator though KV lost its copy as well', async () => {
    const id = await invested(recentTrades)
    await rewire(id, { SNAPSHOTS: full })
    for (const [name, path] of warmReads)
      expect([name, (await ask(empty, path(id))).status]).toEqual([name, 200])
  })

  // 2 AAPL were sold at 410
  it('hides no edit from its writer, and has it when it takes writes again', async () => {
    const id = await invested(recentTrades)
    await rewire(id, { SNAPSHOTS: full })
    const added = await send(`/api/portfolios/${id}/transactions`, deposit)
    expect(added.status).toBe(201)
    const cookie = added.headers.get('set-cookie')!.split(';')[0]!
    expect(await cash(env.SNAPSHOTS, id, cookie)).toBe('1320')
    expect(await cash(env.SNAPSHOTS, id)).toBe('820')
    await rewire(id, {})
    await runDurableObjectAlarm(env.PORTFOLIO.getByName(id))
    expect(await cash(env.SNAPSHOTS, id)).toBe('1320')
  })

  it('is offered the copies ever more rarely, and no revision and no D1 row is spent on it', async () => {
    const id = await invested(recentTrades)
    await rewire(id, { SNAPSHOTS: full })
    await send(`/api/portfolios/${id}/transactions`, deposit)
    const { revision } = await reads(id)
    const stored = () => env.DB.prepare('SELECT * FROM snapshots WHERE portfolio_id = ?').bind(id).first()
    const row = await stored()
    const waits: number[] = []
    for (let n = 0; n < 12; n++) {
      const due = await runInDurableObject(env.PORTFOLIO.getByName(id), (_, state) =>
        state.storage.getAlarm(),
      )
      waits.push((due! - Date.now()) / 1000)
      vi.setSystemTime(due!)
      await runDurableObjectAlarm(env.PORTFOLIO.getByName(id))
    }
    expect(waits.slice(1, 4).every((wait, i) => wait > waits[i]!)).toBe(true)
    expect(waits.at(-1)).toBe(1800)
    expect((await reads(id)).revision).toBe(revision)
    expect(await stored()).toEqual(row)
  })

  it('has a new portfolio once it takes writes again', async () => {
    const put = vi
      .spyOn(env.SNAPSHOTS, 'put')
      .mockRejectedValue(new Error('KV PUT failed: 429 Too Many Requests'))
    const id = await newPortfolio({ name: 'Refused', benchmarks: [] })
    put.mockRestore()
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).portfolio.name).toBe('Refused')
    setClock(NOON + 60_000)
    await runDurableObjectAlarm(env.PORTFOLIO.getByName(id))
    expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toContain('Refused')
  })
})

describe('KV that goes on saying it has no copy, as a place does for a minute', () => {
  it('is given both copies once in that time, however many readers ask', async () => {
    const id = await invested(recentTrades)
    const put = vi.spyOn(env.SNAPSHOTS, 'put')
    const read = async () => {
      for (const [, path] of warmReads) expect((await ask(empty, path(id))).status).toBe(200)
      return put.mock.calls.map(([key]) => key).toSorted()
    }
    const both = [`chart:${id}`, `snapshot:${id}`]
    expect(await read()).toEqual(both)
    setClock(NOON + 61_000)
    put.mockClear()
    expect(await read()).toEqual(both)
    put.mockRestore()
  })
})
