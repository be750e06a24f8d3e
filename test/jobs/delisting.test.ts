import { afterEach, expect, it, vi } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { json, setFault, request, send, settled } from '../worker/app.ts'
import { DAY, NOON } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { deliver } from '../worker/queue.ts'

const HOUR = 3_600_000

afterEach(async () => {
  await setFault(null)
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const row = async (id: string) => (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0]

async function refreshed(id: string) {
  const answer = await send(`/api/portfolios/${id}/refreshes`, {})
  const { generation } = (await answer.json()) as { generation: number }
  expect(await settled(id)).toMatchObject({ generation })
  return json(`/api/portfolios/${id}/refreshes/latest`)
}

it('a symbol that the source no longer knows keeps its price, is marked, and is asked for once a day', async () => {
  const id = await invested('Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60,2\n', { benchmarks: [] })
  const before = await row(id)
  expect(before).toMatchObject({ delisted: null, reason: null })

  // Wednesday's price was the last; Thursday passed without one, and on Friday the source knows no KO
  const friday = NOON + 2 * DAY
  vi.setSystemTime(friday)
  await setFault({ kind: 'partial', symbols: ['KO'] })
  await deliver({ kind: 'quotes', symbols: ['KO'], requester: null })
  expect(await refreshed(id)).toMatchObject({ total: 0 })
  const gone = {
    price: before.price,
    market_value: before.market_value,
    delisted: '2035-03-08',
    reason: 'not quoted since 2035-03-08; last price from 2035-03-07',
  }
  expect(await row(id)).toMatchObject(gone)
  const fragment = await (await request(`/portfolios/${id}/holdings`)).text()
  expect(fragment).toContain('not quoted since Mar 8, 2035; last price from Mar 7, 2035')
  expect(fragment).not.toContain('class="stale"')
  // nobody waits for a newer price, so the page does not say that it is refreshing
  expect(await (await request(`/portfolios/${id}/freshness`)).text()).toContain('Up to date as of')
  expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary.value).not.toBeNull()

  // the hour of a refusal is over, the day is not
  vi.setSystemTime(friday + 2 * HOUR)
  expect(await refreshed(id)).toMatchObject({ total: 0 })
  vi.setSystemTime(friday + DAY)
  expect(await refreshed(id)).toMatchObject({ total: 1, failed: [] })
  // the chart has it after all
  expect(await row(id)).toMatchObject({ delisted: null, reason: null })
})

it('its last price stands on every later day of the chart, as it does today', async () => {
  const story = 'COST,Buy,2034-01-03,60,2\nMSFT,Buy,2034-01-03,400,1\n'
  const id = await invested(`Ticker,Type,Date,Price,Shares\n${story}`, { benchmarks: [] })
  const { price } = (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings.find(
    ({ symbol }: { symbol: string }) => symbol === 'COST',
  )
  const find = demoBook.find.bind(demoBook)
  vi.spyOn(demoBook, 'find').mockImplementation((symbol) => (symbol === 'COST' ? null : find(symbol)))
  for (let day = 1; day <= 21; day++) {
    vi.setSystemTime(NOON + day * DAY)
    await send(`/api/portfolios/${id}/refreshes`, {})
    await settled(id)
  }
  const { days, value } = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
  expect(days.at(-1)).toBe('2035-03-28')
  expect(value.slice(-25)).not.toContain(null)
  const then = (await json(`/api/dashboard-holdings-data?portfolio_id=${id}&as_of=2035-03-23`)).holdings
  const gone = then.find(({ symbol }: { symbol: string }) => symbol === 'COST')
  expect(gone).toMatchObject({ price, day_change: '0', delisted: '2035-03-08' })
})
