import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainable, explanation, type Explanation, type Figures } from '../../src/metrics/explain.ts'
import { performance, xirrFlows } from '../../src/metrics/performance.ts'
import { type Day, daysBetween } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, measured } from '../notation.ts'
import { history, ledgerOf, seeded } from '../portfolio/random-ledger.ts'
import { savings, snapshotOf } from '../snapshot/savings.ts'

/** The dashboard's figures, `today` among them. */
function figuresOf(of: Ledger): Figures {
  const portfolio = { ...savings.portfolio, benchmarks: of.benchmarks, cost_basis: of.costBasis }
  return snapshotOf(of, { ...savings, portfolio }).summary
}

const of = ledger(
  `2022-01-03 buy 10 XYZ @ 100 fee 2
   2022-03-01 dividend XYZ 4
   2022-06-01 deposit 500
   2023-01-03 sell 4 XYZ @ 120 fee 1
   2023-02-01 withdrawal 300
   2023-02-02 fee 3
   2023-03-01 dividend XYZ 6`,
  {
    markets: closes({
      XYZ: '2022-01-03 100, 2022-03-01 96, 2022-06-01 90, 2023-01-03 118, 2023-02-01 110, 2023-03-01 112, 2023-03-02 115',
      VOO: '2022-01-03 380, 2022-03-01 370, 2022-06-01 350, 2023-01-03 390, 2023-02-01 400, 2023-03-01 402, 2023-03-02 401',
    }),
    benchmarks: ['VOO'],
  },
)
const now = figuresOf(of)
const since = measured(of, '2022-06-01')

/** An explanation's inputs as numbers, in the order in which they stand. */
const numbers = ({ inputs }: Explanation) => inputs.map((input) => Number(input.value))
const total = (some: readonly number[]) => some.reduce((sum, each) => sum + each, 0)

/** The stated formula on the stated inputs. */
const recomputed: Record<string, (inputs: number[]) => number> = {
  value: ([held, cash]) => held! + cash!,
  total_gain: ([value, invested]) => value! - invested!,
  gain: ([value, invested]) => value! - invested!,
  gap: ([portfolio, benchmark]) => portfolio! - benchmark!,
  today: ([change, base]) => change! / base!,
  realized_gain: ([sales, cost]) => sales! - cost!,
  unrealized_gain: ([held, cost, before = 0]) => held! - cost! - before,
  fees: ([trades, others]) => trades! + others!,
  modified_dietz: ([gain, capital]) => gain! / capital!,
  volatility: ([day]) => day! * Math.sqrt(252),
  dividend_yield: ([paid, held]) => paid! / held!,
  yield_on_cost: ([paid, cost]) => paid! / cost!,
}

const spent = ['Purchases', 'Fees', 'Taxes', 'Withdrawals']
const cash = ({ inputs }: Explanation) =>
  total(inputs.map(({ label, value }) => (spent.includes(label) ? -Number(value) : Number(value))))

describe('the stated formula on the stated inputs gives the figure', () => {
  const named = Object.keys(recomputed).filter((name) => name !== 'gain' && name !== 'gap')

  it.each([...named, 'benchmarks.VOO.gain', 'benchmarks.VOO.gap', 'benchmarks.VOO.modified_dietz'])(
    '%s',
    (figure) => {
      for (const figures of figure === 'today' ? [now] : [now, since]) {
        const told = explanation(figure, figures)!
        const own = recomputed[figure.split('.').at(-1)!]!
        expect(told.result).not.toBeNull()
        expect(own(numbers(told))).toBeCloseTo(Number(told.result), 6)
      }
    },
  )

  it('cash and invested, and the plain return, of everything and of a period', () => {
    for (const [figures, starts] of [
      [now, 0],
      [since, 1],
    ] as const) {
      const told = (figure: string) => explanation(figure, figures)!
      expect(cash(told('cash'))).toBeCloseTo(Number(figures.cash), 8)
      const invested = numbers(told('invested'))
      expect(total(invested.slice(0, -1)) - invested.at(-1)!).toBeCloseTo(Number(figures.invested), 8)
      for (const each of ['simple_return', 'benchmarks.VOO.simple_return']) {
        const [gain, ...rest] = numbers(told(each))
        expect(gain! / total(rest.slice(0, 1 + starts))).toBeCloseTo(Number(told(each).result), 12)
      }
    }
  })

  it('cash, gains and value of any history', () => {
    fc.assert(
      fc.property(history, (told) => {
        const any = measured(ledgerOf(told))
        expect(cash(explanation('cash', any)!)).toBeCloseTo(Number(any.cash), 4)
        for (const figure of ['value', 'total_gain', 'realized_gain', 'unrealized_gain', 'fees']) {
          const each = explanation(figure, any)!
          expect(recomputed[figure]!(numbers(each))).toBeCloseTo(Number(each.result), 4)
        }
      }),
      seeded,
    )
  })
})

describe('an XIRR', () => {
  const series = valuations(of, of.today)
  const explained = (figure: string, from: Day | null, benchmark: string | null) =>
    explanation(figure, performance(of, series, from), xirrFlows(of, series, from, benchmark))!

  it.each([
    ['xirr', null, null],
    ['benchmarks.VOO.xirr', null, 'VOO'],
  ] as const)('%s brings its flows to a present value of 0', (figure, from, benchmark) => {
    const { result, flows, flow_count } = explained(figure, from, benchmark)
    const present = flows!.map(
      ({ day, amount }) => Number(amount) / (1 + Number(result)) ** (daysBetween(flows![0]!.day, day) / 365),
    )
    expect(total(present)).toBeCloseTo(0, 4)
    expect(flow_count).toBe(flows!.length)
  })

  it('names its flows: deposits negative, withdrawals and the value at the end positive', () => {
    expect(explained('xirr', null, null).flows).toEqual([
      { day: '2022-01-03', amount: '-1002' },
      { day: '2022-06-01', amount: '-500' },
      { day: '2023-02-01', amount: '300' },
      { day: '2023-03-02', amount: now.value },
    ])
  })

  it('lists at most two hundred flows, with the value at the end among them', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ day: '2022-01-03', amount: -i }))
    const { flows, flow_count } = explanation('xirr', now, many)!
    expect([flows!.length, flow_count, flows!.at(-1)!.amount]).toEqual([200, 300, '-299'])
  })
})

describe('every figure', () => {
  it('is explained, with the result that the API shows', () => {
    for (const figure of explainable(now)) {
      const told = explanation(figure, now)!
      expect([told.formula, told.method].every((sentence) => sentence.length > 5)).toBe(true)
      expect(told.days.to).toBe('2023-03-02')
      expect(told.result).not.toBeNull()
    }
    const { result } = explanation('benchmarks.VOO.max_drawdown', now)!
    expect(result).toBe(now.benchmarks['VOO']!.max_drawdown)
  })

  it('has a reason when it is missing', () => {
    for (const figures of [
      figuresOf(ledger('2024-01-02 buy 1 NEW @ 100 in EUR', { benchmarks: ['VOO'] })),
      figuresOf(ledger('', { benchmarks: ['VOO'] })),
      measured({ ...of, markets: closes({ XYZ: '2023-03-02 115' }) }, '2022-02-01'),
    ]) {
      const missing = explainable(figures)
        .map((figure) => explanation(figure, figures)!)
        .filter(({ result }) => result === null)
      expect(missing.length).toBeGreaterThan(5)
      expect(missing.filter(({ reason }) => !reason).map(({ figure }) => figure)).toEqual([])
    }
    const unpriced = figuresOf(ledger('2024-01-02 buy 1 NEW @ 100 in EUR'))
    expect(explanation('twr', unpriced)!.reason).toBe('no exchange rate from EUR to USD yet')
  })

  it('names its days', () => {
    expect(explanation('twr', now)!.days).toEqual({ from: '2022-01-03', to: '2023-03-02' })
    expect(explanation('twr', since)!.days).toEqual({ from: '2022-06-01', to: '2023-03-02' })
    // 365 days
    expect(explanation('dividend_yield', now)!.days).toEqual({ from: '2022-03-03', to: '2023-03-02' })
  })

  it('has no explanation when its name is unknown', () => {
    for (const figure of ['luck', 'toString', 'reasons', 'benchmarks.SPY.xirr', 'benchmarks.VOO.cash', '']) {
      expect(explanation(figure, now)).toBeNull()
    }
    expect(explainable(since)).not.toContain('today')
    expect(explanation('today', since)).toBeNull()
  })
})
