import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { countingEnv } from '../worker/counting.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { deliver, withOwnDesk } from '../worker/queue.ts'
import { nothingUnderway } from '../worker/underway.ts'

const at = (text: string) => Date.parse(`${text}:00Z`)
// Thursday morning in New York, early enough for all tests to end before the close; the bars reach to Wednesday
const morning = at('2026-03-05T15:00')
const MINUTE = 60_000
const symbols = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE']

let market: Market
let id: string
let now = morning

beforeAll(async () => {
  vi.setSystemTime(morning)
  market = await openMarket([
    ...symbols.map((symbol) => share(symbol, '2026-01-02', '2026-03-31', 100)),
    share('JUMP', '2026-01-02', '2026-03-31', (day) => (day < '2026-03-05' ? 100 : 1000)),
    share('PND', '2026-01-02', '2026-03-31', 3, { currency: 'GBP' }),
  ])
  for (const symbol of symbols) market.prices.set(symbol, 101)
  market.prices.set('JUMP', 100)
  market.prices.set('PND', 3)
  id = await newPortfolio({ benchmarks: [] })
  const bought = [...symbols, 'JUMP'].map((symbol) => `${symbol},Buy,2026-02-02,100,1\n`)
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${bought.join('')}`)
  await settled(id)
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
beforeEach(async () => {
  market.spoilt.clear()
  market.calls.length = 0
  await env.DB.prepare('UPDATE histories SET reason = NULL, retry_at = NULL').run()
  // the price of each test is a quarter of an hour newer
  now += 15 * MINUTE
  vi.setSystemTime(now)
})

async function stored(symbol: string) {
  const row = (await rows('quotes')).find((each) => each.symbol === symbol)!
  const held = JSON.parse((row.held as string | null) ?? 'null') as { reason: string } | null
  return { price: row.price, currency: row.currency, fetchedAt: row.fetched_at as number, held }
}

async function holding(symbol: string) {
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  return holdings.find((row: { symbol: string }) => row.symbol === symbol)
}

/** The button, and whom the refresh names as failed. */
async function refreshed(): Promise<Record<string, string>> {
  await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
  const { failed } = await settled(id)
  return Object.fromEntries(
    (failed as { symbol: string; reason: string }[]).map(({ symbol, reason }) => [symbol, reason]),
  )
}

const ask = (...asked: string[]) => deliver({ kind: 'quotes', symbols: asked, requester: null })

describe('of five symbols three are answered', () => {
  it('three are stored, and the others keep their price and are not asked for an hour', async () => {
    for (const symbol of symbols) market.prices.set(symbol, 101)
    await ask(...symbols)
    now += MINUTE
    vi.setSystemTime(now)
    market.spoilt.set('BBB', null).set('DDD', null)
    for (const symbol of symbols) market.prices.set(symbol, 102)
    expect((await ask(...symbols)).explicitAcks).toHaveLength(1)
    const prices = await Promise.all(symbols.map(async (symbol) => (await stored(symbol)).price))
    expect(prices).toEqual(['102', '101', '102', '101', '102'])
    const refused = (await rows('histories')).filter(
      ({ symbol, reason }) => symbols.includes(symbol as string) && reason !== null,
    )
    expect(refused.map(({ symbol, retry_at }) => [symbol, retry_at])).toEqual([
      ['BBB', now + 60 * MINUTE],
      ['DDD', now + 60 * MINUTE],
    ])
  })

  it('with a reader waiting, their charts price the others', async () => {
    for (const symbol of symbols) market.prices.set(symbol, 102)
    market.spoilt.set('BBB', null).set('DDD', null)
    expect(await refreshed()).toEqual({})
    const { price, fetchedAt } = await stored('BBB')
    expect(price).toBe('102')
    expect(fetchedAt).toBeGreaterThanOrEqual(now)
  })
})

describe('an answer that knows nothing at all', () => {
  it('is asked for again, and none of the symbols counts as unknown', async () => {
    for (const symbol of symbols) market.spoilt.set(symbol, null)
    expect(await ask(...symbols)).toMatchObject({ explicitAcks: [], retryMessages: [{}] })
    const reasons = (await rows('histories')).map(({ reason }) => reason)
    expect(new Set(reasons)).toEqual(new Set([null]))
    // two may have gone together
    expect((await ask('AAA', 'BBB')).explicitAcks).toHaveLength(1)
  })
})

describe('what is no price is not stored, and named', () => {
  it.each([null, 0, -5, 'NaN', 1e308])('%j', async (price) => {
    market.prices.set('AAA', 103)
    market.prices.set('CCC', 103)
    await refreshed()
    now += MINUTE
    vi.setSystemTime(now)
    market.prices.set('AAA', 104)
    market.spoilt.set('CCC', { regularMarketPrice: price })
    expect(await refreshed()).toEqual({ CCC: `Yahoo’s price of CCC is not a valid price: ${String(price)}` })
    expect(await stored('AAA')).toMatchObject({ price: '104' })
    expect(await stored('CCC')).toMatchObject({ price: '103', held: null })
    expect(await holding('CCC')).toMatchObject({ price: '103', market_value: '103', quarantined: null })
  })
})

describe('a price that is not believed is held beside the one that is shown', () => {
  beforeEach(async () => {
    for (const symbol of symbols) market.prices.set(symbol, 102)
    await refreshed()
    now += MINUTE
    vi.setSystemTime(now)
  })

  it('in another currency', async () => {
    market.spoilt.set('DDD', { currency: 'EUR' })
    const reason = 'its currency changed from USD to EUR'
    expect(await refreshed()).toEqual({ DDD: `a price of 102 EUR is held for review: ${reason}` })
    expect(await stored('DDD')).toMatchObject({ price: '102', currency: 'USD', held: { reason } })
    const instrument = (await rows('instruments')).find(({ symbol }) => symbol === 'DDD')
    expect(instrument!.currency).toBe('USD')
    expect(await holding('DDD')).toMatchObject({
      price: '102',
      currency: 'USD',
      market_value: '102',
      quarantined: { price: '102', currency: 'EUR', at: new Date(now).toISOString(), reason },
    })
  })

  it('and is forgotten once the source comes to its senses', async () => {
    market.spoilt.set('DDD', { currency: 'EUR' })
    expect(Object.keys(await refreshed())).toEqual(['DDD'])
    market.spoilt.clear()
    now += MINUTE
    vi.setSystemTime(now)
    expect(await refreshed()).toEqual({})
    expect(await stored('DDD')).toMatchObject({ price: '102', held: null })
    expect(await holding('DDD')).toMatchObject({ quarantined: null })
  })

  it('that goes back in time; half an hour is no more than another machine’s clock', async () => {
    const before = await stored('EEE')
    market.spoilt.set('EEE', { regularMarketTime: now / 1000 - 30 * 60, regularMarketPrice: 99 })
    expect(await refreshed()).toEqual({})
    const after = await stored('EEE')
    expect(after).toEqual({ ...before, fetchedAt: after.fetchedAt })
    expect(after.fetchedAt).toBeGreaterThanOrEqual(now)
    now += MINUTE
    vi.setSystemTime(now)
    market.spoilt.set('EEE', { regularMarketTime: now / 1000 - 120 * 60, regularMarketPrice: 99 })
    expect(await refreshed()).toEqual({
      EEE: 'a price of 99 USD is held for review: it is older than the price we have',
    })
    expect(await stored('EEE')).toMatchObject({ price: before.price })
  })

  it('from the future; and one that was stored so locks nothing out', async () => {
    market.spoilt.set('EEE', { regularMarketTime: now / 1000 + 7200, regularMarketPrice: 90 })
    expect(await refreshed()).toEqual({
      EEE: 'a price of 90 USD is held for review: its time is in the future',
    })
    expect(await stored('EEE')).toMatchObject({ price: '102' })
    await env.DB.prepare("UPDATE quotes SET at = ? WHERE symbol = 'EEE'").bind(at('2040-01-01T00:00')).run()
    market.spoilt.clear()
    market.prices.set('EEE', 105)
    now += MINUTE
    vi.setSystemTime(now)
    expect(await refreshed()).toEqual({})
    const row = (await rows('quotes')).find(({ symbol }) => symbol === 'EEE')
    expect(row).toMatchObject({ price: '105', at: now, held: null })
  })

  it('on the page, in words, and on the status page', async () => {
    market.prices.set('DDD', 1020)
    await refreshed()
    const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    const page = words(await (await request(`/portfolios/${id}/holdings`)).text())
    const reason = (day: string) =>
      `it is more than five times above or below the 102 USD of ${day}, and no split is known`
    const date = { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' } as const
    const shown = reason(new Date(now).toLocaleDateString('en-US', date))
    expect(page).toMatch(new RegExp(`a price of \\$1,020.00 at \\d\\d:\\d\\d is held for review: ${shown}`))
    expect(page).toContain('held')
    const { quarantined } = await json('/api/status')
    const own = quarantined.filter(({ symbol }: { symbol: string }) => symbols.includes(symbol))
    expect(own).toMatchObject([
      {
        symbol: 'DDD',
        price: '1020',
        currency: 'USD',
        reason: reason(new Date(now).toISOString().slice(0, 10)),
      },
    ])
    expect(words(await (await request('/status')).text())).toContain(shown)
    market.prices.set('DDD', 102)
    await refreshed()
  })
})

/** Until the history that a first doubt asks for has been taken. */
async function historyTaken(symbol: string): Promise<void> {
  await nothingUnderway()
  const row = (await rows('histories')).find((each) => each.symbol === symbol)
  expect(row!.fetched_at).toBeGreaterThanOrEqual(now)
}

// from Thursday to the Wednesday after
describe('on a later day', { shuffle: false }, () => {
  it('a real jump is believed when it is repeated in the next session, and asks the history once', async () => {
    market.prices.set('JUMP', 1000)
    market.calls.length = 0
    await ask('JUMP')
    await historyTaken('JUMP')
    expect(await stored('JUMP')).toMatchObject({ price: '100', held: { price: '1000', since: '2026-03-05' } })
    now += 10 * MINUTE
    vi.setSystemTime(now)
    await ask('JUMP')
    expect(market.calls.filter((call) => call === 'chart JUMP')).toHaveLength(1)

    now = at('2026-03-06T17:00')
    vi.setSystemTime(now)
    market.prices.set('JUMP', 1100)
    expect(await refreshed()).not.toHaveProperty('JUMP')
    expect(await stored('JUMP')).toMatchObject({ price: '1100', held: null })
    expect(await holding('JUMP')).toMatchObject({ price: '1100', market_value: '1100', quarantined: null })
  })

  it('pence for pounds are not, however often they are repeated', async () => {
    const pounds = await newPortfolio({ benchmarks: [], base_currency: 'GBP' })
    await importCsv(pounds, 'Ticker,Type,Date,Price,Shares\nPND,Buy,2026-02-02,3,1\n')
    await settled(pounds)
    for (const day of ['2026-03-09', '2026-03-10', '2026-03-11']) {
      now = at(`${day}T17:00`)
      vi.setSystemTime(now)
      market.prices.set('PND', 305)
      await ask('PND')
      expect(await stored('PND')).toMatchObject({ price: '3', held: { price: '305', since: '2026-03-09' } })
    }
    market.prices.set('PND', 3.05)
    now += MINUTE
    vi.setSystemTime(now)
    await ask('PND')
    expect(await stored('PND')).toMatchObject({ price: '3.05', held: null })
  })
})

it('fifty prices cost one query to judge, one statement to write, and delivered twice no row', async () => {
  const fifty = Array.from({ length: 50 }, (_, i) => `S${i}`)
  for (const symbol of fifty) {
    market.files.set(symbol, share(symbol, '2026-03-02', '2026-03-31', 50))
    market.prices.set(symbol, 50)
  }
  now = Math.ceil(now / (15 * MINUTE)) * 15 * MINUTE
  vi.setSystemTime(now)
  await ask(...fifty)
  const take = async () => {
    const { env: counting, counts } = countingEnv(env)
    const body = { kind: 'quotes', symbols: fifty, requester: null }
    const batch = createMessageBatch('yardstick-refresh', [
      { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body },
    ])
    await worker.queue(batch as never, withOwnDesk(counting))
    return [counts.d1Queries, counts.d1RowsWritten, counts.messages]
  }
  // within a minute of the last delivery, which has handed the counters over
  now += MINUTE / 2
  vi.setSystemTime(now)
  // and one asks who is looking, and one who has alerts: the test's minute is among the first five of a quarter of an hour
  expect(await take()).toEqual([4, 50, 0])
  expect(await take()).toEqual([4, 0, 0])
})
