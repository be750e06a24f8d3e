import { describe, expect, it } from 'vitest'
import { type Breaker } from '../../../src/market/http/breaker.ts'
import { circuits } from '../../../src/market/http/circuits.ts'
import { yahoo } from '../../../src/market/yahoo/client.ts'
import { yahooFinance } from '../../../src/market/yahoo/source.ts'
import { row, rows, upstream } from '../fake-upstream.ts'

const MINUTE = 60_000
const STARTS = Date.parse('2026-03-09T00:00:00Z')

/** The market as the gateway asks it: through circuits, which outlive it as the count of dead ends does. */
function guarded(fetch: typeof globalThis.fetch) {
  const kept = new Map<string, Breaker>()
  const time = { now: STARTS }
  const guards = circuits(
    yahooFinance.circuits,
    { get: (name) => kept.get(name), put: (name, breaker) => void kept.set(name, breaker) },
    () => time.now,
  )
  const counted = { deadEnds: 0 }
  const connect = () =>
    yahoo({
      fetch,
      now: () => time.now,
      sleep: async () => {},
      timeout: 1,
      onCall: (call) => guards.note(call),
      onDeadEnd: (endpoint) => guards.deadEnd(endpoint),
      rests: (endpoint) => guards.rests(endpoint),
      deadEnds: { get: () => counted.deadEnds, set: (count) => void (counted.deadEnds = count) },
    })
  const source = { market: connect() }
  return {
    time,
    counted,
    restart: () => void (source.market = connect()),
    ask: async () =>
      guards.refusal('quote') ?? (await source.market.quotes(['AAPL'])).get('AAPL') ?? { status: 'none' },
  }
}

const redirect = (location: string, cookie?: string) =>
  new Response(null, { status: 302, headers: { location, ...(cookie && { 'set-cookie': cookie }) } })
const refused = (status: number) => () => Response.json({ finance: { error: { code: 'no' } } }, { status })

/** Yahoo sends to its consent and back for ever, with another cookie each time. */
function circle() {
  let round = 0
  return (url: URL) =>
    url.host === 'guce.yahoo.com'
      ? redirect('https://finance.yahoo.com/quote/AAPL?guccounter=1')
      : redirect('https://guce.yahoo.com/consent', `GUCS=${(round += 1)}; Domain=.yahoo.com; Path=/; Secure`)
}

const failures: [string, Parameters<typeof upstream>[0]][] = [
  ['a consent that goes in a circle', { cookie: circle() }],
  ['a consent at another site', { cookie: () => redirect('https://evil.example/guce.yahoo.com') }],
  ['a first page that is refused', { cookie: () => new Response('<html>', { status: 403 }) }],
  ['no cookie', { cookie: () => new Response('<html>') }],
  ['a poisoned crumb', { crumb: () => new Response('Too Many Requests') }],
  ['no crumb', { crumb: () => new Response('', { status: 401 }) }],
  ['401 for ever', { quote: refused(401) }],
  ['403 for ever', { quote: refused(403) }],
  ['429 for ever', { quote: () => new Response('', { status: 429 }) }],
  ['a web page', { quote: () => new Response('<html>') }],
  [
    'an answer that is none',
    { quote: () => Response.json({ quoteResponse: { result: null, error: null } }) },
  ],
  ['500 for ever', { quote: () => new Response('', { status: 500 }) }],
  ['no network', { cookie: () => Promise.reject(new TypeError('fetch failed')) }],
]

describe('a day on which the quotes fail by', () => {
  it.each(failures)('%s costs at most sixty calls, though somebody asks every minute', async (_, answers) => {
    const fake = upstream(answers)
    const market = guarded(fake.fetch)
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      market.time.now = STARTS + minute * MINUTE
      expect((await market.ask()).status).toBe('unavailable')
    }
    expect(fake.asked.length).toBeLessThanOrEqual(60)
    // it is looked after all the same
    expect(fake.asked.length).toBeGreaterThan(45)
  })

  it('a consent that goes in a circle costs no more where the object ends between two tries', async () => {
    const fake = upstream({ cookie: circle() })
    const market = guarded(fake.fetch)
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      market.time.now = STARTS + minute * MINUTE
      market.restart()
      await market.ask()
    }
    expect(fake.asked.length).toBeLessThanOrEqual(60)
  })
})

describe('a handshake', () => {
  it('that led nowhere works again as soon as Yahoo gives its cookie at once', async () => {
    const given = { 'set-cookie': 'A1=d=1; Max-Age=3600; Domain=.yahoo.com; Path=/; Secure' }
    const loop = circle()
    let isLost = true
    const fake = upstream({
      cookie: (url) => (isLost ? loop(url) : new Response('<html>', { headers: given })),
      quote: () => rows(row('AAPL')),
    })
    const market = guarded(fake.fetch)
    expect(await market.ask()).toMatchObject({ reason: 'Yahoo’s consent pages lead nowhere' })
    expect([fake.count('cookie'), market.counted.deadEnds]).toEqual([7, 1])
    market.time.now += MINUTE
    await market.ask()
    expect([fake.count('cookie'), market.counted.deadEnds]).toEqual([8, 2])
    isLost = false
    market.time.now += 2 * MINUTE
    expect((await market.ask()).status).toBe('ok')
    expect(market.counted.deadEnds).toBe(0)
  })

  it('sends no cookie, and makes no call, to a host that is not Yahoo’s', async () => {
    const fake = upstream({
      cookie: () => redirect('https://evil.example/guce.yahoo.com', 'A1=1; Domain=.yahoo.com'),
    })
    await guarded(fake.fetch).ask()
    expect(fake.asked.map(({ host }) => host)).toEqual(['finance.yahoo.com'])
  })
})

it('a first page that is refused is noted as such, and not as an answer', async () => {
  const outcomes: string[] = []
  const fake = upstream({ cookie: () => new Response('<html>', { status: 403 }) })
  const market = yahoo({
    fetch: fake.fetch,
    now: () => STARTS,
    onCall: ({ endpoint, outcome }) => outcomes.push(`${endpoint} ${outcome}`),
  })
  await market.quotes(['AAPL'])
  expect(outcomes).toEqual(['cookie turned-away'])
})
