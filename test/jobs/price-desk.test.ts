import { createMessageBatch, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import { priceDesk } from '../../src/jobs/durable-objects.ts'
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
