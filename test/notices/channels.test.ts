import { describe, expect, it } from 'vitest'
import type { ChannelKind, Opened } from '../../src/notices/channel.ts'
import { channels } from '../../src/notices/channels.ts'
import { newPushKeys } from '../../src/notices/push/keys.ts'
import { sendNotice } from '../../src/notices/send-notice.ts'
import { newWebhookSecret } from '../../src/notices/webhook.ts'
import { type Arrived, newBrowser, noticeStandIn, signatureOf } from './stand-in.ts'

const keys = await newPushKeys()

const notice = {
  id: 'alert:17:2026-11-30 “é”',
  title: 'VOO fell below $400',
  body: 'It is at $399.50, 0.4 % below.\nYou asked to be told <b>once</b> & only once. é',
  address: '/portfolios/p/alerts',
  tag: 'alert:17',
  at: Date.parse('2026-11-30T12:00:00Z'),
}

const outside = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
  (await noticeStandIn(new Request(input, init)))!

/** Sends the notice to a stand-in. */
const sent = (
  kind: ChannelKind,
  opened: Opened,
  fetch: typeof globalThis.fetch = outside,
  timeout?: number,
) =>
  sendNotice(
    channels[kind],
    notice,
    { opened, origin: 'https://yardstick.example', keys, isLocal: false },
    { fetch, now: () => Date.now(), ...(timeout !== undefined && { timeout }) },
  )

async function arrivedAt(address: string): Promise<Arrived[]> {
  const { origin, pathname } = new URL(address)
  return (await (await outside(`${origin}/arrived${pathname}`)).json()) as Arrived[]
}

/** What each kind is opened with, so that it works; `path` is told apart by what follows. */
const opens: Record<ChannelKind, (then?: string) => Opened> = {
  push: (then = '') => newBrowser('https://push.test', then),
  webhook: (then = '') => ({
    address: `https://hooks.test/${crypto.randomUUID()}${then}`,
    secret: newWebhookSecret(),
  }),
  ntfy: (then = '') => ({ server: `https://ntfy.test/${crypto.randomUUID()}${then}`, topic: 'secret-topic' }),
  telegram: () => ({ token: '12345:AAEabcdefghijklmnopqrstu', chat: '77' }),
  email: () => ({ provider: 'resend', key: 're_abcdefghij', from: 'y@example.com', to: 'ann@example.com' }),
}

describe('a notice', () => {
  it('reaches a browser, which alone can read it', async () => {
    const opened = opens.push()
    expect(await sent('push', opened)).toEqual({ status: 'sent' })
    const [{ read, headers }] = (await arrivedAt(opened.endpoint!)) as [Arrived]
    const { title, body, address, tag } = notice
    expect(read).toEqual({ title, body, address, tag })
    expect(headers.authorization).toContain(`k=${keys.publicKey}`)
  })

  it('of any length reaches a browser, cut to what a push service takes', async () => {
    const opened = opens.push()
    const long = { ...notice, body: '“'.repeat(5000) }
    const destination = { opened, origin: 'https://yardstick.example', keys, isLocal: false }
    expect(await sendNotice(channels.push, long, destination, { fetch: outside, now: Date.now })).toEqual({
      status: 'sent',
    })
    const [{ read }] = (await arrivedAt(opened.endpoint!)) as [Arrived]
    expect(read.body).toMatch(/^“{500,}…+$/)
  })

  it('reaches a webhook, signed with its secret', async () => {
    // the example of Standard Webhooks, by which the test’s own signature is checked
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    expect(signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
    const opened = opens.webhook()
    const { pathname } = new URL(opened.address!)
    await outside(`https://hooks.test/secret?${new URLSearchParams({ of: pathname, is: opened.secret! })}`)
    expect(await sent('webhook', opened)).toEqual({ status: 'sent' })
    const [{ read }] = (await arrivedAt(opened.address!)) as [Arrived]
    expect(read).toEqual({
      type: 'notice',
      timestamp: '2026-11-30T12:00:00.000Z',
      data: {
        id: notice.id,
        title: notice.title,
        body: notice.body,
        link: 'https://yardstick.example/portfolios/p/alerts',
        tag: 'alert:17',
      },
    })
    expect(await sent('webhook', { ...opened, secret: newWebhookSecret() })).toEqual({
      status: 'refused',
      said: 'hooks.test answered HTTP 401.',
    })
  })

  it('reaches a topic of ntfy, with a token where it has one', async () => {
    const opened = opens.ntfy()
    expect(await sent('ntfy', opened)).toEqual({ status: 'sent' })
    expect(await sent('ntfy', { ...opened, token: 'tk_1' })).toEqual({ status: 'sent' })
    const [open, closed] = await arrivedAt(opened.server!)
    expect(open!.read).toEqual({
      topic: 'secret-topic',
      title: notice.title,
      message: notice.body,
      click: 'https://yardstick.example/portfolios/p/alerts',
    })
    expect([open!.headers.authorization, closed!.headers.authorization]).toEqual([undefined, 'Bearer tk_1'])
  })

  it('reaches a chat of Telegram, where no character of it means anything', async () => {
    const opened = opens.telegram()
    expect(await sent('telegram', opened)).toEqual({ status: 'sent' })
    const path = `https://api.telegram.org/bot${opened.token}/sendMessage`
    const [{ read }] = (await arrivedAt(path)) as [Arrived]
    expect(read).toEqual({
      chat_id: '77',
      text: `${notice.title}\n\n${notice.body}\n\nhttps://yardstick.example/portfolios/p/alerts`,
      link_preview_options: { is_disabled: true },
    })
  })

  it('reaches a mailbox by Resend, which knows a repetition, and by Postmark', async () => {
    const opened = opens.email()
    expect(await sent('email', opened)).toEqual({ status: 'sent' })
    const [{ read, headers }] = (await arrivedAt('https://api.resend.com/emails')) as [Arrived]
    const text = `${notice.body}\n\nhttps://yardstick.example/portfolios/p/alerts\n`
    expect(read).toEqual({ from: 'y@example.com', to: ['ann@example.com'], subject: notice.title, text })
    expect(headers['idempotency-key']).toBe(encodeURIComponent(notice.id))

    expect(await sent('email', { ...opened, provider: 'postmark', key: 'pm-abcdefghij' })).toEqual({
      status: 'sent',
    })
    const [posted] = await arrivedAt('https://api.postmarkapp.com/email')
    expect(posted!.read).toEqual({
      From: 'y@example.com',
      To: 'ann@example.com',
      Subject: notice.title,
      TextBody: text,
    })
  })
})

describe('a service that does not take a notice', () => {
  it.each([
    ['is gone', '/status/410', { status: 'gone', said: expect.stringContaining('HTTP 410') }],
    ['was never there', '/status/404', { status: 'gone', said: expect.stringContaining('HTTP 404') }],
    ['has no time', '/status/429/7', { status: 'later', said: expect.anything(), retryAfter: 7 }],
    ['is broken', '/status/503', { status: 'later', said: expect.anything(), retryAfter: null }],
    ['refuses it', '/status/403', { status: 'refused', said: expect.stringContaining('HTTP 403') }],
    ['sends us elsewhere', '/status/302', { status: 'refused', said: expect.stringContaining('elsewhere') }],
  ])('because it %s: at each that has an address', async (_, then, sending) => {
    for (const kind of ['push', 'webhook', 'ntfy'] as const)
      expect(await sent(kind, opens[kind](then))).toEqual(sending)
    expect(await arrivedAt('https://hooks.test/elsewhere')).toEqual([])
  })

  it('says why, without what it quotes of the secrets', async () => {
    const token = '99999:AAEabcdefghijklmnopqrstu'
    expect(await sent('telegram', { token, chat: '77' })).toEqual({
      status: 'refused',
      said: 'api.telegram.org answered HTTP 401: Unauthorized: /bot…/sendMessage',
    })
    expect(await sent('ntfy', opens.ntfy('/status/403'))).toMatchObject({
      said: 'ntfy.test answered HTTP 403: because it is 403',
    })
    expect(await sent('telegram', { ...opens.telegram(), chat: '400' })).toMatchObject({
      said: 'api.telegram.org answered HTTP 400: Bad Request: chat not found',
    })
    expect(await sent('telegram', { ...opens.telegram(), chat: '429' })).toMatchObject({
      status: 'later',
      retryAfter: 35,
    })
    expect(await sent('email', { ...opens.email(), key: 'wrong-wrong' })).toMatchObject({
      said: 'api.resend.com answered HTTP 401: API key is invalid',
    })
  })

  it('because nobody answers: it is sent again where a repetition is known, and elsewhere not', async () => {
    const silent = ((_input: unknown, init: RequestInit) =>
      new Promise((_resolve, reject) => {
        init.signal!.addEventListener('abort', () => reject(new Error('aborted')))
      })) as typeof fetch
    expect(await sent('push', opens.push(), silent, 1)).toMatchObject({ status: 'later', retryAfter: null })
    expect(await sent('telegram', opens.telegram(), silent, 1)).toEqual({
      status: 'refused',
      said: 'api.telegram.org did not answer within 0.001 seconds. It may have arrived.',
    })
    const refusing = (() => Promise.reject(new Error('https://hooks.test/secret refused'))) as typeof fetch
    expect(await sent('webhook', opens.webhook(), refusing)).toEqual({
      status: 'later',
      said: 'hooks.test cannot be reached.',
      retryAfter: null,
    })
  })

  it('or breaks off behind its status, which says what became of it', async () => {
    const broken = (status: number) => async () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }),
        { status },
      )
    expect(await sent('telegram', opens.telegram(), broken(200))).toEqual({ status: 'sent' })
    expect(await sent('telegram', opens.telegram(), broken(502))).toMatchObject({ status: 'later' })
  })

  it('and answers without end is read for eight kilobytes', async () => {
    let read = 0
    const endless = (() =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull(controller) {
              read++
              controller.enqueue(new Uint8Array(1024))
            },
          }),
          { status: 400 },
        ),
      )) as unknown as typeof fetch
    expect(await sent('webhook', opens.webhook(), endless)).toMatchObject({ status: 'refused' })
    expect(read).toBeLessThan(15)
  })

  it('is not called where it may not be, whenever that was entered', async () => {
    const nobody = (() => Promise.reject(new Error('called'))) as typeof fetch
    expect(await sent('webhook', { ...opens.webhook(), address: 'https://10.0.0.1/' }, nobody)).toMatchObject(
      {
        status: 'gone',
      },
    )
    // 65 bytes that are no point of the curve
    const nowhere = `BA${'A'.repeat(85)}`
    expect(await sent('push', { ...opens.push(), p256dh: nowhere }, nobody)).toMatchObject({ status: 'gone' })
  })
})

describe('what is typed', () => {
  it.each([
    ['webhook', 'address', 'http://hooks.test/'],
    ['webhook', 'address', 'https://127.0.0.1/'],
    ['ntfy', 'server', 'ntfy.sh'],
    ['ntfy', 'topic', 'two words'],
    ['ntfy', 'topic', 'a/b'],
    ['ntfy', 'token', 'tk\r\nx: y'],
    ['telegram', 'token', '12345'],
    ['telegram', 'token', '12345:../../x/abcdefghijklmn'],
    ['telegram', 'chat', 'Ann'],
    ['email', 'provider', 'constructor'],
    ['email', 'key', 'a key with spaces'],
    ['email', 'to', 'ann@example.com, bob@example.com'],
    ['email', 'to', 'Ann <ann@example.com>'],
    ['email', 'from', 'ann@example.com\nBcc: x@example.com'],
    ['push', 'endpoint', 'https://localhost/'],
    ['push', 'p256dh', 'BCVx'],
    ['push', 'auth', 'BTBZ'],
  ] as const)('for %s as %s is refused: %j', (kind, name, typed) => {
    const field = channels[kind].fields.find((each) => each.name === name)!
    expect(field.fault(typed, false)).toEqual(expect.any(String))
  })

  it('for each kind that works is taken', () => {
    for (const [kind, { fields }] of Object.entries(channels)) {
      const opened = opens[kind as ChannelKind]()
      const faults = fields.filter(
        ({ name }) => opened[name] !== undefined && field(fields, name, opened[name]),
      )
      expect(faults.map(({ name }) => name)).toEqual([])
    }
  })

  it('is shown of a channel without what opens it', () => {
    for (const [kind, { target, fields }] of Object.entries(channels)) {
      const opened = opens[kind as ChannelKind]()
      const shown = target(opened)
      expect(shown).not.toBe('')
      const told = fields.filter(
        ({ name, isSecret }) => isSecret && shown.includes(opened[name] ?? 'nothing'),
      )
      expect(told).toEqual([])
    }
  })
})

function field(fields: (typeof channels)['push']['fields'], name: string, typed: string): string | null {
  return fields.find((each) => each.name === name)!.fault(typed, false)
}
