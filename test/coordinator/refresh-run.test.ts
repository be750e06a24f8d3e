import { env } from 'cloudflare:workers'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { CHUNK } from '../../src/jobs/messages.ts'
import {
  importCsv,
  json,
  newPortfolio,
  request,
  send,
  setFault,
  settled,
  upstreamCalls,
} from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { listen } from '../worker/socket.ts'

const SYMBOLS = CHUNK + 10

afterEach(() => setFault(null))
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

// what the second one breaks stays broken for a while
describe('a refresh', { shuffle: false }, () => {
  it('of more symbols than a message has is told to open pages once', async () => {
    setClock()
    listInvented()
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, purchases(invented(SYMBOLS), '2035-02-01'))
    const { generation } = await settled(id)
    const page = await listen(id)

    setClock(NOON + 20 * 60_000)
    await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
    const changed = await page.heard(({ type }) => type === 'changed')
    expect((await settled(id)).generation).toBe(generation + 1)
    // behind the turn in which the refresh ended
    await env.PORTFOLIO.getByName(id).snapshot('owner', false)
    expect(changed).toMatchObject({
      regions: expect.arrayContaining(['headline', 'holdings', 'freshness']),
      refresh: { status: 'done', done: SYMBOLS, total: SYMBOLS },
    })
    const told = page.signals.map((signal) => ('status' in signal ? signal.status : signal.type))
    // when it opened, when the refresh began, at the first of two messages, and the end together with what changed
    expect(told).toEqual(['done', 'queued', 'running', 'changed'])
    page.close()
  })

  it('a symbol that does not come holds up no other when somebody asks again', async () => {
    setClock(NOON)
    vi.restoreAllMocks()
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, purchases(['V'], '2035-02-01'))
    const { generation } = await settled(id)
    await setFault({ kind: '429', endpoint: 'chart' })
    await importCsv(id, purchases(['KO'], '2035-02-01'))
    const { quote: before = 0 } = await upstreamCalls()
    setClock(NOON + 20 * 60_000)
    const pressed = await send(`/api/portfolios/${id}/refreshes`, {})
    expect(await pressed.json()).toEqual({ generation: generation + 1 })
    const asked = async () => json(`/api/portfolios/${id}/refreshes/latest`)
    await vi.waitFor(async () => expect(await asked()).toMatchObject({ total: 2, done: 1 }), {
      timeout: 60_000,
      interval: 50,
    })
    expect((await upstreamCalls()).quote).toBe(before + 1)
  })
})
