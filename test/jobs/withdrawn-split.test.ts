import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { runCron } from '../../src/jobs/schedule.ts'
import { unpacked } from '../../src/storage/bars.ts'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { nothingUnderway } from '../worker/underway.ts'

const evening = (day: string) => Date.parse(`${day}T22:15:00Z`)
const thursday = evening('2026-03-05')

let market: Market

beforeAll(async () => {
  vi.setSystemTime(thursday)
  market = await openMarket(
    ['NEXT', 'LATE', 'TENS', 'BACK', 'PART'].map((symbol) => share(symbol, '2025-01-02', '2026-04-30', 100)),
  )
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
beforeEach(async () => {
  vi.setSystemTime(thursday)
  await env.DB.prepare('DELETE FROM cron_claims').run()
})

/** Ten shares bought at 100; the closes from 2025 on are there up to Thursday. */
async function tenShares(symbol: string): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,2026-02-02,100,10\n`)
  expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
  return id
}

/** The source lists a split on Friday the 6th, with the closes before it in the new shares (`since` all) or as before. */
function list(symbol: string, numerator: number, denominator: number, rebases: boolean): void {
  const file = market.files.get(symbol)!
  const ratio = numerator / denominator
  market.files.set(symbol, {
    ...file,
    splits: [['2026-03-06', numerator, denominator]],
    closes: rebases ? file.closes.map(([day, close]) => [day, close / ratio]) : file.closes,
  })
}

function withdraw(symbol: string): void {
  market.files.set(symbol, share(symbol, '2025-01-02', '2026-04-30', 100))
}

async function closes(symbol: string): Promise<Map<string, number>> {
  const own = (await rows('bars')).filter((row) => row.symbol === symbol)
  const bars = own.flatMap(({ year, closes: text }) => unpacked(year as number, text as string))
  return new Map(bars.map(({ day, close }) => [day, close]))
}
const levels = async (symbol: string) => [...new Set((await closes(symbol)).values())]
const splits = async (symbol: string) =>
  (await rows('corporate_actions')).filter((row) => row.symbol === symbol && row.kind === 'split').length

async function afterTheClose(day: string, symbol: string): Promise<void> {
  vi.setSystemTime(evening(day))
  await runCron('15 22 * * MON-FRI', evening(day), env)
  await nothingUnderway()
  expect((await closes(symbol)).has(day)).toBe(true)
}

async function holding(id: string) {
  await send(`/api/portfolios/${id}/refreshes`, {})
  expect(await settled(id)).toMatchObject({ failed: [] })
  return (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0]
}

it.each([
  ['NEXT', 4, 1, { shares: '40', price: '25' }],
  ['TENS', 10, 1, { shares: '100', price: '10' }],
  ['BACK', 1, 4, { shares: '2.5', price: '400' }],
])('%s: a split of %d for %d that goes is undone, with every close', async (symbol, to, of, split) => {
  const id = await tenShares(symbol)
  list(symbol, to, of, true)
  await afterTheClose('2026-03-06', symbol)
  expect(await holding(id)).toMatchObject({ ...split, market_value: '1000' })
  withdraw(symbol)
  await afterTheClose('2026-03-09', symbol)
  expect(await splits(symbol)).toBe(0)
  expect(await levels(symbol)).toEqual([100])
  expect(await holding(id)).toMatchObject({ shares: '10', price: '100', market_value: '1000' })
})

it('three weeks later as well, when its day lies long before what is asked for with a new close', async () => {
  const id = await tenShares('LATE')
  list('LATE', 4, 1, true)
  await afterTheClose('2026-03-06', 'LATE')
  for (const day of ['2026-03-13', '2026-03-20']) await afterTheClose(day, 'LATE')
  expect(await levels('LATE')).toEqual([25])
  withdraw('LATE')
  await afterTheClose('2026-03-27', 'LATE')
  expect(await splits('LATE')).toBe(0)
  expect(await levels('LATE')).toEqual([100])
  expect(await holding(id)).toMatchObject({ shares: '10', price: '100', market_value: '1000' })
})

it('a day that the source no longer gives comes back to its old units with the others', async () => {
  await tenShares('PART')
  list('PART', 4, 1, true)
  await afterTheClose('2026-03-06', 'PART')
  withdraw('PART')
  const file = market.files.get('PART')!
  market.files.set('PART', { ...file, closes: file.closes.filter(([day]) => day !== '2026-02-10') })
  await afterTheClose('2026-03-09', 'PART')
  expect((await closes('PART')).get('2026-02-10')).toBe(100)
})
