import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../src/web/access/secret.ts'
import { freshSession } from '../worker/account.ts'
import { asStranger } from '../worker/app.ts'
import { authenticator, type Authenticator, base64Url, type Said } from '../worker/authenticator.ts'

// A passkey is registered and used over HTTP, by an authenticator whose every byte can be wrong; test/browser/sign-in.test.ts
// does it with Chromium's own.

const JSON_TYPE = { 'content-type': 'application/json' }

/** What a browser has that goes to an address: its cookies, which the answers change. */
class Browser {
  readonly cookies = new Map<string, string>()

  constructor(cookie = '') {
    if (cookie) this.keep(cookie)
  }

  async send(path: string, body: unknown = {}): Promise<Response> {
    const answer = await asStranger(path, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie: this.cookie },
      body: JSON.stringify(body),
    })
    answer.headers.getSetCookie().forEach((each) => this.keep(each.split(';')[0]!))
    return answer
  }

  async get(path: string): Promise<Response> {
    return asStranger(path, { headers: { cookie: this.cookie } })
  }

  private keep(cookie: string): void {
    const [name, value] = cookie.split(/=(.*)/)
    if (value) this.cookies.set(name!, value)
    else this.cookies.delete(name!)
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

const options = async (browser: Browser, of: 'sign-in/passkey' | 'account/passkeys') =>
  (await (await browser.send(`/${of}/options.json`)).json()) as { challenge: string }

async function register(browser: Browser, device: Authenticator, said: Said = {}): Promise<Response> {
  const answer = await device.make(await options(browser, 'account/passkeys'), said)
  return browser.send('/account/passkeys.json', answer)
}

async function signIn(browser: Browser, device: Authenticator, said: Said = {}): Promise<Response> {
  return browser.send(
    '/sign-in/passkey.json',
    await device.sign(await options(browser, 'sign-in/passkey'), said),
  )
}

const stored = (id: string) =>
  env.DB.prepare('SELECT account_id, counter, doubted_at FROM passkeys WHERE id = ?')
    .bind(id)
    .first<{ account_id: string; counter: number; doubted_at: number | null }>()

let ann: Browser
let device: Authenticator

beforeAll(async () => {
  ann = new Browser((await freshSession('ann')).cookie)
  device = await authenticator()
  await register(ann, device)
})

describe('a new passkey', () => {
  it('is kept by the account that made it, and asked to be one that needs no name and verifies the person', async () => {
    const another = await authenticator()
    await register(ann, another)
    expect(await stored(another.id)).toMatchObject({ account_id: 'ann', counter: 0 })
    const asked = (await options(ann, 'account/passkeys')) as unknown as Record<string, unknown>
    expect(asked).toMatchObject({
      rp: { id: 'yardstick.test', name: 'Yardstick' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: expect.arrayContaining([expect.objectContaining({ id: another.id })]),
    })
  })

  it.each<[string, Said]>([
    ['of another origin', { origin: 'https://evil.test' }],
    ['of http', { origin: 'http://yardstick.test' }],
    ['of another relying party', { rpId: 'evil.test' }],
    ['that has not verified the person', { isVerified: false }],
    ['with another challenge', { challenge: base64Url(new Uint8Array(32)) }],
    ['of another ceremony', { type: 'webauthn.get' }],
  ])('%s is refused', async (_, said) => {
    const other = await authenticator()
    const answer = await register(ann, other, said)
    expect(answer.status).toBe(422)
    expect(await stored(other.id)).toBeNull()
  })

  it('cannot be one that somebody has', async () => {
    const bob = new Browser((await freshSession('bob')).cookie)
    expect((await register(bob, device)).status).toBe(422)
    expect(await stored(device.id)).toMatchObject({ account_id: 'ann' })
  })

  it('takes a sign-in of the last ten minutes', async () => {
    const late = new Browser((await freshSession('late', Date.now() - 10 * 60_000 - 1)).cookie)
    expect((await late.send('/account/passkeys/options.json')).status).toBe(403)
    expect((await late.send('/account/recovery-codes')).status).toBe(403)
    expect(await (await late.get('/account')).text()).toContain('Sign in again')
  })

  it('is refused for a challenge that another account was given in the same browser', async () => {
    const answer = await (await authenticator()).make(await options(ann, 'account/passkeys'))
    const bob = new Browser((await freshSession('bob')).cookie)
    bob.cookies.set('__Host-ceremony', ann.cookies.get('__Host-ceremony')!)
    expect((await bob.send('/account/passkeys.json', answer)).status).toBe(422)
  })

  it('is the twentieth at most', async () => {
    const many = new Browser((await freshSession('many')).cookie)
    await env.DB.batch(
      Array.from({ length: 19 }, (_, i) =>
        env.DB.prepare("INSERT INTO passkeys VALUES (?, 'many', '', 0, '', '', 0, NULL, NULL)").bind(
          `many-${i}`,
        ),
      ),
    )
    expect((await register(many, await authenticator())).status).toBe(201)
    expect((await register(many, await authenticator())).status).toBe(422)
  })
})

describe('a sign-in', () => {
  let stranger: Browser
  let counter = 0
  beforeEach(() => {
    stranger = new Browser()
    counter += 10
  })

  it('begins a session of the account, in a browser that says no name', async () => {
    const answer = await signIn(stranger, device, { counter })
    expect([answer.status, await answer.json()]).toEqual([200, { account: 'ann' }])
    expect((await stranger.get('/account')).status).toBe(200)
    expect(await stored(device.id)).toMatchObject({ counter })
    expect([...stranger.cookies.keys()]).toEqual(['__Host-session'])
  })

  it.each<[string, Said]>([
    ['of another origin', { origin: 'https://evil.test' }],
    ['of another relying party', { rpId: 'evil.test' }],
    ['that has not verified the person', { isVerified: false }],
    ['with another challenge', { challenge: base64Url(new Uint8Array(32)) }],
    ['of another ceremony', { type: 'webauthn.create' }],
  ])('%s is refused', async (_, said) => {
    expect((await signIn(stranger, device, { counter, ...said })).status).toBe(422)
    expect((await stranger.get('/account')).status).toBe(303)
  })

  it('is refused with the signature of another key', async () => {
    const other = await authenticator()
    const answer = await other.sign(await options(stranger, 'sign-in/passkey'), { counter })
    const forged = { ...answer, id: device.id, rawId: device.id }
    expect((await stranger.send('/sign-in/passkey.json', forged)).status).toBe(422)
    expect(await stored(device.id)).toMatchObject({ doubted_at: null })
  })

  it('names the account itself, or is refused', async () => {
    const asked = await options(stranger, 'sign-in/passkey')
    const handle = base64Url(new TextEncoder().encode('bob'))
    const answer = await device.sign(asked, { counter }, handle)
    expect((await stranger.send('/sign-in/passkey.json', answer)).status).toBe(422)
  })

  it('answers a challenge once', async () => {
    const asked = await options(stranger, 'sign-in/passkey')
    const ceremony = stranger.cookies.get('__Host-ceremony')!
    const answer = await device.sign(asked, { counter })
    expect((await stranger.send('/sign-in/passkey.json', answer)).status).toBe(200)
    const replay = new Browser(`__Host-ceremony=${ceremony}`)
    expect((await replay.send('/sign-in/passkey.json', answer)).status).toBe(422)
    expect((await replay.get('/account')).status).toBe(303)
  })

  it('of many at once with one challenge, one', async () => {
    const answer = await device.sign(await options(stranger, 'sign-in/passkey'), { counter })
    const all = await Promise.all(
      Array.from({ length: 10 }, () => new Browser(stranger.cookie).send('/sign-in/passkey.json', answer)),
    )
    expect(all.map(({ status }) => String(status)).toSorted()).toEqual([
      '200',
      ...Array<string>(9).fill('422'),
    ])
  })

  it('answers only the challenge of its own browser', async () => {
    const elsewhere = new Browser()
    const theirs = await options(elsewhere, 'sign-in/passkey')
    await options(stranger, 'sign-in/passkey')
    const answer = await device.sign(theirs, { counter })
    expect((await stranger.send('/sign-in/passkey.json', answer)).status).toBe(422)
    expect((await new Browser().send('/sign-in/passkey.json', answer)).status).toBe(422)
  })

  it('answers no challenge of a registration', async () => {
    const asked = await options(ann, 'account/passkeys')
    stranger.cookies.set('__Host-ceremony', ann.cookies.get('__Host-ceremony')!)
    expect((await stranger.send('/sign-in/passkey.json', await device.sign(asked, { counter }))).status).toBe(
      422,
    )
  })

  it('answers within five minutes', async () => {
    const asked = await options(stranger, 'sign-in/passkey')
    const hash = await hashOf(stranger.cookies.get('__Host-ceremony')!)
    const kept = await env.DB.prepare('SELECT expires_at FROM challenges WHERE hash = ?')
      .bind(hash)
      .first<number>('expires_at')
    expect(Math.abs(kept! - Date.now() - 5 * 60_000)).toBeLessThan(20_000)
    await env.DB.prepare('UPDATE challenges SET expires_at = ? WHERE hash = ?').bind(Date.now(), hash).run()
    expect((await stranger.send('/sign-in/passkey.json', await device.sign(asked, { counter }))).status).toBe(
      422,
    )
    await options(new Browser(), 'sign-in/passkey')
    expect(
      await env.DB.prepare('SELECT 1 FROM challenges WHERE expires_at <= ?').bind(Date.now()).first(),
    ).toBeNull()
  })

  it.each([[{}], [{ id: 1 }], [{ id: 'x', response: null }], [{ id: 'x', response: { userHandle: {} } }]])(
    'is refused when it is none: %j',
    async (answer) => {
      await options(stranger, 'sign-in/passkey')
      expect((await stranger.send('/sign-in/passkey.json', answer)).status).toBe(422)
      await options(stranger, 'sign-in/passkey')
      const own = await stranger.send('/sign-in/passkey.json', { ...answer, id: device.id, rawId: device.id })
      expect(own.status).toBe(422)
    },
  )

  it('with a copy, whose count went back, is refused and told; with one that does not count it is not', async () => {
    const original = await authenticator()
    const eve = new Browser((await freshSession('eve')).cookie)
    await register(eve, original)
    for (const uncounted of [0, 0])
      expect((await signIn(stranger, original, { counter: uncounted })).status).toBe(200)
    expect((await signIn(stranger, original, { counter: 7 })).status).toBe(200)
    for (const back of [7, 6, 0]) {
      const answer = await signIn(new Browser(), original, { counter: back })
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        422,
        expect.stringContaining('There may be a copy of this passkey'),
      ])
    }
    expect(await stored(original.id)).toMatchObject({ counter: 7, doubted_at: expect.any(Number) })
    expect(await (await eve.get('/account')).text()).toContain('there may be a copy of it')
  })
})

it('a passkey that is given no name comes back in its form', async () => {
  const gus = new Browser((await freshSession('gus')).cookie)
  const { id } = await authenticator()
  const own = await authenticator()
  await register(gus, own)
  const rename = async (name: string, passkey = own.id) => {
    const answer = await asStranger(`/account/passkeys/${passkey}/name`, {
      method: 'POST',
      headers: { cookie: gus.cookie },
      body: new URLSearchParams({ name }),
    })
    return [answer.status, await answer.text()] as const
  }
  expect((await rename('My phone'))[0]).toBe(303)
  expect((await rename('Not mine', id))[0]).toBe(404)
  const [status, html] = await rename('x'.repeat(101))
  expect([status, html]).toEqual([422, expect.stringContaining(`value="${'x'.repeat(101)}"`)])
  expect(html).toContain(`id="${own.id}-fault" role="alert">Enter a name of at most 100 characters.`)
})

describe('removing a passkey', () => {
  it('needs one of one’s own, and leaves a way to sign in', async () => {
    const dora = new Browser((await freshSession('dora')).cookie)
    const [first, second] = [await authenticator(), await authenticator()]
    await register(dora, first)
    await register(dora, second)
    const remove = (id: string) => dora.send(`/account/passkeys/${id}/remove`)
    expect((await remove(device.id)).status).toBe(404)
    expect(await stored(device.id)).not.toBeNull()
    expect((await remove(second.id)).status).toBe(303)
    expect((await remove(second.id)).status).toBe(404)
    expect((await remove(first.id)).status).toBe(409)
    expect((await dora.send('/account/recovery-codes')).status).toBe(200)
    await env.DB.prepare("UPDATE recovery_codes SET used_at = 1 WHERE account_id = 'dora'").run()
    expect((await remove(first.id)).status).toBe(409)
    await dora.send('/account/recovery-codes')
    expect((await remove(first.id)).status).toBe(303)
    const answer = await signIn(new Browser(), first)
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'This passkey is not known here. Use another one, or a recovery code.',
    ])
  })

  it('two at once leaves one', async () => {
    const fay = new Browser((await freshSession('fay')).cookie)
    const two = [await authenticator(), await authenticator()]
    for (const each of two) await register(fay, each)
    const all = await Promise.all(two.map(({ id }) => fay.send(`/account/passkeys/${id}/remove`)))
    expect(all.map(({ status }) => String(status)).toSorted()).toEqual(['303', '409'])
  })
})
