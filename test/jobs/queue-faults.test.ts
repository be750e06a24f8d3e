import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { json, setFault, newPortfolio, send, settled, upstreamCalls } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { coordinators, failingD1, rewire } from '../worker/failing.ts'
import { invested } from '../worker/invested.ts'
import { deliver, withOwnDesk } from '../worker/queue.ts'
import { recentTrades } from '../web/reads.ts'

let clock = NOON

beforeEach(() => {
  clock += 3_600_000 * 24 * 7
  setClock(clock)
})
afterEach(async () => {
  await setFault(null)
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const all = async (query: string) => (await env.DB.prepare(query).all()).results
const market = async (where = 'true') => ({
  quotes: await all(`SELECT * FROM quotes WHERE ${where} ORDER BY symbol`),
  bars: await all(`SELECT * FROM bars WHERE ${where} ORDER BY symbol, year`),
  actions: await all(`SELECT * FROM corporate_actions WHERE ${where} ORDER BY symbol, day, kind`),
  histories: await all(`SELECT * FROM histories WHERE ${where} ORDER BY symbol`),
})

/** Messages as one batch; by id, what became of each. */
async function together(bodies: unknown[], queue = 'yardstick-refresh', bindings: Env = env) {
  const batch = createMessageBatch(
    queue,
    bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts: 1, body })),
  )
  const ctx = createExecutionContext()
  await worker.queue(batch as never, withOwnDesk(bindings))
  const { explicitAcks, retryMessages } = await getQueueResult(batch, ctx)
  return { acked: explicitAcks.toSorted(), retried: retryMessages.map(({ msgId }) => msgId).toSorted() }
}

const quotes = (...symbols: string[]): RefreshMessage => ({ kind: 'quotes', symbols, requester: null })
const history = (symbol: string, from: string): RefreshMessage => ({
  kind: 'history',
  symbol,
  from,
  requester: null,
})

describe('a message that comes twice', () => {
  it.each([
    ['quotes', quotes('KO', 'JPM', 'BTC-USD')],
    ['a history', history('TSLA', '2020-01-01')],
  ])('%s, one after the other, stores the same', async (_, message) => {
    await deliver(message)
    const once = await market()
    await deliver(message)
    expect(await market()).toEqual(once)
  })

  it.each([
    ['quotes', quotes('KO', 'JPM', 'BTC-USD'), 'quote'],
    ['a history', history('NVDA', '2020-01-01'), 'chart'],
  ])('%s, both at once, asks the market once', async (_, message, endpoint) => {
    await deliver(quotes('KO'))
    const before = (await upstreamCalls())[endpoint] ?? 0
    setClock(clock + 120_000)
    expect(await together([message, message, message])).toEqual({ acked: ['m0', 'm1', 'm2'], retried: [] })
    expect((await upstreamCalls())[endpoint]! - before).toBe(1)
  })

  it('ends its refresh once', async () => {
    const id = await invested(recentTrades)
    const sent: unknown[] = []
    await rewire(id, {
      REFRESH: {
        sendBatch: async (some: { body: unknown }[]) => void sent.push(...some.map(({ body }) => body)),
      } as unknown as Env['REFRESH'],
    })
    setClock(clock)
    const { generation } = (await (await send(`/api/portfolios/${id}/refreshes`, {})).json()) as {
      generation: number
    }
    await together([...sent, ...sent, ...sent])
    expect(await settled(id)).toMatchObject({ generation, status: 'done', failed: [] })
    const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    await together([...sent, ...sent])
    expect(await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).toMatchObject({ revision })
    expect(
      await all(`SELECT 1 FROM refreshes WHERE portfolio_id = '${id}' AND generation = ${generation}`),
    ).toHaveLength(1)
  })
})

describe('messages in another order', () => {
  /** The market's answer is taken at `clock`, and arrives when others have come and gone. */
  async function overtaken(slow: RefreshMessage, meanwhile: () => Promise<unknown>) {
    const hold = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const MARKET_GATEWAY = {
      getByName: (name: string) =>
        new Proxy(
          {},
          {
            get:
              (_, method) =>
              async (...given: unknown[]) => {
                const stub = env.MARKET_GATEWAY.getByName(name)
                const answer = await (Reflect.get(stub, method) as (...given: unknown[]) => Promise<unknown>)(
                  ...given,
                )
                asked.resolve()
                await hold.promise
                return answer
              },
          },
        ),
    } as unknown as Env['MARKET_GATEWAY']
    const late = deliver(slow, 1, undefined, { ...env, MARKET_GATEWAY })
    await asked.promise
    await meanwhile()
    hold.resolve()
    return late
  }

  it('an older quote leaves a newer one as it is', async () => {
    let newer
    const { explicitAcks } = await overtaken(quotes('KO', 'BTC-USD'), async () => {
      setClock(clock + 180_000)
      await deliver(quotes('KO', 'BTC-USD'))
      newer = await market()
    })
    expect(explicitAcks).toHaveLength(1)
    expect(await market()).toEqual(newer)
  })

  it('an older refusal does not take back a newer price', async () => {
    await setFault({ kind: 'partial', symbols: ['V'] })
    let newer
    await overtaken(quotes('V', 'KO'), async () => {
      await setFault(null)
      setClock(clock + 180_000)
      await deliver(history('V', '2034-01-01'))
      newer = await market("symbol = 'V'")
    })
    expect(await market("symbol = 'V'")).toEqual(newer)
  })

  it('an older history leaves a newer one as it is', async () => {
    // a week later the newer one has five bars more
    let newer
    const { explicitAcks } = await overtaken(history('MSFT', '2034-01-01'), async () => {
      clock += 7 * 86_400_000
      setClock(clock)
      await deliver(history('MSFT', '2034-01-01'))
      // the source has corrected a close meanwhile
      await env.DB.prepare(
        "UPDATE bars SET closes = replace(closes, '[[2,', '[[2,7') WHERE symbol = 'MSFT' AND year = 2035",
      ).run()
      newer = await market()
    })
    expect(explicitAcks).toHaveLength(1)
    expect(await market()).toEqual(newer)
  })

  it('an older history that reaches further back than a newer one is asked for again', async () => {
    const { explicitAcks, retryMessages } = await overtaken(history('DIS', '2030-01-01'), async () => {
      setClock(clock + 60_000)
      await deliver(history('DIS', '2034-01-01'))
    })
    expect([explicitAcks.length, retryMessages.length]).toEqual([0, 1])
    await deliver(history('DIS', '2030-01-01'), 2)
    expect(await all("SELECT from_day, to_day FROM histories WHERE symbol = 'DIS'")).toMatchObject([
      { from_day: '2030-01-01' },
    ])
    expect(await all("SELECT count(*) AS years FROM bars WHERE symbol = 'DIS'")).toEqual([{ years: 6 }])
  })

  it('two histories of one symbol at once lose nothing of either', async () => {
    await together([history('JPM', '2034-01-01'), history('JPM', '2029-01-01'), history('JPM', '2032-01-01')])
    await deliver(history('JPM', '2029-01-01'), 2)
    const years = await all("SELECT year FROM bars WHERE symbol = 'JPM' ORDER BY year")
    expect(years.map(({ year }) => year)).toEqual([2029, 2030, 2031, 2032, 2033, 2034, 2035])
  })
})

describe('poison', () => {
  const nonsense = [
    null,
    7,
    'text',
    [],
    {},
    { kind: 'quotes' },
    { kind: 'quotes', symbols: ['../x'], requester: null },
  ]

  it('what is no message of ours goes straight to the dead letters, the others are carried out', async () => {
    const { acked, retried } = await together([...nonsense, quotes('KO')])
    expect([acked.length, retried]).toEqual([nonsense.length + 1, []])
    expect(await all(`SELECT 1 FROM quotes WHERE symbol = 'KO' AND fetched_at = ${clock}`)).toHaveLength(1)
  })

  it('a kind that only a newer version knows is tried again, while both take messages off the queue', async () => {
    const newer = { kind: 'news', symbol: 'KO', requester: null }
    const parked = vi.fn<() => void>()
    const REFRESH_DLQ = { send: parked } as unknown as Env['REFRESH_DLQ']
    expect(await together([newer, quotes('KO')], undefined, { ...env, REFRESH_DLQ })).toEqual({
      acked: ['m1'],
      retried: ['m0'],
    })
    expect(parked).not.toHaveBeenCalled()
  })

  it('a dead-letter queue that does not take it either leaves the others alone', async () => {
    const REFRESH_DLQ = {
      send: async () => {
        throw new Error('Queue send failed: Too Many Requests')
      },
    } as unknown as Env['REFRESH_DLQ']
    expect(await together(['nonsense', quotes('KO')], undefined, { ...env, REFRESH_DLQ })).toEqual({
      acked: ['m1'],
      retried: ['m0'],
    })
  })

  it('a symbol whose answer always throws is tried again alone, the other messages are carried out', async () => {
    const MARKET_GATEWAY = {
      getByName: () => ({
        quotes: async (symbols: string[]) => {
          if (symbols.includes('V')) throw new Error('impossible')
          return env.MARKET_GATEWAY.getByName('market').quotes(symbols)
        },
      }),
    } as unknown as Env['MARKET_GATEWAY']
    const bindings = { ...env, MARKET_GATEWAY }
    expect(await together([quotes('V'), quotes('KO'), quotes('JPM')], undefined, bindings)).toEqual({
      acked: ['m1', 'm2'],
      retried: ['m0'],
    })
  })

  it('one parked twice is one dead letter', async () => {
    const id = await newPortfolio({ benchmarks: ['AMZN'] })
    await settled(id)
    const message: RefreshMessage = {
      kind: 'quotes',
      symbols: ['AMZN'],
      requester: { portfolio: id, generation: 99 },
    }
    const letters = () => all('SELECT id FROM dead_letters')
    const before = (await letters()).length
    // parked twice: the first time the answer to the write was lost
    const { db } = failingD1(env.DB, (call) => (call === 1 ? 'lost' : null))
    const lost = await together([message], 'yardstick-refresh-dlq', {
      ...env,
      DB: db,
      PORTFOLIO: coordinators,
    })
    expect(lost).toEqual({ acked: [], retried: ['m0'] })
    expect(await together([message], 'yardstick-refresh-dlq')).toEqual({ acked: ['m0'], retried: [] })
    expect(await letters()).toHaveLength(before + 1)
  })

  it('D1 that fails for one dead letter leaves the next one alone', async () => {
    const { db } = failingD1(env.DB, (call) => (call === 1 ? 'refused' : null))
    const { acked, retried } = await together([quotes('KO'), quotes('JPM')], 'yardstick-refresh-dlq', {
      ...env,
      DB: db,
    })
    expect([acked.length, retried.length]).toEqual([1, 1])
  })
})

it('a consumer that dies between the write and the ack: the message comes again, changes nothing and ends its refresh', async () => {
  const id = await invested(recentTrades)
  const sent: unknown[] = []
  await rewire(id, {
    REFRESH: {
      sendBatch: async (some: { body: unknown }[]) => void sent.push(...some.map(({ body }) => body)),
    } as unknown as Env['REFRESH'],
  })
  setClock(clock)
  await send(`/api/portfolios/${id}/refreshes`, {})
  // the coordinator is never told: that is where it dies
  const PORTFOLIO = {
    getByName: () => ({
      arrived: async () => {
        throw new Error('The Worker exceeded its limit')
      },
    }),
  } as unknown as Env['PORTFOLIO']
  const { retried } = await together(sent, undefined, { ...env, PORTFOLIO })
  expect(retried).toHaveLength(sent.length)
  const written = await market()
  expect(await json(`/api/portfolios/${id}/refreshes/latest`)).toMatchObject({
    status: 'queued',
  })
  await together(sent)
  expect(await market()).toEqual(written)
  expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
})
