import { createMessageBatch, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import { priceDesk } from '../../src/jobs/durable-objects.ts'
import { carryOut } from '../../src/jobs/price-desk.ts'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { upstreamCalls } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { countingEnv } from '../worker/counting.ts'

const quotes = (symbol: string): RefreshMessage => ({ kind: 'quotes', symbols: [symbol], requester: null })
const history = (symbol: string): RefreshMessage => ({
  kind: 'history',
  symbol,
  from: '2034-01-01',
  requester: null,
})

beforeAll(() => setClock())
afterAll(() => void vi.useRealTimers())

/** What is asked of objects, of the queue and of D1, the counters aside, which are handed over once a minute. */
function asked({ counts, statements }: ReturnType<typeof countingEnv>) {
  const { objectCalls, messages } = counts
  return { objectCalls, messages, statements: statements.filter((each) => !each.includes('counters')) }
}

/** Hands a batch to the consumer, and answers what it asked for itself. */
async function consumed(messages: { id: string; body: RefreshMessage; attempts: number }[]) {
  const counting = countingEnv(env)
  const timestamp = new Date()
  const batch = createMessageBatch(
    'yardstick-refresh',
    messages.map((message) => ({ ...message, timestamp })),
  )
  await worker.queue(batch as never, counting.env)
  return asked(counting)
}

const calls = async () => {
  const { quote = 0, chart = 0 } = await upstreamCalls()
  return quote + chart
}

it('the consumer asks neither D1 nor the market itself, but one object for each message', async () => {
  const itself = await consumed([
    { id: 'a', body: quotes('KO'), attempts: 1 },
    { id: 'b', body: history('V'), attempts: 1 },
    { id: 'c', body: history('KO'), attempts: 1 },
  ])
  expect(itself).toEqual({ objectCalls: 3, messages: 0, statements: [] })
  const stored = await env.DB.prepare("SELECT symbol FROM histories WHERE symbol IN ('KO', 'V')").all()
  expect(stored.results).toHaveLength(2)
})

it('a batch that comes again, because its consumer was killed, asks the market for what was not carried out', async () => {
  await consumed([{ id: 'first', body: history('MSFT'), attempts: 1 }])
  const before = await calls()
  await consumed([
    { id: 'first', body: history('MSFT'), attempts: 2 },
    { id: 'second', body: history('JPM'), attempts: 2 },
  ])
  expect((await calls()) - before).toBe(1)
})

it('a message that comes again while it is at work joins it', async () => {
  const before = await calls()
  const body = quotes('VOO')
  await Promise.all([
    consumed([{ id: 'slow', body, attempts: 1 }]),
    consumed([{ id: 'slow', body, attempts: 2 }]),
  ])
  expect((await calls()) - before).toBe(1)
})

it('the clock’s Worker asks one object, and nothing else', async () => {
  const counting = countingEnv(env)
  const scheduledTime = new Date(NOON + 60_000)
  await worker.scheduled(createScheduledController({ cron: '* * * * *', scheduledTime }), counting.env)
  expect(asked(counting)).toEqual({ objectCalls: 1, messages: 0, statements: [] })
  const claimed = await env.DB.prepare("SELECT at FROM cron_claims WHERE work = 'poll'").first('at')
  expect(claimed).toBe(NOON + 60_000)
})

it('two thousand symbols are spread over eight objects, none of which has twice its share', () => {
  const symbols = Array.from({ length: 2000 }, (_, i) => `S${i}`)
  const share = Map.groupBy(symbols, (symbol) => String(priceDesk(env, symbol).name))
  expect(share.size).toBe(8)
  for (const own of share.values()) expect(own.length).toBeLessThan(500)
})

it('of a hundred portfolios that show a price a few are told at once, and the others by messages', async () => {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)'
  await env.DB.batch(
    [
      "INSERT INTO owners (id, created_at) VALUES ('many', 0)",
      `INSERT INTO portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, created_at,
         opened_at, watched_until)
       ${numbers} SELECT 'many' || i, 'many', 'P', '', 'USD', '[]', 'fifo', 0, ${NOON}, ${NOON + 3_600_000} FROM n`,
      `INSERT INTO tracked ${numbers} SELECT 'DIS', 'many' || i FROM n`,
    ].map((statement) => env.DB.prepare(statement)),
  )
  const told: string[] = []
  const sent: RefreshMessage[] = []
  const { env: counting, counts } = countingEnv({
    ...env,
    PORTFOLIO: {
      getByName: (name: string) => ({ recompute: async () => void told.push(name) }),
    } as unknown as Env['PORTFOLIO'],
    REFRESH: {
      sendBatch: async (some: { body: RefreshMessage }[]) => void sent.push(...some.map(({ body }) => body)),
    } as unknown as Env['REFRESH'],
  })
  await carryOut(
    { attempts: 1, sentAt: NOON, message: { kind: 'quotes', symbols: ['DIS'], requester: null } },
    counting,
  )
  const { objectCalls, d1Trips, messages } = counts
  expect(objectCalls + d1Trips + messages).toBeLessThanOrEqual(40)
  const later = sent.map((message) => (message.kind === 'chart' ? message.portfolio : message.kind))
  expect(new Set([...told, ...later]).size).toBe(100)
  expect(told.length + later.length).toBe(100)
  await env.DB.batch(
    [
      "DELETE FROM tracked WHERE portfolio_id LIKE 'many%'",
      "DELETE FROM portfolios WHERE id LIKE 'many%'",
    ].map((statement) => env.DB.prepare(statement)),
  )
})
