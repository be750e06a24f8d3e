import { Big } from 'big.js'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { explainable } from '../../src/metrics/explain.ts'
import { json, newPortfolio, send, settled } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

/** Amounts from 1e-8 to 1e12, and those that doubles cannot add: 0.1 + 0.2, 3 × 1.1, 0.7 of a share. */
const story: Record<string, unknown>[] = [
  { date: '2034-01-03', type: 'deposit', amount: '0.1' },
  { date: '2034-01-03', type: 'deposit', amount: 0.2 },
  // as a JSON number JavaScript prints it as 1e-8
  { date: '2034-01-03', type: 'deposit', amount: 0.00000001 },
  { date: '2034-01-03', type: 'deposit', amount: '0.00012345' },
  { date: '2034-01-04', type: 'deposit', amount: '1000000000000' },
  { date: '2034-01-05', type: 'buy', symbol: 'AAPL', shares: '0.1', price: '1.1', fee: '0.1' },
  { date: '2034-01-05', type: 'buy', symbol: 'AAPL', shares: '0.1', price: 1.1, fee: '0.1' },
  { date: '2034-01-05', type: 'buy', symbol: 'AAPL', shares: 0.1, price: '1.1', fee: 0.1 },
  { date: '2034-01-05', type: 'buy', symbol: 'KO', shares: 3, price: '1.1' },
  { date: '2034-01-09', type: 'buy', symbol: 'KO', shares: '2000000000', price: '499.99', fee: '0.3' },
  { date: '2034-02-01', type: 'dividend', symbol: 'KO', amount: '0.1' },
  { date: '2034-02-01', type: 'dividend', symbol: 'KO', amount: '0.2' },
  { date: '2034-02-01', type: 'buy', symbol: 'AAPL', shares: '0.00000001', price: '734.7' },
  { date: '2034-02-01', type: 'fee', amount: '0.00000001' },
  { date: '2034-03-01', type: 'sell', symbol: 'AAPL', shares: '0.3', price: '1.7', fee: '0.01' },
  { date: '2034-03-01', type: 'withdrawal', amount: '0.7' },
  { date: '2034-06-01', type: 'buy', symbol: 'MSFT', shares: '0.7', price: '1000000000' },
  { date: '2034-07-03', type: 'withdrawal', amount: '0.00000001' },
  { date: TODAY, type: 'sell', symbol: 'MSFT', shares: '0.2', price: '0.3' },
]

let id: string

beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: ['VOO'] })
  for (const entry of story) {
    const answer = await send(`/api/portfolios/${id}/transactions`, entry)
    if (answer.status !== 201) throw new Error(`${JSON.stringify(entry)}: ${await answer.text()}`)
  }
  await settled(id)
})

beforeEach(() => setClock())
afterEach(() => setClock())

/** What the deposits came to: the recorded ones, and what MSFT took beyond the cash, up to the cent. */
const cashBeforeMsft = new Big('1000000000000.30012346')
  .minus('0.63')
  .minus('3.3')
  .minus('999980000000.3')
  .plus('0.3')
  .minus('0.000007347')
  .minus('0.00000001')
  .plus('0.5')
  .minus('0.7')
const inferred = new Big('700000000').minus(cashBeforeMsft).round(2, 3)
const deposited = new Big('1000000000000.30012346').plus(inferred)
const withdrawn = new Big('0.70000001')
const cash = cashBeforeMsft.plus(inferred).minus('700000000').minus('0.00000001').plus('0.06')

const close = (symbol: string, day: string) => new Big(`${demoBook.find(symbol)!.bars(day, day)[0]!.close}`)

const plain = (value: Big) => value.round(10, 2).toFixed()

const performance = (query = '') => json(`/api/portfolios/${id}/performance?${query}`)
const holdings = (query = '') => json(`/api/dashboard-holdings-data?portfolio_id=${id}&${query}`)
const chart = (query = '') => json(`/api/dashboard-chart-data?portfolio_id=${id}&${query}`)
const cashFlows = (query = '') => json(`/api/portfolios/${id}/cash-flows?${query}`)

describe('every figure, by hand', () => {
  it('of the cash and what was put in', async () => {
    const figures = await performance()
    expect(figures).toMatchObject({
      cash: plain(cash),
      invested: plain(deposited.minus(withdrawn)),
      dividends: '0.3',
      // 3 × 0.1, 0.3, 0.00000001, 0.01
      fees: '0.61000001',
    })
    expect(figures.inputs).toMatchObject({
      deposits: plain(deposited),
      withdrawals: '0.70000001',
      // 0.63 + 3.3 + 999980000000.3 + 0.000007347 + 7e8
      purchases: '1000680000004.230007347',
      // 0.51 − 0.01 + 0.06
      sales: '0.56',
      other_fees: '0.00000001',
    })
  })

  it('of the holdings', async () => {
    const { holdings: rows, totals } = await holdings()
    const row = (symbol: string) => rows.find((each: Answer) => each.symbol === symbol)
    // AAPL: 0.51 − 0.01 − 3 × (0.11 + 0.1); MSFT: 0.06 − 0.2/0.7 × 7e8
    expect(row('AAPL')).toMatchObject({
      shares: '0.00000001',
      cost_basis: '0.000007347',
      realized_gain: '-0.13',
    })
    expect(row('KO')).toMatchObject({
      shares: '2000000003',
      cost_basis: '999980000003.6',
      dividends: '0.3',
    })
    expect(row('MSFT')).toMatchObject({
      shares: '0.5',
      cost_basis: '500000000',
      realized_gain: '-199999999.94',
    })
    let worth = new Big(0)
    for (const { shares, price, market_value, cost_basis, unrealized_gain } of rows) {
      const value = new Big(shares).times(price)
      expect(market_value).toBe(plain(value))
      expect(unrealized_gain).toBe(plain(new Big(market_value).minus(cost_basis)))
      worth = worth.plus(market_value)
    }
    expect(totals).toMatchObject({
      market_value: plain(worth),
      cost_basis: '1000480000003.600007347',
      realized_gain: '-200000000.07',
      dividends: '0.3',
      unassigned: '-0.00000001',
    })
    const { value, total_gain } = await performance()
    expect(value).toBe(plain(worth.plus(cash)))
    expect(total_gain).toBe(plain(worth.plus(cash).minus(deposited).plus(withdrawn)))
    expect(plain(new Big(totals.contribution).plus(totals.unassigned))).toBe(total_gain)
  })

  it('of the day: the sum of its rows, what was sold for 0.06 today among it', async () => {
    const { holdings: rows, totals } = await holdings()
    const sum = rows.reduce((all: Big, row: Answer) => all.plus(row.day_change), new Big(0))
    const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect([totals.day_change, summary.today.change]).toEqual([plain(sum), plain(sum)])
    const { price, day_change } = rows.find((row: Answer) => row.symbol === 'MSFT')
    const before = new Big('0.7').times(close('MSFT', '2035-03-06'))
    expect(day_change).toBe(plain(new Big(price).times('0.5').plus('0.06').minus(before)))
  })

  it('of the cash book, row for row', async () => {
    const { rows, totals } = await cashFlows()
    let balance = new Big(0)
    for (const row of rows) {
      balance = balance.plus(row.amount)
      expect(row.balance).toBe(plain(balance))
    }
    expect(plain(balance)).toBe(plain(cash))
    expect(rows.map((row: Answer) => row.amount)).toEqual([
      '0.1',
      '0.2',
      '0.00000001',
      '0.00012345',
      '1000000000000',
      '-0.21',
      '-0.21',
      '-0.21',
      '-3.3',
      '-999980000000.3',
      '0.1',
      '0.2',
      '-0.000007347',
      '-0.00000001',
      '0.5',
      '-0.7',
      plain(inferred),
      '-700000000',
      '-0.00000001',
      '0.06',
    ])
    expect(totals).toMatchObject({ deposit: plain(deposited), withdrawal: '-0.70000001', dividend: '0.3' })
  })

  it('of the chart: cents of what the holdings and the cash were worth on each day', async () => {
    const { days, value, invested } = await chart()
    const at = (day: string) => days.indexOf(day)
    expect(invested.slice(0, 3)).toEqual(['0.3', '1000000000000.3', '1000000000000.3'])
    expect(invested.at(-1)).toBe(deposited.minus(withdrawn).round(2).toFixed())
    // after KO's second purchase, before any sale
    const worth = close('AAPL', '2034-01-10').times('0.3').plus(close('KO', '2034-01-10').times('2000000003'))
    const left = new Big('1000000000000.30012346').minus('0.63').minus('3.3').minus('999980000000.3')
    expect(value[at('2034-01-10')]).toBe(worth.plus(left).round(2).toFixed())
    const page = await json(`/portfolios/${id}/chart.json?days=every`)
    expect(page.value.every(Number.isSafeInteger)).toBe(true)
    expect(page.value.map((cents: number) => new Big(cents).div(100).toFixed())).toEqual(value)
  })

  it('of the benchmark, to fourteen digits', async () => {
    const { days } = await chart()
    const { benchmarks, invested, value } = await performance()
    const { VOO } = benchmarks
    // units bought at each day's close; every ex-date they grow as if reinvested at the close before less the dividend
    const flows: Record<string, Big> = {
      '2034-01-03': new Big('0.30012346'),
      '2034-01-04': new Big('1000000000000'),
      '2034-03-01': new Big('-0.7'),
      '2034-06-01': inferred,
      '2034-07-03': new Big('-0.00000001'),
    }
    const paid = new Map(demoBook.find('VOO')!.dividends.map(({ day, amount }) => [day, amount]))
    let units = new Big(0)
    let before = close('VOO', days[0])
    for (const day of days.slice(0, -1)) {
      const dividend = paid.get(day) ?? 0
      units = units.times(before).div(before.minus(dividend))
      before = close('VOO', day)
      units = units.plus((flows[day] ?? new Big(0)).div(before))
    }
    const { quotes } = await json('/api/status')
    const now = quotes.find((quote: Answer) => quote.symbol === 'VOO')
    const worth = units.times(now.price)
    expect(worth.minus(VOO.value).div(worth).abs().lt('1e-13')).toBe(true)
    expect(VOO.value.replace(/[-.]/g, '').length).toBeLessThanOrEqual(14)
    expect(VOO.invested).toBe(invested)
    expect(VOO.gain).toBe(plain(new Big(VOO.value).minus(invested)))
    expect(VOO.gap).toBe(plain(new Big(value).minus(VOO.value)))
  })
})

describe('a trade whose amount is out of range', () => {
  it.each([
    [
      { shares: '1000000000000', price: '1000000000' },
      'shares × price is 1000000000000000000000, more than the limit of',
    ],
    [{ shares: '0.00000001', price: '0.00000001' }, 'shares × price is too small to record'],
    [{ shares: 0.00000001, price: 0.00000001 }, 'shares × price is too small to record'],
  ])('%j is refused with a sentence', async (wrong, sentence) => {
    const entry = { date: TODAY, type: 'buy', symbol: 'KO', ...wrong }
    const refused = await send(`/api/portfolios/${id}/transactions`, entry)
    const { faults }: Answer = await refused.json()
    expect([refused.status, faults]).toEqual([
      422,
      [{ field: 'shares', reason: expect.stringContaining(sentence) }],
    ])
  })
})

describe('no answer of the API', () => {
  let answers: [path: string, answer: Answer][]

  beforeAll(async () => {
    setClock()
    const figures = explainable((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary)
    const data = `portfolio_id=${id}`
    const own = `/api/portfolios/${id}`
    const paths = [
      own,
      `/api/dashboard-initial-data?${data}`,
      ...['', '&lots=1', '&as_of=2034-02-15', '&as_of=2034-02-15&lots=1'].map(
        (query) => `/api/dashboard-holdings-data?${data}${query}`,
      ),
      ...['', '&from=2034-02-15&to=2034-12-29', '&as_of=2034-06-01'].map(
        (query) => `/api/dashboard-chart-data?${data}${query}`,
      ),
      ...['', '?as_of=2034-02-15', '?from=2034-02-15', '?from=2034-02-15&as_of=2034-12-29'].map(
        (query) => `${own}/performance${query}`,
      ),
      ...figures.map((figure) => `${own}/performance?explain=${figure}`),
      ...figures
        .filter((figure) => !figure.endsWith('today'))
        .map((figure) => `${own}/performance?from=2034-02-15&as_of=2034-12-29&explain=${figure}`),
      ...['', '?view=VOO', '?as_of=2034-06-01'].map((query) => `${own}/cash-flows${query}`),
      ...['', '?by=lot', '?by=year&benchmark=VOO', '?from=2034-02-15&as_of=2034-12-29'].map(
        (query) => `${own}/gap${query}`,
      ),
      `${own}/transactions`,
      `${own}/dividend-proposals`,
      `/portfolios/${id}/chart.json`,
    ]
    answers = await Promise.all(
      paths.map(async (path) => [path, await json(path)] as [path: string, answer: Answer]),
    )
  })

  it('spells a number with an exponent, with more than ten decimals, or with zeros that say nothing', () => {
    const numbers = words().filter(({ word }) => /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(word))
    expect(numbers.length).toBeGreaterThan(1000)
    const plainly = /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d{0,9}[1-9])$/
    expect(numbers.filter(({ word }) => !plainly.test(word))).toEqual([])
  })

  it('has the noise of a double in its money', () => {
    // 0.30000000000000004 and 123456789.099999994: a row of nines, or of zeros and then something
    const noisy = words().filter(({ word }) => /^-?[1-9]\d*\.\d*(9{7}|0{7}[1-9])/.test(word))
    expect(noisy).toEqual([])
  })

  it('tells money as a number, but for the page’s chart, whose cents are whole', () => {
    const ratios =
      /(simple_return|total_return|xirr|twr|modified_dietz|volatility|max_drawdown|ratio|dividend_yield|yield_on_cost|weight)$/
    const byBenchmark = /(today|holdings\.\d+|closed\.\d+|lots\.\d+)\.(benchmarks|vs)\.VOO$/
    const inColumns = /twr\.\d+$/
    const counts = /(revision|version|days|count)$/
    const numbers = leaves().filter(({ value }) => typeof value === 'number')
    expect(numbers.length).toBeGreaterThan(1000)
    const others = numbers.filter(
      ({ at }) => ![ratios, byBenchmark, inColumns, counts].some((known) => known.test(at)),
    )
    const [cents, rest] = [
      others.filter(({ at }) => at.includes('chart.json')),
      others.filter(({ at }) => !at.includes('chart.json')),
    ]
    expect(cents.length).toBeGreaterThan(100)
    expect(cents.filter(({ value }) => !Number.isSafeInteger(value))).toEqual([])
    // an explanation's inputs say that they are ratios or counts; its result is what was asked for
    const result =
      /(today|return|xirr|twr|dietz|volatility|drawdown|yield|on_cost|_day|_month)\.explain\.result$/
    const money = rest.filter(({ at, unit }) => !['ratio', 'count'].includes(unit) && !result.test(at))
    expect(money).toEqual([])
  })

  type Leaf = { at: string; value: unknown; unit: string }

  /** Every word of every string: an amount, or one in a sentence. */
  function words(): { at: string; word: string }[] {
    return leaves().flatMap(({ at, value }) =>
      typeof value === 'string' ? value.split(' ').map((word) => ({ at, word })) : [],
    )
  }

  /** Every string and number of all answers, with its address. */
  function leaves(): Leaf[] {
    const found: Leaf[] = []
    const walk = (at: string, value: unknown, unit: string) => {
      if (typeof value !== 'object' || value === null) found.push({ at, value, unit })
      else
        for (const [key, inner] of Object.entries(value))
          walk(`${at}.${key}`, inner, (value as Answer).unit ?? '')
    }
    for (const [path, answer] of answers) walk(path, answer, '')
    return found
  }
})
