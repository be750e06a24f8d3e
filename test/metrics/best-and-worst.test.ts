import { describe, expect, it } from 'vitest'
import { bestAndWorst } from '../../src/metrics/best-and-worst.ts'
import { weekday } from '../../src/portfolio/day.ts'
import { closes, ledger, measured } from '../notation.ts'

const found = (opening: number | null, ...index: [string, number | null][]) => {
  const days = index.map(([day]) => day)
  return bestAndWorst(
    days,
    index.map(([, figure]) => figure),
    days.map((day) => weekday(day) % 6 !== 0),
    opening,
  )
}

describe('the best and the worst day', () => {
  it('come from the index, the first day’s from the opening index', () => {
    // 1.1/1, 0.99/1.1, 1.089/0.99, 1.0/1.089 − 1
    const { best_day, worst_day } = found(
      1,
      ['2024-01-02', 1.1],
      ['2024-01-03', 0.99],
      ['2024-01-04', 1.089],
      ['2024-01-05', 1],
    )
    expect([best_day!.day, worst_day!.day]).toEqual(['2024-01-02', '2024-01-03'])
    expect(best_day!.ratio).toBeCloseTo(0.1, 14)
    expect(worst_day!.ratio).toBeCloseTo(-0.1, 14)
  })

  it('are trading days: a change on a weekend counts for Monday', () => {
    // Friday 1, Saturday 1.2, Monday 0.9
    const { best_day, worst_day } = found(1, ['2024-01-05', 1], ['2024-01-06', 1.2], ['2024-01-08', 0.9])
    expect(best_day).toEqual({ day: '2024-01-05', ratio: 0 })
    expect(worst_day!.day).toBe('2024-01-08')
    expect(worst_day!.ratio).toBeCloseTo(-0.1, 14)
  })

  it('are the earlier of equal days', () => {
    const { best_day, worst_day } = found(1, ['2024-01-02', 2], ['2024-01-03', 1], ['2024-01-04', 2])
    expect(best_day!.day).toBe('2024-01-02')
    expect(worst_day!.day).toBe('2024-01-03')
  })

  it('leave out a return across a gap', () => {
    const { best_day, worst_day } = found(
      1,
      ['2024-01-02', 1.01],
      ['2024-01-03', null],
      ['2024-01-04', 2],
      ['2024-01-05', 2.1],
    )
    expect(best_day!.day).toBe('2024-01-05')
    expect(worst_day!.day).toBe('2024-01-02')
  })

  it('are null without two figures, and after a total loss', () => {
    expect(found(null, ['2024-01-02', 1])).toEqual({
      best_day: null,
      worst_day: null,
      best_month: null,
      worst_month: null,
    })
    expect(found(0, ['2024-01-02', 0]).best_day).toBeNull()
  })
})

describe('the best and the worst month', () => {
  it('are measured from the last day of one month to the last day of the next', () => {
    // January 1.2/1, February 0.9/1.2, March 1/0.9 − 1
    const { best_month, worst_month } = found(
      1,
      ['2024-01-15', 3],
      ['2024-01-31', 1.2],
      ['2024-02-01', 5],
      ['2024-02-29', 0.9],
      ['2024-03-01', 1],
    )
    expect([best_month!.month, worst_month!.month]).toEqual(['2024-01', '2024-02'])
    expect(best_month!.ratio).toBeCloseTo(0.2, 14)
    expect(worst_month!.ratio).toBeCloseTo(-0.25, 14)
  })

  it('leave out a month whose end, or the end before it, has no value', () => {
    const { best_month, worst_month } = found(1, ['2024-01-31', null], ['2024-02-29', 9], ['2024-03-29', 9.9])
    expect(best_month).toEqual(worst_month)
    expect(best_month!.month).toBe('2024-03')
  })
})

describe('in the figures of a portfolio', () => {
  const of = ledger('2024-01-02 buy 1 XYZ @ 100\n2024-01-04 deposit 1000000', {
    markets: closes({ XYZ: '2024-01-02 102, 2024-01-03 120, 2024-01-31 90, 2024-02-01 99' }),
  })

  it('a deposit changes none of them', () => {
    // 120/102 − 1; then 1,000,000 lies beside the share
    const { best_day, worst_day } = measured(of)
    expect(best_day!.day).toBe('2024-01-03')
    expect(best_day!.ratio).toBeCloseTo(120 / 102 - 1, 12)
    // (90 + 1000000)/(120 + 1000000) − 1
    expect(worst_day).toEqual({ day: '2024-01-31', ratio: expect.closeTo(1000090 / 1000120 - 1, 12) })
  })

  it('are those after the first day of a period', () => {
    const { best_day, best_month } = measured(of, '2024-01-31')
    expect(best_day!.day).toBe('2024-02-01')
    expect(best_month).toEqual({ month: '2024-02', ratio: expect.closeTo(1000099 / 1000090 - 1, 12) })
  })
})
