import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { consume } from '../../src/jobs/queue-consumer.ts'
import { CHUNK, inBatches, isRefreshMessage, type RefreshMessage } from '../../src/jobs/messages.ts'
import { messagesOf } from '../../src/jobs/refresh-plan.ts'
import { newPortfolio, settled } from '../worker/app.ts'
import { countingEnv } from '../worker/counting.ts'
import { deliver } from '../worker/queue.ts'

// the longest of everything: 20 characters a symbol, 64 a portfolio
const longest = (count: number) => Array.from({ length: count }, (_, i) => `X${String(i).padStart(19, '0')}`)
const requesters = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    portfolio: String(i).padStart(64, 'p'),
    generation: Number.MAX_SAFE_INTEGER,
  }))
const bytes = (message: unknown) => new TextEncoder().encode(JSON.stringify(message)).length

describe('a message', () => {
  it('for which very many refreshes wait is several, each below 128 KB, and each refresh is in one', () => {
    const waiting = requesters(2500)
    const messages = messagesOf({ quotes: longest(CHUNK), histories: [] }, waiting, Date.now())
    expect(messages).toHaveLength(3)
    for (const message of messages) {
      expect(bytes(message)).toBeLessThan(128_000)
      expect(isRefreshMessage(message)).toBe(true)
    }
    expect(messages.flatMap((message) => (message.kind === 'quotes' ? message.requesters : []))).toEqual(
      waiting,
    )
  })

  it('until a time that is none is not one of ours', () => {
    expect(isRefreshMessage({ kind: 'quotes', symbols: ['KO'], requesters: [], until: 'soon' })).toBe(false)
    expect(
      isRefreshMessage({ kind: 'history', symbol: 'KO', from: '2024-01-01', requesters: [], until: 1 }),
    ).toBe(true)
  })
})

describe('batches', () => {
  it('hold a hundred messages and 256 KB at most, in their order', () => {
    const small = Array.from({ length: 250 }, (_, i): RefreshMessage => ({
      kind: 'chart',
      portfolio: String(i),
    }))
    const large = messagesOf({ quotes: longest(CHUNK * 4), histories: [] }, requesters(1000))
    const all = [...small, ...large]
    const batches = inBatches(all)
    expect(batches.flat()).toEqual(all)
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 51, 1, 1, 1])
    for (const batch of batches) expect(bytes(batch)).toBeLessThan(256_000)
  })

  it('are taken by the queue', async () => {
    // overdue, so that nobody carries them out
    const messages = messagesOf({ quotes: longest(CHUNK), histories: [] }, requesters(1000), 0)
    for (const batch of inBatches([...messages, ...messages])) {
      await expect(env.REFRESH.sendBatch(batch.map((body) => ({ body })))).resolves.toBeDefined()
    }
  })
})

describe('one delivery of the queue asks D1 less than the fifty times that are free', () => {
  const delivered = async (bodies: unknown[], queue = 'yardstick-refresh') => {
    const { env: counting, counts } = countingEnv(env)
    const messages = bodies.map((body) => ({
      id: crypto.randomUUID(),
      timestamp: new Date(),
      attempts: 1,
      body,
    }))
    await consume(createMessageBatch(queue, messages) as MessageBatch, counting)
    return counts
  }

  it('of four histories with splits that were not known, and a refresh that waits for each', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    await settled(id)
    const symbols = ['AAPL', 'TSLA', 'AMZN', 'NVDA']
    for (const symbol of symbols) {
      await deliver({ kind: 'history', symbol, from: '2010-01-01', requesters: [] })
    }
    await env.DB.prepare('DELETE FROM corporate_actions').run()
    const counts = await delivered(
      symbols.map((symbol) => ({
        kind: 'history',
        symbol,
        from: '2012-01-01',
        requesters: [{ portfolio: id, generation: 1 }],
      })),
    )
    const { results } = await env.DB.prepare(
      "SELECT DISTINCT symbol FROM corporate_actions WHERE kind = 'split'",
    ).all()
    expect(results).toHaveLength(4)
    expect(counts.d1Queries).toBeLessThan(50)
  })

  it('of four chunks of prices, some refused', async () => {
    const symbols = ['AAPL', 'TSLA', ...longest(48)]
    const counts = await delivered(
      Array.from({ length: 4 }, () => ({ kind: 'quotes', symbols, requesters: [] })),
    )
    expect(counts.d1Queries).toBeLessThan(50)
  })

  it('of ten dead letters', async () => {
    const body = { kind: 'quotes', symbols: ['KO'], requesters: [] }
    const counts = await delivered(
      Array.from({ length: 10 }, () => body),
      'yardstick-refresh-dlq',
    )
    expect(counts.d1Queries).toBeLessThan(50)
  })
})
