import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import type { DrawnLines } from '../../src/metrics/drawn-lines.ts'
import { type PackedLines, unpacked } from '../../src/web/packed-lines.ts'
import { json, request } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

/** The close that the demo market itself tells for a day, in today's share units. */
function close(symbol: string, day: string): number {
  return demoBook.find(symbol)!.bars(day, day)[0]!.close
}

const performance = (query = '') => json(`/api/portfolios/${id}/performance?${query}`)
const holdings = (query = '') => json(`/api/dashboard-holdings-data?portfolio_id=${id}&${query}`)
const chart = (query = '') => json(`/api/dashboard-chart-data?portfolio_id=${id}&${query}`)
const cashFlows = (query = '') => json(`/api/portfolios/${id}/cash-flows?${query}`)

describe('performance on a past day', () => {
  it('is the shares of that day at the close of that day, and the cash', async () => {
    // 400.00 and 615.00 were put in, 1.20 came as a dividend
    const { value, invested: putIn, cash, dividends } = await performance('as_of=2013-06-28')
    const worth = 14.245014 * 15 * close('TSLA', '2013-06-28') + 10 * close('QQQ', '2013-06-28')
    expect(Number(value)).toBeCloseTo(worth + 1.2, 2)
    expect({ putIn, dividends }).toEqual({ putIn: '1015', dividends: '1.2' })
    // 400.00 − 14.245014 × 28.08, and the dividend
    expect(cash).toBe('1.20000688')
  })

  it('knows nothing that came later', async () => {
    const { realized_gain: then } = await performance('as_of=2022-05-31')
    const { realized_gain: later } = await performance('as_of=2022-06-01')
    expect(then).toBe('0')
    // 4 × (307.00 − 61.50)
    expect(later).toBe('982')
  })

  it('before the first transaction is nothing', async () => {
    expect(await performance('as_of=2011-12-30')).toMatchObject({ value: '0', invested: '0', xirr: null })
  })

  it('adds up: value − invested = realized + unrealized + dividends − fees', async () => {
    for (const query of ['as_of=2013-06-28', 'as_of=2022-06-01', '']) {
      const figures = await performance(query)
      const { value, invested: putIn, total_gain, realized_gain, unrealized_gain, dividends } = figures
      expect(Number(value) - Number(putIn)).toBeCloseTo(Number(total_gain), 6)
      expect(Number(realized_gain) + Number(unrealized_gain) + Number(dividends)).toBeCloseTo(
        Number(total_gain),
        6,
      )
    }
  })

  it('without a day is the dashboard’s own', async () => {
    const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(await performance()).toEqual(summary)
    const { today: _, ...figures } = summary
    expect(await performance(`as_of=${TODAY}`)).toEqual(figures)
  })

  it('a benchmark got every deposit on its day', async () => {
    const { benchmarks, value } = await performance('as_of=2012-02-03')
    const { VOO } = benchmarks
    // no dividend of VOO lies between the two deposits
    const worth = 400 * (close('VOO', '2012-02-03') / close('VOO', '2012-01-03')) + 615
    expect(Number(VOO.value)).toBeCloseTo(worth, 2)
    expect(Number(VOO.gap)).toBeCloseTo(Number(value) - Number(VOO.value), 6)
  })
})

describe('performance of a period', () => {
  it('starts with the value at the close of its first day', async () => {
    const start = await performance('as_of=2020-01-02')
    const period = await performance('from=2020-01-02&as_of=2020-12-31')
    expect(period).toMatchObject({ from: '2020-01-02', as_of: '2020-12-31', invested: start.value })
    expect(Number(period.total_gain)).toBeCloseTo(Number(period.value) - Number(start.value), 6)
  })

  it('counts what was put in meanwhile', async () => {
    const start = await performance('as_of=2020-12-31')
    const period = await performance('from=2020-12-31&as_of=2021-06-30')
    // 20 × 125.10 less the 1.20000688 that lay there, up to the cent
    expect(Number(period.invested)).toBeCloseTo(Number(start.value) + 2500.8, 6)
  })

  it('goes on until today without an end', async () => {
    expect(await performance('from=2020-01-02')).toMatchObject({ from: '2020-01-02', as_of: TODAY })
  })
})

describe('a figure explained', () => {
  it('comes with the figures, from what they were made of', async () => {
    const { explain, ...figures } = await performance('explain=total_gain')
    expect(figures).toEqual(await performance())
    const { value, invested: putIn, total_gain: result, as_of: to } = figures
    expect(explain).toEqual({
      figure: 'total_gain',
      formula: 'value − invested',
      method: expect.any(String),
      inputs: [
        { label: 'Value', value, unit: 'money' },
        { label: 'Invested', value: putIn, unit: 'money' },
      ],
      days: { from: '2012-01-03', to },
      result,
      reason: null,
    })
  })

  it('has the dated flows of an XIRR, the value at the end among them', async () => {
    const { explain, ...figures } = await performance('explain=xirr')
    expect(figures).toEqual(await performance())
    expect(explain.result).toBe(figures.xirr)
    expect(explain.flows).toMatchObject([
      { day: '2012-01-03', amount: '-400' },
      { day: '2012-02-03', amount: '-615' },
      { day: '2021-03-02', amount: '-2500.8' },
      { day: TODAY },
    ])
    expect(explain.flow_count).toBe(4)
    expect(Number(explain.flows[3].amount)).toBeCloseTo(Number(figures.value), 5)
  })

  it('is that of the period or the day asked for', async () => {
    const { explain, invested: putIn } = await performance(
      'from=2020-01-02&as_of=2020-12-31&explain=invested',
    )
    expect(explain).toMatchObject({ days: { from: '2020-01-02', to: '2020-12-31' }, result: putIn })
    const { explain: rate } = await performance('as_of=2013-06-28&explain=benchmarks.VOO.xirr')
    expect(rate.flows.at(-1).day).toBe('2013-06-28')
  })

  it('that cannot be told says why', async () => {
    const { explain } = await performance('as_of=2012-06-28&explain=xirr')
    expect(explain).toMatchObject({
      result: null,
      reason: 'an annual rate needs 365 days of history; there are only 177',
    })
  })
})

describe('holdings', () => {
  it('of a past day have its close, in today’s share units, and are never stale', async () => {
    const { holdings: rows } = await holdings('as_of=2013-06-28')
    expect(rows.map((row: Answer) => row.symbol).toSorted()).toEqual(['QQQ', 'TSLA'])
    const tesla = rows.find((row: Answer) => row.symbol === 'TSLA')
    expect(tesla).toMatchObject({
      shares: '213.67521',
      cost_basis: '399.99999312',
      price_as_of: '2013-06-28',
      stale: false,
    })
    expect(Number(tesla.price)).toBe(close('TSLA', '2013-06-28'))
  })

  it('of a day without a session have the close before it', async () => {
    const { holdings: rows } = await holdings('as_of=2013-06-30')
    expect(rows.map((row: Answer) => row.price_as_of)).toEqual(['2013-06-28', '2013-06-28'])
  })

  it('add up to the value of the portfolio, their weights to 1', async () => {
    const { holdings: rows, totals } = await holdings()
    const { value, cash } = await performance()
    expect(Number(totals.market_value) + Number(cash)).toBeCloseTo(Number(value), 6)
    const sum = (of: (row: Answer) => number) =>
      rows.reduce((total: number, row: Answer) => total + of(row), 0)
    expect(sum((row) => Number(row.market_value))).toBeCloseTo(Number(totals.market_value), 6)
    expect(sum((row) => row.weight)).toBeCloseTo(1, 12)
  })

  it('carry the dividends and realized gain of their own', async () => {
    const { holdings: rows } = await holdings()
    expect(rows.find((row: Answer) => row.symbol === 'QQQ')).toMatchObject({
      shares: '6',
      cost_basis: '369',
      realized_gain: '982',
      dividends: '1.2',
    })
  })

  it('bring the total gain together', async () => {
    const { totals } = await holdings()
    const { total_gain } = await performance()
    expect(Number(totals.contribution) + Number(totals.unassigned)).toBeCloseTo(Number(total_gain), 2)
  })

  it('have their open lots when asked for them, on any day', async () => {
    for (const query of ['', 'as_of=2022-06-30&']) {
      const { holdings: rows, closed } = await holdings(`${query}lots=1`)
      const plain = await holdings(query)
      expect(rows).toMatchObject(plain.holdings)
      const lots = rows.find((row: Answer) => row.symbol === 'QQQ').lots
      // 6 of the 10 bought are left, at 61.50
      expect(lots).toMatchObject([{ date: '2012-02-03', shares: '6', cost_basis: '369', reasons: {} }])
      expect(closed.every((row: Answer) => row.lots.length === 0)).toBe(true)
    }
  })

  it('show no field that is ours alone', async () => {
    const { holdings: rows } = await holdings()
    expect(Object.keys(rows[0])).not.toEqual(expect.arrayContaining(['fetched_at']))
  })
})

describe('the chart', () => {
  it('begins with the first transaction and ends today', async () => {
    const { days, value } = await chart()
    expect([days[0], days.at(-1)]).toEqual(['2012-01-03', TODAY])
    expect(Number(value.at(-1))).toBeCloseTo(Number((await performance()).value), 2)
  })

  it('says of each day what performance says of it', async () => {
    const { days, value, invested: putIn, benchmarks } = await chart()
    for (const day of ['2012-02-03', '2020-08-31', '2022-06-01']) {
      const i = days.indexOf(day)
      const figures = await performance(`as_of=${day}`)
      expect(Number(value[i])).toBeCloseTo(Number(figures.value), 2)
      expect(Number(putIn[i])).toBeCloseTo(Number(figures.invested), 2)
      expect(Number(benchmarks.VOO.value[i])).toBeCloseTo(Number(figures.benchmarks.VOO.value), 2)
    }
  })

  it('cut to a period starts its returns at zero, and keeps their proportions', async () => {
    const whole = await chart()
    const cut = await chart('from=2020-01-02&to=2020-12-31')
    expect([cut.days[0], cut.days.at(-1)]).toEqual(['2020-01-02', '2020-12-31'])
    expect([cut.twr[0], cut.benchmarks.VOO.twr[0]]).toEqual([0, 0])
    const at = (day: string) => 1 + whole.twr[whole.days.indexOf(day)]
    expect(1 + cut.twr.at(-1)).toBeCloseTo(at('2020-12-31') / at('2020-01-02'), 6)
  })

  it('of a period without days is empty', async () => {
    const { days, value, benchmarks } = await chart('from=2021-01-01&to=2020-01-01')
    expect({ days, value, voo: benchmarks.VOO.value }).toEqual({ days: [], value: [], voo: [] })
  })

  it('as of a past day ends there', async () => {
    const { days, value } = await chart('as_of=2013-06-28')
    expect(days.at(-1)).toBe('2013-06-28')
    expect(Number(value.at(-1))).toBeCloseTo(Number((await performance('as_of=2013-06-28')).value), 2)
  })

  it('of the page is the same, in hundredths', async () => {
    const shown = await chart()
    const { days, value } = await json(`/portfolios/${id}/chart.json?days=every`)
    expect(days).toEqual(shown.days)
    expect(value.map((cents: number) => cents / 100)).toEqual(shown.value.map(Number))
  })

  it('of the page over many years has some of the days, every extreme of every line among them', async () => {
    const every = await json(`/portfolios/${id}/chart.json?days=every`)
    const some = await json(`/portfolios/${id}/chart.json?width=100`)
    expect(every.days.length).toBeGreaterThan(3_000)
    expect(some.days.length).toBeLessThan(every.days.length / 2)
    expect(some.value).toEqual(some.days.map((day: string) => every.value[every.days.indexOf(day)]))
    const extremes = (of: Answer) =>
      [of, ...Object.values<Answer>(of.benchmarks)].flatMap(({ value, twr }) =>
        [value, twr.map((each: number | null) => each && Math.round(each * 1e4))].map((column) => {
          const known = column.filter((each: number | null) => each !== null)
          return [Math.min(...known), Math.max(...known)]
        }),
      )
    expect(extremes(some)).toEqual(extremes(every))
    expect([some.days[0], some.days.at(-1)]).toEqual([every.days[0], every.days.at(-1)])
  })

  it.each(['money', 'percent', 'drawdown'] as const)(
    'of the page in %s packs what it is exactly',
    async (unit) => {
      const address = `/portfolios/${id}/chart.json?range=5y&unit=${unit}`
      const exact: DrawnLines = await json(`${address}&days=every`)
      const packed: PackedLines = await json(`${address}&width=8000`)
      const drawn = unpacked(packed)
      expect(drawn.days).toEqual(exact.days)
      for (const [line, { values }] of exact.lines.entries()) {
        const off = values.map((value, i) => Math.abs((value ?? 0) - (drawn.lines[line]!.values[i] ?? 0)))
        expect(Math.max(...off)).toBeLessThanOrEqual(packed.step / 2 + 1e-9)
        expect(drawn.lines[line]!.values.at(-1)).toBe(values.at(-1))
      }
    },
  )

  it.each([
    ['1m', '2035-02-04'],
    ['ytd', '2034-12-31'],
    ['5y', '2030-03-07'],
  ])('of the page over %s begins no earlier than %s', async (range, first) => {
    const { days } = await json(`/portfolios/${id}/chart.json?range=${range}`)
    expect(days[0] >= first).toBe(true)
    expect(Date.parse(days[0]) - Date.parse(first)).toBeLessThan(5 * 86_400_000)
  })
})

describe('the days between two dates', () => {
  it('are those days, and returns start at 0 on the first', async () => {
    const { days, twr } = await json(`/portfolios/${id}/chart.json?from=2013-06-01&to=2013-06-30`)
    // a Monday and a Friday
    expect([days[0], days.at(-1), twr[0]]).toEqual(['2013-06-03', '2013-06-28', 0])
  })

  it('may be open at either end', async () => {
    const every = (await json(`/portfolios/${id}/chart.json`)).days
    expect((await json(`/portfolios/${id}/chart.json?to=2013-06-30`)).days[0]).toBe(every[0])
    expect((await json(`/portfolios/${id}/chart.json?from=2034-06-30`)).days.at(-1)).toBe(every.at(-1))
  })
})

it('the marks of the chart are all purchases, sales and dividends', async () => {
  const marks: Answer[] = await json(`/portfolios/${id}/trades.json`)
  const { transactions } = await json(`/api/portfolios/${id}/transactions`)
  const told = ({ type, symbol, date }: Answer) => `${date} ${type} ${symbol}`
  const wanted = transactions.filter(({ type }: Answer) => ['buy', 'sell', 'dividend'].includes(type))
  expect(marks.map(told).toSorted()).toEqual(wanted.map(told).toSorted())
})

describe('cash flows', () => {
  const runs = (rows: Answer[]) =>
    rows.every(
      (row, i) =>
        Math.abs(Number(row.balance) - Number(rows[i - 1]?.balance ?? 0) - Number(row.amount)) < 1e-9,
    )

  it('of the portfolio are its cash book, with the deposits that its purchases imply', async () => {
    const { view, rows, totals } = await cashFlows()
    expect(view).toBe('portfolio')
    expect(rows.map((row: Answer) => [row.date, row.type, row.amount])).toEqual([
      ['2012-01-03', 'deposit', '400'],
      ['2012-01-03', 'purchase', '-399.99999312'],
      ['2012-02-03', 'deposit', '615'],
      ['2012-02-03', 'purchase', '-615'],
      ['2012-03-19', 'dividend', '1.2'],
      ['2021-03-02', 'deposit', '2500.8'],
      ['2021-03-02', 'purchase', '-2502'],
      ['2022-06-01', 'sale', '1228'],
    ])
    expect(runs(rows)).toBe(true)
    expect(rows.at(-1).balance).toBe((await performance()).cash)
    expect(totals).toMatchObject({ deposit: (await performance()).invested, sale: '1228', dividend: '1.2' })
  })

  it('of a benchmark put the same deposits into it', async () => {
    const { view, rows, totals } = await cashFlows('view=VOO')
    expect(view).toBe('VOO')
    expect(totals).toMatchObject({ deposit: '3515.8', purchase: '-3515.8' })
    expect(
      rows.filter((row: Answer) => row.type === 'purchase').map((row: Answer) => [row.date, row.symbol]),
    ).toEqual([
      ['2012-01-03', 'VOO'],
      ['2012-02-03', 'VOO'],
      ['2021-03-02', 'VOO'],
    ])
    expect(Number(rows[1].shares) * close('VOO', '2012-01-03')).toBeCloseTo(400, 4)
    expect(runs(rows)).toBe(true)
  })

  it('up to a past day end there', async () => {
    const { rows } = await cashFlows('as_of=2012-02-29')
    expect(rows.at(-1)).toMatchObject({ date: '2012-02-03', type: 'purchase' })
  })
})

describe('a question that has no answer is refused with a sentence', () => {
  it.each([
    ['performance?as_of=yesterday', 'as_of must be a date such as 2024-03-01, not “yesterday”'],
    ['performance?as_of=2023-02-29', 'as_of must be a date'],
    ['performance?as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
    ['performance?from=20200102', 'from must be a date'],
    ['performance?from=2020-01-02&as_of=2020-01-02', 'from (2020-01-02) must be before as_of (2020-01-02)'],
    ['performance?from=2036-01-01', 'from (2036-01-01) must be before as_of (2035-03-07)'],
    ['performance?explain=luck', 'explain must be one of value, total_gain, today, cash,'],
    ['performance?explain=toString', 'not “toString”'],
    ['performance?explain=benchmarks.SPY.xirr', 'benchmarks.QQQ.xirr'],
    ['performance?as_of=2034-03-08&explain=today', 'not “today”'],
    ['cash-flows?as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
    ['cash-flows?view=SPY', 'view must be one of portfolio, VOO, QQQ, not “SPY”'],
  ])('%s', async (path, sentence) => {
    expect(await refusal(`/api/portfolios/${id}/${path}`)).toEqual([400, expect.stringContaining(sentence)])
  })

  it.each([
    ['holdings-data', 'as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
    ['holdings-data', 'as_of=%3Cb%3E', 'as_of must be a date such as 2024-03-01, not “<b>”'],
    ['chart-data', 'from=x', 'from must be a date'],
    ['chart-data', 'to=x', 'to must be a date'],
    ['holdings-data', 'lots=yes', '`lots` must be 1 or 0'],
    ['chart-data', 'as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
  ])('dashboard-%s?%s', async (part, query, sentence) => {
    const path = `/api/dashboard-${part}?portfolio_id=${id}&${query}`
    expect(await refusal(path)).toEqual([400, expect.stringContaining(sentence)])
  })

  it.each([
    ['from=2034-02-30', '“2034-02-30” is not a date'],
    [
      'from=2034-03-01&to=2034-02-01',
      'The start date (2034-03-01) must be before the end date (2034-02-01).',
    ],
    ['unit=euros', 'unit must be one of money, percent, drawdown.'],
    ['width=0', 'width must be a whole number of pixels from 1 to 8000.'],
    ['width=wide', 'width must be a whole number of pixels'],
    ['days=some', 'days must be “every”'],
  ])('chart.json?%s', async (query, sentence) => {
    const refused = await refusal(`/portfolios/${id}/chart.json?${query}`)
    expect(refused).toEqual([400, expect.stringContaining(sentence)])
  })

  it('chart.json?range=2w', async () => {
    const sentence = 'range must be one of 1m, 3m, ytd, 12m, 5y, all.'
    expect(await refusal(`/portfolios/${id}/chart.json?range=2w`)).toEqual([400, sentence])
  })

  async function refusal(path: string) {
    const answer = await request(path)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    return [answer.status, ((await answer.json()) as Answer).detail]
  }
})
