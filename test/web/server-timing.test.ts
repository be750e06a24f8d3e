import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { type Wait, written } from '../../src/web/server-timing.ts'
import { HOST, request, send, signed } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { recentTrades } from './reads.ts'

let id: string

beforeAll(async () => {
  id = await invested(recentTrades)
})
beforeEach(() => {
  setClock()
  // what a page reads of KV it reads for those that follow
  forgetBeyond(0)
})
afterEach(() => void vi.useRealTimers())

/** By service: how often it was asked, in words. */
function asked(answer: Response): Record<string, string | undefined> {
  const header = answer.headers.get('server-timing') ?? ''
  return Object.fromEntries(
    header.split(', ').map((metric) => {
      const [, name, description] = /^(\w+);dur=\d+(?:\.\d+)?;desc="([^"]*)"$/.exec(metric) ?? []
      return [name ?? `not understood: ${metric}`, description]
    }),
  )
}

const total = 'by a clock that moves on I/O'

describe('Server-Timing is on every answer', () => {
  it.each<[string, () => string, RequestInit, number, Record<string, string>]>([
    ['a warm page', () => `/portfolios/${id}`, {}, 200, { kv: '1 read', d1: '1 query' }],
    [
      'the live channel',
      () => `/portfolios/${id}/live`,
      { headers: { upgrade: 'websocket', origin: HOST } },
      101,
      { d1: '1 query', do: '1 call' },
    ],
    ['a fragment', () => `/portfolios/${id}/holdings`, {}, 200, { kv: '1 read', d1: '1 query' }],
    [
      'the API',
      () => `/api/portfolios/${id}/performance?as_of=2034-06-30`,
      {},
      200,
      { d1: '2 queries', do: '1 call' },
    ],
    ['a redirect', () => '/', {}, 302, { d1: '1 query' }],
    // the reader's portfolios, to go on with
    ['a page that is not there', () => '/nowhere', {}, 404, { d1: '2 queries' }],
    ['a problem', () => '/api/portfolios/nobody', {}, 404, { d1: '1 query' }],
    ['what asks for nothing', () => '/healthz', {}, 200, {}],
    ['a WebSocket address without one', () => `/portfolios/${id}/live`, {}, 400, { d1: '1 query' }],
  ])('%s', async (_, path, init, status, services) => {
    const answer = await request(path(), init)
    await answer.text()
    expect(answer.status).toBe(status)
    expect(asked(answer)).toEqual({ ...services, total })
  })

  it('a refused form and a foreign one', async () => {
    const form = (origin: string) =>
      exports.default.fetch(
        signed(`${HOST}/portfolios`, {
          method: 'POST',
          body: new URLSearchParams({ name: '' }),
          headers: { origin },
        }),
      )
    const refused = await form(HOST)
    expect([refused.status, asked(refused)]).toEqual([422, { d1: '1 query', total }])
    const foreign = await form('https://elsewhere.test')
    expect([foreign.status, asked(foreign)]).toEqual([403, { total }])
  })

  it('nothing new', async () => {
    const path = `/portfolios/${id}/holdings`
    const first = await request(path)
    const again = await request(path, { headers: { 'if-none-match': first.headers.get('etag')! } })
    expect([again.status, asked(again)]).toEqual([304, { d1: '1 query', total }])
  })

  it('an edit, whose work is the coordinator’s', async () => {
    const entry = { type: 'deposit', date: '2034-05-01', amount: '10' }
    const added = await send(`/api/portfolios/${id}/transactions`, entry)
    expect(added.status).toBe(201)
    expect(asked(added)).toMatchObject({ do: '1 call', total })
  })

  it('a failure of ours', async () => {
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: no connection')
    })
    const answer = await request('/api/portfolios')
    vi.restoreAllMocks()
    expect([answer.status, asked(answer)]).toEqual([500, { total }])
  })
})

describe('waits', () => {
  const wait = (start: number, end: number | null, service: Wait['service'] = 'd1', times = 1): Wait => ({
    service,
    times,
    start,
    end,
  })

  it('of one service that overlap count once: 0–4, 2–6 and 8–9 are 7 ms', () => {
    expect(written([wait(0, 4), wait(8, 9), wait(2, 6), wait(3, 4)], 9)).toBe(
      'd1;dur=7;desc="4 queries", total;dur=9;desc="by a clock that moves on I/O"',
    )
  })

  it('that go on behind the answer are named and take no time of it', () => {
    expect(written([wait(0, 1, 'kv'), wait(1, null, 'do')], 1)).toBe(
      'kv;dur=1;desc="1 read", do;dur=0;desc="1 call (1 not waited for)", total;dur=1;desc="by a clock that moves on I/O"',
    )
  })

  it('a batch is one wait for many queries', () => {
    expect(written([wait(0, 2, 'd1', 5)], 2)).toContain('d1;dur=2;desc="5 queries"')
  })
})
