import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCron } from '../../src/refresh/schedule.ts'
import { importCsv, newPortfolio, settled, upstreamCalls } from '../worker/app.ts'
import { deliver } from '../worker/queue.ts'

const cron = '15 22 * * 1-5'
// Thursday while New York trades; Friday an hour after its close (21:00Z)
const thursday = Date.parse('2026-03-05T18:00:00Z')
const friday = Date.parse('2026-03-06T22:15:00Z')
let id: string

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: thursday })
  id = await newPortfolio({ benchmarks: ['VOO'] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2026-02-02,70,10\n')
  await settled(id)
})
afterAll(() => void vi.useRealTimers())

async function lastBars(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT symbol, to_day FROM histories ORDER BY symbol').all()
  return results.map(({ symbol, to_day }) => `${String(symbol)} ${String(to_day)}`)
}

it('the day’s bars come once, by one chart call a symbol, and then the charts', async () => {
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
  await vi.waitFor(async () => expect(await lastBars()).toEqual(['KO 2026-03-06', 'VOO 2026-03-06']), 10_000)
  expect((await upstreamCalls()).chart! - before.chart!).toBe(2)

  await deliver({ kind: 'chart', portfolio: id })
  const chart = await env.SNAPSHOTS.get<{ days: string[] }>(`chart:${id}`, 'json')
  // Friday itself is the last point, which the snapshot carries
  expect(chart!.days.at(-1)).toBe('2026-03-05')
  const snapshot = await env.SNAPSHOTS.get<{ last: { days: string[] } }>(`snapshot:${id}`, 'json')
  expect(snapshot!.last.days).toEqual(['2026-03-06'])
})

it('a cron that fires twice sends nothing the second time; minutes later it asks for no bar again', async () => {
  const before = await upstreamCalls()
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  await runCron(cron, friday, env)
  expect(sent).not.toHaveBeenCalled()
  await runCron(cron, friday + 4 * 60_000, env)
  const kinds = sent.mock.calls.flatMap(([messages]) =>
    [...messages].map(({ body }) => (body as { kind: string }).kind),
  )
  sent.mockRestore()
  expect(kinds).toEqual(['chart'])
  expect(await upstreamCalls()).toEqual(before)
})

it('a portfolio that nobody has opened for a month costs nothing', async () => {
  const sent = vi.spyOn(env.REFRESH, 'sendBatch')
  await runCron(cron, friday + 31 * 86_400_000, env)
  expect(sent).not.toHaveBeenCalled()
  sent.mockRestore()
})

it('a cron that no task is planned for is a mistake of ours', async () => {
  await expect(runCron('0 0 * * *', friday, env)).rejects.toThrow('0 0 * * *')
})
