import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { inOneTransaction } from '../../src/storage/database.ts'
import { noticed } from '../../src/storage/notices.ts'
import { freshSession } from '../worker/account.ts'
import { asStranger, json, newPortfolio, request, send } from '../worker/app.ts'
import { db } from '../storage/sample.ts'
import { follow, page, post, words } from './page.ts'

// the stand-in of a push service reads the hour of the tests; a file before this one may have left another
beforeAll(() => void vi.useRealTimers())

// the services are stood in for in Node (test/notices/stand-in.ts): a path with /status/410 in it is answered with that

type Channel = { id: string; label: string; target: string; kind: string; secret?: string }

const PATH = '/account/notices'
const listed = async () =>
  (await json('/api/notice-channels')).channels as (Channel & Record<string, unknown>)[]
const hook = (then = '') => `https://hooks.test/${crypto.randomUUID()}${then}`
const arrivedAt = async (address: string) =>
  (await (await fetch(address.replace('test/', 'test/arrived/'))).json()) as {
    read: Record<string, unknown>
  }[]

async function make(fields: Record<string, string>): Promise<Channel> {
  const made = await send('/api/notice-channels', fields)
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'private, no-store'])
  return (await made.json()) as Channel
}

const test = (id: string) => json(`/api/notice-channels/${id}/test`, { method: 'POST' })

afterEach(async () => {
  await env.DB.prepare('DELETE FROM notice_channels').run()
})

describe('a channel', () => {
  it('is added by its form, tried in place, and removed', async () => {
    const server = `https://ntfy.test/${crypto.randomUUID()}`
    const topic = 'nobody-guesses-it'
    const added = await follow(await post(PATH, { kind: 'ntfy', server, topic, token: '', label: '' }))
    expect(words(added)).toContain('Channel added. Send a test to see whether it works.')
    expect(words(added)).toContain('ntfy, ntfy.test ntfy · ntfy.test · nothing sent yet')
    const [{ id }] = (await listed()) as [Channel]
    const tried = await post(`${PATH}/${id}/test`, {})
    const html = await tried.text()
    expect([tried.status, words(html)]).toEqual([200, expect.stringContaining('Sent.')])
    expect(words(html)).toContain('last sent')
    expect((await arrivedAt(server)).map(({ read }) => read.title)).toEqual(['Test from Yardstick'])
    expect(words(await follow(await post(`${PATH}/${id}/remove`, {})))).toContain('Channel removed.')
    expect(await listed()).toEqual([])
  })

  it('is told things in the language that was chosen last, and its test as well', async () => {
    const address = hook()
    await make({ kind: 'webhook', address })
    const language = () => env.DB.prepare('SELECT language, locale FROM notice_channels').first()
    expect(await language()).toEqual({ language: null, locale: null })
    await post('/preferences', { language: 'de' })
    expect(await language()).toEqual({ language: 'de', locale: 'de-DE-u-nu-latn' })
    const [{ id }] = (await listed()) as [Channel]
    const headers = { 'accept-language': 'de-AT' }
    await request(`/api/notice-channels/${id}/test`, { method: 'POST', headers })
    expect(await language()).toEqual({ language: 'de', locale: 'de-AT-u-nu-latn' })
    expect((await arrivedAt(address))[0]!.read).toMatchObject({ data: { title: 'Test von Yardstick' } })
  })

  it('that does not work says in place what was answered, and how it stands', async () => {
    const { id } = await make({ kind: 'telegram', token: '12345:AAEabcdefghijklmnopqrstu', chat: '400' })
    const html = await (await post(`${PATH}/${id}/test`, {})).text()
    expect(words(html)).toContain('api.telegram.org answered HTTP 400: Bad Request: chat not found')
    expect(await test(id)).toEqual({
      status: 'failed',
      said: 'api.telegram.org answered HTTP 400: Bad Request: chat not found',
    })
    const gone = await make({ kind: 'webhook', address: hook('/status/404') })
    await test(gone.id)
    const [, stopped] = await listed()
    expect(stopped).toMatchObject({ last_failure: 'hooks.test answered HTTP 404.', last_sent_at: null })
    expect(stopped!.given_up_at).not.toBeNull()
    expect(words(await page(PATH))).toContain('a test that arrives turns it on again:')
  })

  it('of a webhook is told its secret once, and signs with it', async () => {
    const address = hook()
    const made = await post(PATH, { kind: 'webhook', address, label: 'Home' })
    expect([made.status, made.headers.get('cache-control'), made.headers.get('set-cookie')]).toEqual([
      201,
      'private, no-store',
      null,
    ])
    const [secret] = /whsec_[\w+/=]{32}/.exec(await made.text())!
    const { pathname } = new URL(address)
    await fetch(`https://hooks.test/secret?${new URLSearchParams({ of: pathname, is: secret })}`)
    const [{ id }] = (await listed()) as [Channel]
    // the stand-in refuses what is signed otherwise
    expect(await test(id)).toEqual({ status: 'sent', said: null })
    expect(await arrivedAt(address)).toHaveLength(1)
  })

  it('keeps to itself what opens it', async () => {
    const secrets = [
      'secret-topic',
      'tk_secret',
      '12345:AAEsecretsecretsecretse',
      're_secretsecret',
      '/secret-path',
    ]
    await make({ kind: 'ntfy', server: 'https://ntfy.test/', topic: 'secret-topic', token: 'tk_secret' })
    await make({ kind: 'telegram', token: '12345:AAEsecretsecretsecretse', chat: '7' })
    await make({
      kind: 'email',
      provider: 'resend',
      key: 're_secretsecret',
      from: 'y@a.test',
      to: 'ann@a.test',
    })
    const { secret, id } = await make({ kind: 'webhook', address: 'https://hooks.test/secret-path' })
    await test(id)
    const seen = await Promise.all(
      [PATH, '/api/notice-channels', '/api/notices', '/account', '/account/export'].map(async (path) =>
        (await request(path)).text(),
      ),
    )
    for (const each of [...secrets, secret!]) expect(seen.filter((text) => text.includes(each))).toEqual([])
    // what an export has of a channel is what is shown of it, and it is read again as if there were none
    expect(seen[4]).toContain('{"kind":"telegram","label":"Telegram, chat 7","target":"chat 7","at":"')
    const taken = await send('/api/account/import', JSON.parse(seen[4]!))
    expect([taken.status, (await listed()).length]).toEqual([201, 4])
    expect(words(seen[3]!)).toContain('You added a channel for notifications: Telegram, chat 7')
  })

  it.each([
    [{ kind: 'webhook', address: 'http://hooks.test/' }, 'address', 'begins with https://'],
    [{ kind: 'webhook', address: 'https://169.254.169.254/latest/meta-data' }, 'address', 'numbers'],
    [{ kind: 'webhook', address: 'https://localhost/' }, 'address', 'internet knows'],
    [{ kind: 'webhook', address: '' }, 'address', 'filled in'],
    [{ kind: 'webhook', address: 'https://hooks.test/', topic: 'x' }, 'topic', 'no such field'],
    [{ kind: 'ntfy', server: 'https://10.0.0.1', topic: 'x' }, 'server', 'numbers'],
    [{ kind: 'telegram', token: 'x', chat: '7' }, 'token', '@BotFather'],
    [{ kind: 'pigeon' }, 'kind', 'a kind is one of'],
    [{}, 'kind', 'needs a kind'],
    [{ kind: 'webhook', address: 'https://hooks.test/', label: 'x'.repeat(101) }, 'label', 'at most 100'],
  ])('is not made of %j', async (fields, field, reason) => {
    const refused = await send('/api/notice-channels', fields)
    const { faults } = (await refused.json()) as { faults: { field: string; reason: string }[] }
    expect([refused.status, faults]).toEqual([422, [{ field, reason: expect.stringContaining(reason) }]])
    expect(await listed()).toEqual([])
    const form = await post(PATH, fields as unknown as Record<string, string>)
    expect(form.status).toBe(422)
    expect(await listed()).toEqual([])
  })

  it('that was typed wrong is typed again without its secrets', async () => {
    const typed = {
      kind: 'telegram',
      token: '12345:AAEsecretsecretsecretse',
      chat: 'Ann',
      label: '<b>mine</b>',
    }
    const html = await (await post(PATH, typed)).text()
    expect(html.match(/class="fault" id="/g)).toHaveLength(1)
    expect(html).toContain('value="Ann"')
    expect(html).toContain('value="&lt;b&gt;mine&lt;/b&gt;"')
    expect(html).not.toContain('AAEsecret')
  })

  it('is one of ten', async () => {
    const all = await Promise.all(
      Array.from({ length: 12 }, () => send('/api/notice-channels', { kind: 'webhook', address: hook() })),
    )
    expect(all.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(all.filter(({ status }) => status === 422)).toHaveLength(2)
    expect(await listed()).toHaveLength(10)
    const refused = await post(PATH, { kind: 'webhook', address: hook() })
    expect(words(await refused.text())).toContain('An account has at most 10 channels. Remove one first.')
  })
})

describe('this browser', () => {
  const subscribed = async () =>
    (await (await fetch('https://push.test/subscribe')).json()) as Record<string, string>
  const subscribe = (body: object, headers: Record<string, string> = {}) =>
    send(`${PATH}/push.json`, body, 'POST', headers)

  it('is a channel once it has subscribed, and is told things that only it can read', async () => {
    const browser = await subscribed()
    const made = await subscribe(browser, { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/150.0' })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as { id: string }
    const cookie = made.headers.getSetCookie()[0]!
    expect(cookie).toMatch(/^push=[\da-f-]{36}; .*HttpOnly; Secure; SameSite=Lax$/)
    const here = await page(PATH, { headers: { cookie: cookie.split(';')[0]! } })
    expect(words(here)).toContain('Firefox on Linux (this browser)')
    expect(here).toContain('data-push="on"')
    expect(await page(PATH)).toContain('data-push="off"')
    expect(await test(id)).toEqual({ status: 'sent', said: null })
    const [{ read }] = (await arrivedAt(browser.endpoint!)) as [{ read: object }]
    expect(read).toMatchObject({ title: 'Test from Yardstick', address: PATH, tag: 'test' })
    // the same subscription again takes its own place
    expect((await subscribe(browser)).status).toBe(201)
    expect(await listed()).toHaveLength(1)
  })

  it('is told nothing more once it is signed out, or removed', async () => {
    const device = await freshSession(crypto.randomUUID())
    const from = (path: string, cookie: string, init: RequestInit = {}) =>
      asStranger(path, { ...init, headers: { cookie, 'content-type': 'application/json' } })
    const made = await from(`${PATH}/push.json`, device.cookie, {
      method: 'POST',
      body: JSON.stringify(await subscribed()),
    })
    const own = made.headers.getSetCookie()[0]!.split(';')[0]!
    const out = await from('/sign-out', `${device.cookie}; ${own}`, { method: 'POST' })
    expect(out.headers.getSetCookie().some((each) => /^push=;.*Max-Age=0/.test(each))).toBe(true)
    const { results } = await env.DB.prepare('SELECT * FROM notice_channels').all()
    expect(results).toEqual([])
  })

  it.each([
    [{ endpoint: 'https://127.0.0.1/x' }, 'endpoint'],
    [{ p256dh: 'nothing' }, 'p256dh'],
    [{ auth: '' }, 'auth'],
  ])('does not subscribe with %j', async (wrong, field) => {
    const refused = await subscribe({ ...(await subscribed()), ...wrong })
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining(`"field":"${field}"`),
    ])
  })
})

describe('somebody else', () => {
  it('neither sees a channel nor tries nor removes it', async () => {
    const { id } = await make({ kind: 'webhook', address: hook() })
    const { cookie } = await freshSession(crypto.randomUUID())
    const theirs = async (path: string, method = 'GET') =>
      asStranger(path, { method, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } })
    expect(((await (await theirs('/api/notice-channels')).json()) as { channels: [] }).channels).toEqual([])
    const tries = [
      ['POST', `/api/notice-channels/${id}/test`],
      ['DELETE', `/api/notice-channels/${id}`],
      ['POST', `${PATH}/${id}/test`],
      ['POST', `${PATH}/${id}/remove`],
    ] as const
    for (const [method, path] of tries)
      expect([path, (await theirs(path, method)).status]).toEqual([path, 404])
    expect(await listed()).toHaveLength(1)
  })

  it('of another site makes none, and a giant makes none', async () => {
    const foreign = await asStranger(PATH, {
      method: 'POST',
      body: 'kind=webhook',
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(foreign.status).toBe(403)
    const giant = { kind: 'webhook', address: `https://hooks.test/${'x'.repeat(70_000)}` }
    expect((await send('/api/notice-channels', giant)).status).toBe(413)
    expect((await post(PATH, giant)).status).toBe(413)
    expect(await listed()).toEqual([])
  })
})

describe('what was told', () => {
  it('is on the page and in the activity of its portfolio, to whoever was told, escaped', async () => {
    const id = await newPortfolio()
    await make({ kind: 'webhook', address: hook(), label: '<script>alert(1)</script>' })
    const notice = {
      id: 'n',
      title: '<b>VOO</b> fell',
      body: 'To $400.\n<i>Now</i>',
      tag: '',
      at: Date.now(),
    }
    const told = { account: 'owner', portfolio: id }
    await inOneTransaction(db(), noticed(db(), told, [{ ...notice, address: `/portfolios/${id}` }]))
    const html = await page(PATH)
    expect(html).not.toMatch(/<b>VOO|<i>Now|<script>alert/)
    expect(words(html)).toContain('What you were told &lt;b&gt;VOO&lt;/b&gt; fell')
    for (const query of ['', '?show=notices']) {
      const log = await page(`/portfolios/${id}/activity${query}`)
      expect(log).not.toMatch(/<b>VOO|<i>Now|<script>alert/)
      expect(words(log)).toContain('Yardstick told you: &lt;b&gt;VOO&lt;/b&gt; fell To $400.')
    }
    expect(await page(`/portfolios/${id}/activity?show=edits`)).not.toContain('VOO')
    // another who may see the portfolio is told nothing of it
    const { cookie } = await freshSession(crypto.randomUUID())
    await env.DB.prepare(
      "INSERT INTO members SELECT ?, account_id, 'editor', 0 FROM sessions ORDER BY created_at DESC LIMIT 1",
    )
      .bind(id)
      .run()
    const theirs = await asStranger(`/portfolios/${id}/activity`, { headers: { cookie } })
    expect([theirs.status, (await theirs.text()).includes('VOO&lt;')]).toEqual([200, false])
    const { notices } = await json('/api/notices')
    expect(notices).toEqual([
      expect.objectContaining({
        id: 'n',
        portfolio: id,
        address: `/portfolios/${id}`,
        deliveries: [expect.objectContaining({ status: 'waiting', channel: '<script>alert(1)</script>' })],
      }),
    ])
  })
})
