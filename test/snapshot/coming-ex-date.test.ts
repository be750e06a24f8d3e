import { describe, expect, it } from 'vitest'
import { comingExDates } from '../../src/snapshot/coming-ex-date.ts'
import { closes, ledger } from '../notation.ts'

const of = ledger('2024-12-02 buy 10 KO @ 60\n2024-12-02 buy 3 VOO @ 400', {
  markets: closes({
    KO: '2023-01-03 60, 2024-01-20 dividend 0.485, 2024-02-13 dividend 0.485, 2025-01-15 60',
    VOO: '2023-01-03 400, 2024-01-17 dividend 1.1115, 2024-02-12 dividend 1.5, 2025-01-15 400',
  }),
})

describe('the ex-dates of the coming four weeks', () => {
  it('are expected a year after last year’s, the nearest first, to the cent', () => {
    // 3 × 1.1115 = 3.3345; 2025-02-12 is 28 days later, 2025-02-13 is 29
    expect(comingExDates(of, '2025-01-15')).toEqual([
      {
        symbol: 'VOO',
        ex_date: '2025-01-17',
        expected: '3.33',
        late: false,
        declared: false,
        pay_date: null,
      },
      { symbol: 'KO', ex_date: '2025-01-20', expected: '4.85', late: false, declared: false, pay_date: null },
      { symbol: 'VOO', ex_date: '2025-02-12', expected: '4.5', late: false, declared: false, pay_date: null },
    ])
  })

  it('name what is late', () => {
    expect(comingExDates(of, '2025-01-18')[0]).toEqual({
      symbol: 'VOO',
      ex_date: '2025-01-19',
      expected: '3.33',
      late: true,
      declared: false,
      pay_date: null,
    })
  })

  it('are none of what was sold', () => {
    expect(comingExDates({ ...of, transactions: [] }, '2025-01-15')).toEqual([])
  })
})
