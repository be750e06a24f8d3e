import { describe, expect, it } from 'vitest'
import { measureAll } from '../../src/metrics/calculation.ts'
import { rates } from '../../src/metrics/catalog.ts'

/** The rates of an index, which needs no flows for them. */
const risk = (
  days: readonly string[],
  index: readonly (number | null)[],
  trading: readonly boolean[],
  opening: number | null,
) => {
  const none = { flows: [], end: { day: '', value: 0 }, gain: null, putIn: 0n }
  return measureAll(rates, { ...none, days, index, trading, opening }).figures
}

// Thursday to Tuesday, a weekend in between
const days = ['2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07', '2024-01-08', '2024-01-09']
const trading = [true, true, false, false, true, true]
const index = [0.95, 1.045, 1.05, 1.06, 0.9405, 0.98]

/** Σ(x − x̄)² ÷ (n − 1) of the log returns, × √252. */
function deviation(...returns: number[]): number {
  const logs = returns.map(Math.log)
  const mean = logs.reduce((all, each) => all + each, 0) / logs.length
  const squares = logs.map((each) => (each - mean) ** 2).reduce((all, each) => all + each, 0)
  return Math.sqrt((squares / (logs.length - 1)) * 252)
}

describe('risk since before the first day', () => {
  const figures = risk(days, index, trading, 1)

  it('has the first day’s own return among the others, and the weekend’s in Monday’s', () => {
    // 0.95/1, 1.045/0.95, 0.9405/1.045, 0.98/0.9405
    expect(figures.volatility).toBeCloseTo(deviation(0.95, 1.1, 0.9, 0.98 / 0.9405), 12)
    expect(figures.best_day).toEqual({ day: '2024-01-05', ratio: expect.closeTo(0.1, 12) })
    expect(figures.worst_day).toEqual({ day: '2024-01-08', ratio: expect.closeTo(-0.1, 12) })
    expect(figures.best_month).toEqual({ month: '2024-01', ratio: expect.closeTo(-0.02, 12) })
  })

  it('falls from a peak on a weekend as well', () => {
    // 0.9405/1.06 − 1
    const ratio = expect.closeTo(0.9405 / 1.06 - 1, 12)
    expect(figures.drawdown).toEqual({ ratio, peak: '2024-01-07', trough: '2024-01-08', recovered: null })
    expect(figures.max_drawdown).toBe(figures.drawdown!.ratio)
  })

  it('falls from the 1 that the first day began with', () => {
    // 0.9/1 − 1 is deeper than 0.9/0.95 − 1
    const fell = risk(days.slice(0, 2), [0.95, 0.9], trading, 1)
    expect(fell.drawdown).toEqual({
      ratio: expect.closeTo(-0.1, 12),
      peak: '2024-01-04',
      trough: '2024-01-05',
      recovered: null,
    })
    expect(fell.volatility).toBeCloseTo(deviation(0.95, 0.9 / 0.95), 12)
  })

  it('is never a smaller fall than the worst day', () => {
    const one = risk(days.slice(0, 1), [0.95], trading, 1)
    expect(one).toMatchObject({ max_drawdown: expect.closeTo(-0.05, 12), volatility: null })
    expect(one.worst_day!.ratio).toBe(one.max_drawdown)
  })
})

describe('risk since the close of the first day', () => {
  it('has no return of that day', () => {
    const figures = risk(days, index, trading, null)
    // 1.045/0.95, 0.9405/1.045, 0.98/0.9405
    expect(figures.volatility).toBeCloseTo(deviation(1.1, 0.9, 0.98 / 0.9405), 12)
    expect(figures.worst_day!.day).toBe('2024-01-08')
    expect(figures.best_month!.ratio).toBeCloseTo(0.98 / 0.95 - 1, 12)
    const fell = risk(days.slice(0, 2), [0.95, 0.9], trading, null)
    expect(fell.max_drawdown).toBeCloseTo(0.9 / 0.95 - 1, 12)
  })

  it('is measured from it on a Saturday too', () => {
    // Monday's return is that since Saturday
    const figures = risk(days.slice(2), index.slice(2), trading.slice(2), null)
    expect(figures.volatility).toBeCloseTo(deviation(0.9405 / 1.05, 0.98 / 0.9405), 12)
  })
})

describe('a gap', () => {
  const gap = [1, 1.1, null, null, 0.99, 1]

  it('leaves no volatility: what lies over it is not one day’s return', () => {
    expect(risk(days, gap, trading, 1).volatility).toBeNull()
  })

  it('is fallen across', () => {
    // 0.99/1.1 − 1
    expect(risk(days, gap, trading, 1).drawdown).toEqual({
      ratio: expect.closeTo(-0.1, 12),
      peak: '2024-01-05',
      trough: '2024-01-08',
      recovered: null,
    })
  })

  it('over a weekend takes no trading day away: Monday’s return is that since Friday', () => {
    const { best_day, worst_day } = risk(days, gap, trading, 1)
    expect(best_day).toEqual({ day: '2024-01-05', ratio: expect.closeTo(0.1, 12) })
    expect(worst_day).toEqual({ day: '2024-01-08', ratio: expect.closeTo(-0.1, 12) })
  })

  it('of everything leaves nothing', () => {
    const none = { volatility: null, max_drawdown: null, drawdown: null, best_day: null, worst_month: null }
    expect(risk(days, Array(6).fill(null), trading, 1)).toMatchObject(none)
    expect(risk([], [], [], 1)).toMatchObject(none)
    expect(risk([], [], [], null)).toMatchObject(none)
  })
})
