import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rounded, sum, text } from '../../src/portfolio/decimal.ts'
import { costBases, type CostBasis, reduce } from '../../src/portfolio/lot.ts'
import { dec, lots, written } from '../notation.ts'
import { seeded } from './random-ledger.ts'

const methods = Object.keys(costBases) as CostBasis[]
const costOf = (some: ReturnType<typeof lots>) => sum(some.map((lot) => lot.cost))

describe('a sale of 75 from lots of 50, 50 and 20', () => {
  const before = lots(`
    50 VOO {115.00, 2016-01-15}
    50 VOO {117.00, 2016-01-16}
    20 VOO {116.00, 2016-01-17}
  `)

  it('takes the oldest first under FIFO', () => {
    const { kept, cost } = reduce(before, dec('75'), 'fifo')
    expect(kept).toEqual(lots('25 VOO {117.00, 2016-01-16}\n20 VOO {116.00, 2016-01-17}'))
    // 50 × 115 + 25 × 117
    expect(cost).toBe(dec('8675'))
  })

  it('takes the newest first under LIFO', () => {
    const { kept, cost } = reduce(before, dec('75'), 'lifo')
    expect(kept).toEqual(lots('45 VOO {115.00, 2016-01-15}'))
    // 20 × 116 + 50 × 117 + 5 × 115
    expect(cost).toBe(dec('8745'))
  })

  it('takes the dearest first under highest cost', () => {
    const { kept, cost } = reduce(before, dec('75'), 'hifo')
    expect(kept).toEqual(lots('45 VOO {115.00, 2016-01-15}'))
    expect(cost).toBe(dec('8745'))
    // 5 × 117 only
    expect(reduce(before, dec('5'), 'hifo').cost).toBe(dec('585'))
  })

  it('takes each share at the average under average', () => {
    const { kept, cost } = reduce(before, dec('75'), 'average')
    // (50 × 115 + 50 × 117 + 20 × 116) ÷ 120 = 116 a share
    expect(cost).toBe(dec('8700'))
    expect(kept).toEqual(lots('25 VOO {116.00, 2016-01-16}\n20 VOO {116.00, 2016-01-17}'))
  })

  it.each([
    ['fifo', ['2016-01-15 50', '2016-01-16 25']],
    ['lifo', ['2016-01-17 20', '2016-01-16 50', '2016-01-15 5']],
    ['hifo', ['2016-01-16 50', '2016-01-17 20', '2016-01-15 5']],
    ['average', ['2016-01-15 50', '2016-01-16 25']],
  ] as const)('tells what it took out of which lot under %s', (basis, expected) => {
    const { taken } = reduce(before, dec('75'), basis)
    expect(taken.map(({ lot, shares }) => `${lot} ${text(shares)}`)).toEqual(expected)
  })

  it('leaves what it was given as it was', () => {
    reduce(before, dec('75'), 'average')
    expect(written(before)[0]).toBe('50 {5750, 2016-01-15}')
  })
})

describe('two lots of one day', () => {
  it('are in the order of their purchase', () => {
    const before = lots('1 VOO {10, 2016-01-15, morning}\n1 VOO {11, 2016-01-15, evening}')
    expect(reduce(before, dec('1'), 'fifo').kept).toEqual(lots('1 VOO {11, 2016-01-15, evening}'))
    expect(reduce(before, dec('1'), 'lifo').kept).toEqual(lots('1 VOO {10, 2016-01-15, morning}'))
  })

  it('of one price are in that order under highest cost, whatever their size', () => {
    const before = lots('1 VOO {10, 2016-01-15, small}\n5 VOO {10, 2016-01-15, large}')
    expect(reduce(before, dec('1'), 'hifo').kept.map((lot) => lot.transaction)).toEqual(['large'])
  })
})

describe('Buy 109 for 3149.20, buy 52 for 1684.92, sell 15 (finance.md, "Cost basis")', () => {
  const before = lots('109 XYZ {{3149.20, 2000-01-03}}\n52 XYZ {{1684.92, 2000-01-04}}')

  it.each([
    // 3149.20 × 94/109 + 1684.92
    ['fifo', '4400.74'],
    // (3149.20 + 1684.92) × 146/161
    ['average', '4383.74'],
  ] as const)('leaves under %s %s', (basis, left) => {
    expect(text(rounded(costOf(reduce(before, dec('15'), basis).kept), 2))).toBe(left)
  })
})

describe('Buy 10 for 0.01, sell 3, 3, 4 (finance.md, "Cost basis")', () => {
  it.each(methods)('leaves a cost of exactly 0 under %s', (basis) => {
    let left = lots('10 XYZ {{0.01, 2000-01-03}}')
    const costs = ['3', '3', '4'].map((shares) => {
      const { kept, cost } = reduce(left, dec(shares), basis)
      left = kept
      return cost
    })
    expect(left).toEqual([])
    expect(text(sum(costs))).toBe('0.01')
  })
})

describe('reducing lots', () => {
  it('of more than they hold is a broken invariant', () => {
    expect(() => reduce(lots('1 VOO {10, 2016-01-15}'), dec('1.00000001'), 'fifo')).toThrow('sold')
  })

  it.each(methods)('loses no share and no cost under %s, and sold out leaves nothing', (basis) => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 18n })
    const some = fc.array(fc.record({ shares: amount, cost: amount }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(some, fc.array(fc.nat(100), { maxLength: 6 }), (bought, parts) => {
        const before = bought.map((lot, i) => ({ ...lot, transaction: `${i}`, date: `2020-01-0${i + 1}` }))
        let left: typeof before = before
        let cost = 0n
        for (const part of parts) {
          const shares = (sum(left.map((lot) => lot.shares)) * BigInt(part)) / 100n
          const sale = reduce(left, shares, basis)
          expect(sum(sale.kept.map((lot) => lot.shares))).toBe(sum(left.map((lot) => lot.shares)) - shares)
          left = sale.kept
          cost += sale.cost
          expect(cost + costOf(left)).toBe(costOf(before))
        }
        const last = reduce(left, sum(left.map((lot) => lot.shares)), basis)
        expect(last.kept).toEqual([])
        expect(cost + last.cost).toBe(costOf(before))
      }),
      seeded,
    )
  })
})
