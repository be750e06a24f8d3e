import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCron } from '../../src/jobs/schedule.ts'
import { importCsv, newPortfolio, send, settled, upstreamCalls } from '../worker/app.ts'
import { deliver } from '../worker/queue.ts'
import { nothingUnderway } from '../worker/underway.ts'

const cron = '15 22 * * MON-FRI'
// Thursday while New York trades; Friday an hour after its close (21:00Z)
const thursday = Date.parse('2026-03-05T18:00:00Z')
const friday = Date.parse('2026-03-06T22:15:00Z')
let id: string

beforeAll(async () => {
  vi.setSystemTime(thursday)
  id = await newPortfolio({ benchmarks: ['VOO'] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2026-02-02,70,10\n')
  await settled(id)
})
afterAll(() => void vi.useRealTimers())

/** Lets the clock of Friday's close go off, unless another test has. */
async function fridayHasClosed(): Promise<void> {
  vi.setSystemTime(friday)
  await runCron(cron, friday, env)
  await nothingUnderway()
}

async function lastBars(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT symbol, to_day FROM histories ORDER BY symbol').all()
  return results.map(({ symbol, to_day }) => `${String(symbol)} ${String(to_day)}`)
}

it('the day’s bars come once, by one chart call a symbol, and then the charts', async () => {
  vi.setSystemTime(thursday)
  await env.DB.batch(
    ['cron_claims', 'quotes', 'bars', 'histories'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  )
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
  expect(await lastBars()).toEqual(['KO 2026-03-04', 'VOO 2026-03-04'])
  const before = await upstreamCalls()
  vi.setSystemTime(friday)
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  await runCron(cron, friday, env)
  const kinds = sent.mock.calls.map(([messages, options]) => [
    [...messages].map(({ body }) => (body as { kind: string }).kind),
    options?.delaySeconds,
  ])
  sent.mockRestore()
  // the charts wait for the bars
  expect(kinds).toEqual([
    [['history', 'history'], 0],
    [['chart'], 120],
  ])
  await nothingUnderway()
  expect(await lastBars()).toEqual(['KO 2026-03-06', 'VOO 2026-03-06'])
  expect((await upstreamCalls()).chart! - before.chart!).toBe(2)

  await deliver({ kind: 'chart', portfolio: id })
  const chart = await env.SNAPSHOTS.get<{ days: string[] }>(`chart:${id}`, 'json')
  // Friday itself is the last point, which the snapshot carries
  expect(chart!.days.at(-1)).toBe('2026-03-05')
  const snapshot = await env.SNAPSHOTS.get<{ last: { days: string[] } }>(`snapshot:${id}`, 'json')
  expect(snapshot!.last.days).toEqual(['2026-03-06'])
})

const kindsSent = (sent: { mock: { calls: [Iterable<MessageSendRequest>, ...unknown[]][] } }) =>
  sent.mock.calls.flatMap(([messages]) => [...messages].map(({ body }) => (body as { kind: string }).kind))

it('a cron that fires twice, or again after a holiday, sends nothing twice', async () => {
  await fridayHasClosed()
  const before = await upstreamCalls()
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  await runCron(cron, friday, env)
  expect(sent).not.toHaveBeenCalled()
  // on Saturday there is no session to make charts of either
  await runCron(cron, friday + 86_400_000, env)
  expect(kindsSent(sent)).not.toContain('chart')
  expect(kindsSent(sent)).not.toContain('history')
  sent.mockRestore()
  expect((await upstreamCalls()).chart).toBe(before.chart)
})

it('old records of what the app did are deleted, and nothing that anybody entered', async () => {
  await fridayHasClosed()
  const DAY = 86_400_000
  const { DB } = env
  const record = (generation: number, days: number) =>
    DB.prepare(
      `INSERT INTO refreshes (portfolio_id, generation, reason, status, done, total, failed, started_at, finished_at)
       VALUES ('old', ?, 'button', 'done', 1, 1, '[]', 1, ?)`,
    ).bind(generation, friday - days * DAY)
  const letter = (id: string, days: number) =>
    DB.prepare("INSERT INTO dead_letters (id, message, reason, at) VALUES (?, '{}', '', ?)").bind(
      id,
      friday - days * DAY,
    )
  await DB.batch([
    ...[91, 90.1, 89.9].map((days, i) => record(i, days)),
    ...[31, 30.1, 29.9].map((days, i) => letter(`old ${i}`, days)),
    DB.prepare("INSERT INTO counters VALUES ('2025-11-01', 'x', 1), ('2026-03-01', 'x', 1)"),
    DB.prepare("UPDATE audit SET at = 1 WHERE action = 'import'"),
  ])
  const count = async (table: string, where = '1') =>
    (await DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).first<{ n: number }>())!.n
  const own = () =>
    Promise.all(['portfolios', 'transactions', 'audit', 'imports', 'bars'].map((table) => count(table)))
  const before = await own()
  await runCron(cron, friday, env)
  expect(await count('refreshes', "portfolio_id = 'old'")).toBe(1)
  expect(await count('dead_letters', "id LIKE 'old%'")).toBe(1)
  expect(await count('counters', "name = 'x'")).toBe(1)
  expect(await own()).toEqual(before)
})

it('a portfolio that nobody has opened for a month costs neither bars nor a chart', async () => {
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  await runCron(cron, friday + 31 * 86_400_000, env)
  expect(kindsSent(sent)).toEqual(['quotes'])
  sent.mockRestore()
})

it('a cron that no task is planned for is a mistake of ours', async () => {
  await expect(runCron('0 0 * * *', friday, env)).rejects.toThrow('0 0 * * *')
})
