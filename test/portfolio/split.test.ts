import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import { over, text, times } from '../../src/portfolio/decimal.ts'
import { knownToSource, laterSplits, splitShares } from '../../src/portfolio/split.ts'
import { dec, transactions } from '../notation.ts'

const recorded = (day: string, ratio: string) => transactions(`${day} split AAPL ${ratio}`)[0]!

const apple = [{ day: '2020-08-31', numerator: 4, denominator: 1 }]
const tesla = [
  { day: '2020-08-31', numerator: 5, denominator: 1 },
  { day: '2022-08-25', numerator: 3, denominator: 1 },
]

describe('AAPL 4:1 on 2020-08-31 (finance.md, "Splits")', () => {
  const before = laterSplits(apple, '2020-08-28')

  it('makes 40 shares of 10, which cost 124.8075 each when 10 cost 499.23', () => {
    const held = splitShares(dec('10'), before)
    expect(text(held)).toBe('40')
    expect(text(over(times(dec('10'), dec('499.23')), held))).toBe('124.8075')
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
