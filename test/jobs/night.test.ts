import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { metered } from '../worker/metered.ts'
import { listen } from '../worker/socket.ts'

// Somebody holds a coin and has the dashboard open all night: its price moves every minute, and KV takes a thousand
// writes a day.

const MINUTE = 60_000
const LIVED = 30
/** A Wednesday, 22:00 in New York. */
const NIGHT = Date.parse('2035-03-08T03:00:00Z')
const DAY = 24 * 60

const meter = metered()
let id: string
let page: Awaited<ReturnType<typeof listen>>
let now = NIGHT

/** One minute's cron and queue; answers the revision that the page heard of. */
async function minute(): Promise<number> {
  now += MINUTE
  setClock(now)
  const heard = page.signals.length
  await meter.cron(now)
  await meter.deliver()
  await meter.alarm(id, now)
  return vi.waitFor(() => {
    const changed = page.signals.slice(heard).findLast(({ type }) => type === 'changed')
    if (changed?.type !== 'changed') throw new Error('the page heard of no change')
    return changed.revision
  }, 60_000)
}

const copy = async () =>
  (await env.SNAPSHOTS.get<{ revision: number; summary: { cash: string } }>(`snapshot:${id}`, 'json'))!
const alarm = () =>
  runInDurableObject(env.PORTFOLIO.getByName(id), (_, { storage }) => storage.getAlarm()) as Promise<number>
const initial = (headers: Record<string, string> = {}) =>
  json(`/api/dashboard-initial-data?portfolio_id=${id}`, { headers })

beforeAll(async () => {
  setClock(now)
  id = await newPortfolio({ name: 'A night', benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nBTC-USD,Buy,2035-03-01,50000,1\n')
  await settled(id)
  await meter.watchOver(id)
  page = await listen(id)
})
afterAll(() => {
  page.close()
  vi.useRealTimers()
})

it('a coin that moves each minute costs a KV write in half an hour', async () => {
  await minute()
  await meter.start()
  for (let passed = 1; passed <= LIVED; passed++) {
    const revision = await minute()
    // whoever has the page open sees each price at once
    expect((await initial({ 'yardstick-revision': String(revision) })).revision).toBe(revision)
    // others see one of the last minutes
    const { as_of } = await initial()
    expect(now - Date.parse(as_of)).toBeLessThan(5 * MINUTE)
  }
  const { kvWrites } = await meter.read()
  expect(kvWrites).toBe(1)
  // twelve of them leave four in ten to edits and imports
  expect((12 * DAY * kvWrites) / LIVED).toBeLessThan(1000 * 0.6)
})

it('the last price is copied by the alarm, when no other follows, and nothing but it', async () => {
  let revision = await minute()
  while ((await copy()).revision === revision) revision = await minute()
  const latest = now + 31 * MINUTE
  await meter.start()
  // it also renews the watch of the open page
  while ((await copy()).revision < revision && now < latest) {
    now = await alarm()
    setClock(now)
    await meter.alarm(id, now)
  }
  expect(now).toBeLessThanOrEqual(latest)
  expect((await copy()).revision).toBe(revision)
  expect((await meter.read()).kvWrites).toBe(1)
})

it('an edit between two such copies is in KV at once', async () => {
  let revision = await minute()
  while ((await copy()).revision === revision) revision = await minute()
  await send(`/api/portfolios/${id}/transactions`, { type: 'deposit', date: '2035-03-01', amount: '70000' })
  const { summary, revision: copied } = await copy()
  expect(copied).toBeGreaterThan(revision)
  expect(summary.cash).toBe((await initial({ 'yardstick-revision': String(copied) })).summary.cash)
})
