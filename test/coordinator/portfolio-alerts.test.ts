import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { handOver } from '../../src/jobs/counters.ts'
import { alertKinds, type AlertKind } from '../../src/snapshot/alert.ts'
import { anotherAccount } from '../worker/account.ts'
import { importCsv, newPortfolio, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { coordinators, failingD1, type Fault, nth, rewire } from '../worker/failing.ts'
import { metered } from '../worker/metered.ts'
import { deliver } from '../worker/queue.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
let id: string
let now = NOON

const meter = metered()
const object = () => env.PORTFOLIO.getByName(id)

/** KO trades at a price from now on. */
async function trades(price: string): Promise<void> {
  now += MINUTE
  setClock(now)
  await env.DB.prepare("UPDATE quotes SET price = ?, at = ?, fetched_at = ? WHERE symbol = 'KO'")
    .bind(price, now, now)
    .run()
}

/** The next Wednesday, 12:00 in New York or an hour from that. */
function wednesday(from: number): number {
  const noon = from - (from % DAY) + 17 * 60 * MINUTE
  return noon + ((((3 - new Date(noon).getUTCDay()) % 7) + 7) % 7 || 7) * DAY
}

const set = (kind: AlertKind, subject: string | null, level: string | null, actor = 'owner') =>
  object().setAlert(actor, { kind, subject, level, channels: null })

type Told = { account_id: string; id: string; body: string; at: number; waiting: number }
const told = async () =>
  (
    await env.DB.prepare(
      `SELECT account_id, id, body, at, (SELECT count(*) FROM notice_deliveries WHERE notice = sequence) AS waiting
       FROM notices WHERE portfolio_id = ? ORDER BY sequence`,
    )
      .bind(id)
      .all<Told>()
  ).results

beforeAll(async () => {
  setClock(now)
  await anotherAccount('vera')
  await env.DB.prepare(
    `INSERT INTO notice_channels (id, account_id, kind, label, target, opened, origin, created_at)
     VALUES ('hook', 'owner', 'webhook', 'Hook', 'hooks.test', ?, 'https://yardstick.test', 0)`,
  )
    .bind(
      JSON.stringify({
        address: 'https://hooks.test/alerts',
        secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      }),
    )
    .run()
})
// a test before may have left the clock in an evening, and prices of days that are still to come
beforeEach(async () => {
  now = wednesday(now)
  setClock(now)
  await env.DB.batch(['quotes', 'bars', 'histories'].map((each) => env.DB.prepare(`DELETE FROM ${each}`)))
  id = await newPortfolio({ name: 'Alerted', benchmarks: ['VOO'], targets: 'KO 60' })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60,10\n')
  await settled(id)
  await trades('100')
  await object().recompute()
})
afterAll(() => void vi.useRealTimers())

describe('an alert', () => {
  it('tells a crossing once, to whoever set it, by each of their channels', async () => {
    expect(await set('price_below', 'KO', '90')).toMatchObject({
      status: 'ok',
      value: { state: { side: 'before' } },
    })
    for (const price of ['95', '89.5', '89']) {
      await trades(price)
      await object().recompute()
    }
    const [only, ...more] = await told()
    expect(more).toEqual([])
    expect(only).toMatchObject({ account_id: 'owner', waiting: 1 })
    expect(only!.body).toMatch(/^KO fell below \$90: \$89\.50 at \d\d:\d\d New York\.$/)
  })

  it('that is beyond its line when it is set waits for the way back', async () => {
    await set('price_below', 'KO', '110')
    for (const price of ['99', '120', '105']) {
      await trades(price)
      await object().recompute()
    }
    expect((await told()).map(({ body }) => body)).toEqual([expect.stringContaining('$105')])
  })

  it('numbers its notices on when another is set in its place, and is gone when it is removed', async () => {
    const made = await set('price_below', 'KO', '90')
    const alert = made.status === 'ok' ? made.value.id : ''
    await trades('89')
    await object().recompute()
    await object().setAlert(
      'owner',
      { kind: 'price_above', subject: 'KO', level: '95', channels: null },
      alert,
    )
    await trades('96')
    now += DAY
    await trades('97')
    await object().recompute()
    expect((await told()).map((notice) => notice.id)).toEqual([`alert:${alert}:1`, `alert:${alert}:2`])
    // somebody else's is none of theirs
    expect(await object().removeAlert('vera', alert)).toBe(false)
    expect(await object().removeAlert('owner', alert)).toBe(true)
    expect(await object().removeAlert('owner', alert)).toBe(false)
    expect(
      await object().setAlert(
        'owner',
        { kind: 'price_above', subject: 'KO', level: '1', channels: null },
        alert,
      ),
    ).toEqual({
      status: 'missing',
    })
  })

  it('is one’s own, and ends with the access', async () => {
    expect(await set('price_below', 'KO', '90', 'vera')).toEqual({ status: 'missing' })
    const join = () => env.DB.prepare("INSERT INTO members VALUES (?, 'vera', 'viewer', 0)").bind(id).run()
    await join()
    expect(await set('price_below', 'KO', '90', 'vera')).toMatchObject({ status: 'ok' })
    await trades('89')
    await object().recompute()
    expect((await told()).map((each) => each.account_id)).toEqual(['vera'])
    await trades('91')
    await object().recompute()
    await env.DB.prepare('DELETE FROM members WHERE portfolio_id = ?').bind(id).run()
    now += DAY
    await trades('89')
    await object().recompute()
    expect(await told()).toHaveLength(1)
  })

  it('costs a publication that crosses nothing no query, no row and no message', async () => {
    await meter.watchOver(id)
    const costs = async (price: string) => {
      await trades(price)
      // what the app counts of itself goes to D1 now and then: before, not meanwhile
      await handOver(env.DB, now)
      await meter.start()
      await object().recompute()
      return meter.read()
    }
    await costs('101')
    const without = await costs('102')
    const subjects: Partial<Record<AlertKind, [string | null, string | null]>> = {
      price_below: ['KO', '50'],
      price_above: ['KO', '500'],
      drawdown: [null, '50'],
      weight_above: ['KO', '100'],
      drift: ['KO', '90'],
      gap_zero: ['VOO', null],
    }
    for (const kind of Object.keys(alertKinds) as AlertKind[])
      expect(await set(kind, ...(subjects[kind] ?? [null, null]))).toMatchObject({ status: 'ok' })
    expect(await costs('103')).toEqual(without)
    // a new object reads the alerts in the same trip to D1 as everything else
    const cold = async (price: string) => {
      await evictDurableObject(object())
      await meter.watchOver(id)
      const { d1RowsRead } = await costs(price)
      return { d1RowsRead, queries: [...meter.statements] }
    }
    const withAlerts = await cold('104')
    await env.DB.prepare('DELETE FROM alerts WHERE portfolio_id = ?').bind(id).run()
    const withNone = await cold('105')
    expect(withAlerts.queries).toEqual(withNone.queries)
    // an entry of the index and a row for each; a search that finds none reads the entry of another portfolio, if there is one
    expect(withAlerts.d1RowsRead - withNone.d1RowsRead).toBeLessThanOrEqual(
      2 * Object.keys(alertKinds).length,
    )
    expect(await told()).toEqual([])
  })
})

describe('between deciding and sending', () => {
  it.each(['refused', 'lost'] as const)(
    'a call of D1 that is %s, whichever it is, neither loses nor doubles what is told',
    async (fault: Fault) => {
      await set('price_below', 'KO', '90')
      let tries = 0
      for (let n = 1, isOver = false; !isOver; n++) {
        now += DAY
        await trades(`100.${n}`)
        await object().recompute()
        const before = (await told()).length
        await trades(`80.${n}`)
        const { db, calls: made } = failingD1(env.DB, nth(n, fault))
        const queue = meter.env.REFRESH
        await rewire(id, { DB: db, REFRESH: queue })
        meter.sent.length = 0
        await coordinators
          .getByName(id)
          .recompute()
          .catch(() => undefined)
        isOver = n > made.length
        // whatever was in its memory is gone with it
        await evictDurableObject(object())
        await rewire(id, { REFRESH: queue })
        await runDurableObjectAlarm(object())
        await object().recompute()
        const after = await told()
        expect([n, after.length - before, after.at(-1)?.waiting]).toEqual([n, 1, 1])
        expect([n, meter.sent.filter(({ kind }) => kind === 'notice').length > 0]).toEqual([n, true])
        await evictDurableObject(object())
        tries = n
      }
      expect(tries).toBeGreaterThan(3)
    },
  )
})

describe('a portfolio that nobody looks at', () => {
  it('has its alerts read four times an hour while its prices move, and after the close', async () => {
    await set('price_below', 'KO', '0.01')
    await meter.watchOver(id)
    const snapshots = async () =>
      (await env.DB.prepare('SELECT revision FROM snapshots WHERE portfolio_id = ?')
        .bind(id)
        .first<number>('revision'))!
    const before = await snapshots()
    now = wednesday(now)
    for (let passed = 0; passed < 60; passed++) {
      now += MINUTE
      setClock(now)
      await meter.cron(now)
      await meter.deliver()
    }
    expect((await snapshots()) - before).toBe(4)
    // who has none is not touched
    await env.DB.prepare('DELETE FROM alerts WHERE portfolio_id = ?').bind(id).run()
    await meter.start()
    const quiet = await snapshots()
    for (let passed = 0; passed < 15; passed++) {
      now += MINUTE
      setClock(now)
      await meter.cron(now)
      await meter.deliver()
    }
    expect(await snapshots()).toBe(quiet)
  })

  it('has its alerts read where many have some, beyond the twenty-five that are read at once', async () => {
    await set('price_below', 'KO', '0.01')
    // copies of this portfolio, which has no transaction but tracks KO
    const copies = async (table: string, of: string) => {
      const row = (await env.DB.prepare(`SELECT * FROM ${table} WHERE ${of} = ?`).bind(id).first())!
      const names = Object.keys(row)
      return Array.from({ length: 26 }, (_, i) =>
        env.DB.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).bind(
          ...Object.values({ ...row, ...('id' in row && { id: `other${i}` }), [of]: `other${i}` }),
        ),
      )
    }
    await env.DB.batch([
      ...(await copies('portfolios', 'id')),
      ...(await copies('alerts', 'portfolio_id')),
      ...Array.from({ length: 26 }, (_, i) =>
        env.DB.prepare("INSERT INTO tracked VALUES ('KO', ?)").bind(`other${i}`),
      ),
    ])
    now = wednesday(now)
    for (let passed = 0; passed < 5; passed++) {
      now += MINUTE
      setClock(now)
      await meter.cron(now)
      await meter.deliver()
    }
    const read = await env.DB.prepare(
      "SELECT count(*) AS n FROM snapshots WHERE portfolio_id LIKE 'other%'",
    ).first('n')
    expect(read).toBe(26)
    await env.DB.batch(
      ['alerts', 'tracked', 'snapshots'].map((table) =>
        env.DB.prepare(`DELETE FROM ${table} WHERE portfolio_id LIKE 'other%'`),
      ),
    )
    await env.DB.prepare("DELETE FROM portfolios WHERE id LIKE 'other%'").run()
  })

  it('counts as opened while it has alerts, so that its prices and bars are fetched', async () => {
    const openedAt = () =>
      env.DB.prepare('SELECT opened_at FROM portfolios WHERE id = ?').bind(id).first<number>('opened_at')
    await env.DB.prepare('UPDATE portfolios SET opened_at = 1000 WHERE id = ?').bind(id).run()
    const evening = Date.parse('2035-05-09T22:15:00Z')
    await meter.cron(evening, '15 22 * * MON-FRI')
    expect(await openedAt()).toBe(1000)
    await set('price_below', 'KO', '1')
    await meter.cron(evening, '15 22 * * MON-FRI')
    expect(await openedAt()).toBe(evening)
    meter.sent.length = 0
  })
})

describe('a digest', () => {
  const evening = async (day: string) => {
    now = Date.parse(`${day}T22:17:00Z`)
    setClock(now)
    await deliver({ kind: 'chart', portfolio: id })
  }
  const wanted = (account: string, on = '2035-06-05') =>
    env.DB.prepare('INSERT INTO digests VALUES (?, ?, ?, NULL, NULL)').bind(id, account, Date.parse(on)).run()

  it('is told after the last session of a week, once, and once to each', async () => {
    await wanted('owner')
    // Wednesday and Thursday
    await evening('2035-06-06')
    await evening('2035-06-07')
    expect(await told()).toEqual([])
    await evening('2035-06-08')
    await evening('2035-06-08')
    const [first, ...more] = await told()
    expect([first!.id, more]).toEqual([`digest:${id}:2035-06-08`, []])
    expect(first!.body).toMatch(/^Portfolio .+ %, VOO .+ % since the close of Jun 1, 2035\.\nGap to VOO: /)
    await env.DB.prepare("INSERT INTO members VALUES (?, 'vera', 'viewer', 0)").bind(id).run()
    await wanted('vera')
    await evening('2035-06-15')
    expect((await told()).slice(1).map((each) => each.account_id)).toEqual(['owner', 'vera'])
  })

  it('whose evening was missed is told by the next run, once, and not to who wanted it later', async () => {
    await wanted('owner')
    await env.DB.prepare("INSERT INTO members VALUES (?, 'vera', 'viewer', 0)").bind(id).run()
    await wanted('vera', '2035-06-10')
    // there was no run on Friday the 8th
    await evening('2035-06-11')
    await evening('2035-06-12')
    const [late, ...more] = await told()
    expect([late!.id, late!.account_id, more]).toEqual([`digest:${id}:2035-06-08`, 'owner', []])
    expect(late!.body).toMatch(/^Portfolio .+ % since the close of Jun 1, 2035\.\n/)
    await evening('2035-06-15')
    expect((await told()).slice(1).map((each) => each.id)).toEqual(Array(2).fill(`digest:${id}:2035-06-15`))
  })

  it('is told on Thursday before Good Friday', async () => {
    await wanted('owner')
    await evening('2036-04-10')
    expect((await told()).map((each) => each.id)).toEqual([`digest:${id}:2036-04-10`])
  })
})
