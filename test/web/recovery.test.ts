import { createExecutionContext, evictDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { routeTable } from '../../src/web/access/route-table.ts'
import { app } from '../../src/web/app.tsx'
import { claimInstance, freshSession, SESSION } from '../worker/account.ts'
import { asStranger, HOST } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { countingEnv } from '../worker/counting.ts'

const MINUTE = 60_000
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/g

beforeEach(() => setClock())
afterEach(() => setClock())

let address = 0
/** An address that nobody has tried anything from. */
const elsewhere = () => `198.51.100.${(address += 1)}`

/** The recovery codes that an account is given. */
async function codesOf(account: string): Promise<{ cookie: string; codes: string[] }> {
  const { cookie } = await freshSession(account)
  const answer = await asStranger('/account/recovery-codes', { method: 'POST', headers: { cookie } })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  return { cookie, codes: (await answer.text()).match(CODE)! }
}

function useCode(code: string, from = elsewhere()): Promise<Response> {
  return asStranger('/sign-in/recovery-code', {
    method: 'POST',
    headers: { 'cf-connecting-ip': from },
    body: new URLSearchParams({ code }),
  })
}

/** A code of the same account that it does not have. */
const wrongOf = (code: string) => `${code.slice(0, 5)}0000-0000-0000-0000`

describe('recovery codes', () => {
  it('are ten of 80 random bits and more, of which only hashes are stored', async () => {
    const { codes } = await codesOf('ann')
    expect(new Set(codes).size).toBe(10)
    const { results } = await env.DB.prepare("SELECT * FROM recovery_codes WHERE account_id = 'ann'").all()
    expect(results).toHaveLength(10)
    const text = JSON.stringify(results)
    for (const code of codes)
      for (const part of [code, code.replaceAll('-', '')]) expect(text).not.toContain(part)
    // 16 letters of 32, behind the four of the account
    const random = codes.map((code) => code.slice(5))
    expect(new Set(random.flatMap((each) => each.split(''))).size).toBeGreaterThan(25)
  })

  it('signs in once, however it is typed, and everybody else of the account out', async () => {
    const { cookie, codes } = await codesOf('bob')
    const typed = ` ${codes[0]!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    const answer = await useCode(typed)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
    const session = answer.headers
      .getSetCookie()
      .find((each) => each.startsWith('__Host-session='))!
      .split(';')[0]!
    const page = await (await asStranger('/account', { headers: { cookie: session } })).text()
    expect(page).toContain('9 codes are left')
    expect(page).toContain('data-passkey="register"')
    expect((await asStranger('/account', { headers: { cookie } })).status).toBe(303)
    const again = await useCode(codes[0]!)
    expect([again.status, await again.text()]).toEqual([
      422,
      expect.stringContaining('This is not a recovery code'),
    ])
  })

  it('of which one is used many times at once sign in once', async () => {
    const { codes } = await codesOf('carol')
    const all = await Promise.all(Array.from({ length: 4 }, () => useCode(codes[0]!)))
    expect(all.map(({ status }) => String(status)).toSorted()).toEqual(['303', '422', '422', '422'])
  })

  it('of which one is used up with the sign-in, or not at all', async () => {
    const { codes } = await codesOf('faye')
    await env.DB.prepare(
      "CREATE TRIGGER no_session BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'no session'); END",
    ).run()
    const broken = await useCode(codes[0]!).finally(() => env.DB.prepare('DROP TRIGGER no_session').run())
    expect(broken.status).toBe(500)
    expect((await useCode(codes[0]!)).status).toBe(303)
  })

  it('that are made anew end those before', async () => {
    const { codes } = await codesOf('dora')
    await codesOf('dora')
    expect((await useCode(codes[0]!)).status).toBe(422)
  })
})

describe('guessing recovery codes', () => {
  it('ends at the sixth for an account, wherever it is tried from, and begins again after a quarter of an hour', async () => {
    const { codes } = await codesOf('eve')
    for (let i = 0; i < 5; i++) expect((await useCode(wrongOf(codes[0]!))).status).toBe(422)
    setClock(NOON + MINUTE)
    const refused = await useCode(codes[0]!)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(14 * 60)])
    expect(await refused.text()).toContain('Try again in 14 minutes.')
    setClock(NOON + 15 * MINUTE)
    expect((await useCode(codes[0]!)).status).toBe(303)
  })

  it('ends at the sixth from an address, or from 64 bits of IPv6, whichever account it is tried at', async () => {
    const { codes } = await codesOf('fay')
    const wrong = (i: number) => `${'ABCDEFGH'[i]}000-0000-0000-0000-0000`
    for (const prefix of ['203.0.113.', '2001:db8:7:7::']) {
      const from = (i: number) => (prefix.includes(':') ? prefix + i : `${prefix}9`)
      for (let i = 0; i < 5; i++) expect((await useCode(wrong(i), from(i))).status).toBe(422)
      expect((await useCode(codes[0]!, from(6))).status).toBe(429)
    }
    expect((await useCode(codes[0]!, '2001:db8:7:8::1')).status).toBe(303)
  })

  it('is not forgotten when the objects that count are evicted', async () => {
    const { codes } = await codesOf('gil')
    const from = elsewhere()
    for (let i = 0; i < 5; i++) {
      expect((await useCode(wrongOf(codes[0]!), from)).status).toBe(422)
      await evictDurableObject(env.WRONG_TRIES.getByName(`network ${from}`))
      await evictDurableObject(env.WRONG_TRIES.getByName(`recovery ${codes[0]!.slice(0, 4)}`))
    }
    expect((await useCode(codes[0]!, from)).status).toBe(429)
    expect((await useCode(codes[0]!)).status).toBe(429)
  })

  it('is five tries also when they come at once, and right ones are not counted', async () => {
    const { codes } = await codesOf('hal')
    const all = await Promise.all(Array.from({ length: 12 }, () => useCode(wrongOf(codes[0]!))))
    expect(all.filter(({ status }) => status === 422)).toHaveLength(5)
    const other = await codesOf('ivy')
    for (const code of other.codes.slice(0, 7)) expect((await useCode(code, '203.0.113.77')).status).toBe(303)
  })

  it('learns nothing of who has an account: the same answer and the same work', async () => {
    const { codes } = await codesOf('joe')
    await useCode(codes[0]!)
    const asked = async (code: string) => {
      const { env: counting, counts, statements } = countingEnv(env)
      const context = createExecutionContext()
      const init = {
        method: 'POST',
        headers: { origin: HOST, 'cf-connecting-ip': elsewhere() },
        body: new URLSearchParams({ code }),
      }
      const answer = await app.request(`${HOST}/sign-in/recovery-code`, init, counting, context)
      const said = [
        answer.status,
        await answer.text(),
        Object.fromEntries(answer.headers),
        { ...counts },
        [...statements],
      ]
      await waitOnExecutionContext(context)
      return said.map((each) => JSON.stringify(each).replaceAll(/dur=[\d.]+/g, ''))
    }
    const known = await asked(wrongOf(codes[0]!))
    expect(await asked('0000-0000-0000-0000-0000')).toEqual(known)
    expect((await asked(codes[0]!)).slice(0, 3)).toEqual(known.slice(0, 3))
  })
})

describe('an instance that nobody has claimed', () => {
  const TOKEN = 'a long setup token of thirty-six chars'
  const bindings = { ...env, SETUP_TOKEN: TOKEN }

  beforeEach(async () => {
    const tables = ['passkeys', 'sessions', 'recovery_codes', 'owners']
    await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
    return claimInstance
  })

  async function ask(path: string, init: RequestInit = {}, vars: object = bindings): Promise<Response> {
    const context = createExecutionContext()
    const answer = await app.request(HOST + path, init, { ...env, SETUP_TOKEN: undefined, ...vars }, context)
    await waitOnExecutionContext(context)
    return answer
  }
  const claim = (token: string, { name = 'Zoe', from = elsewhere() } = {}) =>
    ask('/setup', {
      method: 'POST',
      headers: { origin: HOST, 'cf-connecting-ip': from },
      body: new URLSearchParams({ name, token }),
    })

  it('answers every route but health and the setup itself with 503 and what to do, and so what is none', async () => {
    const open = new Set(['GET /healthz', 'GET /setup', 'POST /setup'])
    const id = crypto.randomUUID()
    const asked = [...Object.keys(routeTable), 'GET /nowhere', 'PUT /', 'DELETE /s/:secret', 'HEAD /sign-in']
    const told: Record<string, string> = {}
    for (const route of asked) {
      const [method, path] = route.split(' ') as [string, string]
      const query = path.startsWith('/api/dashboard-') ? `?portfolio_id=${id}` : ''
      const named = path.replace('/portfolios/:id', `/portfolios/${id}`).replace(/:[a-z]+/g, 'x') + query
      const init = { method, headers: { origin: HOST, 'hx-request': 'true' } }
      const [set, unset, short] = await Promise.all(
        [{}, { SETUP_TOKEN: undefined }, { SETUP_TOKEN: 'twenty characters ..' }].map(async (vars) => {
          const answer = await ask(named, init, { ...bindings, ...vars })
          const text = await answer.text()
          const says = text.includes('claim it at /setup with its SETUP_TOKEN')
            ? 'claim it'
            : text.includes('secret put SETUP_TOKEN')
              ? 'choose a token'
              : ''
          return `${answer.status} ${method === 'HEAD' ? '' : says}`.trim()
        }),
      )
      told[route] = [set, unset, short].join(', ')
    }
    const closed = '503 claim it, 503 choose a token, 503 choose a token'
    const others = Object.entries(told).filter(([route, each]) => !open.has(route) && each !== closed)
    expect(others).toEqual([['HEAD /sign-in', '503, 503, 503']])
    expect(asked.length).toBeGreaterThan(110)
    expect([told['GET /healthz'], told['GET /setup']]).toEqual([
      '200, 200, 200',
      '200 choose a token, 503 choose a token, 503 choose a token',
    ])
  })

  it('is claimed once by twenty at once, whose session and codes work', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(TOKEN, { name: `Owner ${i}` })))
    expect(all.map(({ status }) => String(status)).toSorted()).toEqual([
      '200',
      ...Array<string>(19).fill('404'),
    ])
    const winner = all.find(({ status }) => status === 200)!
    expect(winner.headers.get('cache-control')).toBe('private, no-store')
    expect(all.filter(({ headers }) => headers.has('set-cookie'))).toEqual([winner])
    const codes = (await winner.text()).match(CODE)!
    expect(codes).toHaveLength(10)
    const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')
    expect(await Promise.all(['owners', 'sessions', 'recovery_codes'].map(count))).toEqual([1, 1, 10])
    const cookie = winner.headers.getSetCookie()[0]!.split(';')[0]!
    expect((await ask('/account', { headers: { cookie } })).status).toBe(200)
    expect((await useCode(codes[0]!)).status).toBe(303)
    expect((await claim(TOKEN)).status).toBe(404)
    expect((await ask('/setup')).status).toBe(404)
  })

  it('gives the first account to whoever claims it, with the portfolios of before', async () => {
    // as the version before accounts writes them, also on the newer database
    const before = crypto.randomUUID()
    await env.DB.batch([
      env.DB.prepare("INSERT INTO owners (id, created_at) VALUES ('owner', 1) ON CONFLICT DO NOTHING"),
      env.DB.prepare(
        `INSERT INTO portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, dividends,
           withholding, dismissed_dividends, created_at, opened_at, watched_until, deleted_at)
         VALUES (?, 'owner', 'Of before', '', 'USD', '["VOO"]', 'fifo', 'recorded', NULL, '[]', 1, 1, 0, NULL)`,
      ).bind(before),
    ])
    const claimed = await claim(TOKEN)
    expect(claimed.status).toBe(200)
    const cookie = claimed.headers.getSetCookie()[0]!.split(';')[0]!
    const list = await ask('/api/portfolios', { headers: { cookie } })
    expect(await list.json()).toMatchObject({ portfolios: [{ id: before, name: 'Of before' }] })
    expect((await ask(`/portfolios/${before}`, { headers: { cookie } })).status).toBe(200)
    await env.DB.prepare('DELETE FROM portfolios WHERE id = ?').bind(before).run()
    const owner = await env.DB.prepare('SELECT id, name, is_admin FROM owners').all()
    expect(owner.results).toEqual([{ id: 'owner', name: 'Zoe', is_admin: 1 }])
  })

  it('is tried at most five times from a network', async () => {
    const from = elsewhere()
    for (let i = 0; i < 5; i++) expect((await claim('not the setup token of it', { from })).status).toBe(422)
    const refused = await claim(TOKEN, { from })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900'])
    expect((await claim(TOKEN)).status).toBe(200)
  })

  it('is not claimed with a passkey, a recovery code or a session of before', async () => {
    expect((await ask('/account', { headers: SESSION })).status).toBe(503)
    expect((await useCode('0000-0000-0000-0000-0000')).status).toBe(503)
  })
})
