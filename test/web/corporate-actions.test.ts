import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { page, words } from './page.ts'

let market: Market

const SPUN = '2026-02-09'
const after = (day: string) => day >= SPUN

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([
    // 28.1 of 128.1 go to the shares of CHILD: the source lists 1281 for 1000, and has divided the closes before
    share('PARENT', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 1281, 1000]] }),
    share('AGAIN', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 1281, 1000]] }),
    share('PLAIN', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 3, 2]] }),
    share('CHILD', SPUN, '2026-03-04', 56.2),
    share('OLDT', '2025-01-02', '2026-01-30', 50, { name: 'Brick & Co.' }),
    share('NEWT', '2025-01-02', '2026-03-04', (day) => (after(day) ? 55 : 50), { name: 'Brick Co' }),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

async function holding(symbol: string, day: string, price: string): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,${day},${price},10\n`)
  await settled(id)
  return id
}

async function press(path: string, fields: Record<string, string>): Promise<Response> {
  return request(path, { method: 'POST', body: new URLSearchParams(fields) })
}

const shares = async (id: string): Promise<Record<string, string>> => {
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  return Object.fromEntries(holdings.map((row: Record<string, string>) => [row.symbol, row.shares]))
}
const warnings = async (id: string): Promise<string[]> =>
  (await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).warnings

describe('a split with the ratio of a spin-off', () => {
  it('is asked about, and booked as one with the shares that arrived', async () => {
    const id = await holding('PARENT', '2025-03-03', '128.1')
    const path = `/portfolios/${id}/instruments/PARENT`
    expect((await warnings(id)).join()).toContain(
      `PARENT: the source lists a split of 1281 for 1000 on ${SPUN}, which is how it lists spin-offs.`,
    )
    const asked = await page(path)
    expect(words(asked)).toContain('lists a split of 1,281 for 1,000 on Feb 9, 2026')
    // 281/1281 of the price left
    expect(asked).toContain('name="cost_share" value="0.2194"')
    const answer = { day: SPUN, shares: '5', cost_share: '0.2194' }
    const unknown = await press(`${path}/spin-off`, { ...answer, new_symbol: 'NOCHILD' })
    expect(unknown.status).toBe(422)
    expect(words(await unknown.text())).toContain('knows no NOCHILD. Nothing was booked.')
    expect((await press(`${path}/spin-off`, { ...answer, new_symbol: 'child' })).status).toBe(303)
    await settled(id)
    expect(await shares(id)).toEqual({ PARENT: '10', CHILD: '5' })
    expect((await warnings(id)).join()).not.toContain('spin-offs')
    expect(words(await page(path))).not.toContain('Was this a spin-off?')
    // pressed twice it is booked once
    expect((await press(`${path}/spin-off`, { ...answer, new_symbol: 'child' })).status).toBe(303)
    expect(await shares(id)).toEqual({ PARENT: '10', CHILD: '5' })
  })

  it('stays a split where it was one', async () => {
    const id = await holding('AGAIN', '2025-03-03', '128.1')
    const path = `/portfolios/${id}/instruments/AGAIN`
    expect((await press(`${path}/split`, { day: SPUN })).status).toBe(303)
    await settled(id)
    expect(await shares(id)).toEqual({ AGAIN: '12.81' })
    expect(words(await page(path))).not.toContain('Was this a spin-off?')
  })

  it('is not asked about where its ratio is plain, or nothing was held', async () => {
    expect(await warnings(await holding('PLAIN', '2025-03-03', '150'))).toEqual([])
    expect(await warnings(await holding('AGAIN', '2026-02-10', '100'))).toEqual([])
  })
})

it('a company that is no longer quoted is offered the ticker that the source has under its name', async () => {
  const id = await holding('OLDT', '2025-03-03', '50')
  const path = `/portfolios/${id}/instruments/OLDT`
  expect(await page(path)).toContain(`hx-get="${path}/new-tickers"`)
  const offered = await page(`${path}/new-tickers`)
  expect(words(offered)).toContain('OLDT is now NEWT')
  expect((await press(`${path}/rename`, { to: 'NEWT' })).status).toBe(303)
  await settled(id)
  expect(await shares(id)).toEqual({ NEWT: '10' })
})
