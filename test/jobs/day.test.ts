import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importCsv, newPortfolio, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { freeQuotas } from '../worker/free-quotas.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { DAY, type Lived, lived, usedInADay } from '../worker/lived.ts'
import { metered } from '../worker/metered.ts'
import { listen } from '../worker/socket.ts'
import { printTable } from '../worker/table.ts'

// One reader with 50 tickers and two benchmarks has the dashboard open while New York trades. Some minutes are lived
// through, each with its cron, its queue and what the page asks for when it hears of a change; a day is so many.

const MINUTE = 60_000
const HALF_AN_HOUR = 30 * MINUTE
const LIVED = 6
const BEGIN = NOON + 5 * MINUTE
const SESSION = 390
/** 04:00 to 09:30 and 16:00 to 20:00, when prices are asked for every five minutes, and are those of the last close. */
const AROUND = (5.5 + 4) * 12
const EARLY = NOON - 4 * 60 * MINUTE

const regions = ['headline', 'chart', 'holdings', 'allocation', 'recent', 'log', 'freshness']
const meter = metered()
/** A page's reads, and how many of them asked the market while their reader waited. */
const reads = { all: 0, waited: 0 }
let minute: Lived
let around: Lived
let quiet: Lived
let opening: Lived
let copying: Lived

async function read(path: string, init?: RequestInit): Promise<void> {
  const { upstream } = await meter.read()
  const answer = await meter.request(path, init)
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
  reads.all++
  if ((await meter.read()).upstream > upstream) reads.waited++
}

beforeAll(async () => {
  setClock(EARLY)
  listInvented()
  const id = await newPortfolio({ name: 'A day' })
  await importCsv(id, purchases(invented(50), '2030-03-04'))
  await settled(id)
  await meter.watchOver(id)
  const early = await listen(id)

  await meter.cron(EARLY)
  await meter.deliver()
  around = await lived(
    meter,
    async () => {
      for (let passed = 1; passed <= LIVED; passed++) {
        const now = EARLY + passed * 5 * MINUTE
        setClock(now)
        await meter.cron(now)
        await meter.deliver()
      }
    },
    LIVED,
  )
  early.close()

  setClock(BEGIN)
  const page = await listen(id)
  await meter.cron(BEGIN)
  await meter.deliver()

  opening = await lived(meter, async () => {
    await read(`/portfolios/${id}`)
    await read(`/portfolios/${id}/chart.json`)
  })

  minute = await lived(
    meter,
    async () => {
      for (let passed = 1; passed <= LIVED; passed++) {
        const now = BEGIN + passed * MINUTE
        setClock(now)
        const heard = page.signals.length
        await meter.cron(now)
        await meter.deliver()
        const signal = await vi.waitFor(() => {
          const changed = page.signals.slice(heard).find(({ type }) => type === 'changed')
          if (changed?.type !== 'changed') throw new Error(`minute ${passed}: the page heard of no change`)
          return changed
        }, 60_000)
        for (const region of regions.filter((each) => (signal.regions as string[]).includes(each)))
          await read(`/portfolios/${id}/${region}`, {
            headers: { 'yardstick-revision': String(signal.revision) },
          })
      }
    },
    LIVED,
  )

  // nothing is due: the same minute again
  quiet = await lived(meter, async () => {
    await meter.cron(BEGIN + LIVED * MINUTE)
    await meter.deliver()
  })
  // of prices alone KV has a copy each half an hour
  setClock(BEGIN + HALF_AN_HOUR + LIVED * MINUTE)
  copying = await lived(meter, () => meter.alarm(id, Date.now()))
  page.close()
}, 120_000)

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Of a day whose prices were due every minute of the session and so often before and after it; opened ten times. */
function day(besides: number): Record<string, number> {
  const due = SESSION + besides
  return usedInADay(
    [
      [10, opening],
      [SESSION, minute],
      [besides, around],
      [DAY - due, quiet],
      [((SESSION + 5 * besides) * MINUTE) / HALF_AN_HOUR, copying],
    ],
    // the portfolio's object, the gateway and a desk, and each minute the clock's desk: ten seconds until they hibernate
    // and two of work each time
    (due * 3 + DAY) * 12,
  )
}

it('a trading day of one reader stays within half of every free quota', () => {
  const [session, waking] = [day(0), day(AROUND)]
  const part = (count: number, quota: number) => `${((100 * count) / quota).toFixed(1)} %`
  printTable('One reader, 50 tickers, dashboard open', [
    ['a day', '09:30–16:00', 'of the free quota', '04:00–20:00', 'of it', 'quota'],
    ...Object.entries(freeQuotas).map(([name, quota]) => [
      name,
      session[name]!,
      part(session[name]!, quota),
      waking[name]!,
      part(waking[name]!, quota),
      quota,
    ]),
    [
      'upstream calls',
      Math.round(SESSION * minute.upstream),
      '',
      Math.round(SESSION * minute.upstream + AROUND * around.upstream),
      '',
      '',
    ],
  ])
  const over = Object.entries(freeQuotas).filter(([name, quota]) => waking[name]! >= quota / 2)
  expect(over).toEqual([])
})

it('a minute is two upstream calls and one message, and half an hour of them one KV write', () => {
  expect(minute).toMatchObject({ upstream: 2, messages: 1, kvWrites: 0 })
  expect(copying).toMatchObject({ upstream: 0, messages: 0, kvWrites: 1 })
  expect(quiet).toMatchObject({ upstream: 0, messages: 0, kvWrites: 0, objectCalls: 1, d1RowsWritten: 0 })
})

it('before hours, where no price moves, half an hour is one KV write at most', () => {
  expect(around).toMatchObject({ upstream: 2, messages: 1 })
  expect(around.kvWrites).toBeLessThanOrEqual(1 / LIVED)
})

it('cache_hit_rate: at least 99.9 % of a day’s reads are answered without the market', () => {
  expect(reads.all).toBeGreaterThan(3 * LIVED)
  printTable('Reads answered without upstream', [
    ['reads', 'without', 'rate'],
    [reads.all, reads.all - reads.waited, `${(100 * (1 - reads.waited / reads.all)).toFixed(1)} %`],
  ])
  expect(1 - reads.waited / reads.all).toBeGreaterThanOrEqual(0.999)
})
