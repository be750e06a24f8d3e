import {
  createExecutionContext,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { app } from '../../../src/web/app.tsx'
import { waitFor } from '../../../src/jobs/allowances.ts'
import { anotherAccount } from '../../worker/account.ts'
import { HOST } from '../../worker/app.ts'
import { NOON, setClock } from '../../worker/clock.ts'

// with the limits that all other tests are without

beforeAll(() => setClock())
afterAll(() => void vi.useRealTimers())

async function send(
  who: { cookie: string },
  path: string,
  body: string | null = null,
  method = 'POST',
  type = 'application/json',
): Promise<Response> {
  const context = createExecutionContext()
  const headers = { ...who, origin: HOST, 'content-type': type }
  const sent = new Request(HOST + path, { method, headers, ...(body !== null && { body }) })
  const answer = await app.fetch(sent, { ...env, LIMITS: '' } as Env, context)
  await waitOnExecutionContext(context)
  return answer
}

async function portfolio(who: { cookie: string }): Promise<string> {
  const made = await send(who, '/api/portfolios', '{"name":"Mine","benchmarks":[]}')
  expect(made.status).toBe(201)
  return ((await made.json()) as { id: string }).id
}

async function refused(answer: Response): Promise<[number, string | null, string]> {
  const { detail } = (await answer.json()) as { detail: string }
  return [answer.status, answer.headers.get('retry-after'), detail]
}

describe('how long somebody waits', () => {
  const allowance = { most: 3, within: 100, sentence: '' }

  it('is until the oldest of as many as are allowed is long enough ago', () => {
    expect(waitFor([], allowance, 1000)).toBe(0)
    expect(waitFor([950, 960], allowance, 1000)).toBe(0)
    expect(waitFor([950, 960, 970], allowance, 1000)).toBe(50)
    expect(waitFor([900, 960, 970], allowance, 1000)).toBe(0)
  })

  it('is not until an instant after a clock was put back', () => {
    expect(waitFor([5000, 5001, 5002], allowance, 1000)).toBe(0)
  })
})

describe('what is counted', () => {
  const counter = () => env.ALLOWANCES.getByName('somebody')
  const three = { most: 3, within: 1000 }

  it('is counted once for all isolates, and by an object that was evicted as well', async () => {
    const at = Date.now()
    const taken = await Promise.all(Array.from({ length: 10 }, () => counter().take('write', three, at)))
    expect(taken.filter((wait) => wait === 0)).toHaveLength(3)
    await evictDurableObject(counter())
    expect(await counter().take('write', three, at + 999)).toBe(1)
    expect(await counter().take('import', three, at)).toBe(0)
    expect(await counter().take('write', three, at + 1000)).toBe(0)
  })

  it('is taken back where nothing came of it', async () => {
    const at = Date.now() + 10_000
    for (let i = 0; i < 3; i++) expect(await counter().take('file', three, at + i)).toBe(0)
    await counter().giveBack('file', at + 1)
    expect(await counter().take('file', three, at + 3)).toBe(0)
    expect(await counter().take('file', three, at + 4)).toBeGreaterThan(0)
  })

  it('is forgotten when it is long over', async () => {
    await runDurableObjectAlarm(counter())
    await runInDurableObject(counter(), async (_, state) => {
      expect([...state.storage.kv.list()]).toEqual([])
    })
  })
})

describe('a sign-in', () => {
  it('is begun 30 times in a minute from one network', async () => {
    const begin = (from: string) => {
      const headers = { origin: HOST, 'cf-connecting-ip': from }
      const request = new Request(`${HOST}/sign-in/passkey/options.json`, { method: 'POST', headers })
      return app.fetch(request, { ...env, LIMITS: '' } as Env, createExecutionContext())
    }
    setClock(NOON)
    for (let i = 0; i < 30; i++) expect((await begin(`2001:db8::${i}`)).status).toBe(200)
    expect(await refused(await begin('2001:db8::ffff'))).toEqual([
      429,
      '60',
      'At most 30 sign-ins a minute can start from one network. Try again in 60 seconds.',
    ])
    expect((await begin('2001:db8:1::1')).status).toBe(200)
    setClock(NOON + 60_000)
    expect((await begin('2001:db8::1')).status).toBe(200)
    setClock()
  })
})

describe('an account', () => {
  it('makes 60 changes of itself in a minute, and 60 of each portfolio, whatever they change, and reads as before', async () => {
    const who = await anotherAccount('writer')
    const own = await portfolio(who)
    setClock(NOON + 120_000)
    for (let i = 0; i < 60; i++)
      expect((await send(who, '/account/name', 'name=x', 'POST', 'text/plain')).status).toBe(415)
    setClock(NOON + 140_000)
    expect(await refused(await send(who, '/api/portfolios', '{"name":"x"}'))).toEqual([
      429,
      '40',
      'You can make at most 60 changes a minute. Try again in 40 seconds.',
    ])
    expect((await send(who, '/api/portfolios', null, 'GET')).status).toBe(200)
    for (let i = 0; i < 60; i++)
      expect((await send(who, `/api/portfolios/${own}`, 'x', 'PATCH')).status).toBe(400)
    expect((await send(who, `/api/portfolios/${own}`, '{"name":"y"}', 'PATCH')).status).toBe(429)
    const other = await anotherAccount('another')
    expect((await send(other, '/account/name', 'name=x', 'POST', 'text/plain')).status).toBe(415)
    setClock(NOON + 180_000)
    await portfolio(who)
    setClock()
  })

  it('imports 10 files in an hour into a portfolio; a preview, and a file that cannot be read, is none', async () => {
    const who = await anotherAccount('importer')
    const id = await portfolio(who)
    const file = (amount: number, query = '') =>
      send(
        who,
        `/api/portfolios/${id}/imports${query}`,
        `Date,Type,Amount\n2034-01-03,Deposit,${amount}\n`,
        'POST',
        'text/csv',
      )
    expect((await file(1, '?preview=1')).status).toBe(200)
    const unreadable = await send(who, `/api/portfolios/${id}/imports`, 'x', 'POST', 'text/csv')
    expect(unreadable.status).toBe(422)
    for (let i = 1; i <= 10; i++) expect((await file(i)).status).toBe(201)
    expect(await refused(await file(11))).toEqual([
      429,
      '3600',
      'You can import at most 10 files an hour. Try again in 60 minutes.',
    ])
    const elsewhere = await portfolio(who)
    const moved = await send(
      who,
      `/api/portfolios/${elsewhere}/imports`,
      'Date,Type,Amount\n2034-01-03,Deposit,1\n',
      'POST',
      'text/csv',
    )
    expect(moved.status).toBe(201)
    expect((await file(11, '?preview=1')).status).toBe(200)
    setClock(NOON + 3_600_000)
    expect((await file(11)).status).toBe(201)
    setClock()
  })

  it('has the prices of a portfolio fetched once in 30 seconds', async () => {
    const who = await anotherAccount('refresher')
    const [one, two] = [await portfolio(who), await portfolio(who)]
    const refresh = (id: string) => send(who, `/api/portfolios/${id}/refreshes`)
    expect((await refresh(one)).status).toBe(202)
    expect(await refused(await refresh(one))).toEqual([
      429,
      '30',
      'Prices can be refreshed once every 30 seconds. Try again in 30 seconds.',
    ])
    expect((await refresh(two)).status).toBe(202)
    setClock(NOON + 30_000)
    expect((await refresh(one)).status).toBe(202)
    setClock()
  })

  it('has 20 portfolios, and room for another once one is deleted', async () => {
    const who = await anotherAccount('collector')
    const made: string[] = []
    for (let i = 0; i < 20; i++) made.push(await portfolio(who))
    const sentence = 'An account has at most 20 portfolios. Delete one first.'
    expect(await refused(await send(who, '/api/portfolios', '{"name":"x"}'))).toEqual([422, null, sentence])
    for (const path of ['/portfolios', '/portfolios/demo']) {
      const form = await send(who, path, 'name=x', 'POST', 'application/x-www-form-urlencoded')
      expect([form.status, await form.text()]).toEqual([422, expect.stringContaining(sentence)])
    }
    await send(who, `/api/portfolios/${made[0]!}`, null, 'DELETE')
    await portfolio(who)
  })
})
