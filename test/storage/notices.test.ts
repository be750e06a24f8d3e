import { describe, expect, it } from 'vitest'
import { env } from 'cloudflare:workers'
import { inOneTransaction } from '../../src/storage/database.ts'
import {
  addChannel,
  channelsOf,
  MOST_CHANNELS,
  noteFailure,
  noteSent,
  removeBrowsers,
  removeChannel,
} from '../../src/storage/notice-channels.ts'
import {
  claimDelivery,
  giveUpSending,
  leftWaiting,
  noteDelivery,
  noticed,
  recentNotices,
  waitingOf,
} from '../../src/storage/notices.ts'
import { keepPushKeys } from '../../src/storage/push-keys.ts'
import { anotherAccount } from '../worker/account.ts'
import { newPortfolio } from '../worker/app.ts'
import { db } from './sample.ts'

const AT = 1_000_000

const notice = (id: string) => ({
  id,
  title: 'VOO fell',
  body: 'It is at $400.',
  address: '/',
  tag: 'a',
  at: AT,
})

/** An account with so many channels, whose ids end with their number. */
async function somebody(channels: number): Promise<string> {
  const account = crypto.randomUUID()
  await anotherAccount(account)
  for (let i = 1; i <= channels; i++) await channel(account, i)
  return account
}

function channel(account: string, i: number, sessionId: string | null = null): Promise<boolean> {
  const fields = {
    kind: 'ntfy',
    label: `Phone ${i}`,
    target: 'ntfy.sh',
    opened: `{"secret":${i}}`,
    origin: '',
  }
  return addChannel(db(), { id: `${account} ${i}`, accountId: account, sessionId, ...fields }, AT + i)
}

const tell = (account: string, portfolio: string | null, ...ids: string[]) =>
  inOneTransaction(db(), noticed(db(), { account, portfolio }, ids.map(notice)))

describe('a notice', () => {
  it('waits for each channel of the account, and is written once', async () => {
    const [account, other] = [await somebody(2), await somebody(1)]
    await tell(account, null, 'first', 'second')
    await tell(account, null, 'first')
    // the same id is another notice for somebody else
    await tell(other, null, 'first')
    const waiting = await waitingOf(db(), account, ['first', 'second', 'third'])
    expect(waiting.map(({ channel: to }) => to).toSorted()).toEqual(
      ['1', '1', '2', '2'].map((each) => `${account} ${each}`),
    )
    expect((await recentNotices(db(), account, 10)).map(({ id }) => id)).toEqual(['second', 'first'])
    expect((await recentNotices(db(), account, 1))[0]!.deliveries).toHaveLength(2)
  })

  it('of before a channel does not go by it', async () => {
    const account = await somebody(0)
    await tell(account, null, 'early')
    await channel(account, 1)
    await tell(account, null, 'early', 'late')
    expect(await waitingOf(db(), account, ['early'])).toEqual([])
    expect(await waitingOf(db(), account, ['late'])).toHaveLength(1)
  })

  it('goes by the channels that were chosen, and by all where none of these works', async () => {
    const account = await somebody(3)
    const told = async (id: string, ...numbers: number[]) => {
      const by = numbers.map((each) => `${account} ${each}`)
      await inOneTransaction(db(), noticed(db(), { account, portfolio: null, by }, [notice(id)]))
      const waiting = await waitingOf(db(), account, [id])
      return waiting.map(({ channel: to }) => to.slice(-1)).toSorted()
    }
    expect(await told('one', 2)).toEqual(['2'])
    expect(await told('two', 2, 3)).toEqual(['2', '3'])
    await inOneTransaction(db(), [noteFailure(db(), `${account} 2`, 'It is gone.', true, AT)])
    expect(await told('three', 2, 3)).toEqual(['3'])
    expect(await told('four', 2)).toEqual(['1', '3'])
  })

  it('about a portfolio is for those who may see it: its owner, and a member until they are none', async () => {
    const [account, id] = [await somebody(1), await newPortfolio()]
    await tell(account, id, 'stranger')
    expect(await recentNotices(db(), account, 10)).toEqual([])
    await env.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 0)").bind(id, account).run()
    await tell(account, id, 'member')
    const [waiting] = await waitingOf(db(), account, ['member'])
    await env.DB.prepare('DELETE FROM members WHERE account_id = ?').bind(account).run()
    expect(await claimDelivery(db(), waiting!, AT)).toBeNull()
    const [seen] = await recentNotices(db(), account, 10)
    expect([seen!.id, seen!.deliveries[0]!.status]).toEqual(['member', 'failed'])
  })

  it('that nobody is left to be told is not written', async () => {
    await tell('nobody', null, 'lost')
    expect(await recentNotices(db(), 'nobody', 1)).toEqual([])
  })
})

describe('a delivery', () => {
  it('is taken once, with what is said and what opens the channel', async () => {
    const account = await somebody(1)
    await tell(account, null, 'first')
    const [waiting] = await waitingOf(db(), account, ['first'])
    const taken = await Promise.all([1, 2].map(() => claimDelivery(db(), waiting!, AT)))
    expect(taken.filter(Boolean)).toEqual([
      {
        account,
        notice: { ...notice('first'), says: null },
        tries: 1,
        channel: {
          id: `${account} 1`,
          kind: 'ntfy',
          label: 'Phone 1',
          opened: '{"secret":1}',
          origin: '',
          language: null,
          locale: null,
        },
      },
    ])
    // what failed for now waits again
    await inOneTransaction(db(), [noteDelivery(db(), waiting!, 'waiting', 'HTTP 500', AT)])
    expect((await claimDelivery(db(), waiting!, AT))!.tries).toBe(2)
    await inOneTransaction(db(), [noteDelivery(db(), waiting!, 'sent', null, AT)])
    expect(await claimDelivery(db(), waiting!, AT)).toBeNull()
  })

  it('by a channel that is gone fails, and says so', async () => {
    const account = await somebody(1)
    await tell(account, null, 'first')
    const [waiting] = await waitingOf(db(), account, ['first'])
    await removeChannel(db(), account, `${account} 1`, AT)
    expect(await claimDelivery(db(), waiting!, AT)).toBeNull()
    expect((await recentNotices(db(), account, 1))[0]!.deliveries).toEqual([
      { channel: 'Phone 1', status: 'failed', at: AT, said: expect.stringContaining('removed') },
    ])
  })

  it('that was left waiting is found, and one whose end nobody knows is given up', async () => {
    const account = await somebody(2)
    await tell(account, null, 'first')
    const own = async () =>
      (await leftWaiting(db(), AT + 1, 1000)).filter(({ channel: to }) => to.startsWith(account))
    expect(await leftWaiting(db(), AT, 1000)).toEqual([])
    const [first] = await own()
    expect(await own()).toHaveLength(2)
    await claimDelivery(db(), first!, AT)
    await inOneTransaction(db(), [giveUpSending(db(), AT)])
    await inOneTransaction(db(), [giveUpSending(db(), AT + 1)])
    expect(
      (await recentNotices(db(), account, 1))[0]!.deliveries.map(({ status }) => status).toSorted(),
    ).toEqual(['failed', 'waiting'])
  })
})

describe('a channel', () => {
  const stateOf = async (account: string) => {
    const [only] = await channelsOf(db(), account)
    return [only!.failures, only!.failure, only!.stoppedAt, only!.sentAt]
  }

  it('is given up after five failures in a row, or at once where it is gone, and used again once something was sent', async () => {
    const account = await somebody(1)
    const id = `${account} 1`
    const fail = (times: number, isOver = false) =>
      inOneTransaction(
        db(),
        Array.from({ length: times }, () => noteFailure(db(), id, 'HTTP 500', isOver, AT)),
      )
    await fail(4)
    expect(await stateOf(account)).toEqual([4, 'HTTP 500', null, null])
    await inOneTransaction(db(), [noteSent(db(), id, AT)])
    await fail(4)
    expect(await stateOf(account)).toEqual([4, 'HTTP 500', null, AT])
    await fail(1)
    expect(await stateOf(account)).toEqual([5, 'HTTP 500', AT, AT])
    await tell(account, null, 'first')
    expect(await waitingOf(db(), account, ['first'])).toEqual([])
    await inOneTransaction(db(), [noteSent(db(), id, AT + 1)])
    expect(await stateOf(account)).toEqual([0, null, null, AT + 1])
    await fail(1, true)
    expect(await stateOf(account)).toEqual([1, 'HTTP 500', AT, AT + 1])
  })

  it('is one of ten at most, and is shown without what opens it', async () => {
    const account = await somebody(MOST_CHANNELS)
    expect(await channel(account, 11)).toBe(false)
    const all = await channelsOf(db(), account)
    expect(all).toHaveLength(10)
    expect(JSON.stringify(all)).not.toContain('secret')
  })

  it('to a browser ends with its session, or with all of them', async () => {
    const account = await somebody(1)
    await channel(account, 2, 'here')
    await channel(account, 3, 'there')
    const labels = async () => (await channelsOf(db(), account)).map(({ label }) => label)
    await inOneTransaction(db(), [removeBrowsers(db(), account, 'there')])
    expect(await labels()).toEqual(['Phone 1', 'Phone 2'])
    await inOneTransaction(db(), [removeBrowsers(db(), account, null)])
    expect(await labels()).toEqual(['Phone 1'])
  })

  it('of somebody else is not removed', async () => {
    const [account, other] = [await somebody(1), await somebody(0)]
    expect(await removeChannel(db(), other, `${account} 1`, AT)).toBe(false)
    expect(await channelsOf(db(), account)).toHaveLength(1)
  })
})

it('the keys for push services are made once', async () => {
  await env.DB.prepare('DELETE FROM push_keys').run()
  const first = await keepPushKeys(db(), { publicKey: 'a', privateKey: 'b' }, AT)
  expect(await keepPushKeys(db(), { publicKey: 'c', privateKey: 'd' }, AT)).toEqual(first)
  await env.DB.prepare('DELETE FROM push_keys').run()
})
