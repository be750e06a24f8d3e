import { describe, expect, it } from 'vitest'
import { withBudget } from '../../src/market/http/call-budget.ts'
import { circuits } from '../../src/market/http/circuits.ts'
import type { Breaker } from '../../src/market/http/breaker.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import { callOf } from '../../src/market/yahoo/endpoints.ts'
import { yahooFinance } from '../../src/market/yahoo/source.ts'
import { row, rows, upstream } from './fake-upstream.ts'

const MINUTE = 60_000
const fifty = Array.from({ length: 50 }, (_, i) => `S${i}`)

/** Yahoo behind its circuits, where a call never ends that has one of these symbols in it. */
function market(hanging: (symbol: string) => boolean) {
  const time = { now: Date.parse('2026-03-09T15:00:00Z') }
  const kept = new Map<string, Breaker>()
  const guards = circuits(
    yahooFinance.circuits,
    { get: (name) => kept.get(name), put: (name, breaker) => void kept.set(name, breaker) },
    () => time.now,
  )
  const spark = (symbol: string) => ({
    symbol,
    response: [{ meta: { ...row(symbol), regularMarketPrice: 150.5, chartPreviousClose: 148.7 } }],
  })
  const answering = (answer: (symbols: string[]) => Response) => (url: URL) => {
    const { symbols } = callOf(url.href)
    return symbols.some(hanging) ? new Promise<Response>(() => {}) : answer(symbols)
  }
  const fake = upstream({
    quote: answering((symbols) => rows(...symbols.map((symbol) => row(symbol)))),
    spark: answering((symbols) => Response.json({ spark: { result: symbols.map(spark), error: null } })),
  })
  const source = yahoo({
    fetch: fake.fetch,
    now: () => time.now,
    sleep: async () => {},
    timeout: 20,
    onCall: (call) => guards.note(call),
    rests: (endpoint) => guards.rests(endpoint),
  })
  const unlike = async (ask: Promise<Map<string, { status: string }>>, status: string) =>
    [...(await ask)].filter(([, answer]) => answer.status !== status)
  return { time, fake, source, guards, unlike }
}

describe('a call for fifty prices that hangs', () => {
  it('is divided until only the symbol that hangs has no price, within the budget of an invocation', async () => {
    const { fake, source, guards, unlike } = market((symbol) => symbol === 'S33')
    const reason = 'Yahoo doesn’t answer for S33'
    expect(await withBudget(() => unlike(source.quotes(fifty), 'ok'), 25)).toEqual([
      ['S33', { status: 'rejected', noData: true, reason }],
    ])
    // all at once, by ten, and ten of them one by one
    expect(fake.count('quote')).toBe(1 + 5 + 10)
    expect(guards.openUntil('quote')).toBe(0)
  })

  it('costs nothing more for half an hour: the symbol is left out of the next calls', async () => {
    const { time, fake, source, unlike } = market((symbol) => symbol === 'S33')
    await source.quotes(fifty)
    const before = fake.count('quote')
    for (let minute = 1; minute <= 29; minute += 1) {
      time.now += MINUTE
      expect((await unlike(source.quotes(fifty), 'ok')).map(([symbol]) => symbol)).toEqual(['S33'])
    }
    expect(fake.count('quote') - before).toBe(29)
    time.now += MINUTE
    await source.quotes(fifty)
    expect(fake.count('quote') - before).toBe(29 + 16)
  })

  it('is divided by the plainer way, too, where a chart may still bring the price', async () => {
    const { fake, source, unlike } = market((symbol) => symbol === 'S7')
    expect(await unlike(source.plainQuotes(fifty.slice(0, 20)), 'ok')).toEqual([
      ['S7', { status: 'unavailable', reason: 'Yahoo doesn’t answer for S7' }],
    ])
    expect(fake.count('spark')).toBe(1 + 2 + 10)
  })

  it('is no more than nine calls when all of Yahoo hangs, and leaves out no symbol', async () => {
    const hangs = { all: true }
    const { time, fake, source, guards, unlike } = market(() => hangs.all)
    expect(await unlike(source.quotes(fifty), 'unavailable')).toEqual([])
    // five failures in a row open the circuit, when four lanes may be taken anew
    expect(fake.count('quote')).toBeLessThanOrEqual(9)
    expect(guards.openUntil('quote')).toBeGreaterThan(time.now)
    hangs.all = false
    time.now += 31 * MINUTE
    expect(await unlike(source.quotes(fifty), 'ok')).toEqual([])
  })

  it('is not divided when the cookie hangs', async () => {
    const never = () => new Promise<Response>(() => {})
    const fake = upstream({ cookie: never })
    const source = yahoo({ fetch: fake.fetch, now: () => 0, sleep: async () => {}, timeout: 20 })
    const answers = await source.quotes(fifty)
    expect(new Set([...answers.values()].map(({ status }) => status))).toEqual(new Set(['unavailable']))
    expect(fake.count('cookie')).toBe(1)
  })
})
