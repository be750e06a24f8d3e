import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Chart } from '../../src/metrics/chart.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { deliver } from '../worker/queue.ts'
import { listen } from '../worker/socket.ts'

const evening = '15 22 * * MON-FRI'
const DAY = 86_400_000
// New York trades on both, and has closed at 22:15Z
const wednesday = Date.parse('2035-03-07T17:00:00Z')
const thursday = wednesday + DAY
let id: string

beforeAll(async () => {
  vi.setSystemTime(wednesday)
  id = await newPortfolio({ benchmarks: ['VOO'] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2035-02-01,70,10\n')
  await settled(id)
})
afterAll(() => void vi.useRealTimers())

async function kept(): Promise<Chart> {
  const row = await env.DB.prepare('SELECT chart FROM snapshots WHERE portfolio_id = ?')
    .bind(id)
    .all<{ chart: string }>()
  // one row a portfolio, and KV has the same
  expect(row.results).toHaveLength(1)
  expect(await env.SNAPSHOTS.get(`chart:${id}`)).toBe(row.results[0]!.chart)
  return JSON.parse(row.results[0]!.chart) as Chart
}

/** What the evening's cron sends for this portfolio. */
async function chartsSent(at: number): Promise<string[]> {
  vi.setSystemTime(at)
  const sent = vi.spyOn(env.REFRESH, 'sendBatch').mockResolvedValue({} as QueueSendBatchResponse)
  await runCron(evening, at, env)
  const bodies = sent.mock.calls.flatMap(([batch]) =>
    [...batch].map(({ body }) => body as { kind: string; portfolio: string }),
  )
  sent.mockRestore()
  return bodies.flatMap(({ kind, portfolio }) => (kind === 'chart' && portfolio === id ? [portfolio] : []))
}

describe('a portfolio’s chart', { shuffle: false }, () => {
  it('is made after an import, up to the day before', async () => {
    const { days, value } = await kept()
    expect([days[0], days.at(-1)]).toEqual(['2035-02-01', '2035-03-06'])
    expect(value).toHaveLength(days.length)
  })

  it('is made after an edit, before its answer', async () => {
    const before = await kept()
    const entry = { type: 'buy', symbol: 'KO', date: '2035-01-16', shares: '5', price: '70' }
    expect((await send(`/api/portfolios/${id}/transactions`, entry)).status).toBe(201)
    const after = await kept()
    expect([before.days[0], after.days[0]]).toEqual(['2035-02-01', '2035-01-16'])
    expect(after.value.at(-1)).toBeCloseTo((before.value.at(-1)! / 10) * 15, 1)
  })

  it('stays as it is while a quote moves its last point', async () => {
    const text = await env.SNAPSHOTS.get(`chart:${id}`)
    const last = async () => {
      const { days, value } = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
      return [days.at(-1), value.at(-1)]
    }
    const [day, before] = await last()
    vi.setSystemTime(wednesday + 3 * 3_600_000)
    await send(`/api/portfolios/${id}/refreshes`, {})
    await settled(id)
    const [sameDay, after] = await last()
    expect([day, sameDay]).toEqual(['2035-03-07', '2035-03-07'])
    expect(after).not.toBe(before)
    expect(await env.SNAPSHOTS.get(`chart:${id}`)).toBe(text)
  })

  it('is made after the close by a message of its own', async () => {
    expect(await chartsSent(thursday + 5.25 * 3_600_000)).toEqual([id])
    await deliver({ kind: 'chart', portfolio: id })
    expect((await kept()).days.at(-1)).toBe('2035-03-07')
  })

  it('is made when it is opened, when nobody had for a month, with the old one shown meanwhile', async () => {
    const later = wednesday + 42 * DAY + 5.25 * 3_600_000
    expect(await chartsSent(later)).toEqual([])
    expect((await kept()).days.at(-1)).toBe('2035-03-07')
    const shown = await request(`/portfolios/${id}/chart`)
    expect(shown.status).toBe(200)
    const page = await listen(id)
    await page.heard((signal) => signal.type === 'changed' && signal.regions.includes('chart'))
    await settled(id)
    page.close()
    expect((await kept()).days.at(-1)).toBe('2035-04-17')
    // and the next evening it is one of the recent ones
    expect(await chartsSent(later + DAY)).toEqual([id])
  })
})
