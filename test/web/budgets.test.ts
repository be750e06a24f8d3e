import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/web/app.tsx'
import { HOST, upstreamCalls } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { type Counts, countingEnv, nothing } from '../worker/counting.ts'
import { invested } from '../worker/invested.ts'
import { computedReads, pageReads, recentTrades, warmReads } from './reads.ts'

let id: string
const counted: [name: string, counts: Counts & { upstream: number }][] = []

beforeAll(async () => {
  id = await invested(recentTrades)
})

beforeEach(() => setClock())
afterEach(() => void vi.useRealTimers())

const total = (calls: Record<string, number>) => Object.values(calls).reduce((sum, count) => sum + count, 0)

/** What one request costs, the work it leaves behind it included. */
async function costOf(name: string, path: string, headers: Record<string, string> = {}): Promise<Counts> {
  const before = total(await upstreamCalls())
  const { env: counting, counts } = countingEnv(env)
  const ctx = createExecutionContext()
  const answer = await app.fetch(new Request(HOST + path, { headers }), counting, ctx)
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
  await waitOnExecutionContext(ctx)
  counted.push([name, { ...counts, upstream: total(await upstreamCalls()) - before }])
  return counts
}

describe('a warm dashboard costs one KV read a region, no D1 query, no Durable Object call, no upstream call', () => {
  it.each(warmReads)('%s', async (name, path) => {
    expect(await costOf(name, path(id))).toEqual({ ...nothing, kvReads: 1 })
    expect(counted.at(-1)![1].upstream).toBe(0)
  })

  it.each(warmReads)('%s, of a reader who has seen just this revision', async (name, path) => {
    const { revision } = (await env.SNAPSHOTS.get<{ revision: number }>(`snapshot:${id}`, 'json'))!
    const headers = { 'yardstick-revision': String(revision) }
    expect(await costOf(`${name}, seen`, path(id), headers)).toEqual({ ...nothing, kvReads: 1 })
    counted.pop()
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
    expect(kvReads + d1Queries).toBeLessThanOrEqual(3)
    expect(counted.at(-1)![1].upstream).toBe(0)
  })
})

it('a reader who has seen more than KV has costs one call of the coordinator, and no upstream call', async () => {
  const { revision } = (await env.SNAPSHOTS.get<{ revision: number }>(`snapshot:${id}`, 'json'))!
  const headers = { 'yardstick-revision': String(revision + 1) }
  const path = `/portfolios/${id}/holdings`
  expect(await costOf('holdings, KV behind', path, headers)).toEqual({
    ...nothing,
    kvReads: 1,
    objectCalls: 1,
  })
  expect(counted.at(-1)![1].upstream).toBe(0)
})

afterAll(() => {
  const columns = ['KV reads', 'KV writes', 'D1 queries', 'DO calls', 'upstream'].map((name) =>
    name.padStart(10),
  )
  const lines = counted.map(([name, { kvReads, kvWrites, d1Queries, objectCalls, upstream }]) => {
    const cells = [kvReads, kvWrites, d1Queries, objectCalls, upstream].map((count) =>
      String(count).padStart(10),
    )
    return name.padEnd(24) + cells.join(' ')
  })
  console.log([`${'read'.padEnd(24)}${columns.join(' ')}`, ...lines].join('\n'))
})
