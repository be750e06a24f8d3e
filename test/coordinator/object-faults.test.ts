import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { idle, type RefreshState } from '../../src/coordinator/refresh-state.ts'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { json, newPortfolio, send, upstreamCalls } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { failingD1, rewire } from '../worker/failing.ts'
import { invested } from '../worker/invested.ts'
import { plant, stateIn } from '../worker/owed.ts'
import { deliver } from '../worker/queue.ts'
import { recentTrades } from '../web/reads.ts'

const MINUTE = 60_000
let clock = NOON

// each begins at one in New York, with prices that were fetched at noon
beforeEach(async () => {
  clock = NOON + 60 * MINUTE
  setClock(clock)
  await env.DB.batch(['quotes', 'histories', 'bars'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const coordinatorOf = (id: string) => env.PORTFOLIO.getByName(id)
const latest = (id: string) => json(`/api/portfolios/${id}/refreshes/latest`)
const records = async (id: string) =>
  (
    await env.DB.prepare('SELECT generation FROM refreshes WHERE portfolio_id = ? ORDER BY generation')
      .bind(id)
      .all()
  ).results.map(({ generation }) => generation)

/** A portfolio whose messages are held back: they are carried out when a test says so. */
async function held(): Promise<{ id: string; sent: RefreshMessage[]; hold: () => Promise<void> }> {
  const id = await invested(recentTrades)
  setClock(clock)
  const sent: RefreshMessage[] = []
  const REFRESH = {
    sendBatch: async (some: { body: RefreshMessage }[]) => void sent.push(...some.map(({ body }) => body)),
  } as unknown as Env['REFRESH']
  const hold = () => rewire(id, { REFRESH })
  await hold()
  return { id, sent, hold }
}

const click = async (id: string) =>
  ((await (await send(`/api/portfolios/${id}/refreshes`, {})).json()) as { generation: number }).generation

describe('a refresh whose coordinator is lost under it', () => {
  it.each([
    ['evicted', (id: string) => evictDurableObject(coordinatorOf(id))],
    ['aborted', () => abortAllDurableObjects()],
  ])('%s between the click and the answer: ends in the same generation, recorded once', async (_, lose) => {
    const { id, sent } = await held()
    const before = await records(id)
    const generation = await click(id)
    await lose(id)
    expect(await latest(id)).toMatchObject({ generation, status: 'queued' })
    for (const message of sent) {
      expect((await deliver(message)).explicitAcks).toHaveLength(1)
      await lose(id)
    }
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
    expect(await records(id)).toEqual([...before, generation])
    await runDurableObjectAlarm(coordinatorOf(id))
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).fresh).toBe(true)
  })

  it('killed at any one of its D1 calls: the message comes again, and no row is there twice', async () => {
    const { id, sent, hold } = await held()
    let killed = true
    for (let n = 1; killed; n++) {
      clock += MINUTE
      setClock(clock)
      await hold()
      const generation = await click(id)
      killed = false
      await runInDurableObject(coordinatorOf(id), (instance, state) => {
        const { db } = failingD1(env.DB, (call) => {
          if (call !== n) return null
          killed = true
          state.abort(`killed at call ${n}`)
          return 'refused'
        })
        Object.assign(instance, { env: { ...env, DB: db } })
      })
      const [message] = sent.splice(0)
      const { retryMessages } = await deliver(message)
      expect(retryMessages).toHaveLength(killed ? 1 : 0)
      if (killed) await deliver(message, 2)
      await runDurableObjectAlarm(coordinatorOf(id))
      expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
      expect((await records(id)).filter((each) => each === generation)).toHaveLength(1)
      expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).fresh).toBe(true)
      expect(n).toBeLessThan(20)
    }
  })
})

it('a recomputation that nobody watches, killed at any one of its D1 calls, is made again by the alarm', async () => {
  // its prices are of this very minute: it needs no refresh, whose own alarm would do
  const id = await invested(recentTrades)
  const shown = async () => {
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    return holdings.find(({ symbol }: { symbol: string }) => symbol === 'AAPL').price
  }
  const storedPrice = () =>
    env.DB.prepare(
      `SELECT value->>'$.price' AS price FROM snapshots, json_each(snapshot, '$.holdings')
       WHERE portfolio_id = ? AND value->>'$.symbol' = 'AAPL'`,
    )
      .bind(id)
      .first('price')
  const alarm = () => runInDurableObject(coordinatorOf(id), (_, state) => state.storage.getAlarm())
  let killed = true
  for (let n = 1; killed; n++) {
    expect(await alarm()).toBeNull()
    const [before, price] = [await shown(), `${500 + n}.25`]
    await env.DB.prepare("UPDATE quotes SET price = ? WHERE symbol = 'AAPL'").bind(price).run()
    killed = false
    await runInDurableObject(coordinatorOf(id), (instance, state) => {
      const { db } = failingD1(env.DB, async (call) => {
        if (call !== n) return null
        killed = true
        // no real call leaves before what was written is on disk
        await state.storage.sync()
        state.abort(`killed at call ${n}`)
        return 'refused'
      })
      Object.assign(instance, { env: { ...env, DB: db } })
    })
    await coordinatorOf(id)
      .recompute()
      .catch(() => undefined)
    const isMade = (await storedPrice()) === price
    expect([n, isMade, await shown()]).toEqual([n, !killed, before])
    // after a kill it makes the snapshot, and otherwise the copy, which new quotes alone wait for
    expect([n, await runDurableObjectAlarm(coordinatorOf(id))]).toEqual([n, true])
    expect([n, await shown()]).toEqual([n, price])
    expect(n).toBeLessThan(20)
  }
})

describe('clicks and late answers', () => {
  it('twenty clicks make one refresh: one message, one upstream call', async () => {
    const { id, sent } = await held()
    const before = await upstreamCalls()
    const generations = await Promise.all(Array.from({ length: 20 }, () => click(id)))
    expect(new Set(generations).size).toBe(1)
    expect(sent.map(({ kind }) => kind)).toEqual(['quotes'])
    await deliver(sent[0])
    const after = await upstreamCalls()
    expect([after.quote! - before.quote!, after.chart! - before.chart!]).toEqual([1, 0])
    expect(await latest(id)).toMatchObject({ generation: generations[0], status: 'done' })
  })

  it('twenty clicks around an eviction as well', async () => {
    const { id, sent } = await held()
    const generation = await click(id)
    await evictDurableObject(coordinatorOf(id))
    for (let n = 0; n < 19; n++) expect(await click(id)).toBe(generation)
    expect(sent).toHaveLength(1)
  })

  it('a click on one whose messages are lost sends them again, once it has been silent for 25 seconds', async () => {
    const { id, sent } = await held()
    const generation = await click(id)
    const [lost] = sent.splice(0) as [Extract<RefreshMessage, { kind: 'quotes' }>]
    setClock((clock += 24_000))
    expect(await click(id)).toBe(generation)
    expect(sent).toEqual([])
    setClock((clock += 1_000))
    expect(await click(id)).toBe(generation)
    expect(await click(id)).toBe(generation)
    expect(sent).toEqual([lost])
    await deliver(sent[0])
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
    // they were not lost after all
    await deliver(lost)
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
  })

  it('the late answer of an older generation ends nothing', async () => {
    const { id, sent, hold } = await held()
    const first = await click(id)
    // its messages are lost, it fails in the end
    for (let n = 0; n < 2; n++) {
      setClock((clock += 10 * MINUTE))
      await runDurableObjectAlarm(coordinatorOf(id))
    }
    expect(await latest(id)).toMatchObject({ generation: first, status: 'failed' })
    const late = sent.splice(0)
    setClock((clock += MINUTE))
    await hold()
    const second = await click(id)
    expect(second).toBe(first + 1)
    for (const message of late) await deliver(message)
    expect(await latest(id)).toMatchObject({ generation: second, status: 'queued' })
    for (const message of sent) await deliver(message)
    expect(await latest(id)).toMatchObject({ generation: second, status: 'done', failed: [] })
    expect((await records(id)).slice(-2)).toEqual([first, second])
  })
})

describe('a lease that is over', () => {
  it('sends again what is pending, and only that', async () => {
    const { id, sent } = await held()
    const generation = await click(id)
    const [message] = sent.splice(0) as [Extract<RefreshMessage, { kind: 'quotes' }>]
    // AAPL comes, the message with the others is lost
    await deliver({ ...message, symbols: ['AAPL'] })
    expect(message.symbols.length).toBeGreaterThan(2)
    setClock((clock += 6 * MINUTE))
    await runDurableObjectAlarm(coordinatorOf(id))
    const others = message.symbols.filter((symbol) => symbol !== 'AAPL')
    expect(sent).toEqual([{ kind: 'quotes', symbols: others, requester: { portfolio: id, generation } }])
    await deliver(sent[0])
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
  })

  it('does not wait for what another portfolio has fetched meanwhile', async () => {
    const { id, sent } = await held()
    const generation = await click(id)
    const [message] = sent.splice(0) as [Extract<RefreshMessage, { kind: 'quotes' }>]
    setClock((clock += 6 * MINUTE))
    await deliver({ ...message, requester: null })
    await runDurableObjectAlarm(coordinatorOf(id))
    expect(sent).toEqual([])
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).fresh).toBe(true)
  })

  it('asks for the history where the close has made one out of the quote', async () => {
    const { id, sent } = await held()
    const generation = await click(id)
    const [message] = sent.splice(0) as [Extract<RefreshMessage, { kind: 'quotes' }>]
    // the next day at noon: yesterday's bar is missing
    setClock((clock += 24 * 60 * MINUTE))
    await runDurableObjectAlarm(coordinatorOf(id))
    expect(sent.map(({ kind }) => kind)).toEqual(message.symbols.map(() => 'history'))
    for (const each of sent) await deliver(each)
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
  })

  it('is not spent while D1 is down, nor does the alarm go off again at once', async () => {
    const { id, sent, hold } = await held()
    const generation = await click(id)
    sent.splice(0)
    setClock((clock += 6 * MINUTE))
    const { db } = failingD1(env.DB, () => 'refused')
    await rewire(id, { DB: db })
    await runInDurableObject(coordinatorOf(id), async (instance, state) => {
      await expect(instance.alarm()).rejects.toThrow(/no connection|Failed query/)
      expect(await state.storage.getAlarm()).toBeGreaterThanOrEqual(clock + 10_000)
    })
    await hold()
    await runDurableObjectAlarm(coordinatorOf(id))
    expect(sent).toHaveLength(1)
    await deliver(sent[0])
    expect(await latest(id)).toMatchObject({ generation, status: 'done', failed: [] })
  })
})

describe('an alarm that throws', () => {
  it('is set anew however often, and does in the end what was due', async () => {
    const { id, sent, hold } = await held()
    await send(`/api/portfolios/${id}/transactions`, { type: 'deposit', date: '2034-02-01', amount: '5' })
    const { db } = failingD1(env.DB, () => 'refused')
    await rewire(id, { DB: db })
    await runInDurableObject(coordinatorOf(id), async (instance, state) => {
      plant(state.storage, { isBehind: true })
      state.storage.kv.put('refresh', {
        ...(state.storage.kv.get<RefreshState>('refresh') ?? idle),
        status: 'running',
        pending: ['quote KO'],
        leaseUntil: clock - 1,
      })
      // the runtime gives up after six
      for (let n = 0; n < 8; n++) {
        await instance.alarm().catch(() => undefined)
        expect(await state.storage.getAlarm()).toBeGreaterThan(clock)
      }
    })
    await hold()
    await runDurableObjectAlarm(coordinatorOf(id))
    await runInDurableObject(coordinatorOf(id), (_, state) => {
      expect(stateIn(state.storage).isBehind).toBe(false)
    })
    // KO is nothing that this portfolio needs: the others are asked for again, and it is not waited for
    setClock((clock += 6 * MINUTE))
    await runDurableObjectAlarm(coordinatorOf(id))
    for (const message of sent) await deliver(message)
    expect(await latest(id)).toMatchObject({ status: 'done' })
  })
})

describe('a queue that refuses messages', () => {
  it('fails no click: they are sent half a minute later', async () => {
    const { id, sent, hold } = await held()
    await rewire(id, {
      REFRESH: {
        sendBatch: async () => {
          throw new Error('Queue sendBatch failed: Too Many Requests')
        },
      } as unknown as Env['REFRESH'],
    })
    const clicked = await send(`/api/portfolios/${id}/refreshes`, {})
    expect(clicked.status).toBe(202)
    expect(await latest(id)).toMatchObject({ waiting: 'the queue did not accept the requests' })
    await hold()
    setClock((clock += 30_000))
    await runDurableObjectAlarm(coordinatorOf(id))
    for (const message of sent) await deliver(message)
    expect(await latest(id)).toMatchObject({ status: 'done', failed: [] })
  })
})

describe('a page opened while D1 fails', () => {
  it('has its socket, and is watched as soon as D1 answers', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const { db, calls } = failingD1(env.DB, () => 'refused')
    await rewire(id, { DB: db })
    const answer = await coordinatorOf(id).fetch(
      new Request(`https://yardstick.test/portfolios/${id}/live?account=owner`, {
        headers: { upgrade: 'websocket' },
      }),
    )
    expect(answer.status).toBe(101)
    answer.webSocket!.accept()
    // the handshake waits for nothing, so the watch that D1 refuses comes after it
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0), 60_000)
    const watched = () =>
      env.DB.prepare('SELECT watched_until FROM portfolios WHERE id = ?')
        .bind(id)
        .first<number>('watched_until')
    expect(await watched()).toBe(0)
    await rewire(id, {})
    await runInDurableObject(coordinatorOf(id), async (_, state) => {
      expect(await state.storage.getAlarm()).toBeLessThanOrEqual(clock + 10_000)
    })
    await runDurableObjectAlarm(coordinatorOf(id))
    expect(await watched()).toBeGreaterThan(clock)
    answer.webSocket!.close(1000)
  })
})
