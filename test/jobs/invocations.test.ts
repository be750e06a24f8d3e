import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { importCsv, newPortfolio, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { invocations } from '../worker/invocations.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { BATCH } from '../worker/metered.ts'
import { printTable } from '../worker/table.ts'

// A free Worker may ask D1 fifty times and anything fifty times in one invocation, and so may each call of an object. One
// of the queue is a batch of messages (wrangler.toml, max_batch_size), each of them as large as it may be, which it hands
// over one by one.

const MOST = 40
const MINUTE = 60_000
const meter = invocations()
const printed: (string | number)[][] = [['at once', 'invocation', 'D1 queries', 'subrequests', 'budget']]

beforeAll(async () => {
  setClock()
  listInvented()
  const id = await newPortfolio({ name: 'Invocations', benchmarks: [] })
  await importCsv(id, purchases(invented(8), '2030-03-04'))
  await meter.deliver()
  await settled(id)
})
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  printTable('What one invocation asks', printed)
})

/** The most that one invocation asks for: queries or subrequests, whichever are more. */
async function most(name: string, work: () => Promise<unknown>): Promise<number> {
  meter.made.length = 0
  await work()
  const all = meter.made.splice(0).map(({ name: invocation, counts, external }) => {
    const { kvReads, kvWrites, d1Trips, d1Queries, objectCalls, messages } = counts
    const subrequests = kvReads + kvWrites + d1Trips + objectCalls + messages + external.length
    return { invocation, d1Queries, subrequests, asked: Math.max(d1Queries, subrequests) }
  })
  const [largest] = all.toSorted((a, b) => b.asked - a.asked)
  const { invocation, d1Queries, subrequests, asked } = largest!
  printed.push([name, invocation, d1Queries, subrequests, `≤ ${MOST}`])
  return asked
}

/** Delivers as many messages as the queue does at once. */
async function deliver(message: (i: number) => RefreshMessage): Promise<void> {
  const timestamp = new Date()
  for (let i = 0; i < BATCH; i++)
    meter.sent.push({ id: crypto.randomUUID(), timestamp, attempts: 1, body: message(i) })
  await meter.deliver(1)
}

it('a batch of first histories', async () => {
  const [first] = await watchers()
  const history = (i: number) =>
    ({ kind: 'history', symbol: `INV${100 + i}`, from: '2025-01-01', requester: first! }) as const
  expect(await most('a batch of first histories', () => deliver(history))).toBeLessThanOrEqual(MOST)
})

it('a batch of histories that go on', async () => {
  setClock(NOON + DAY)
  const history = (i: number) =>
    ({ kind: 'history', symbol: `INV${i}`, from: '2035-03-01', requester: null }) as const
  expect(await most('a batch of histories that go on', () => deliver(history))).toBeLessThanOrEqual(MOST)
})

it('a batch of quotes of fifty symbols each', async () => {
  setClock(NOON + DAY + MINUTE)
  const symbols = invented(BATCH * 50)
  const quotes = (i: number) =>
    ({ kind: 'quotes', symbols: symbols.slice(i * 50, (i + 1) * 50), requester: null }) as const
  expect(await most('a batch of fifty quotes each', () => deliver(quotes))).toBeLessThanOrEqual(MOST)
})

it('the clock, each minute and after the close', async () => {
  const minute = NOON + DAY + 5 * MINUTE
  setClock(minute)
  expect(await most('a minute of the clock', () => meter.cron('* * * * *', minute))).toBeLessThanOrEqual(MOST)
  const evening = NOON + 2 * DAY + DAY / 4
  setClock(evening)
  expect(await most('after the close', () => meter.cron('15 22 * * MON-FRI', evening))).toBeLessThanOrEqual(
    MOST,
  )
})

async function watchers() {
  const { results } = await env.DB.prepare('SELECT id FROM portfolios').all<{ id: string }>()
  return results.map(({ id }) => ({ portfolio: id, generation: 99 }))
}
