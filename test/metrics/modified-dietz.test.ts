import { describe, expect, it } from 'vitest'
import { modifiedDietz } from '../../src/metrics/modified-dietz.ts'

const at = (day: string, value: number) => ({ day, value })
const flow = (day: string, amount: number) => ({ day, amount })
const ratioOf = (flows: ReturnType<typeof flow>[], end: ReturnType<typeof at>) =>
  modifiedDietz(flows, end).ratio

describe('Modified Dietz', () => {
  it('One account (finance.md, "Examples of returns")', () => {
    // (130000 − 100000 − 15000) / (100000 + 20000 × 135/180 − 5000 × 51/180) = 0.1320616288
    const flows = [flow('2025-01-01', 100_000), flow('2025-02-15', 20_000), flow('2025-05-10', -5_000)]
    const { ratio, capital } = modifiedDietz(flows, at('2025-06-30', 130_000))
    expect(ratio).toBeCloseTo(0.13206162876, 11)
    expect(capital).toBeCloseTo(113_583.3333, 4)
  })

  it('is the plain return without flows', () => {
    // (110 − 100)/100
    expect(ratioOf([flow('2024-01-01', 100)], at('2024-03-01', 110))).toBeCloseTo(0.1, 15)
  })

  it('counts a flow of the last day as gain-neutral and weightless', () => {
    // (160 − 100 − 50)/(100 + 0 × 50)
    expect(ratioOf([flow('2024-01-01', 100), flow('2024-01-11', 50)], at('2024-01-11', 160))).toBeCloseTo(
      0.1,
      15,
    )
  })

  it('starts from nothing with the first deposit', () => {
    // (110 − 0 − 100)/(0 + 100 × 9/10)
    expect(ratioOf([flow('2024-01-01', 0), flow('2024-01-02', 100)], at('2024-01-11', 110))).toBeCloseTo(
      1 / 9,
      15,
    )
  })

  it('reads a total loss as −1', () => {
    // (0 − 100)/100
    expect(ratioOf([flow('2024-01-01', 100)], at('2024-02-01', 0))).toBe(-1)
  })

  it('has no answer when no days have passed', () => {
    expect(ratioOf([flow('2024-01-01', 100)], at('2024-01-01', 110))).toBeNull()
    expect(ratioOf([flow('2024-01-02', 100)], at('2024-01-01', 110))).toBeNull()
  })

  it('has no answer when flows cancel on their day, whatever doubles leave of them', () => {
    // 0.1 + 0.2 − 0.3 is 5.6e-17
    const flows = [flow('2024-01-01', 0.1), flow('2024-01-01', 0.2), flow('2024-01-01', -0.3)]
    expect(ratioOf(flows, at('2024-02-01', 0))).toBeNull()
  })

  it('has no answer without flows, without capital, or with less than none', () => {
    expect(ratioOf([], at('2024-02-01', 10))).toBeNull()
    expect(ratioOf([flow('2024-01-01', 0)], at('2024-02-01', 0))).toBeNull()
    // 100 − 1000 × 30/31 < 0
    expect(ratioOf([flow('2024-01-01', 100), flow('2024-01-02', -1000)], at('2024-02-01', 10))).toBeNull()
  })
})
