import { abortAllDurableObjects, createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/web/app.tsx'
import { HOST, json, setFault, request, upstreamCalls, signed } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { computedReads, recentTrades, warmReads } from './reads.ts'

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

let id: string
let before: Answer

beforeAll(async () => {
  id = await invested(recentTrades)
  before = {
    initial: await json(`/api/dashboard-initial-data?portfolio_id=${id}`),
    holdings: (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings,
  }
})

afterEach(() => setFault(null))
// and not before: what a coordinator still does behind one test would be of another day in the next
afterAll(() => void vi.useRealTimers())

describe('a market that is down since yesterday', () => {
  beforeEach(async () => {
    await setFault({ kind: 'down' })
    setClock(NOON + DAY)
  })

  const ask = (path: string, PORTFOLIO: Env['PORTFOLIO']) =>
    app.fetch(signed(HOST + path), { ...env, PORTFOLIO }, createExecutionContext())

  /** The real coordinators, but for a refresh: it does not end, and `note` hears of whom it was asked and how. */
  function endless(note: (...about: unknown[]) => void): Env['PORTFOLIO'] {
    const getByName = (name: string) =>
      new Proxy(env.PORTFOLIO.getByName(name), {
        get(coordinator, method) {
          if (method !== 'refresh') return Reflect.get(coordinator, method) as unknown
          return (...about: unknown[]) => {
            note(name, ...about)
            return new Promise(() => {})
          }
        },
      })
    return { getByName } as unknown as Env['PORTFOLIO']
  }

  // the page itself asks for newer prices behind its answer; see below
  const passive = [...warmReads, ...computedReads].filter(([name]) => name !== 'shell')

  it.each(passive)('%s answers from what is stored, and waits for nobody', async (_, path) => {
    const calls = await upstreamCalls()
    expect(
      (
        await ask(
          path(id),
          endless(() => {}),
        )
      ).status,
    ).toBe(200)
    expect(await upstreamCalls()).toEqual(calls)
  })

  it('yesterday’s figures are shown, marked as such, with the instant they are from', async () => {
    expect(before.initial.fresh).toBe(true)
    const initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(initial.fresh).toBe(false)
    expect(initial.as_of).toBe(before.initial.as_of)
    expect(initial.as_of).toMatch(/^2035-03-07T17:00:/)
    expect(initial.summary).toEqual(before.initial.summary)
  })

  it('each holding keeps its price and says that it is stale', async () => {
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(before.holdings.map((row: Answer) => row.stale)).toEqual([false, false])
    expect(holdings).toEqual(before.holdings.map((row: Answer) => ({ ...row, stale: true })))
  })

  it('the fragments say so in words', async () => {
    const words = async (region: string) =>
      (await (await request(`/portfolios/${id}/${region}`)).text())
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
    expect(await words('freshness')).toContain('Prices from Wed 12:00 New York time , refreshing…')
    expect((await words('holdings')).match(/\bstale\b/g)).toHaveLength(2)
  })

  it('the page is sent before its coordinator answers, which is asked once for what is due', async () => {
    const asked: unknown[][] = []
    const page = await ask(
      `/portfolios/${id}`,
      endless((...about) => void asked.push(about)),
    )
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Prices from')
    expect(asked).toEqual([[id, 'owner', 'opened', false]])
  })
})

describe('D1 that is down', () => {
  const failing = {
    prepare: () => ({ bind: () => ({ raw: fail, all: fail }) }),
    batch: fail,
  } as unknown as D1Database
  const ask = (path: string) =>
    app.fetch(signed(HOST + path), { ...env, DB: failing }, createExecutionContext())

  function fail(): Promise<never> {
    return Promise.reject(new Error('D1_ERROR: Network connection lost.'))
  }

  beforeEach(() => setClock())

  // who may see it is asked of D1 alone: a copy would still let in who may no more
  it.each(warmReads)('shows nobody %s', async (_, path) => {
    expect((await ask(path(id))).status).toBe(500)
  })

  it('is said in a sentence, to scripts and to people', async () => {
    const answer = await ask('/api/portfolios')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json'])
    expect(((await answer.json()) as Answer).detail).toContain('Nothing you entered is lost.')
    const page = await ask('/portfolios/new')
    expect(page.status).toBe(500)
    expect(await page.text()).toContain('Nothing you entered is lost.')
  })

  it('has the name of the request that it has in the log', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const named = async (headers: Record<string, string>) => {
      const sent = signed(`${HOST}/api/portfolios`, { headers })
      const answer = await app.fetch(sent, { ...env, DB: failing }, createExecutionContext())
      const name = answer.headers.get('x-request-id')!
      expect(((await answer.json()) as Answer).detail).toContain(`the log has the cause at request ${name}.`)
      // the counts, too, are lost to D1 every now and then
      const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)) as object)
      expect(lines).toContainEqual(expect.objectContaining({ event: 'error', request: name }))
      return name
    }
    expect(await named({ 'x-request-id': 'mine-1' })).toBe('mine-1')
    expect(await named({ 'x-request-id': 'mine-1', 'cf-ray': '8f2b-FRA' })).toBe('8f2b-FRA')
    for (const odd of ['a b', '"}', 'x'.repeat(65)])
      expect(await named({ 'x-request-id': odd })).toMatch(/^[\da-f-]{36}$/)
    log.mockRestore()
  })

  it('is logged without what was asked for', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    await ask(`/api/portfolios/${id}/transactions`)
    const lines = log.mock.calls.map(([line]) => String(line))
    log.mockRestore()
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      event: 'error',
      path: `/api/portfolios/${id}/transactions`,
    })
    expect(JSON.parse(lines[0]!).error).toContain('Failed query')
    expect(JSON.parse(lines[0]!).error).not.toMatch(/params|owner,/)
  })
})

describe('a database that is older than the code', () => {
  afterEach(async () => {
    await env.DB.prepare('ALTER TABLE portfolios RENAME COLUMN later TO withholding').run()
  })

  it.each([
    ['a page that D1 answers', () => `/portfolios/${id}/transactions/new`],
    ['a page that the coordinator answers', () => `/portfolios/${id}/dividends`],
    ['a script', () => `/api/portfolios/${id}`],
  ])('%s says so and what to do, instead of reading the name of a column', async (_, path) => {
    await env.DB.prepare('ALTER TABLE portfolios RENAME COLUMN withholding TO later').run()
    abortAllDurableObjects()
    const answer = await request(path())
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('The database is older than this version of Yardstick')
  })
})
