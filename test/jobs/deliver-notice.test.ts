import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { deliverNotice, waitAfter } from '../../src/jobs/deliver-notice.ts'
import { announce, tell, tellWhatWaits } from '../../src/jobs/tell.ts'
import { noticeSaying } from '../../src/portfolio/notice.ts'
import { gainOf, says as saysWords } from '../../src/snapshot/alerts/says.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { addChannel, channelsOf, saveChannelLanguage } from '../../src/storage/notice-channels.ts'
import { noticed, recentNotices, waitingOf } from '../../src/storage/notices.ts'
import { localeOf } from '../../src/web/locale.ts'
import { dec } from '../notation.ts'
import { anotherAccount } from '../worker/account.ts'
import { db } from '../storage/sample.ts'

// the services are stood in for in Node (test/notices/stand-in.ts), which says what has arrived

const AT = Date.parse('2026-11-30T12:00:00Z')
const told = (account: string) => ({ account, portfolio: null })
const notice = (id: string) => ({ id, title: 'VOO fell', body: 'To $400.', address: '/x', tag: 'a', at: AT })

/** An account with a channel, which leads to a path of its own at a stand-in. */
async function somebody(
  kind: 'webhook' | 'push',
  then = '',
  known: string | null = null,
): Promise<{ account: string; id: string; address: string }> {
  const account = known ?? crypto.randomUUID()
  const id = crypto.randomUUID()
  if (known === null) await anotherAccount(account)
  const browser = (await (await fetch(`https://push.test/subscribe?then=${then}`)).json()) as {
    endpoint: string
  }
  const address = kind === 'push' ? browser.endpoint : `https://hooks.test/${id}${then}`
  const opened = kind === 'push' ? browser : { address, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }
  const fields = { kind, label: kind, target: '', opened: JSON.stringify(opened), sessionId: null }
  await addChannel(db(), { id, accountId: account, origin: 'https://yardstick.test', ...fields }, AT)
  return { account, id, address }
}

async function arrivedAt(address: string): Promise<{ read: unknown }[]> {
  const { origin, pathname } = new URL(address)
  return (await fetch(`${origin}/arrived${pathname}`)).json()
}

const deliveries = async (account: string) =>
  (await recentNotices(db(), account, 10)).flatMap((each) =>
    each.deliveries.map(({ status, said }) => [each.id, status, said]),
  )

/** Writes a notice without a message for it, and sends it as a message would. */
async function delivered(account: string, id: string): Promise<void> {
  await inOneTransaction(db(), noticed(db(), told(account), [notice(id)]))
  const [waiting] = await waitingOf(db(), account, [id])
  if (waiting) await deliverNotice(env, waiting, Date.now(), localeOf)
}

describe('telling somebody', () => {
  it('sends it by a message to each channel, once for each id', async () => {
    const { account, address } = await somebody('push')
    await tell(env, told(account), [notice('first')])
    await tell(env, told(account), [notice('first')])
    await vi.waitFor(async () => expect(await deliveries(account)).toEqual([['first', 'sent', null]]), {
      timeout: 30_000,
      interval: 50,
    })
    expect((await arrivedAt(address)).map(({ read }) => read)).toEqual([
      { title: 'VOO fell', body: 'To $400.', address: '/x', tag: 'a' },
    ])
    const [channel] = await channelsOf(db(), account)
    expect([channel!.sentAt, channel!.failure]).toEqual([expect.any(Number), null])
  })

  it('waits where the queue takes nothing, and is sent after the next close', async () => {
    const { account, address } = await somebody('webhook')
    const full = { sendBatch: () => Promise.reject(new Error('queue full')) } as unknown as Env['REFRESH']
    await tell({ ...env, REFRESH: full }, told(account), [notice('first')])
    await announce({ ...env, REFRESH: full }, account, ['first'])
    expect(await deliveries(account)).toEqual([['first', 'waiting', null]])
    await tellWhatWaits(env, Date.now() + 13 * 3_600_000)
    await vi.waitFor(async () => expect(await arrivedAt(address)).toHaveLength(1), {
      timeout: 30_000,
      interval: 50,
    })
  })
})

describe('a notice', () => {
  it('is sent in the language of each channel, and is stored in English', async () => {
    const { account, address } = await somebody('webhook')
    const vienna = await somebody('webhook', '', account)
    await inOneTransaction(db(), [
      saveChannelLanguage(db(), account, { language: 'de', locale: 'de-AT-u-nu-latn' }, vienna.id),
    ])
    const gap = { benchmark: 'VOO', gap: gainOf(dec('-1234.5'), 'EUR') }
    const says = {
      title: saysWords('{portfolio}, this week', { portfolio: 'Savings' }),
      body: [saysWords('Gap to {benchmark}: {gap}.', gap)],
    }
    const about = { id: 'digest', address: '/portfolios/x', tag: 'digest', at: AT }
    await tell(env, told(account), [noticeSaying(about, says)])
    const arrived = async (where: string) =>
      (await arrivedAt(where)).map(({ read }) => (read as { data: { title: string; body: string } }).data)
    await vi.waitFor(
      async () => {
        const [english] = await arrived(address)
        const [german] = await arrived(vienna.address)
        expect([english, german]).toMatchObject([
          { title: 'Savings, this week', body: 'Gap to VOO: −€1,234.50.' },
          { title: 'Savings, diese Woche', body: 'Abstand zu VOO: −€\u00a01.234,50.' },
        ])
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(await recentNotices(db(), account, 1)).toMatchObject([
      { title: 'Savings, this week', body: 'Gap to VOO: −€1,234.50.', says },
    ])
  })
})

describe('a delivery', () => {
  it('is made once, however often its message comes', async () => {
    const { account, address } = await somebody('webhook')
    await inOneTransaction(db(), noticed(db(), told(account), [notice('first')]))
    const [waiting] = await waitingOf(db(), account, ['first'])
    await Promise.all([1, 2, 3].map(() => deliverNotice(env, waiting!, AT, localeOf)))
    await deliverNotice(env, waiting!, AT, localeOf)
    expect(await arrivedAt(address)).toHaveLength(1)
  })

  it('that was interrupted is not made again, and says that nobody knows', async () => {
    const { account, id, address } = await somebody('webhook')
    await inOneTransaction(db(), noticed(db(), told(account), [notice('first')]))
    const [waiting] = await waitingOf(db(), account, ['first'])
    await env.DB.prepare("UPDATE notice_deliveries SET status = 'sending', at = 0 WHERE channel_id = ?")
      .bind(id)
      .run()
    await deliverNotice(env, waiting!, AT, localeOf)
    await tellWhatWaits(env, AT)
    expect(await arrivedAt(address)).toEqual([])
    expect(await deliveries(account)).toEqual([['first', 'failed', expect.stringContaining('interrupted')]])
  })

  it('to a service that has no time is made later, when the service says', async () => {
    const { account } = await somebody('webhook', '/status/429/700')
    const sent: unknown[] = []
    const queue = {
      sendBatch: (messages: Iterable<{ body: unknown }>, { delaySeconds }: { delaySeconds: number }) => {
        for (const { body } of messages) sent.push([body, delaySeconds])
        return Promise.resolve()
      },
    } as unknown as Env['REFRESH']
    await inOneTransaction(db(), noticed(db(), told(account), [notice('first')]))
    const [waiting] = await waitingOf(db(), account, ['first'])
    await deliverNotice({ ...env, REFRESH: queue }, waiting!, AT, localeOf)
    expect(sent).toEqual([[{ kind: 'notice', ...waiting }, 700]])
    expect(await deliveries(account)).toEqual([['first', 'waiting', expect.stringContaining('HTTP 429')]])
    // a try that passes is no failure of the channel
    expect((await channelsOf(db(), account))[0]!.failures).toBe(0)
  })

  it('waits longer from try to try, half a day at most, and then is given up', () => {
    const later = (retryAfter: number | null) => ({ status: 'later', said: '', retryAfter }) as const
    expect([1, 2, 3, 4, 5, 6].map((tries) => waitAfter(later(null), tries))).toEqual([
      30,
      120,
      600,
      3600,
      14_400,
      null,
    ])
    expect(waitAfter(later(45), 1)).toBe(45)
    expect(waitAfter(later(10), 1)).toBe(30)
    expect(waitAfter(later(100_000), 1)).toBeNull()
    expect(waitAfter({ status: 'refused', said: '' }, 1)).toBeNull()
  })
})

describe('a channel', () => {
  it('to a browser that has ended its subscription is removed', async () => {
    const { account } = await somebody('push', '/status/410')
    await delivered(account, 'first')
    expect(await channelsOf(db(), account)).toEqual([])
    expect(await deliveries(account)).toEqual([['first', 'failed', expect.stringContaining('HTTP 410')]])
  })

  it('that leads nowhere is given up, with a sentence, and is told nothing more', async () => {
    const { account, address } = await somebody('webhook', '/status/404')
    await delivered(account, 'first')
    await delivered(account, 'second')
    expect(await arrivedAt(address)).toHaveLength(1)
    const [channel] = await channelsOf(db(), account)
    expect([channel!.failure, channel!.stoppedAt]).toEqual([
      'hooks.test answered HTTP 404.',
      expect.any(Number),
    ])
  })

  it('that refuses five notices is given up as well', async () => {
    const { account, address } = await somebody('webhook', '/status/403')
    for (const id of ['1', '2', '3', '4', '5', '6']) await delivered(account, id)
    expect(await arrivedAt(address)).toHaveLength(5)
    expect((await channelsOf(db(), account))[0]!.failures).toBe(5)
  })
})
