import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'

let market: Market

/** A spin-off that took 20 of 100 on a Monday in February, listed as a split of 5 for 4. */
const spun = (symbol: string, rebased: boolean) =>
  share(symbol, '2025-01-02', '2026-03-04', (day) => (day < '2026-02-09' && !rebased ? 100 : 80), {
    splits: [['2026-02-09', 5, 4]],
    dividends: [['2025-06-02', rebased ? 0.8 : 1]],
  })

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([spun('PAR', true), spun('RAW', false), spun('TWO', true)])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

async function tenShares(symbol: string): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  const bought = await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,2025-03-03,100,10\n`)
  expect(bought.status).toBe(201)
  await settled(id)
  return id
}

async function rule(id: string, symbol: string, ruling: string, day = '2026-02-09') {
  // a history that was fetched at another instant is another
  vi.setSystemTime(Date.now() + 1000)
  const answer = await request(`/portfolios/${id}/instruments/${symbol}/rulings`, {
    method: 'POST',
    body: new URLSearchParams({ ruling, day }),
  })
  await settled(id)
  return answer.status
}

const holding = async (id: string) =>
  (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0]
const valueOn = async (id: string, day: string) =>
  (await json(`/api/dashboard-holdings-data?portfolio_id=${id}&as_of=${day}`)).holdings[0].market_value

it.each([
  ['PAR', 'divided'],
  ['RAW', 'left'],
])('%s: a spin-off that is listed as a split is dismissed; the closes before it were %s', async (symbol) => {
  const id = await tenShares(symbol)
  // where the closes were left, the purchase at 100 is taken for an adjusted one
  expect(await holding(id)).toMatchObject({ shares: symbol === 'PAR' ? '12.5' : '10' })
  expect(await rule(id, symbol, 'no_split')).toBe(303)
  expect(await holding(id)).toMatchObject({ shares: '10', price: '80', market_value: '800' })
  expect(await valueOn(id, '2026-02-06')).toBe('1000')
  const { proposals } = await json(`/api/portfolios/${id}/dividend-proposals`)
  expect(proposals).toMatchObject([{ shares: '10', per_share: '1', amount: '10' }])
  const page = await (await request(`/portfolios/${id}/instruments/${symbol}`)).text()
  expect(page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain(
    'The split of 5 : 4 on Feb 9, 2026 was dismissed',
  )
})

it('stays dismissed when the history is continued, and comes back when that is taken back', async () => {
  const id = await tenShares('TWO')
  await rule(id, 'TWO', 'no_split')
  market.files.set('TWO', { ...spun('TWO', true), closes: [...spun('TWO', true).closes, ['2026-03-05', 80]] })
  vi.setSystemTime(Date.parse('2026-03-05T22:00:00Z'))
  await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
  await settled(id)
  expect(await holding(id)).toMatchObject({ shares: '10', market_value: '800' })
  await rule(id, 'TWO', 'split')
  expect(await holding(id)).toMatchObject({ shares: '12.5', market_value: '1000' })
  expect(
    (await rows('corporate_actions')).filter(({ symbol, kind }) => symbol === 'TWO' && kind !== 'dividend'),
  ).toMatchObject([{ day: '2026-02-09', kind: 'split', numerator: 5, denominator: 4 }])
  expect(await rule(id, 'TWO', 'split')).toBe(303)
})

it('is said only of a symbol of the portfolio, by a name that is known, of a day', async () => {
  const id = await tenShares('PAR')
  expect(await rule(id, 'RAW', 'no_split')).toBe(404)
  expect(await rule(id, 'PAR', 'perhaps')).toBe(404)
  expect(await rule(id, 'PAR', 'no_split', 'Monday')).toBe(404)
})
