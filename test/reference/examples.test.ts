import { Big } from 'big.js'
import { describe, expect, it } from 'vitest'
import type { CostBasis } from '../../src/portfolio/lot.ts'
import { costOf, evenings, sharesIn } from './account.ts'
import { pricesOf } from './market.ts'
import type { Case } from './random-case.ts'
import { dietz, roots, twr } from './returns.ts'

const nothing: Case = {
  story: [],
  market: { X: ['in USD', '2020-01-01 10'] },
  delisted: {},
  baseCurrency: 'USD',
  costBasis: 'fifo',
  benchmarks: [],
  asOf: '2024-12-31',
  from: null,
}

/** The plain calculation itself, by the examples of `finance.md`. */
function evening(story: string, about: Partial<Case> = {}) {
  const of = { ...nothing, story: story.split('\n').map((line) => line.trim()), ...about }
  const all = evenings(of, pricesOf(of), of.asOf)
  return { all, last: all.at(-1)! }
}

describe('positions', () => {
  it.each([
    ['fifo', '440.25', '1456.25'],
    ['average', '365.25', '1381.25'],
    ['lifo', '290.25', '1306.25'],
    ['hifo', '290.25', '1306.25'],
  ] satisfies [CostBasis, string, string][])('cost under %s', (costBasis, gain, left) => {
    const { X } = evening(
      `2024-01-02 buy 100 X @ 10 fee 5
       2024-01-03 buy 100 X @ 12 fee 5
       2024-02-01 sell 150 X @ 8 fee 6`,
      { costBasis, market: { X: ['in USD', '2020-01-01 10', '2024-01-10 split 2:1'] } },
    ).last.held
    expect([X!.realized.toFixed(), costOf(X!.lots).toFixed(), sharesIn(X!.lots).toFixed()]).toEqual([
      gain,
      left,
      '250',
    ])
  })

  it('a sale of everything leaves exactly 0', () => {
    const { X } = evening(
      `2024-01-02 buy 10 X @ 0.001
       2024-01-03 sell 3 X @ 1
       2024-01-04 sell 3 X @ 1
       2024-01-05 sell 4 X @ 1`,
    ).last.held
    // 10 − 0.01
    expect([X!.lots.length, X!.realized.toFixed()]).toEqual([0, '9.99'])
  })

  it('a split: 10 AAPL @ 499.23 are worth 5161.599731 on its ex-date', () => {
    const { held, value } = evening('2020-08-28 buy 10 X @ 499.23', {
      market: { X: ['in USD', '2020-08-28 124.8075', '2020-08-31 129.0399932861', '2020-08-31 split 4:1'] },
      asOf: '2020-08-31',
    }).last
    expect([sharesIn(held.X!.lots).toFixed(), value.toFixed()]).toEqual(['40', '5161.599731444'])
  })
})

describe('cash', () => {
  it('a day that buys and sells needs the money before it comes back', () => {
    const { inferred, cash, held } = evening('2024-01-02 sell 3 X @ 412\n2024-01-02 buy 3 X @ 410').all[0]!
    expect([inferred.toFixed(), cash.toFixed(), held.X!.realized.toFixed()]).toEqual(['1230', '1236', '6'])
  })

  it('one deposit of 2700 for a dividend of 50 and purchases of 1500 and 1250', () => {
    const { all } = evening('2024-01-02 buy 1 X @ 1500\n2024-01-02 buy 1 X @ 1250\n2024-01-02 dividend X 50')
    expect([all[0]!.inferred.toFixed(), all[0]!.cash.toFixed()]).toEqual(['2700', '0'])
  })
})

describe('the total-return index', () => {
  it('makes 1035.30 of 1000 in X', () => {
    const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
    const prices = pricesOf({ ...nothing, market: { X: ['in USD', ...X.split(', ')] } })
    expect(prices.returned('X', '2024-01-02', '2024-01-05').times(1000).toNumber()).toBeCloseTo(1035.3, 9)
    // bought on the ex-date: without it
    expect(prices.growth('X', '2024-01-04', '2024-01-05').toFixed()).toBe(new Big(1).toFixed())
  })
})

describe('returns', () => {
  const account = [
    { day: '2025-01-01', in: 100_000, out: 0, value: 100_000 },
    { day: '2025-02-14', in: 0, out: 0, value: 108_000 },
    { day: '2025-02-15', in: 20_000, out: 0, value: 128_000 },
    { day: '2025-05-10', in: 0, out: 5000, value: 126_000 },
    { day: '2025-06-30', in: 0, out: 0, value: 130_000 },
  ]

  it('one account has TWR 0.140401785714, Modified Dietz 0.132061628760 and XIRR 0.286450372033', () => {
    expect(twr(account) - 1).toBeCloseTo(0.140401785714, 12)
    expect(dietz(account)).toBeCloseTo(0.13206162876, 12)
    expect(roots(account)).toEqual([expect.closeTo(0.286450372033, 11)])
  })

  it('two rates solve −1000, 2300, −1320', () => {
    const flows = [
      { day: '2020-01-01', in: 1000, out: 0, value: 0 },
      { day: '2021-01-01', in: 0, out: 2300, value: 0 },
      { day: '2022-01-01', in: 1320, out: 0, value: 0 },
    ]
    expect(roots(flows)).toEqual([0.103397927701, 0.192585786264].map((rate) => expect.closeTo(rate, 11)))
  })
})
