import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import { handOver } from '../../src/jobs/counters.ts'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { database } from '../../src/storage/database.ts'
import { watchPortfolio } from '../../src/storage/portfolios.ts'
import { upstreamCalls } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { countingEnv } from '../worker/counting.ts'
import { deliver } from '../worker/queue.ts'
import { nothingUnderway } from '../worker/underway.ts'

const MINUTE = 60_000
const everyMinute = '* * * * *'
const SATURDAY = NOON + 3 * DAY
const symbolsOf = (message: RefreshMessage) => (message.kind === 'quotes' ? message.symbols : [])

let world: 'none' | 'thousand portfolios' | 'one user' = 'none'

/**
 * 1,000 portfolios of 20 symbols each out of 2,000, all priced and with bars up to the day before. The first twenty
 * are watched and have no transactions, the others have fifty; half of all were not opened for a month.
 */
async function thousandPortfolios(): Promise<void> {
  if (world === 'thousand portfolios') return
  setClock()
  // what tests of other files counted is not of this minute
  await handOver(env.DB, NOON - 10 * MINUTE)
  const numbers = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`
  await env.DB.batch(
    [
      // counted to the row, so that nothing else may be left
      ...[
        'imports',
        'transactions',
        'tracked',
        'portfolios',
        'sessions',
        'owners',
        'instruments',
        'quotes',
        'histories',
      ].map((table) => `DELETE FROM ${table}`),
      `INSERT INTO owners (id, created_at) VALUES ('ann', 0)`,
      `INSERT INTO portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, created_at,
         opened_at, watched_until)
       ${numbers(1000)} SELECT 'p' || i, 'ann', 'P', '', 'USD', '[]', 'fifo', 0,
         ${NOON} - iif(i < 500, ${DAY}, ${31 * DAY}), iif(i < 20, ${NOON + 10 * DAY}, 0) FROM n`,
      `INSERT INTO tracked ${numbers(20_000)} SELECT printf('S%04d', (i * 7) % 2000), 'p' || (i / 20) FROM n`,
      `INSERT INTO transactions (id, portfolio_id, sequence, type, symbol, date, shares, price, fee, amount, note,
         version, row_key, created_at, updated_at)
       ${numbers(49_000)} SELECT 't' || i, 'p' || (20 + i / 50), i, 'buy', printf('S%04d', (i * 7) % 2000), '2030-01-02',
         '1', '1', '0', '1', '', 1, 'r' || i, 0, 0 FROM n`,
      `INSERT INTO instruments (symbol, name, currency, kind, exchange, time_zone)
       ${numbers(2000)} SELECT printf('S%04d', i), 'S', 'USD', 'equity', 'NYSE', 'America/New_York' FROM n`,
      `INSERT INTO quotes (symbol, price, currency, previous_close, at, fetched_at, held) ${numbers(2000)} SELECT printf('S%04d', i), '1', 'USD', NULL, 0, ${NOON - 3_600_000}, NULL FROM n`,
      `INSERT INTO histories (symbol, from_day, to_day, fetched_at, reason, retry_at) ${numbers(2000)}
       SELECT printf('S%04d', i), '2030-01-01', '2035-03-06', ${NOON - DAY / 2}, NULL, NULL FROM n`,
    ].map((statement) => env.DB.prepare(statement)),
  )
  world = 'thousand portfolios'
}

/** As it stands at noon, before the clock has claimed a minute. */
beforeEach(async () => {
  setClock()
  await env.DB.batch(
    [
      'DELETE FROM cron_claims',
      `UPDATE quotes SET fetched_at = ${NOON - 3_600_000}`,
      "UPDATE histories SET to_day = '2035-03-06', reason = NULL, retry_at = NULL",
      "UPDATE portfolios SET watched_until = 0 WHERE id = 'p30'",
    ].map((statement) => env.DB.prepare(statement)),
  )
})
afterAll(() => void vi.useRealTimers())

/** Leaves one of them, with 52 symbols; all of them are made first where they are not there. */
async function oneUser(): Promise<void> {
  if (world === 'one user') return
  await thousandPortfolios()
  await env.DB.batch(
    [
      'DELETE FROM transactions',
      "DELETE FROM tracked WHERE portfolio_id <> 'p0'",
      "DELETE FROM portfolios WHERE id <> 'p0'",
      "INSERT INTO tracked SELECT symbol, 'p0' FROM instruments WHERE true ORDER BY symbol LIMIT 52 ON CONFLICT DO NOTHING",
    ].map((statement) => env.DB.prepare(statement)),
  )
  world = 'one user'
}

/** Prices and bars of the Friday before: nothing is due. */
async function quietSaturday(): Promise<void> {
  await env.DB.prepare('UPDATE quotes SET fetched_at = ?')
    .bind(SATURDAY - DAY / 2)
    .run()
  await env.DB.prepare("UPDATE histories SET to_day = '2035-03-09'").run()
}

/** What the cron of a minute sends, with the real D1 counted. */
async function fired(at: number, cron = everyMinute) {
  vi.setSystemTime(at)
  const { env: counting, counts } = countingEnv(env)
  const sent: RefreshMessage[] = []
  const REFRESH = {
    sendBatch: async (some: { body: RefreshMessage }[]) => void sent.push(...some.map(({ body }) => body)),
  } as unknown as Env['REFRESH']
  await runCron(cron, at, { ...counting, REFRESH })
  return { sent, counts, rowsRead: counts.d1RowsRead }
}

/** Upstream calls that messages for quotes take: one for fifty symbols. */
const callsFor = (sent: readonly RefreshMessage[]) =>
  sent.reduce((calls, message) => calls + Math.ceil(symbolsOf(message).length / 50), 0)

/** A round of everything: what each of its minutes sends and reads. */
async function round(begin: number) {
  const runs = []
  for (let minute = 0; minute < 5; minute++) runs.push(await fired(begin + minute * MINUTE))
  return runs
}

/** Of the minutes of a round over 2,000 symbols, whatever the number of portfolios. */
const MOST_ROWS = 2100

describe('the cron of 1,000 portfolios over 2,000 symbols, 20 of them watched', () => {
  beforeAll(thousandPortfolios)

  it('asks in 40 quote calls of 50 symbols at most, in each of the minutes in which everything is due', async () => {
    const asked = new Set<string>()
    // what the tests before have counted is not this one's to save
    await handOver(env.DB, NOON - MINUTE)
    for (const { sent, counts } of await round(NOON)) {
      const symbols = sent.flatMap(symbolsOf)
      expect(callsFor(sent)).toBeLessThanOrEqual(40)
      expect(new Set(symbols).size).toBe(symbols.length)
      const { results } = await env.DB.prepare(
        'SELECT DISTINCT symbol FROM tracked WHERE portfolio_id IN (SELECT id FROM portfolios WHERE watched_until > 0)',
      ).all<{ symbol: string }>()
      expect(symbols).toEqual(expect.arrayContaining(results.map(({ symbol }) => symbol)))
      for (const symbol of symbols) asked.add(symbol)
      // what it remembers, what is on screen, a part of the rest, the claim; and at most once a minute the counters
      expect(counts).toMatchObject({ objectCalls: 0, kvWrites: 0 })
      expect(counts.d1Queries).toBeLessThanOrEqual(5)
      expect(counts.d1RowsWritten).toBeLessThanOrEqual(2)
    }
    // half of the portfolios were opened this month, and have half of the symbols between them and every other idle one
    expect(asked.size).toBeGreaterThan(1000)
  })

  it('costs one upstream call for fifty symbols, and reads no portfolio that nobody looks at', async () => {
    const sent = (await fired(NOON + 10 * MINUTE)).sent.filter((_, i) => i % 4 === 0)
    expect(sent.length).toBeGreaterThan(1)
    // the market has never known them: of symbols that it knew its answer would be none (blank-answer.ts)
    await env.DB.prepare('UPDATE histories SET retry_at = 1').run()
    const before = (await upstreamCalls()).quote ?? 0
    const asked = vi.spyOn(env.PORTFOLIO, 'getByName')
    for (const message of sent) expect((await deliver(message)).explicitAcks).toHaveLength(1)
    expect((await upstreamCalls()).quote! - before).toBe(callsFor(sent))
    const watched = Array.from({ length: 20 }, (_, i) => `p${i}`)
    expect(watched).toEqual(expect.arrayContaining(asked.mock.calls.map(([id]) => id)))
    asked.mockRestore()
  })

  it('reads a symbol in one minute of a round, and between two rounds only what is on screen', async () => {
    const whole = await round(NOON + 20 * MINUTE)
    const looked = new Set(whole.flatMap(({ sent }) => sent.flatMap(symbolsOf)))
    expect(looked.size).toBeGreaterThan(1000)
    const between = await fired(NOON + 25 * MINUTE)
    console.log(
      `rows read by the cron: ${whole.map(({ rowsRead }) => rowsRead).join(', ')} in the minutes of a round`,
    )
    for (const { rowsRead } of [...whole, between]) expect(rowsRead).toBeLessThanOrEqual(MOST_ROWS)
  })

  it('reads no more when ten times as many portfolios need the same symbols', async () => {
    // the first minute of all has no note of its own to read
    await round(NOON + 20 * MINUTE)
    const before = await round(NOON + 30 * MINUTE)
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)`
    await env.DB.batch(
      [
        `INSERT INTO portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, created_at,
           opened_at, watched_until)
         ${numbers} SELECT 'p' || i, 'ann', 'P', '', 'USD', '[]', 'fifo', 0, ${NOON - DAY}, 0 FROM n`,
        `INSERT INTO tracked ${numbers} SELECT printf('S%04d', (i * 7 + k.value * 93) % 2000), 'p' || i
         FROM n, json_each('[0,1,2,3,4,5,6,7]') AS k`,
      ].map((statement) => env.DB.prepare(statement)),
    )
    const after = await round(NOON + 40 * MINUTE)
    const read = (runs: typeof after) => runs.map(({ rowsRead }) => rowsRead)
    expect(read(after)).toEqual(read(before))
    await env.DB.batch([
      env.DB.prepare(
        'DELETE FROM tracked WHERE portfolio_id IN (SELECT id FROM portfolios WHERE length(id) > 4)',
      ),
      env.DB.prepare('DELETE FROM portfolios WHERE length(id) > 4'),
    ])
  })

  it('reads one row on a Saturday, but once an hour', async () => {
    await quietSaturday()
    for (const { sent } of await round(SATURDAY)) expect(sent).toEqual([])
    for (const minute of [5, 6, 30, 59]) {
      const { sent, counts, rowsRead } = await fired(SATURDAY + minute * MINUTE)
      expect({ sent, queries: counts.d1Queries, rowsRead }).toEqual({ sent: [], queries: 1, rowsRead: 1 })
    }
    expect((await fired(SATURDAY + 60 * MINUTE)).counts.d1Queries).toBeGreaterThan(1)
  })

  it('looks again at once when somebody opens a page', async () => {
    await quietSaturday()
    await round(SATURDAY)
    expect((await fired(SATURDAY + 5 * MINUTE)).counts.d1Queries).toBe(1)
    await round(SATURDAY)
    expect((await fired(SATURDAY + 5 * MINUTE)).counts.d1Queries).toBe(1)
    await watchPortfolio(database(env.DB), 'p30', SATURDAY + DAY, SATURDAY)
    expect((await fired(SATURDAY + 6 * MINUTE)).counts.d1Queries).toBeGreaterThan(1)
  })
})

it('the clock of one user of 52 symbols who looks all day reads a sixth of what is free at most', async () => {
  await oneUser()
  const { rowsRead } = await fired(NOON + 5 * DAY)
  console.log(`rows read by the cron of one user: ${rowsRead} a minute, ${rowsRead * 1440} a day at most`)
  // 5 M a day are free, of which the clock takes a sixth at most
  expect(rowsRead * 1440).toBeLessThan(833_000)
})

describe('a minute that fires twice', () => {
  beforeAll(oneUser)

  it('at once sends its messages once, and asks the source once', async () => {
    await env.DB.prepare('UPDATE quotes SET fetched_at = 0').run()
    await env.DB.prepare("UPDATE histories SET to_day = '2099-01-01', reason = NULL, retry_at = NULL").run()
    const at = NOON + 6 * DAY
    vi.setSystemTime(at)
    const before = (await upstreamCalls()).quote ?? 0
    const sent = vi.spyOn(env.REFRESH, 'sendBatch')
    const fire = async () => {
      const ctx = createExecutionContext()
      await worker.scheduled(
        createScheduledController({ cron: everyMinute, scheduledTime: new Date(at) }),
        env,
      )
      await waitOnExecutionContext(ctx)
    }
    await Promise.all([fire(), fire()])
    const messages = sent.mock.calls.flatMap(([batch]) =>
      [...batch].map(({ body }) => body as RefreshMessage),
    )
    sent.mockRestore()
    expect(messages.length).toBeGreaterThan(0)
    const symbols = messages.flatMap(symbolsOf)
    expect(new Set(symbols).size).toBe(symbols.length)
    const asked = async () => (await upstreamCalls()).quote! - before
    await nothingUnderway()
    expect(await asked()).toBe(callsFor(messages))
  })

  it('that comes late, behind its successor, sends nothing', async () => {
    const at = NOON + 7 * DAY
    expect((await fired(at)).sent).not.toEqual([])
    expect((await fired(at - MINUTE)).sent).toEqual([])
  })

  it('after a clock that was days ahead is carried out', async () => {
    expect((await fired(NOON + 7 * DAY)).sent).not.toEqual([])
    expect((await fired(NOON + 3 * MINUTE)).sent).not.toEqual([])
  })

  it('is carried out by the second when the queue refused the first', async () => {
    const at = NOON + 8 * DAY
    vi.setSystemTime(at)
    const REFRESH = {
      sendBatch: async () => {
        throw new Error('Queue sendBatch failed: Too Many Requests')
      },
    } as unknown as Env['REFRESH']
    await expect(runCron(everyMinute, at, { ...env, REFRESH })).rejects.toThrow('Too Many Requests')
    expect((await fired(at)).sent).not.toEqual([])
  })
})

it('a queue that stood still for an hour brings back no round that is over', async () => {
  const before = await upstreamCalls()
  vi.setSystemTime(NOON + 9 * DAY)
  const now = Date.now()
  for (let minute = 60; minute > 1; minute--) {
    const message = { kind: 'quotes', symbols: ['KO'], requester: null, until: now - minute * MINUTE }
    expect((await deliver(message)).explicitAcks).toHaveLength(1)
  }
  expect(await upstreamCalls()).toEqual(before)
  await deliver({ kind: 'quotes', symbols: ['KO'], requester: null, until: now })
  expect((await upstreamCalls()).quote! - (before.quote ?? 0)).toBe(1)
})
