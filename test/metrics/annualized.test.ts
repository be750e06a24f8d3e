import { describe, expect, it } from 'vitest'
import { annualized } from '../../src/metrics/annualized.ts'

describe('an annualized return', () => {
  it('is the yearly rate that compounds to the period’s return', () => {
    // 1.1² = 1.21
    expect(annualized(0.21, 730)).toBeCloseTo(0.1, 14)
    // 0.5^(1/2) − 1
    expect(annualized(-0.5, 730)).toBeCloseTo(Math.SQRT1_2 - 1, 14)
  })

  it('is the return itself over 365 days', () => {
    expect(annualized(0.07, 365)).toBeCloseTo(0.07, 15)
  })

  it('counts a leap year as 366/365 of a year', () => {
    // 1.1^(365/366) − 1, as XIRR of 2024-01-01 −1000; 2025-01-01 1100
    expect(annualized(0.1, 366)).toBeCloseTo(0.099713585934, 12)
  })

  it('is null under 365 days', () => {
    expect(annualized(0.07, 364)).toBeNull()
    expect(annualized(0.07, 0)).toBeNull()
  })

  it('is −1 when everything is lost, and null beyond', () => {
    expect(annualized(-1, 1000)).toBe(-1)
    expect(annualized(-1.01, 1000)).toBeNull()
  })
})
