import { describe, expect, it } from 'vitest'
import { maxDrawdown } from '../../src/metrics/max-drawdown.ts'
import { addDays } from '../../src/portfolio/day.ts'

/** The fall of an index whose days are 2024-01-01, 02, 03 … */
const fall = (...index: number[]) =>
  maxDrawdown(
    index.map((_, i) => addDays('2024-01-01', i)),
    index,
  )

describe('the maximum drawdown', () => {
  it('names the peak, the trough and the recovery', () => {
    // 0.9/1.2 − 1
    expect(fall(1, 1.2, 1, 0.9, 1.1, 1.2, 1.3)).toEqual({
      ratio: expect.closeTo(-0.25, 12),
      peak: '2024-01-02',
      trough: '2024-01-04',
      recovered: '2024-01-06',
    })
  })

  it('has no recovery while the index is below its peak', () => {
    // 0.75/1.5 − 1
    expect(fall(1, 1.5, 0.75, 1.4)).toEqual({
      ratio: -0.5,
      peak: '2024-01-02',
      trough: '2024-01-03',
      recovered: null,
    })
  })

  it('measures from the running peak, not from the highest point of all', () => {
    // 0.8/1 − 1 = −20 %, later 1.8/2 − 1 = −10 %
    expect(fall(1, 0.8, 2, 1.8)).toMatchObject({
      ratio: expect.closeTo(-0.2, 12),
      peak: '2024-01-01',
      recovered: '2024-01-03',
    })
  })

  it('takes the deepest of several falls, and the earlier of two equal ones', () => {
    expect(fall(1, 0.9, 1, 0.7, 1, 0.8)).toMatchObject({ trough: '2024-01-04', recovered: '2024-01-05' })
    expect(fall(1, 0.5, 1, 0.5)).toMatchObject({
      peak: '2024-01-01',
      trough: '2024-01-02',
      recovered: '2024-01-03',
    })
  })

  it('starts the fall at the last day of the high', () => {
    expect(fall(1, 1, 1, 0.5)).toMatchObject({ peak: '2024-01-03', trough: '2024-01-04' })
  })

  it('goes down to −1 when everything is lost', () => {
    expect(fall(1, 0, 0)).toEqual({ ratio: -1, peak: '2024-01-01', trough: '2024-01-02', recovered: null })
  })

  it('is 0 on the first day for an index that never fell', () => {
    const none = { ratio: 0, peak: '2024-01-01', trough: '2024-01-01', recovered: '2024-01-01' }
    expect(fall(1, 1, 1.1)).toEqual(none)
    expect(fall(1)).toEqual(none)
  })

  it('does not take the last digit of a double for a fall, or for a missing recovery', () => {
    expect(fall(1, 1 - 1e-15, 1)).toMatchObject({ ratio: 0 })
    expect(fall(1, 0.5, 1 - 1e-15)).toMatchObject({ ratio: -0.5, recovered: '2024-01-03' })
  })

  it('counts the index before the first day when there is one', () => {
    const since = (opening: number | null, ...index: number[]) =>
      maxDrawdown(
        index.map((_, i) => addDays('2024-01-01', i)),
        index,
        opening,
      )
    // 0.9/1 − 1, of which only 0.9/0.95 − 1 = −5.3 % after the first close
    expect(since(1, 0.95, 0.9, 1)).toEqual({
      ratio: expect.closeTo(-0.1, 12),
      peak: '2024-01-01',
      trough: '2024-01-02',
      recovered: '2024-01-03',
    })
    expect(since(null, 0.95, 0.9, 1)!.ratio).toBeCloseTo(0.9 / 0.95 - 1, 12)
    // on the first day alone
    const once = { ratio: expect.closeTo(-0.05, 12), peak: '2024-01-01', trough: '2024-01-01' }
    expect(since(1, 0.95)).toEqual({ ...once, recovered: null })
    expect(since(1, 0.95, 1.1)).toEqual({ ...once, recovered: '2024-01-02' })
    // a first day that rose is the peak itself
    expect(since(1, 1.25, 1)).toMatchObject({ ratio: expect.closeTo(-0.2, 12), peak: '2024-01-01' })
    expect(since(1, 1.1, 1.2)).toMatchObject({ ratio: 0, trough: '2024-01-01' })
  })

  it('has no answer for an empty index', () => {
    expect(fall()).toBeNull()
    expect(maxDrawdown([], [], 1)).toBeNull()
  })

  it('refuses days and figures that do not match', () => {
    expect(() => maxDrawdown(['2024-01-01'], [1, 2])).toThrow('1 days for 2 index figures')
  })
})
