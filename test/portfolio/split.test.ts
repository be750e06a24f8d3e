import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import { text, times } from '../../src/portfolio/decimal.ts'
import { knownToSource, laterSplits, splitPrice, splitShares } from '../../src/portfolio/split.ts'
import { dec, transactions } from '../notation.ts'
import { seeded } from './random-ledger.ts'

const recorded = (day: string, ratio: string) => transactions(`${day} split AAPL ${ratio}`)[0]!

const apple = [{ day: '2020-08-31', numerator: 4, denominator: 1 }]
const tesla = [
  { day: '2020-08-31', numerator: 5, denominator: 1 },
  { day: '2022-08-25', numerator: 3, denominator: 1 },
]

describe('AAPL 4:1 on 2020-08-31 (FINANCE.md section 3)', () => {
  const before = laterSplits(apple, '2020-08-28')

  it('makes 40 shares @ 124.8075 of 10 @ 499.23', () => {
    expect(text(splitShares(dec('10'), before))).toBe('40')
    expect(text(splitPrice(dec('499.23'), before))).toBe('124.8075')
  })

  it('makes a dividend of 0.205 of the 0.82 paid on 2020-08-07', () => {
    expect(text(splitPrice(dec('0.82'), laterSplits(apple, '2020-08-07')))).toBe('0.205')
  })

  it('leaves a trade on the ex-date alone: it is already in new shares', () => {
    expect(splitShares(dec('10'), laterSplits(apple, '2020-08-31'))).toBe(dec('10'))
  })
})

describe('splits', () => {
  it('multiply: 5:1 and 3:1 make 15 of 1', () => {
    expect(laterSplits(tesla, '2020-08-28')).toEqual({ numerator: 15n, denominator: 1n })
    expect(laterSplits(tesla, '2020-08-31')).toEqual({ numerator: 3n, denominator: 1n })
    expect(laterSplits(tesla, '2022-08-25')).toEqual({ numerator: 1n, denominator: 1n })
  })

  it('can be reverse or uneven', () => {
    expect(text(splitShares(dec('25'), { numerator: 1n, denominator: 10n }))).toBe('2.5')
    expect(text(splitShares(dec('10'), { numerator: 3n, denominator: 2n }))).toBe('15')
    // 10/3
    expect(text(splitShares(dec('10'), { numerator: 1n, denominator: 3n }))).toBe('3.3333333333')
  })

  it('leave shares × price as it was', () => {
    const ratio = fc.record({
      numerator: fc.constantFrom(1n, 2n, 3n, 5n),
      denominator: fc.constantFrom(1n, 2n, 4n, 10n),
    })
    const units = fc.integer({ min: 1, max: 1e6 })
    fc.assert(
      fc.property(units, units, ratio, (shares, price, by) => {
        // multiples of 60, so that every ratio divides them
        const [held, each] = [dec(`${shares * 60}`), dec(`${price * 60}`)]
        expect(times(splitShares(held, by), splitPrice(each, by))).toBe(times(held, each))
      }),
      seeded,
    )
  })
})

describe('a recorded split', () => {
  it('is the source’s own with the same ratio within ten days', () => {
    const known = (days: number) => knownToSource(recorded(addDays('2020-08-31', days), '4:1'), apple)
    expect([-11, -10, 0, 10, 11].map(known)).toEqual([false, true, true, true, false])
    expect(knownToSource(recorded('2020-08-31', '8:2'), apple)).toBe(true)
  })

  it('is another one with another ratio', () => {
    expect(knownToSource(recorded('2020-08-31', '1:4'), apple)).toBe(false)
    expect(knownToSource(recorded('2020-08-31', '5:1'), apple)).toBe(false)
    expect(knownToSource(recorded('2020-08-31', '4:1'), [])).toBe(false)
  })
})
