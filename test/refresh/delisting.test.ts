import { afterEach, expect, it, vi } from 'vitest'
import { json, misbehave, request, send, settled } from '../worker/app.ts'
import { DAY, NOON } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { deliver } from '../worker/queue.ts'

const HOUR = 3_600_000

afterEach(async () => {
  await misbehave(null)
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
  await misbehave({ kind: 'partial', symbols: ['KO'] })
  await deliver({ kind: 'quotes', symbols: ['KO'], requesters: [] })
  expect(await refreshed(id)).toMatchObject({ total: 0 })
  const gone = {
    price: before.price,
    market_value: before.market_value,
    delisted: '2035-03-08',
    reason: 'no longer quoted since 2035-03-08; last price of 2035-03-07',
  }
  expect(await row(id)).toMatchObject(gone)
  const fragment = await (await request(`/portfolios/${id}/holdings`)).text()
  expect(fragment).toContain(gone.reason)
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
