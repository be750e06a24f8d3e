import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { trades } from '../worker/invested.ts'

// DESIGN.md section 6 and checks/contract.mjs: names, types and statuses, no figures.

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

const decimal = expect.stringMatching(/^-?\d+(\.\d+)?$/)
const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const ratio = expect.any(Number)

let id: string
let imported: Response

beforeAll(async () => {
  setClock()
  id = await newPortfolio({ name: 'Contract check', benchmarks: ['VOO', 'QQQ'] })
  imported = await importCsv(id, trades)
  await settled(id)
})

beforeEach(() => setClock())
afterEach(() => setClock())

it('GET /healthz answers 200', async () => {
  expect((await request('/healthz')).status).toBe(200)
})

describe('/api/portfolios', () => {
  it('POST answers 201 with an id, and says where it is', async () => {
    const made = await send('/api/portfolios', {
      name: 'Another',
      base_currency: 'USD',
      cost_basis: 'average',
    })
    const portfolio: Answer = await made.json()
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/portfolios/${portfolio.id}`)
    expect(portfolio).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Another',
      description: '',
      base_currency: 'USD',
      benchmarks: ['VOO', 'QQQ'],
      cost_basis: 'average',
      created_at: instant,
    })
  })

  it('GET lists it', async () => {
    const { portfolios } = await json('/api/portfolios')
    expect(portfolios.map((portfolio: Answer) => portfolio.id)).toContain(id)
  })

  it('GET /:id answers it', async () => {
    expect(await json(`/api/portfolios/${id}`)).toMatchObject({ id, name: 'Contract check' })
  })

  it('an empty name is refused with problem+json', async () => {
    const refused = await send('/api/portfolios', { name: '' })
    expect(refused.status).toBe(422)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
  })
})

describe('imports', () => {
  it('answer what was taken, what was there, what was rejected', async () => {
    expect(imported.status).toBe(201)
    expect(await imported.json()).toMatchObject({
      import_id: expect.any(String),
      format: 'Transactions',
      accepted: 5,
      duplicates: 0,
      rejected: [],
      warnings: [],
    })
  })

  it('an unknown CSV is refused clearly', async () => {
    const junk = await importCsv(id, 'what,is,this\n1,2,3\n')
    expect(junk.status).toBe(422)
    expect(((await junk.json()) as Answer).detail).toContain('We couldn’t find a header')
  })
})

describe('refreshes', () => {
  it('the latest settles and says how it went', async () => {
    expect(await json(`/api/portfolios/${id}/refreshes/latest`)).toMatchObject({
      generation: expect.any(Number),
      status: 'done',
      done: expect.any(Number),
      total: expect.any(Number),
      failed: [],
      started_at: instant,
      finished_at: instant,
    })
  })

  it('POST answers 202 with a generation', async () => {
    const pressed = await send(`/api/portfolios/${id}/refreshes`, {})
    expect(pressed.status).toBe(202)
    expect(await pressed.json()).toEqual({ generation: expect.any(Number) })
    await settled(id)
  })
})

describe('transactions', { shuffle: false }, () => {
  let entered: Answer
  let status: number

  beforeAll(async () => {
    setClock()
    const posted = await send(`/api/portfolios/${id}/transactions`, {
      type: 'buy',
      symbol: 'QQQ',
      date: '2020-11-02',
      shares: '1.5',
      price: '270.10',
      fee: '0',
    })
    status = posted.status
    entered = await posted.json()
  })

  it('POST answers the row, its shares exact', () => {
    expect(status).toBe(201)
    expect(entered).toMatchObject({
      id: expect.any(String),
      type: 'buy',
      symbol: 'QQQ',
      date: '2020-11-02',
      shares: '1.5',
      price: '270.1',
      fee: '0',
      currency: 'USD',
      amount: '405.15',
      note: '',
      version: 1,
    })
  })

  it('GET lists it, and GET /:tx answers it', async () => {
    const { transactions, next } = await json(`/api/portfolios/${id}/transactions`)
    const { revision: _, ...row } = entered
    expect(transactions).toContainEqual(row)
    expect(next).toBeNull()
    expect(await json(`/api/portfolios/${id}/transactions/${entered.id}`)).toEqual(row)
  })

  it('PUT changes it; with the old version it answers 409', async () => {
    const path = `/api/portfolios/${id}/transactions/${entered.id}`
    const put = await send(path, { ...entered, shares: '2.5' }, 'PUT')
    expect(put.status).toBe(200)
    expect(await put.json()).toMatchObject({ shares: '2.5', version: 2 })
    expect((await send(path, { ...entered, shares: '9' }, 'PUT')).status).toBe(409)
  })

  it('DELETE takes it out', async () => {
    const path = `/api/portfolios/${id}/transactions/${entered.id}`
    expect((await request(path, { method: 'DELETE' })).status).toBe(204)
    expect((await request(path)).status).toBe(404)
  })

  it('more sold than held is refused', async () => {
    const over = { type: 'sell', symbol: 'QQQ', date: '2020-11-03', shares: '1000000', price: '1' }
    expect((await send(`/api/portfolios/${id}/transactions`, over)).status).toBe(422)
  })
})

describe('the dashboard', () => {
  it('initial data', async () => {
    const initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(initial).toMatchObject({
      portfolio: { id, name: 'Contract check', benchmarks: ['VOO', 'QQQ'] },
      as_of: instant,
      fresh: true,
      market: { phase: 'open', closes_at: instant, next_open_at: instant },
      summary: { value: decimal, invested: decimal },
      revision: expect.any(Number),
    })
    expect(initial.recent_activity[0]).toMatchObject({
      id: expect.any(String),
      type: 'sell',
      date: day,
      amount: decimal,
    })
    expect(initial.portfolio).not.toHaveProperty('owner')
  })

  it('holdings data', async () => {
    const { holdings, totals } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings).toHaveLength(3)
    for (const holding of holdings) {
      expect(holding).toMatchObject({
        symbol: expect.any(String),
        name: expect.any(String),
        shares: decimal,
        price: decimal,
        currency: 'USD',
        price_as_of: instant,
        price_source: 'the demo market',
        stale: false,
        market_value: decimal,
        cost_basis: decimal,
        unrealized_gain: decimal,
        gain_ratio: ratio,
        realized_gain: decimal,
        dividends: decimal,
        weight: ratio,
        day_change: decimal,
        contribution: decimal,
        xirr: ratio,
        dividend_yield: ratio,
        yield_on_cost: ratio,
        benchmarks: { VOO: ratio, QQQ: ratio },
      })
    }
    expect(totals).toMatchObject({
      market_value: decimal,
      cost_basis: decimal,
      unrealized_gain: decimal,
      contribution: decimal,
      unassigned: decimal,
    })
  })

  it('chart data: columns of one length', async () => {
    const chart = await json(`/api/dashboard-chart-data?portfolio_id=${id}&from=2020-01-02&to=2020-06-30`)
    expect(chart.days[0]).toBe('2020-01-02')
    expect(chart.days.at(-1)).toBe('2020-06-30')
    const { VOO, QQQ } = chart.benchmarks
    for (const column of [chart.value, chart.invested, chart.twr, VOO.value, VOO.twr, QQQ.value, QQQ.twr]) {
      expect(column).toHaveLength(chart.days.length)
    }
    for (const value of chart.value) expect(value).toEqual(decimal)
  })
})

const steadiness = {
  volatility: ratio,
  max_drawdown: ratio,
  drawdown: { ratio, peak: day, trough: day },
  best_day: { day, ratio },
  worst_day: { day, ratio },
  best_month: { month: expect.stringMatching(/^\d{4}-\d{2}$/), ratio },
  worst_month: { month: expect.stringMatching(/^\d{4}-\d{2}$/), ratio },
}

it('performance on a past day', async () => {
  const figures = await json(`/api/portfolios/${id}/performance?as_of=2020-06-30`)
  expect(figures).toMatchObject({
    as_of: '2020-06-30',
    value: decimal,
    cash: decimal,
    invested: decimal,
    total_gain: decimal,
    realized_gain: decimal,
    unrealized_gain: decimal,
    dividends: decimal,
    fees: decimal,
    xirr: ratio,
    twr: ratio,
    modified_dietz: ratio,
    ...steadiness,
    dividend_yield: ratio,
    yield_on_cost: ratio,
  })
  const measured = {
    value: decimal,
    invested: decimal,
    gain: decimal,
    gap: decimal,
    simple_return: ratio,
    xirr: ratio,
    twr: ratio,
    modified_dietz: ratio,
    ...steadiness,
  }
  expect(figures.benchmarks).toMatchObject({ VOO: measured, QQQ: measured })
})

it('cash flows', async () => {
  const { rows, totals } = await json(`/api/portfolios/${id}/cash-flows?view=portfolio`)
  expect(rows[0]).toMatchObject({
    date: day,
    type: 'deposit',
    description: expect.any(String),
    symbol: null,
    shares: null,
    price: null,
    amount: decimal,
    balance: decimal,
  })
  expect(totals).toMatchObject({ deposit: decimal, purchase: decimal })
})

it('the gap to a benchmark', async () => {
  const money = { value: decimal, paid: decimal, received: decimal, dividends: decimal, gap: decimal }
  const lines = { cash_drag: decimal, fees: decimal, interest: decimal, uncovered: decimal }
  const whole = { value: decimal, benchmark_value: decimal, gap: decimal, ...lines, as_of: day, from: null }
  const gap = (query: string) => json(`/api/portfolios/${id}/gap?benchmark=VOO${query}`)
  const bySymbol = await gap('')
  expect(bySymbol).toMatchObject({ benchmark: 'VOO', ...whole })
  expect(bySymbol.parts[0]).toEqual({ symbol: expect.any(String), ...money, reason: null })
  const byLot = await gap('&by=lot')
  expect(byLot.parts[0]).toEqual({
    symbol: expect.any(String),
    lot: expect.any(String),
    date: day,
    ...money,
    reason: null,
  })
  const byYear = await gap('&by=year')
  expect(byYear.parts[0]).toEqual({ symbol: expect.any(String), year: '2012', ...money, reason: null })
})

it('GET /api/status tells true counters', async () => {
  const status = await json('/api/status')
  expect(status.market).toBe('demo')
  expect(status.upstream).toContainEqual({ source: 'demo', endpoint: 'chart', outcome: 'ok', count: 4 })
  expect(status.refreshes.map((refresh: Answer) => refresh.portfolio_id)).toContain(id)
  expect(status.quotes.map((quote: Answer) => quote.symbol)).toEqual(
    expect.arrayContaining(['AAPL', 'QQQ', 'TSLA', 'VOO']),
  )
  expect(status.dead_letters).toEqual({ count: 0, waiting: 0, newest: [] })
})

it('no portfolio is 404', async () => {
  const path = '/api/portfolios/00000000-0000-4000-8000-000000000000/performance'
  expect((await request(path)).status).toBe(404)
})

it('DELETE answers 204, and the portfolio is gone', async () => {
  const gone = await newPortfolio()
  expect((await request(`/api/portfolios/${gone}`, { method: 'DELETE' })).status).toBe(204)
  expect((await request(`/api/portfolios/${gone}`)).status).toBe(404)
})
