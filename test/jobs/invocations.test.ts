import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importCsv, newPortfolio, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { BATCH, metered } from '../worker/metered.ts'
import { printTable } from '../worker/table.ts'

// A free Worker may ask D1 fifty times and anything fifty times in one invocation. One of the queue is a batch of
// messages (wrangler.toml, max_batch_size), each of them as large as it may be.

const MOST = 40
const MINUTE = 60_000
const meter = metered()
const printed: (string | number)[][] = [['invocation', 'D1 queries', 'subrequests', 'budget']]

beforeAll(async () => {
  setClock()
  listInvented()
  const id = await newPortfolio({ name: 'Invocations', benchmarks: [] })
  await importCsv(id, purchases(invented(8), '2030-03-04'))
  await settled(id)
})
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  printTable('What one invocation asks', printed)
})

/** The queries or the subrequests, whichever are more. */
async function counted(name: string, work: () => Promise<unknown>): Promise<number> {
  await meter.start()
  await work()
  const { kvReads, kvWrites, d1Trips, d1Queries, objectCalls } = await meter.read()
  const subrequests = kvReads + kvWrites + d1Trips + objectCalls
  printed.push([name, d1Queries, subrequests, `≤ ${MOST}`])
  return Math.max(d1Queries, subrequests)
}

const batchOf = <T>(message: (i: number) => T) => Array.from({ length: BATCH }, (_, i) => message(i))

it('a batch of first histories', async () => {
  const [first] = await watchers()
  meter.sent.push(
    ...batchOf((i) => ({
      kind: 'history' as const,
      symbol: `INV${100 + i}`,
      from: '2025-01-01',
      requester: first!,
    })),
  )
  expect(await counted('a batch of first histories', () => meter.deliver())).toBeLessThanOrEqual(MOST)
})

it('a batch of histories that go on', async () => {
  setClock(NOON + DAY)
  meter.sent.push(
    ...batchOf((i) => ({ kind: 'history' as const, symbol: `INV${i}`, from: '2035-03-01', requester: null })),
  )
  expect(await counted('a batch of histories that go on', () => meter.deliver())).toBeLessThanOrEqual(MOST)
})

it('a batch of quotes of fifty symbols each', async () => {
  setClock(NOON + DAY + MINUTE)
  const symbols = invented(BATCH * 50)
  meter.sent.push(
    ...batchOf((i) => ({
      kind: 'quotes' as const,
      symbols: symbols.slice(i * 50, (i + 1) * 50),
      requester: null,
    })),
  )
  expect(await counted('a batch of fifty quotes each', () => meter.deliver())).toBeLessThanOrEqual(MOST)
})

it('the clock, each minute and after the close', async () => {
  setClock(NOON + DAY + 5 * MINUTE)
  expect(
    await counted('a minute of the clock', () => meter.cron(NOON + DAY + 5 * MINUTE)),
  ).toBeLessThanOrEqual(MOST)
  setClock(NOON + 2 * DAY + DAY / 4)
  expect(
    await counted('after the close', () => meter.cron(NOON + 2 * DAY + DAY / 4, '15 22 * * MON-FRI')),
  ).toBeLessThanOrEqual(MOST)
})

async function watchers() {
  const { results } = await env.DB.prepare('SELECT id FROM portfolios').all<{ id: string }>()
  return results.map(({ id }) => ({ portfolio: id, generation: 99 }))
}
