import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { alertKinds, type AlertKind } from '../../src/snapshot/alert.ts'
import { addChannel } from '../../src/storage/notice-channels.ts'
import { database } from '../../src/storage/database.ts'
import { anotherAccount, SESSION } from '../worker/account.ts'
import { asStranger, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { freeQuotas } from '../worker/free-quotas.ts'
import { listInvented, purchases } from '../worker/listings.ts'
import { DAY, type Lived, lived, usedInADay } from '../worker/lived.ts'
import { metered } from '../worker/metered.ts'
import { openSocket } from '../worker/socket.ts'
import { printTable } from '../worker/table.ts'

// Five accounts with a portfolio each, and all on: alerts of every kind, the digest, a push channel and a webhook, a broker that is
// asked each evening, and a feed that a program reads every five minutes. Four of them have the dashboard open from 04:00 to 20:00,
// one of these in two tabs; the fifth opens it now and then. Half an hour is lived through while New York trades and one before it
// does, and a Friday evening until there is nothing more to do.

const MINUTE = 60_000
/** In so long an object makes a copy for KV of quotes that change all the time (coordinator-state.ts). */
const LIVED = 30
const BEGIN = NOON + 15 * MINUTE
const EARLY = NOON - 4 * 60 * MINUTE
/** The Friday of that week, when the digest is told. */
const EVENING = Date.parse('2035-03-09T22:15:00Z')
const SESSION_MINUTES = 390
/** The five minutes of 04:00 to 09:30 and of 16:00 to 20:00. */
const AROUND = (5.5 + 4) * 12
const OPENINGS = 10
const NAMES = ['owner', 'bea', 'cem', 'dana', 'emil']

type Member = { account: string; headers: { cookie: string }; id: string; feed: string }

const meter = metered()
const household: Member[] = []
let minute: Lived
let around: Lived
let quiet: Lived
let opening: Lived
let evening: Lived
const sent: Record<string, number> = {}
/** How many snapshots each had made while New York traded. */
const madeAnew: number[] = []

async function revisions(): Promise<Map<string, number>> {
  const { results } = await env.DB.prepare('SELECT portfolio_id AS id, revision FROM snapshots').all<{
    id: string
    revision: number
  }>()
  const all = new Map(results.map(({ id, revision }) => [id, revision]))
  return new Map(household.map(({ id }) => [id, all.get(id)!]))
}

/** A minute, with its alarms; says how many messages it sent. */
async function passes(now: number, cron?: string): Promise<number> {
  setClock(now)
  await meter.cron(now, cron)
  const delivered = await meter.deliver()
  for (const { kind } of delivered) sent[kind] = (sent[kind] ?? 0) + 1
  for (const { id } of household) await meter.alarm(id, now)
  return delivered.length
}

async function reads(path: string, who?: { cookie: string }): Promise<void> {
  const answer = await meter.request(path, undefined, who)
  expect([path, answer.status]).toEqual([path, 200])
  await answer.arrayBuffer()
}

/** Four of the five, and the first of them twice. */
const open = async () => {
  const [first, ...others] = household.slice(0, -1) as [Member, ...Member[]]
  const pages = await Promise.all(
    [first, first, ...others].map(async ({ id, headers }) => ({
      id,
      headers,
      page: await openSocket(id, '', headers),
    })),
  )
  // what the sockets have set off is over when this is answered
  for (const { account, id } of household) await env.PORTFOLIO.getByName(id).snapshot(account, false)
  return pages
}

/** What the open pages ask for that have heard of new prices since `heard`. */
async function followed(pages: Awaited<ReturnType<typeof open>>, heard: number[]): Promise<void> {
  for (const [i, { id, headers, page }] of pages.entries()) {
    const changed = page.signals.slice(heard[i]).findLast(({ type }) => type === 'changed')
    heard[i] = page.signals.length
    if (changed?.type === 'changed')
      await reads(
        `/portfolios/${id}/regions?of=${changed.regions.join(',')}&revision=${changed.revision}`,
        headers,
      )
  }
}

const readFeeds = async () => {
  for (const { feed } of household) await reads(feed)
}

/** What a member does as a program would, with the session of theirs. */
async function does(
  { headers }: Pick<Member, 'headers'>,
  method: string,
  path: string,
  body: unknown,
): Promise<Record<string, string>> {
  const isText = typeof body === 'string'
  const type = isText ? 'text/csv' : 'application/json'
  const answer = await asStranger(path, {
    method,
    headers: { ...headers, 'content-type': type },
    body: isText ? body : JSON.stringify(body),
  })
  expect([path, answer.ok]).toEqual([path, true])
  return answer.status === 204 ? {} : answer.json()
}

async function joins(account: string, number: number): Promise<Member> {
  const headers = account === 'owner' ? SESSION : await anotherAccount(account)
  const { id } = await does({ headers }, 'POST', '/api/portfolios', {
    name: `Of ${account}`,
    benchmarks: ['VOO'],
    targets: 'INV0 60',
    dividends: 'recorded',
  })
  // half of the twenty are everybody's
  const own = [...Array(20).keys()].map((i) => `INV${i < 10 ? i : 10 * (number + 1) + i}`)
  await does({ headers }, 'POST', `/api/portfolios/${id!}/imports`, purchases(own, '2030-03-04'))
  const { address } = await does({ headers }, 'POST', `/api/portfolios/${id!}/links`, {
    kind: 'figures',
    note: '',
    shows: 'amounts',
  })
  return { account, headers, id: id!, feed: new URL(address!).pathname }
}

const subjects: Partial<Record<AlertKind, object>> = {
  price_below: { subject: 'INV0', level: '1' },
  price_above: { subject: 'INV1', level: '90000' },
  drawdown: { level: '99' },
  weight_above: { subject: 'INV0', level: '99' },
  drift: { subject: 'INV0', level: '99' },
  gap_zero: { subject: 'VOO' },
}

async function switchesAllOn(member: Member): Promise<void> {
  const { account, id } = member
  const path = `/api/portfolios/${id}`
  for (const kind of Object.keys(alertKinds) as AlertKind[])
    await does(member, 'POST', `${path}/alerts`, { kind, ...subjects[kind] })
  await does(member, 'PUT', `${path}/digest`, {})
  await does(member, 'PUT', `${path}/brokers/ibkr`, { token: '200001', query: '1' })
  const browser = await (await fetch('https://push.test/subscribe?then=')).json()
  const hook = { address: `https://hooks.test/${account}`, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }
  for (const [kind, opened] of [
    ['push', browser],
    ['webhook', hook],
  ] as const)
    await addChannel(
      database(env.DB),
      {
        id: `${kind} ${account}`,
        accountId: account,
        kind,
        label: kind,
        target: '',
        opened: JSON.stringify(opened),
        origin: 'https://yardstick.test',
        sessionId: null,
      },
      Date.now(),
    )
}

async function pricesOfAll(): Promise<void> {
  for (const { account, id } of household) {
    await vi.waitFor(
      async () => {
        const { leaseUntil, pending } = (await env.PORTFOLIO.getByName(id).latestRefresh(account))!
        if (leaseUntil !== null || pending.length > 0) throw new Error(`${id} still waits for prices`)
      },
      { timeout: 60_000, interval: 50 },
    )
  }
}

/** Half an hour with the dashboards open, of which the first round is over; a part of so many. */
async function livedThrough(begin: number, parts: number): Promise<Lived> {
  setClock(begin)
  const pages = await open()
  await passes(begin)
  const heard = pages.map(({ page }) => page.signals.length)
  const all = await lived(
    meter,
    async () => {
      for (let passed = 1; passed <= LIVED; passed++) {
        await passes(begin + passed * MINUTE)
        if (passed % 5 === 0) await readFeeds()
        await followed(pages, heard)
      }
    },
    parts,
  )
  for (const { page } of pages) page.close()
  return all
}

beforeAll(async () => {
  setClock(EARLY)
  listInvented()
  for (const [number, account] of NAMES.entries()) household.push(await joins(account, number))
  await settled(household[0]!.id)
  await pricesOfAll()
  for (const member of household) await switchesAllOn(member)
  // a broker's first statement comes at once; what it brings is no part of every day
  await vi.waitFor(
    async () => {
      const { results } = await env.DB.prepare('SELECT id FROM broker_statements').all()
      if (results.length < NAMES.length) throw new Error(`${results.length} first statements`)
    },
    { timeout: 60_000, interval: 50 },
  )
  await pricesOfAll()
  for (const { id } of household) await meter.watchOver(id)

  around = await livedThrough(EARLY, LIVED / 5)
  const before = await revisions()
  minute = await livedThrough(BEGIN, LIVED)
  for (const [id, revision] of await revisions()) madeAnew.push(revision - before.get(id)!)
  const [first] = household as [Member]
  opening = await lived(meter, async () => {
    await reads(`/portfolios/${first.id}`)
    await reads(`/portfolios/${first.id}/chart.json`)
  })

  evening = await lived(meter, async () => {
    await passes(EVENING, '15 22 * * MON-FRI')
    // twenty histories a minute, until the bars of the day are there
    for (let now = EVENING + MINUTE; (await passes(now)) > 0; now += MINUTE);
    // the copies of the last quotes
    await passes(EVENING + 40 * MINUTE)
  })
  quiet = await lived(meter, () => passes(EVENING + 6 * 60 * MINUTE))
}, 240_000)

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function usedOnAFriday(): Record<string, number> {
  const due = SESSION_MINUTES + AROUND
  const quarters = (SESSION_MINUTES + 5 * AROUND) / 15
  const openOnes = NAMES.length - 1
  return usedInADay(
    [
      [NAMES.length * OPENINGS, opening],
      [SESSION_MINUTES, minute],
      [AROUND, around],
      [1, evening],
      [DAY - SESSION_MINUTES - 5 * AROUND, quiet],
    ],
    // as in day.test.ts: the open portfolios, the gateway and a desk; the fifth is awake in five minutes of each quarter at most
    (due * (openOnes + 2) + DAY + 5 * quarters + 5 * 10) * 12,
  )
}

it('a Friday of a household of five with all of it on stays within 60 % of every free quota', () => {
  const used = usedOnAFriday()
  printTable('Five accounts, alerts, digest, push, webhook, broker, feeds; four dashboards open all day', [
    ['a Friday', 'used', 'of the free quota', 'quota'],
    ...Object.entries(freeQuotas).map(([name, quota]) => [
      name,
      used[name]!,
      `${((100 * used[name]!) / quota).toFixed(1)} %`,
      quota,
    ]),
  ])
  expect(Object.entries(freeQuotas).filter(([name, quota]) => used[name]! >= 0.6 * quota)).toEqual([])
})

it('and everything of it has happened: five statements, five charts, and a digest by two channels to each', () => {
  expect(sent).toMatchObject({ statement: 5, chart: 5, notice: expect.any(Number) })
  expect(sent.notice).toBeGreaterThanOrEqual(2 * NAMES.length)
})

it('the open dashboards have every minute’s prices, and what nobody looks at those that its alerts need', () => {
  for (const made of madeAnew.slice(0, -1)) expect(made).toBeGreaterThanOrEqual(LIVED)
  expect(madeAnew.at(-1)).toBeGreaterThanOrEqual(2)
  expect(madeAnew.at(-1)).toBeLessThanOrEqual(LIVED / 5)
})
