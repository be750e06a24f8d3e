import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../src/portfolio/day.ts'
import { historyOf, lastIndexUpTo, priceHistory } from '../../src/portfolio/price-history.ts'
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
})
