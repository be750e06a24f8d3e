import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anotherAccount } from '../worker/account.ts'
import { asStranger, byToken as by, json, newPortfolio, request, send } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { nothingUnderway } from '../worker/underway.ts'

let id: string
beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: [] })
})
afterAll(() => void vi.useRealTimers())

type Made = { id: string; token: string; prefix: string; scope: string; expires_at: string | null }

async function make(fields: Record<string, unknown> = {}): Promise<Made> {
  const made = await send('/api/tokens', { name: 'Spreadsheet', ...fields })
  expect(made.status).toBe(201)
  return (await made.json()) as Made
}

const revoke = (token: string) => request(`/api/tokens/${token}`, { method: 'DELETE' })
const listed = async () => (await json('/api/tokens')).tokens as Record<string, unknown>[]

describe('a token', () => {
  it('is 256 bits, shown once; what is stored is its hash', async () => {
    const made = await make({ scope: 'write', expires_in_days: 30 })
    expect(made.token).toMatch(/^ys_[\w-]{43}$/)
    expect(made).toMatchObject({
      prefix: made.token.slice(0, 8),
      scope: 'write',
      scopes: ['read', 'write'],
      expires_at: new Date(NOON + 30 * DAY).toISOString(),
    })
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM api_tokens').all()).results)
    const page = await (await request('/account')).text()
    for (const text of [rows, page, JSON.stringify(await listed())]) {
      expect(text).toContain(made.prefix)
      expect(text).not.toContain(made.token.slice(3))
    }
    await revoke(made.id)
  })

  it('may be told its scopes as a list, of which the widest counts, and no other field', async () => {
    for (const [given, scope] of [
      [{ scopes: ['read', 'write'] }, 'write'],
      [{ scopes: 'write' }, 'write'],
      [{ scopes: ['read'] }, 'read'],
      [{ scopes: [] }, 'read'],
    ] as const) {
      const made = await make(given)
      expect(made.scope).toBe(scope)
      await revoke(made.id)
    }
    for (const [field, value] of [
      ['scopes', ['read', 'admin']],
      ['scopes', { write: true }],
      ['Scope', 'write'],
      ['expires', 30],
    ] as const) {
      const refused = await send('/api/tokens', { name: 'Spreadsheet', [field]: value })
      expect([refused.status, await refused.json()]).toMatchObject([422, { faults: [{ field }] }])
    }
  })

  it('is made by a form, on a page that no cache keeps, and revoked by another', async () => {
    const form = (path: string, body: string) =>
      request(path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const made = await form('/account/tokens', 'name=A+script&scope=read&expires_in_days=never')
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'private, no-store'])
    expect(made.headers.get('set-cookie')).toBeNull()
    const [token] = /ys_[\w-]{43}/.exec(await made.text())!
    expect((await by(token, '/api/portfolios')).status).toBe(200)
    const [row] = await listed()
    expect(row).toMatchObject({ name: 'A script', scope: 'read', expires_at: null })
    expect((await form(`/account/tokens/${String(row!.id)}/revoke`, '')).status).toBe(303)
    expect((await by(token, '/api/portfolios')).status).toBe(401)
    expect((await form(`/account/tokens/${String(row!.id)}/revoke`, '')).status).toBe(404)
    // refused, the form comes back as it was typed
    const nameless = await form('/account/tokens', 'name=+&scope=write&expires_in_days=365')
    const again = await nameless.text()
    expect(nameless.status).toBe(422)
    expect(again).toMatch(/<p class="fault" id="token-name-fault">A token needs a name\.<\/p>/)
    for (const chosen of ['write', '365']) expect(again).toMatch(new RegExp(`value="${chosen}" selected`))
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ scope: 'admin' }, 'scope'],
    [{ expires_in_days: 0 }, 'expires_in_days'],
    [{ expires_in_days: 367 }, 'expires_in_days'],
    [{ expires_in_days: '1e2' }, 'expires_in_days'],
  ])('is refused with a sentence: %o', async (fields, field) => {
    const refused = await send('/api/tokens', { name: 'x', ...fields })
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ faults: [expect.objectContaining({ field })] }),
    ])
  })

  it('is one of at most ten, also when two are asked for at once', async () => {
    for (let i = 0; i < 9; i++) await make()
    const both = await Promise.all(['a', 'b'].map((name) => send('/api/tokens', { name })))
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 422]))
    const eleventh = await send('/api/tokens', { name: 'one more' })
    expect(((await eleventh.json()) as { detail: string }).detail).toBe(
      'An account has at most 10 API tokens. Revoke one first.',
    )
    expect(await (await request('/account')).text()).not.toContain('Create token')
    const all = await listed()
    expect(all).toHaveLength(10)
    expect((await revoke(String(all[0]!.id))).status).toBe(204)
    await make()
    for (const { id: each } of await listed()) await revoke(String(each))
  })

  it('that has expired gives way to another', async () => {
    for (let i = 0; i < 10; i++) await make({ expires_in_days: 1 })
    setClock(NOON + DAY + 1)
    await make()
    expect(await listed()).toHaveLength(1)
    await revoke(String((await listed())[0]!.id))
    setClock()
  })
})

describe('what a token may do', () => {
  const deposit = { type: 'deposit', date: '2034-01-03', amount: '1' }
  const sent = (body: unknown, method = 'POST'): RequestInit => ({
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

  it('is to write, without a word of where it comes from', async () => {
    const { token, id: name } = await make({ scope: 'write' })
    const path = `/api/portfolios/${id}/transactions`
    expect((await by(token, path, sent(deposit))).status).toBe(201)
    const { transactions } = (await (await by(token, path)).json()) as { transactions: { id: string }[] }
    expect((await by(token, `${path}/${transactions[0]!.id}`, { method: 'DELETE' })).status).toBe(204)
    await revoke(name)
  })

  it('is to read, and to preview an import', async () => {
    const { token, id: name } = await make()
    const csv = (path: string): Promise<Response> =>
      by(token, path, {
        method: 'POST',
        body: 'Date,Type,Amount\n2034-01-03,Deposit,5\n',
        headers: { 'content-type': 'text/csv' },
      })
    expect((await by(token, `/api/portfolios/${id}`)).status).toBe(200)
    expect((await by(token, '/api/status')).status).toBe(200)
    expect((await csv(`/api/portfolios/${id}/imports?preview=1`)).status).toBe(200)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const answer of [
      await csv(`/api/portfolios/${id}/imports`),
      await by(token, `/api/portfolios/${id}/transactions`, sent(deposit)),
      await by(token, `/api/portfolios/${id}/refreshes`, { method: 'POST' }),
      // the form says in its body that it is no preview, whatever its address says
      await by(token, `/portfolios/${id}/imports?preview=1`, {
        method: 'POST',
        body: 'text=Date%2CType%2CAmount%0A2034-01-03%2CDeposit%2C5',
        headers: form,
      }),
    ])
      expect(answer.status).toBe(403)
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toEqual([])
    await revoke(name)
  })

  it('is nothing beside a session, in an address, or in another spelling', async () => {
    const { token, id: name } = await make()
    const headers = { authorization: `Bearer ${token}` }
    expect((await request('/api/portfolios', { headers })).status).toBe(401)
    for (const path of [`/api/portfolios?token=${token}`, `/api/portfolios?access_token=${token}`])
      expect((await asStranger(path)).status).toBe(401)
    for (const wrong of [token.slice(3), token.slice(0, -1), `${token}x`, token.toUpperCase()])
      expect((await by(wrong, '/api/portfolios')).status).toBe(401)
    await revoke(name)
  })

  it('is no more once it has expired or was revoked; its page is closed', async () => {
    const { token, id: name } = await make({ expires_in_days: 1 })
    expect((await by(token, '/api/portfolios')).status).toBe(200)
    setClock(NOON + DAY)
    expect((await by(token, '/api/portfolios')).status).toBe(401)
    setClock()
    const { webSocket: page } = await by(token, `/portfolios/${id}/live`, {
      headers: { upgrade: 'websocket' },
    })
    const closed = new Promise<number>((done) =>
      page!.addEventListener('close', ({ code }) => {
        done(code)
      }),
    )
    page!.accept()
    expect((await revoke(name)).status).toBe(204)
    expect(await closed).toBe(4401)
    expect((await by(token, '/api/portfolios')).status).toBe(401)
    expect((await revoke(name)).status).toBe(404)
  })

  it('does not make, list or revoke tokens, nor anything of the account', async () => {
    const { token, id: name } = await make({ scope: 'write' })
    for (const answer of [
      await by(token, '/api/tokens'),
      await by(token, '/api/tokens', sent({ name: 'another' })),
      await by(token, `/api/tokens/${name}`, { method: 'DELETE' }),
      await by(token, '/account'),
    ])
      expect(answer.status).toBe(403)
    await revoke(name)
  })

  it('is somebody’s own: another account neither sees nor revokes it', async () => {
    const { id: name } = await make()
    const headers = await anotherAccount('bob')
    const theirs = await asStranger('/api/tokens', { headers })
    expect(await theirs.json()).toEqual({ tokens: [] })
    expect((await asStranger(`/api/tokens/${name}`, { method: 'DELETE', headers })).status).toBe(404)
    expect(await listed()).toHaveLength(1)
    await revoke(name)
  })
})

it('the day of its last use is noted, once a day', async () => {
  const { token, id: name } = await make()
  const used = async () => (await listed())[0]!.last_used_on
  expect(await used()).toBeNull()
  await by(token, '/api/portfolios')
  await nothingUnderway()
  expect(await used()).toBe(new Date(NOON).toISOString().slice(0, 10))
  const stored = () => env.DB.prepare('SELECT used_at FROM api_tokens').first('used_at')
  expect(Number(await stored()) % DAY).toBe(0)
  setClock(NOON + DAY)
  await by(token, '/api/portfolios')
  await nothingUnderway()
  expect(await used()).toBe(new Date(NOON + DAY).toISOString().slice(0, 10))
  setClock()
  await revoke(name)
})
