import { exports } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOST, json, newPortfolio, request, send, settled, signed } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'

/** 13:00 on March 8 in Sydney, 21:00 on March 7 in New York, 16:00 on March 8 where the day begins first. */
const SYDNEY = Date.parse('2035-03-08T02:00:00Z')
/** 17:00 on March 7 in New York and in winter, 9:00 on March 8 in Sydney. */
const EVENING = Date.parse('2035-03-07T22:00:00Z')

let id: string
beforeAll(async () => {
  setClock(SYDNEY)
  id = await newPortfolio({ benchmarks: ['VOO'] })
  const bought = { type: 'buy', symbol: 'AAPL', date: '2034-01-03', shares: '10', price: '185.5' }
  await send(`/api/portfolios/${id}/transactions`, bought)
  await settled(id)
})
afterAll(() => void vi.useRealTimers())

const endpoints = (asOf: string) => [
  `/api/portfolios/${id}/performance?as_of=${asOf}`,
  `/api/dashboard-holdings-data?portfolio_id=${id}&as_of=${asOf}`,
  `/api/dashboard-chart-data?portfolio_id=${id}&as_of=${asOf}`,
  `/api/portfolios/${id}/cash-flows?as_of=${asOf}`,
  `/api/portfolios/${id}/gap?benchmark=VOO&as_of=${asOf}`,
  `/portfolios/${id}/export/cash-flows.csv?as_of=${asOf}`,
]
const statuses = async (asOf: string) =>
  new Set(await Promise.all(endpoints(asOf).map(async (path) => (await request(path)).status)))

describe.each([
  ['13:00 in Sydney', SYDNEY],
  ['an evening in New York', EVENING],
])('at %s', (_, now) => {
  beforeAll(() => setClock(now))

  it('as_of may be any day that has begun anywhere, and none that has not', async () => {
    expect(await statuses('2035-03-07')).toEqual(new Set([200]))
    expect(await statuses('2035-03-08')).toEqual(new Set([200]))
    expect(await statuses('2035-03-09')).toEqual(new Set([400]))
  })

  it('a day that New York has yet to reach is worth what its last close is worth', async () => {
    const [ny, first] = await Promise.all(
      ['2035-03-07', '2035-03-08'].map((day) => json(`/api/portfolios/${id}/performance?as_of=${day}`)),
    )
    expect(first).toMatchObject({ as_of: '2035-03-08', value: ny.value, invested: ny.invested })
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}&as_of=2035-03-08`)
    expect(holdings[0]).toMatchObject({ symbol: 'AAPL', market_value: ny.value })
  })

  it('what is entered of that day can be asked for, and is refused where its exchange has not reached it', async () => {
    const at = `/api/portfolios/${id}/transactions`
    const deposit = await send(at, { type: 'deposit', date: '2035-03-08', amount: '5' })
    expect(deposit.status).toBe(201)
    const { invested } = await json(`/api/portfolios/${id}/performance?as_of=2035-03-08`)
    expect(invested).toBe('1860')
    const refused = await send(at, {
      type: 'buy',
      symbol: 'AAPL',
      date: '2035-03-08',
      shares: '1',
      price: '1',
    })
    expect(refused.status).toBe(422)
    expect((await refused.json<{ detail: string }>()).detail).toContain(
      '2035-03-08 is in the future: where AAPL trades it is 2035-03-07',
    )
    await request(`${at}/${(await deposit.json<{ id: string }>()).id}`, { method: 'DELETE' })
  })
})

it.each([
  ['', '2035-03-08'],
  ['?ticker=BHP.AX', '2035-03-08'],
  ['?ticker=AAPL', '2035-03-07'],
])('a form that is opened in Sydney with “%s” offers %s', async (search, day) => {
  setClock(SYDNEY)
  const opened = signed(`${HOST}/portfolios/${id}/transactions/new${search}`, {
    cf: { timezone: 'Australia/Sydney' },
  } as RequestInit)
  const form = await (await exports.default.fetch(opened)).text()
  expect(/name="date" value="([^"]+)"/.exec(form)![1]).toBe(day)
})
