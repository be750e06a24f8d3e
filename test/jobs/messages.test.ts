import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { consume } from '../../src/jobs/queue-consumer.ts'
import { CHUNK, readMessage, type RefreshMessage } from '../../src/jobs/messages.ts'
import { inBatches } from '../../src/jobs/queue.ts'
import { messagesOf } from '../../src/jobs/refresh-plan.ts'
import { newPortfolio, settled } from '../worker/app.ts'
import { countingEnv } from '../worker/counting.ts'
import { deliver } from '../worker/queue.ts'

// the longest of everything: 20 characters a symbol, 64 a portfolio
const longest = (count: number) => Array.from({ length: count }, (_, i) => `X${String(i).padStart(19, '0')}`)
const requester = { portfolio: ''.padStart(64, 'p'), generation: Number.MAX_SAFE_INTEGER }
const bytes = (message: unknown) => new TextEncoder().encode(JSON.stringify(message)).length

describe('a message', () => {
  it('with the longest of everything is below 128 KB, and is read as it was sent', () => {
    const histories = longest(1).map((symbol) => ({ symbol, from: '2010-01-01' }))
    const messages = messagesOf({ quotes: longest(CHUNK), histories }, requester, Date.now())
    expect(messages.map(({ kind }) => kind)).toEqual(['history', 'quotes'])
    for (const message of [...messages, { kind: 'chart', portfolio: 'p' }]) {
      expect(bytes(message)).toBeLessThan(128_000)
      expect(readMessage(JSON.parse(JSON.stringify(message)))).toEqual(message)
    }
  })

  it('until a time that is none is not one of ours', () => {
    const quotes = { kind: 'quotes', symbols: ['KO'], requester: null }
    expect(readMessage({ ...quotes, until: 'soon' })).toBeNull()
    expect(readMessage({ ...quotes, until: 1 })).toEqual({ ...quotes, until: 1 })
    const history = { kind: 'history', symbol: 'KO', from: '2024-01-01', requester: null }
    expect(readMessage({ ...history, until: 1 })).toEqual({ ...history, until: 1 })
    expect(readMessage({ ...history, until: 0.5 })).toBeNull()
  })

  it.each([
    ['too many symbols', { kind: 'quotes', symbols: longest(CHUNK + 1), requester: null }],
    ['a symbol that is none', { kind: 'quotes', symbols: ['KO', '../x'], requester: null }],
    ['no day', { kind: 'history', symbol: 'KO', from: 'soon', requester: null }],
    ['nobody where somebody may wait', { kind: 'quotes', symbols: ['KO'] }],
    ['a requester without a generation', { kind: 'quotes', symbols: ['KO'], requester: { portfolio: 'p' } }],
    ['requesters that are no list', { kind: 'quotes', symbols: ['KO'], requesters: 5 }],
    ['another kind', { kind: 'news', symbols: ['KO'], requester: null }],
    ['no fields', 'quotes'],
  ])('with %s is not one of ours', (_, body) => {
    expect(readMessage(body)).toBeNull()
  })

  it('of an earlier version, which named its requesters in a list, is read as one of today', () => {
    const quotes = { kind: 'quotes', symbols: ['KO'] }
    const waiting = { portfolio: 'p', generation: 7 }
    expect(readMessage({ ...quotes, requesters: [] })).toEqual({ ...quotes, requester: null })
    expect(readMessage({ ...quotes, requesters: [waiting], until: 9 })).toEqual({
      ...quotes,
      requester: waiting,
      until: 9,
    })
    expect(readMessage({ ...quotes, requesters: [{ portfolio: 'p' }] })).toBeNull()
  })
})

describe('batches', () => {
  const large = () => messagesOf({ quotes: longest(CHUNK * 150), histories: [] }, requester, 0)

  it('hold a hundred messages and 256 KB at most, in their order', () => {
    const small = Array.from({ length: 250 }, (_, i): RefreshMessage => ({
      kind: 'chart',
      portfolio: String(i),
    }))
    const all = [...small, ...large()]
    const batches = inBatches(all)
    expect(batches.flat()).toEqual(all)
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(100)
      expect(bytes(batch)).toBeLessThan(256_000)
    }
    // 250 small and 150 large messages of 2.4 KB: the large ones are held apart by their size
    expect(batches.slice(0, 2).map((batch) => batch.length)).toEqual([100, 100])
    expect(batches).toHaveLength(5)
  })

  it('are taken by the queue', async () => {
    // overdue, so that nobody carries them out
    for (const batch of inBatches(large())) {
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
      await deliver({ kind: 'history', symbol, from: '2010-01-01', requester: null })
    }
    await env.DB.prepare('DELETE FROM corporate_actions').run()
    const counts = await delivered(
      symbols.map((symbol) => ({
        kind: 'history',
        symbol,
        from: '2012-01-01',
        requester: { portfolio: id, generation: 1 },
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
      Array.from({ length: 4 }, () => ({ kind: 'quotes', symbols, requester: null })),
    )
    expect(counts.d1Queries).toBeLessThan(50)
  })

  it('of ten dead letters', async () => {
    const body = { kind: 'quotes', symbols: ['KO'], requester: null }
    const counts = await delivered(
      Array.from({ length: 10 }, () => body),
      'yardstick-refresh-dlq',
    )
    expect(counts.d1Queries).toBeLessThan(50)
  })
})
