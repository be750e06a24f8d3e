import { describe, expect, it } from 'vitest'
import { volatility } from '../../src/metrics/volatility.ts'

describe('volatility', () => {
  it('is the sample deviation of daily log returns × √252', () => {
    // returns +0.01, −0.01: mean 0, √(0.0002/1) × √252 = 0.2244994432
    expect(volatility([1, Math.exp(0.01), 1])).toBeCloseTo(Math.sqrt(0.0002) * Math.sqrt(252), 12)
    expect(volatility([1, Math.exp(0.01), 1])).toBeCloseTo(0.2244994432, 10)
  })

  it('divides by n − 1', () => {
    // returns 0.02, 0, 0.01, 0.01: mean 0.01, √(0.0002/3) × √252
    const index = [1, 1.02, 1.02, 1.03, 1.04].map((_, i) => Math.exp([0, 0.02, 0.02, 0.03, 0.04][i]!))
    expect(volatility(index)).toBeCloseTo(Math.sqrt(0.0002 / 3) * Math.sqrt(252), 12)
  })

  it('is 0 for an index that never moved, and for steady growth', () => {
    expect(volatility([1, 1, 1, 1])).toBe(0)
    expect(volatility([1, 1.01, 1.0201])).toBeCloseTo(0, 12)
  })

  it('does not depend on the level of the index', () => {
    expect(volatility([5, 6, 5.5])).toBeCloseTo(volatility([50, 60, 55])!, 12)
  })

  it('needs two returns', () => {
    expect(volatility([])).toBeNull()
    expect(volatility([1])).toBeNull()
    expect(volatility([1, 1.1])).toBeNull()
  })

  it('has no answer after a total loss', () => {
    expect(volatility([1, 0.5, 0])).toBeNull()
    expect(volatility([1, 0, 0, 0])).toBeNull()
  })
})
