import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../../src/web/access/secret.ts'
import { app } from '../../../src/web/app.tsx'
import { DAY, NOON, setClock } from '../../worker/clock.ts'

// signed in by the one click of one's own machine, whose door leads to the same sessions as all others

const LOCAL = 'http://localhost:8787'

beforeEach(() => setClock())
afterAll(() => void vi.useRealTimers())

async function send(path: string, method = 'GET', cookie = ''): Promise<Response> {
  const context = createExecutionContext()
  const headers = { cookie, accept: 'application/json', ...(method === 'POST' && { origin: LOCAL }) }
  const sent = new Request(LOCAL + path, { method, headers, redirect: 'manual' })
  const answer = await app.fetch(sent, { ...env, DEV_LOGIN: '1' } as Env, context)
  await waitOnExecutionContext(context)
  return answer
}

/** Signs in a browser that has that cookie, and returns the one that it gets. */
async function signIn(before = ''): Promise<string> {
  const answer = await send('/sign-in/local', 'POST', before)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ user: 'owner' })
  const [cookie, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
  expect(cookie).toMatch(/^session=[\w-]{43}$/)
  expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']))
  return cookie!
}

const isSignedIn = async (cookie: string) => (await send('/api/portfolios', 'GET', cookie)).status === 200
const idOf = async (cookie: string) =>
  env.DB.prepare('SELECT id FROM sessions WHERE hash = ?')
    .bind(await hashOf(cookie.split('=')[1]!))
    .first('id')

describe('a session', () => {
  it('is a new one at each sign-in, and the one before is worth nothing', async () => {
    const before = await signIn()
    expect(await isSignedIn(before)).toBe(true)
    const after = await signIn(before)
    expect(after).not.toBe(before)
    expect([await isSignedIn(before), await isSignedIn(after)]).toEqual([false, true])
  })

  it('is none that somebody else has chosen', async () => {
    const planted = `session=${'p'.repeat(43)}`
    const own = await signIn(planted)
    expect(own).not.toBe(planted)
    expect(await isSignedIn(planted)).toBe(false)
  })

  it('is not to be had again after signing out', async () => {
    const cookie = await signIn()
    const out = await send('/sign-out', 'POST', cookie)
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      303,
      expect.stringMatching(/^session=; Max-Age=0/),
    ])
    expect(await isSignedIn(cookie)).toBe(false)
    expect((await send('/sign-out', 'POST', cookie)).status).toBe(401)
  })

  it('ends after 30 days without use', async () => {
    const cookie = await signIn()
    setClock(NOON + 30 * DAY - 1)
    expect(await isSignedIn(cookie)).toBe(true)
    setClock(NOON + 59 * DAY)
    expect(await isSignedIn(cookie)).toBe(true)
    setClock()
    const idle = await signIn()
    setClock(NOON + 30 * DAY)
    expect(await isSignedIn(idle)).toBe(false)
  })

  it('ends after 90 days however often it is used', async () => {
    const cookie = await signIn()
    for (const day of [20, 40, 60, 80]) {
      setClock(NOON + day * DAY)
      expect(await isSignedIn(cookie)).toBe(true)
    }
    setClock(NOON + 90 * DAY - 1)
    expect(await isSignedIn(cookie)).toBe(true)
    setClock(NOON + 90 * DAY)
    expect(await isSignedIn(cookie)).toBe(false)
  })

  it('is one of several: each ends by itself, from another browser, or all at once', async () => {
    const [one, two, three] = [await signIn(), await signIn(), await signIn()]
    const ended = await send(`/account/sessions/${String(await idOf(two))}/end`, 'POST', one)
    expect([ended.status, ended.headers.get('location')]).toEqual([303, '/account'])
    expect(await Promise.all([one, two, three].map(isSignedIn))).toEqual([true, false, true])
    expect((await send('/account/sign-out-everywhere', 'POST', three)).status).toBe(303)
    expect(await Promise.all([one, two, three].map(isSignedIn))).toEqual([false, false, false])
  })
})

describe('the one click', () => {
  const click = async (
    headers: Record<string, string> = {},
    host = LOCAL,
    vars: object = { DEV_LOGIN: '1' },
  ) => {
    const context = createExecutionContext()
    const sent = new Request(`${host}/sign-in/local`, {
      method: 'POST',
      headers: { origin: host, ...headers },
    })
    const answer = await app.fetch(sent, { ...env, ...vars } as Env, context)
    await waitOnExecutionContext(context)
    return [answer.status, answer.headers.has('set-cookie')]
  }

  it('signs in whoever sits at the machine', async () => {
    for (const ip of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(await click({ 'cf-connecting-ip': ip })).toEqual([303, true])
    expect(await click({}, 'http://[::1]:8787')).toEqual([303, true])
  })

  it('does nothing behind Cloudflare, for another machine, or without the variable', async () => {
    expect(await click({ 'cf-ray': '8f2b1c' })).toEqual([404, false])
    for (const ip of ['203.0.113.7', '2001:db8::1', '10.0.0.1', '127.0.0.1.evil.test', ''])
      expect(await click({ 'cf-connecting-ip': ip || 'unknown' })).toEqual([404, false])
    for (const vars of [{}, { DEV_LOGIN: '' }, { DEV_LOGIN: '0' }, { DEV_LOGIN: 'true' }])
      expect((await click({}, LOCAL, vars))[1]).toBe(false)
  })

  it.each([
    'http://evil.test',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://localhost.',
  ])('does nothing at %s', async (host) => expect(await click({}, host)).toEqual([421, false]))
})
