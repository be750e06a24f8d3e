import { Big } from 'big.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../src/portfolio/day.ts'
import {
  historyOf,
  historyOfNumbers,
  lastIndexUpTo,
  priceHistory,
} from '../../src/portfolio/price-history.ts'
import { dec } from '../notation.ts'
import { seeded } from './random-ledger.ts'

// a Thursday, the Friday after it, the Monday after that
const week = priceHistory([
  { day: '2024-01-04', close: 400.1 },
  { day: '2024-01-05', close: 401 },
  { day: '2024-01-08', close: 402 },
])

describe('the last close up to a day', () => {
  it.each([
    ['2024-01-03', -1],
    ['2024-01-04', 0],
    ['2024-01-05', 1],
    ['2024-01-07', 1],
    ['2024-01-08', 2],
    ['2030-01-01', 2],
  ])('%s is at %s', (day, index) => {
    expect(lastIndexUpTo(week, dayNumber(day))).toBe(index)
  })

  it('is the same for one who walks forward and remembers', () => {
    const days = fc.uniqueArray(fc.nat(300), { maxLength: 60 })
    fc.assert(
      fc.property(days, fc.array(fc.nat(320), { maxLength: 40 }), (bars, asked) => {
        const history = historyOf(
          bars.toSorted((a, b) => a - b),
          bars.map(() => dec('1')),
        )
        let hint = -1
        for (const day of asked.toSorted((a, b) => a - b)) {
          hint = lastIndexUpTo(history, day, hint)
          expect(hint).toBe(history.days.findLastIndex((each) => each <= day))
        }
      }),
      seeded,
    )
  })
})

describe('a history of prices', () => {
  it('has exact closes', () => {
    expect([...week.closes]).toEqual([dec('400.1'), dec('401'), dec('402')])
  })

  it('has the closes that a person would write, whatever their size and sign', () => {
    const close = fc.oneof(
      fc.double({ noNaN: true, min: -1e13, max: 1e13 }),
      // about 200,000 is what a double proves, 0.43 is where the lower half is full, 922,337,203.68 what 64 bits hold
      fc.double({ noNaN: true, min: 0, max: 1 }),
      fc.integer({ min: 1, max: 1_000_000_000 }).map((cents) => cents / 100),
      fc.constantFrom(0, -0, 0.4294967295, 0.4294967296, -0.4294967296, 199_999.99, 922_337_203.6854, 1e-11),
    )
    fc.assert(
      fc.property(fc.array(close, { maxLength: 30 }), (closes) => {
        const days = closes.map((_, i) => i)
        const exact = closes.map((each) => BigInt(new Big(each).times(1e10).round(0, 2).toFixed()))
        expect([...historyOfNumbers(days, closes).closes]).toEqual(exact)
      }),
      seeded,
    )
  })
})
