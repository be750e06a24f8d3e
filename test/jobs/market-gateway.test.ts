import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { gateway as gatewayOf } from '../../src/jobs/durable-objects.ts'
import { watchPortfolio } from '../../src/storage/portfolios.ts'
import { db, rows } from '../storage/sample.ts'
import { importCsv, setFault, newPortfolio, settled, upstreamCalls } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { deliver } from '../worker/queue.ts'
import { eventually } from '../worker/underway.ts'

const gateway = () => env.MARKET_GATEWAY.getByName('market')

let now = NOON

// a day apart each, so that no circuit rests from the test before; the probe of each closes it
beforeEach(async () => {
  now += DAY
  setClock(now)
  await setFault(null)
  await gateway().quotes(['VOO'])
  await gateway().history('VOO', '2035-01-02')
})
afterAll(async () => {
  await setFault(null)
  vi.useRealTimers()
})

/** The upstream attempts that some work makes, by endpoint. */
async function callsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await upstreamCalls()
  await work()
  const after = await upstreamCalls()
  return Object.fromEntries(
    Object.entries(after).flatMap(([endpoint, count]) => {
      const made = count - (before[endpoint] ?? 0)
      return made > 0 ? [[endpoint, made]] : []
    }),
  )
}

async function openCircuits(): Promise<string[]> {
  const { circuits } = await gateway().status()
  return circuits.filter(({ openUntil }) => openUntil > Date.now()).map(({ endpoint }) => endpoint)
}

const statuses = (answers: Map<string, { status: string }>) =>
  [...answers.values()].map((each) => each.status)

describe('the same question', () => {
  it('asked twice at once is one call, in whatever order its symbols come', async () => {
    const calls = await callsOf(() =>
      Promise.all([
        gateway().quotes(['KO', 'VOO']),
        gateway().quotes(['VOO', 'KO']),
        gateway().history('KO', '2035-01-02'),
        gateway().history('KO', '2035-01-02'),
      ]),
    )
    expect(calls).toEqual({ quote: 1, chart: 1 })
  })

  it('is another one for other symbols, or from another day', async () => {
    const calls = await callsOf(() =>
      Promise.all([
        gateway().quotes(['KO']),
        gateway().quotes(['VOO']),
        gateway().history('KO', '2035-01-02'),
        gateway().history('KO', '2035-01-03'),
      ]),
    )
    expect(calls).toEqual({ quote: 2, chart: 2 })
  })

  it('is asked anew once it has been answered', async () => {
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ quote: 1 })
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ quote: 1 })
  })
})

describe('the source', () => {
  it('is named with every answer, by a call, by a circuit that is open and beyond what a minute allows', async () => {
    const source = 'the demo market'
    expect((await gateway().quotes(['KO'])).get('KO')).toMatchObject({ status: 'ok', source })
    expect((await gateway().quotes(['NOPE'])).get('NOPE')).toMatchObject({ status: 'rejected', source })
    expect(await gateway().history('KO', '2035-01-02')).toMatchObject({ status: 'ok', source })
    expect((await gateway().otherQuotes(['KO'])).get('KO')).toMatchObject({ status: 'ok', source })
    await setFault({ kind: '429' })
    await gateway().history('KO', '2035-01-02')
    const unavailable = { status: 'unavailable', source }
    expect(await gateway().history('JPM', '2035-01-02')).toMatchObject(unavailable)
    const many = await gateway().otherQuotes(Array.from({ length: 60 }, (_, i) => `N${i}`))
    expect(many.get('N59')).toMatchObject(unavailable)
  })

  it('has its own circuits and counts in the status', async () => {
    const { calls, circuits } = await gateway().status()
    expect(circuits.map(({ source, endpoint }) => `${source} ${endpoint}`)).toEqual([
      'demo quote',
      'demo spark',
      'demo chart',
      'demo search',
    ])
    expect(new Set(calls.map(({ source }) => source))).toEqual(new Set(['demo']))
  })

  it('has what was counted before sources had names', async () => {
    await gateway().status()
    await runInDurableObject(gateway(), (_, { storage: { sql } }) => {
      sql.exec('CREATE TABLE calls (endpoint TEXT, outcome TEXT, count INTEGER)')
      sql.exec("INSERT INTO calls VALUES ('quote', 'before', 7)")
    })
    const before = { source: 'demo', endpoint: 'quote', outcome: 'before', count: 7 }
    for (let restarts = 0; restarts < 2; restarts++) {
      await evictDurableObject(gateway())
      expect((await gateway().status()).calls).toContainEqual(before)
    }
  })
})

describe('the cookies and the crumb', () => {
  const cookiesIn = () =>
    runInDurableObject(gateway(), (_, { storage: { kv } }) => kv.get<{ at: number }>('demo cookies'))

  it('outlive the object', async () => {
    // those of the tests before may be older than a day
    await runInDurableObject(gateway(), (_, { storage: { kv } }) => void kv.delete('demo cookies'))
    await evictDurableObject(gateway())
    await gateway().quotes(['KO'])
    await evictDurableObject(gateway())
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ quote: 1 })
  })

  it('are asked for anew after an eviction when they are older than a day', async () => {
    setClock(now + DAY + 60_000)
    await evictDurableObject(gateway())
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ cookie: 1, crumb: 1, quote: 1 })
    expect(await cookiesIn()).toMatchObject({ at: now + DAY + 60_000 })
    now += DAY
  })

  it('are asked for anew when they cannot be read', async () => {
    for (const odd of ['odd', { at: now, jar: '{"cookies":[{"key":1}' }, { at: now, jar: '{}' }]) {
      await runInDurableObject(gateway(), (_, { storage: { kv } }) => kv.put('demo cookies', odd))
      await evictDurableObject(gateway())
      expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ cookie: 1, crumb: 1, quote: 1 })
    }
  })

  it('that the source refuses do not outlive it', async () => {
    await setFault({ kind: 'crumb', endpoint: 'quote' })
    await gateway().quotes(['KO'])
    expect(await cookiesIn()).toBeNull()
  })
})

describe('quotes and charts fail apart', () => {
  it('a 429 at the quotes leaves them alone, and the histories go on', async () => {
    await setFault({ kind: '429', endpoint: 'quote' })
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({ quote: 1 })
    expect(await openCircuits()).toEqual(['quote'])
    const rests = (await gateway().quotes(['KO'])).get('KO')
    expect(rests).toEqual({
      status: 'unavailable',
      reason: 'Yahoo asks us to slow down (429); the next try is in 60 s',
      retryAfter: 60,
      source: 'the demo market',
    })
    expect(await callsOf(() => gateway().quotes(['KO']))).toEqual({})
    expect((await gateway().history('KO', '2035-01-02')).status).toBe('ok')
  })

  it('charts that fail leave the quotes alone', async () => {
    await setFault({ kind: '500', endpoint: 'chart' })
    // three tries, and two: the fifth failure opens the circuit and ends the trying
    const ask = () => gateway().history('KO', '2035-01-02')
    expect(await callsOf(ask)).toEqual({ chart: 3 })
    expect(await callsOf(ask)).toEqual({ chart: 2 })
    expect(await openCircuits()).toEqual(['chart'])
    expect(statuses(await gateway().quotes(['KO']))).toEqual(['ok'])
  })

  it('after the rest one question goes out; the others ask again in seconds, not in a minute', async () => {
    await setFault({ kind: '429', endpoint: 'chart' })
    await gateway().history('KO', '2035-01-02')
    await setFault(null)
    setClock(now + 60_000)
    const answers = await Promise.all([
      gateway().history('KO', '2035-01-02'),
      gateway().history('JPM', '2035-01-02'),
    ])
    expect(answers[0].status).toBe('ok')
    expect(answers[1]).toMatchObject({ status: 'unavailable', retryAfter: 10 })
    expect((await gateway().history('JPM', '2035-01-02')).status).toBe('ok')
  })

  it('a crumb refused for good opens the circuit of the quotes, though new crumbs keep coming', async () => {
    await setFault({ kind: 'crumb', endpoint: 'quote' })
    const attempts = async () => {
      const calls = await callsOf(() => gateway().quotes(['KO']))
      return [calls.quote ?? 0, calls.crumb ?? 0]
    }
    // a crumb that is fresh is refused as well: there is nothing more to try
    expect(await attempts()).toEqual([2, 1])
    expect(await openCircuits()).toEqual(['quote'])
    expect(await attempts()).toEqual([0, 0])
    // a minute later one probe goes out, and finds Yahoo recovered
    await setFault(null)
    setClock(now + 60_000)
    expect(statuses(await gateway().quotes(['KO']))).toEqual(['ok'])
    expect(await openCircuits()).toEqual([])
  })
})

describe('prices by other ways', () => {
  const listed = demoBook.search('').map(({ instrument }) => instrument.symbol)

  it.each([
    ['the plainer way, twenty a call', null, { spark: 1 }],
    ['chart, one call a symbol', '429', { spark: 1, chart: 3 }],
  ] as const)('are those of the quotes, by %s', async (_, kind, made) => {
    const symbols = ['KO', 'VOO', 'BTC-USD']
    const quoted = await gateway().quotes(symbols)
    if (kind) await setFault({ kind, endpoint: 'spark' })
    const calls = await callsOf(async () => {
      const others = await gateway().otherQuotes(symbols)
      for (const symbol of symbols) {
        const [byQuote, otherwise] = [quoted.get(symbol), others.get(symbol)]
        if (byQuote?.status !== 'ok' || otherwise?.status !== 'ok') throw new Error(`no price of ${symbol}`)
        // only a quote says when a dividend is paid
        const { payDay: _payDay, exDay: _exDay, dividendRate: _rate, ...quote } = byQuote.value.quote
        expect(otherwise.value.quote).toEqual(quote)
      }
    })
    expect(calls).toEqual(made)
  })

  it('are twenty a minute at most, the rest is unavailable', async () => {
    const calls = await callsOf(async () => {
      const [first, second] = [await gateway().otherQuotes(listed), await gateway().otherQuotes(['KO'])]
      expect(statuses(first).filter((status) => status === 'ok')).toHaveLength(20)
      expect(first.get(listed.at(-1)!)).toMatchObject({ status: 'unavailable', retryAfter: 60 })
      expect(second.get('KO')).toMatchObject({ status: 'unavailable', retryAfter: 60 })
    })
    expect(calls).toEqual({ spark: 1 })
    setClock(now + 60_000)
    expect(statuses(await gateway().otherQuotes(['KO']))).toEqual(['ok'])
  })

  it('are not asked for by chart where a history is on its way, which is one', async () => {
    await setFault({ kind: '429', endpoint: 'spark' })
    const calls = await callsOf(async () => {
      expect(statuses(await gateway().otherQuotes(['KO', 'VOO'], ['KO']))).toEqual(['unavailable', 'ok'])
    })
    expect(calls).toEqual({ spark: 1, chart: 1 })
  })

  it('are ten a minute at most by chart', async () => {
    await setFault({ kind: '429', endpoint: 'spark' })
    const calls = await callsOf(async () => {
      const all = await gateway().otherQuotes(listed)
      expect(statuses(all).filter((status) => status === 'ok')).toHaveLength(10)
      expect(statuses(await gateway().otherQuotes(['KO']))).toEqual(['unavailable'])
    })
    expect(calls).toEqual({ spark: 1, chart: 10 })
  })
})

describe('one invocation', () => {
  const many = Array.from({ length: 50 }, (_, i) => `N${i}`)

  it.each([
    ['quotes that fail', { kind: '500' as const }, () => gateway().quotes(many)],
    ['other ways that fail', { kind: '500' as const }, () => gateway().otherQuotes(many)],
    ['charts that fail', { kind: 'down' as const }, () => gateway().history('KO', '2035-01-02')],
    ['quotes whose crumb is refused', { kind: 'crumb' as const }, () => gateway().quotes(many)],
  ])('makes at most 25 calls, retries included: %s', async (_, fault, ask) => {
    await setFault(fault)
    const calls = await callsOf(ask)
    const made = Object.values(calls).reduce((sum, count) => sum + count, 0)
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThanOrEqual(25)
  })

  it('stops at 25 calls, whatever it is asked for', async () => {
    const symbols = Array.from({ length: 3000 }, (_, i) => `N${i}`)
    const calls = await callsOf(async () => {
      const all = await gateway().quotes(symbols)
      expect(all.size).toBe(3000)
      expect(statuses(all).filter((status) => status === 'unavailable')).toHaveLength(35 * 50)
    })
    expect(calls).toEqual({ quote: 25 })
  })
})

describe('while the quotes fail', () => {
  let id: string
  const quotes = { kind: 'quotes', symbols: ['KO', 'JPM'], requester: null }
  const taken = async () =>
    Object.fromEntries((await rows('quotes')).map((row) => [row.symbol, row.fetched_at as number]))

  beforeEach(async () => {
    id ??= await newPortfolio({ benchmarks: [] })
    await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-10,60,1\nJPM,Buy,2034-01-10,300,1\n')
    await settled(id)
    await watchPortfolio(db(), id, 0, now)
  })

  it('what somebody looks at is priced by the plainer way', async () => {
    await watchPortfolio(db(), id, now + 120_000, now)
    await setFault({ kind: '429', endpoint: 'quote' })
    setClock(now + 60_000)
    let acknowledged = 0
    const calls = await callsOf(async () => {
      acknowledged = (await deliver(quotes)).explicitAcks.length
    })
    expect(acknowledged).toBe(1)
    expect(calls).toEqual({ quote: 1, spark: 1 })
    expect(await taken()).toMatchObject({ KO: now + 60_000, JPM: now + 60_000 })
  })

  it('what nobody looks at waits', async () => {
    await setFault({ kind: '429', endpoint: 'quote' })
    setClock(now + 60_000)
    let retried = 0
    const calls = await callsOf(async () => {
      retried = (await deliver(quotes)).retryMessages.length
    })
    expect(retried).toBe(1)
    expect(calls).toEqual({ quote: 1 })
  })

  it('a symbol that a partial answer lacks is priced by the plainer way, and not refused', async () => {
    await watchPortfolio(db(), id, now + 120_000, now)
    await setFault({ kind: 'partial', symbols: ['JPM'] })
    setClock(now + 60_000)
    const calls = await callsOf(() => deliver(quotes))
    expect(calls).toEqual({ quote: 1, spark: 1 })
    expect(await taken()).toMatchObject({ KO: now + 60_000, JPM: now + 60_000 })
    const { results } = await env.DB.prepare('SELECT symbol FROM histories WHERE retry_at IS NOT NULL').all()
    expect(results).toEqual([])
  })

  it('a message that comes again asks only for what is still to come', async () => {
    await watchPortfolio(db(), id, now + 120_000, now)
    setClock(now + 60_001)
    await deliver({ ...quotes, symbols: ['KO'] })
    setClock(now + 60_000)
    const asked: string[][] = []
    await runInDurableObject(gateway(), (instance) => {
      const { markets } = instance as unknown as {
        markets: [{ source: { quotes: (symbols: string[]) => unknown } }]
      }
      const [{ source }] = markets
      const ask = source.quotes
      source.quotes = (symbols) => {
        asked.push(symbols)
        source.quotes = ask
        return ask(symbols)
      }
    })
    expect((await deliver(quotes, 2)).explicitAcks).toHaveLength(1)
    expect(asked).toEqual([['JPM']])
    expect(await taken()).toMatchObject({ KO: now + 60_001, JPM: now + 60_000 })
  })

  it('and the charts as well, the quotes’ reason stands and the message waits', async () => {
    await watchPortfolio(db(), id, now + 120_000, now)
    await setFault({ kind: '429' })
    setClock(now + 60_000)
    const before = await taken()
    expect((await deliver(quotes)).retryMessages).toHaveLength(1)
    expect(await taken()).toEqual(before)
    expect(await openCircuits()).toEqual(['quote', 'spark', 'chart'])
  })
})

describe('the place from which it asks', () => {
  /** The gateway as it is on an account, where calls go out from where it is. */
  const direct = (work: () => Promise<unknown>) =>
    runInDurableObject(gateway(), async (instance) => {
      const { markets } = instance as unknown as { markets: [{ definition: object }] }
      const { definition } = markets[0]
      markets[0].definition = { ...definition, isInvented: false, isDirect: () => true }
      await work()
    })
  const place = async () => (await gateway().status()).place

  it('outlives the object, and is asked for once an hour', async () => {
    const colos = ['VIE', 'IAD']
    const asked = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => new Response(`fl=1\ncolo=${colos.shift()}\n`))
    // an eviction waits for what is timed, which nothing needs that is answered at once
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal)
    try {
      for (const [later, colo] of [
        [0, 'VIE'],
        [59, 'VIE'],
        [61, 'IAD'],
      ] as const) {
        await evictDurableObject(gateway())
        setClock(now + later * 60_000)
        await direct(async () => {
          await gateway().quotes(['VOO'])
          await eventually(async () => expect(await place()).toBe(colo))
        })
        await evictDurableObject(gateway())
        await direct(async () => expect(await place()).toBe(colo))
      }
      expect(asked.mock.calls.map(([url]) => url)).toEqual(
        Array.from({ length: 2 }, () => 'https://www.cloudflare.com/cdn-cgi/trace'),
      )
    } finally {
      asked.mockRestore()
      patience.mockRestore()
      await evictDurableObject(gateway())
    }
  })
})

it('is made where the source asks nobody for consent, whoever calls it first', () => {
  const asked: unknown[] = []
  const MARKET_GATEWAY = { getByName: (...given: unknown[]) => (asked.push(given), {}) }
  gatewayOf({ MARKET_GATEWAY } as unknown as Env)
  expect(asked).toEqual([['market', { locationHint: 'enam' }]])
})
