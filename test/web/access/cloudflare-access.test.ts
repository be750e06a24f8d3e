import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../../src/web/app.tsx'
import { hashOf } from '../../../src/web/access/secret.ts'
import { claimInstance, SESSION } from '../../worker/account.ts'
import { HOST } from '../../worker/app.ts'
import { setClock } from '../../worker/clock.ts'

// Cloudflare Access in front of Yardstick, with keys of our own in place of Cloudflare's.

const AUD = 'the-tag-of-the-application'
const SETUP_TOKEN = 'a long setup token of thirty-six chars'

type Key = { privateKey: CryptoKey; jwk: JWK }
let ours: Key
let rotated: Key
/** What the team's address answers with, and how often it was asked. */
let published: JWK[]
let fetched: string[]
/** Each test has a team of its own, since keys are kept by team. */
let team = ''
let teams = 0

async function newKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

beforeAll(async () => {
  ours = await newKey('key 1')
  rotated = await newKey('key 2')
})
beforeEach(async () => {
  setClock()
  team = `team-${(teams += 1)}`
  published = [ours.jwk]
  fetched = []
  vi.stubGlobal('fetch', async (address: string) => {
    fetched.push(address)
    return Response.json({ keys: published, public_certs: [] })
  })
  await env.DB.batch(
    ['sessions', 'api_tokens', 'recovery_codes', 'owners'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  )
  await claimInstance()
  await env.DB.prepare('UPDATE owners SET identity = ? WHERE id = ?').bind(`${issuer()}|ann`, 'owner').run()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const issuer = () => `https://${team}.cloudflareaccess.com`
const seconds = (later = 0) => Math.floor(Date.now() / 1000) + later

function assertion(claims: Record<string, unknown> = {}, key: Key = ours, header = {}): Promise<string> {
  return new SignJWT({
    iss: issuer(),
    aud: [AUD],
    sub: 'ann',
    email: 'ann@example.org',
    iat: seconds(),
    nbf: seconds(),
    exp: seconds(3600),
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: key.jwk.kid!, ...header })
    .sign(key.privateKey)
}

async function ask(
  path: string,
  headers: Record<string, string> | Headers = {},
  { vars = {}, ...init }: RequestInit & { vars?: object } = {},
): Promise<Response> {
  const context = createExecutionContext()
  const bindings = { ...env, ACCESS_TEAM: team, ACCESS_AUD: AUD, ...vars }
  const answer = await app.request(HOST + path, { ...init, headers }, bindings, context)
  await waitOnExecutionContext(context)
  return answer
}

const through = (token: string, more: Record<string, string> = {}) => ({
  'cf-access-jwt-assertion': token,
  ...more,
})
const statusWith = async (token: string) => (await ask('/account', through(token))).status

const base64Url = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

describe('an assertion of Cloudflare Access', () => {
  it('lets its person in, to whose account no e-mail is the key', async () => {
    const answer = await ask('/account', through(await assertion({ email: 'another@example.org' })))
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('value="Ann"')])
    expect(fetched).toEqual([`${issuer()}/cdn-cgi/access/certs`])
  })

  it('counts when our application is one of those that it is for', async () => {
    expect(await statusWith(await assertion({ aud: ['another', AUD] }))).toBe(200)
    expect(await statusWith(await assertion({ aud: AUD }))).toBe(200)
  })

  it.each<[string, () => Record<string, unknown>]>([
    ['of another application', () => ({ aud: ['another'] })],
    ['for nobody', () => ({ aud: [] })],
    ['of another team', () => ({ iss: 'https://evil.cloudflareaccess.com' })],
    ['expired by more than a minute', () => ({ exp: seconds(-61) })],
    ['that does not expire', () => ({ exp: undefined })],
    ['that begins in more than a minute', () => ({ nbf: seconds(62) })],
    ['of nobody', () => ({ sub: '' })],
    ['without a subject', () => ({ sub: undefined })],
  ])('%s is refused', async (_, claims) => expect(await statusWith(await assertion(claims()))).toBe(401))

  it('has a minute of leeway', async () => {
    expect(await statusWith(await assertion({ exp: seconds(-58) }))).toBe(200)
    expect(await statusWith(await assertion({ nbf: seconds(58) }))).toBe(200)
  })

  it('without a signature, or signed by anything but RS256, is refused before anybody is asked for keys', async () => {
    const [, payload] = (await assertion()).split('.')
    const none = `${base64Url({ alg: 'none', kid: 'key 1' })}.${payload}.`
    // what a verifier takes for the secret of HS256 that believes the header and has the public key
    const secret = new TextEncoder().encode(JSON.stringify(ours.jwk))
    const symmetric = await new SignJWT({ iss: issuer(), aud: [AUD], sub: 'ann' })
      .setProtectedHeader({ alg: 'HS256', kid: 'key 1' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(secret)
    const noId = await assertion({}, ours, { kid: undefined })
    for (const token of [none, symmetric, noId, '', 'x', 'a.b.c']) expect(await statusWith(token)).toBe(401)
    expect(fetched).toEqual([])
  })

  it('is refused with a changed signature, or the key of somebody else under our key’s id', async () => {
    const token = await assertion()
    const [head, payload, signature] = token.split('.')
    const other = signature!.startsWith('A') ? `B${signature!.slice(1)}` : `A${signature!.slice(1)}`
    expect(await statusWith(`${head}.${payload}.${other}`)).toBe(401)
    expect(await statusWith(await assertion({}, { ...rotated, jwk: ours.jwk }))).toBe(401)
  })

  it('is refused twice in a header, in a cookie, in the address, and as a bearer token', async () => {
    const token = await assertion()
    const twice = new Headers([
      ['cf-access-jwt-assertion', token],
      ['cf-access-jwt-assertion', token],
    ])
    expect((await ask('/account', twice)).status).toBe(401)
    expect((await ask('/account', { cookie: `CF_Authorization=${token}` })).status).toBe(401)
    expect((await ask(`/account?token=${token}`)).status).toBe(401)
    expect((await ask('/account', { authorization: `Bearer ${token}` })).status).toBe(401)
  })
})

describe('the keys of a team', () => {
  it('are asked for once by many, and by a hundred made-up ids once in a minute', async () => {
    const real = await assertion()
    const all = await Promise.all(Array.from({ length: 10 }, () => statusWith(real)))
    expect([new Set(all), fetched.length]).toEqual([new Set([200]), 1])
    const madeUp = async (from: number) =>
      Promise.all(
        Array.from({ length: 100 }, async (_, i) =>
          statusWith(await assertion({}, ours, { kid: `no ${from + i}` })),
        ),
      )
    expect(new Set(await madeUp(0))).toEqual(new Set([401]))
    expect(fetched).toHaveLength(1)
    setClock(Date.now() + 60_000)
    expect(new Set(await madeUp(100))).toEqual(new Set([401]))
    expect(fetched).toHaveLength(2)
    expect(await statusWith(await assertion())).toBe(200)
    expect(fetched).toHaveLength(2)
  })

  it('are asked for anew when they were changed, and those that are gone count no more', async () => {
    expect(await statusWith(await assertion())).toBe(200)
    published = [rotated.jwk]
    expect(await statusWith(await assertion({}, rotated))).toBe(401)
    setClock(Date.now() + 60_000)
    expect(await statusWith(await assertion({}, rotated))).toBe(200)
    expect(await statusWith(await assertion())).toBe(401)
  })

  it('let nobody in while they cannot be had, and everybody a minute later', async () => {
    const down = vi.fn<() => Promise<Response>>(async () => new Response('', { status: 500 }))
    vi.stubGlobal('fetch', down)
    for (let i = 0; i < 5; i++) expect(await statusWith(await assertion())).toBe(401)
    expect(down).toHaveBeenCalledTimes(1)
    vi.stubGlobal('fetch', async () => Response.json({ keys: published }))
    setClock(Date.now() + 60_000)
    expect(await statusWith(await assertion())).toBe(200)
  })
})

describe('somebody whom Access lets through for the first time', () => {
  it('gets an account of their own, and the same one ever after', async () => {
    const bob = await assertion({ sub: 'bob', email: 'bob@example.org' })
    const both = await Promise.all([ask('/', through(bob)), ask('/', through(bob))])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const { results } = await env.DB.prepare(
      "SELECT name, is_admin, identity FROM owners WHERE id <> 'owner'",
    ).all()
    expect(results).toEqual([{ name: 'bob@example.org', is_admin: 0, identity: `${issuer()}|bob` }])
    expect((await ask('/status', through(bob))).status).toBe(403)
  })

  it('is another person than the one of the same subject in another team', async () => {
    await env.DB.prepare("UPDATE owners SET identity = 'https://other.cloudflareaccess.com|ann'").run()
    expect(await (await ask('/account', through(await assertion()))).text()).not.toContain('value="Ann"')
  })

  it('does not own the instance by it: that takes the setup token', async () => {
    await env.DB.prepare('UPDATE owners SET identity = NULL').run()
    const vars = { SETUP_TOKEN }
    const zoe = through(await assertion({ sub: 'zoe' }), { origin: HOST })
    expect((await ask('/', zoe, { vars })).status).toBe(503)
    const claim = (token: string, headers: Record<string, string> = zoe) =>
      ask('/setup', headers, { vars, method: 'POST', body: new URLSearchParams({ name: 'Zoe', token }) })
    expect((await claim(SETUP_TOKEN, { origin: HOST, ...SESSION })).status).toBe(401)
    const wrong = await claim('not the setup token of it')
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="Zoe"')])
    expect((await claim(SETUP_TOKEN)).status).toBe(303)
    expect((await claim(SETUP_TOKEN)).status).toBe(404)
    const mallory = through(await assertion({ sub: 'mallory' }), { origin: HOST })
    expect((await claim(SETUP_TOKEN, mallory)).status).toBe(404)
    // the account that ran it before, with its portfolios
    const { results } = await env.DB.prepare('SELECT id, name, identity FROM owners WHERE is_admin = 1').all()
    expect(results).toEqual([{ id: 'owner', name: 'Zoe', identity: `${issuer()}|zoe` }])
    expect((await ask('/status', zoe)).status).toBe(200)
  })
})

describe('every other door', () => {
  const paths = [
    '/',
    '/account',
    '/sign-in',
    '/setup',
    '/nowhere',
    '/api/portfolios',
    '/status',
    '/preferences',
  ]

  it.each(paths)('is shut to who has not come through Access: %s', async (path) => {
    const token = `ys_${'t'.repeat(43)}`
    for (const headers of [{}, SESSION, { authorization: `Bearer ${token}` }]) {
      const answer = await ask(path, headers)
      expect([answer.status, await answer.text()]).toEqual([
        401,
        expect.stringContaining('Cloudflare Access'),
      ])
    }
    const local = await ask(path, { ...SESSION, host: 'localhost' }, { vars: { DEV_LOGIN: '1' } })
    expect([401, 421]).toContain(local.status)
  })

  it.each([
    '/sign-in/local',
    '/sign-in/passkey/options.json',
    '/sign-in/passkey.json',
    '/sign-in/recovery-code',
    '/account/passkeys/options.json',
    '/account/passkeys.json',
    '/account/recovery-codes',
    '/account/sign-out-everywhere',
  ])('is shut to who has: POST %s', async (path) => {
    const answer = await ask(path, through(await assertion(), { origin: HOST }), {
      method: 'POST',
      body: new URLSearchParams(),
    })
    expect([answer.status, answer.headers.has('set-cookie')]).toEqual([403, false])
  })

  it('says that Access is the one', async () => {
    const page = await ask('/sign-in', through(await assertion()))
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/cdn-cgi/access/logout')])
    const out = await ask('/sign-out', through(await assertion(), { origin: HOST }), { method: 'POST' })
    expect([out.status, out.headers.get('location')]).toEqual([303, '/cdn-cgi/access/logout'])
  })

  it('asks for no assertion when it is asked whether the Worker is well', async () => {
    expect((await ask('/healthz')).status).toBe(200)
  })

  it.each([[{ ACCESS_TEAM: '' }], [{ ACCESS_AUD: '' }], [{ ACCESS_TEAM: 'https://evil.test/' }]])(
    'is shut as well when only one of the two is set: %j',
    async (vars) => {
      for (const path of paths) {
        const answer = await ask(path, { ...SESSION, ...through(await assertion()) }, { vars })
        expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('ACCESS_AUD')])
      }
      expect((await ask('/healthz', {}, { vars })).status).toBe(200)
    },
  )

  it('does not open to a page of another site, whose requests Access lets through as well', async () => {
    const rename = async (origin: string) =>
      ask('/account/name', through(await assertion(), { origin }), {
        method: 'POST',
        body: new URLSearchParams({ name: 'Mallory' }),
      })
    expect((await rename('https://evil.test')).status).toBe(403)
    expect((await rename(HOST)).status).toBe(303)
  })
})

describe('a program with a service token of Access', () => {
  const secret = 't'.repeat(43)
  const bearer = { authorization: `Bearer ys_${secret}` }

  beforeEach(async () => {
    await env.DB.prepare(
      "INSERT INTO api_tokens VALUES (?, 'id', 'owner', 'Script', 'ys_ttt', 'read', 0, NULL, NULL)",
    )
      .bind(await hashOf(secret))
      .run()
  })

  it('comes in with an API token beside it, and only so', async () => {
    const program = await assertion({ sub: '', common_name: 'program.access', email: undefined })
    expect((await ask('/api/portfolios', through(program, bearer))).status).toBe(200)
    expect((await ask('/api/portfolios', through(program))).status).toBe(401)
    expect((await ask('/api/portfolios', through(program, SESSION))).status).toBe(401)
    expect((await ask('/api/portfolios', bearer)).status).toBe(401)
    expect((await ask('/account', through(program, bearer))).status).toBe(403)
    // a person with a token is two people
    expect((await ask('/api/portfolios', through(await assertion(), bearer))).status).toBe(401)
  })
})
