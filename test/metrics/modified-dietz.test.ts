import { describe, expect, it } from 'vitest'
import { modifiedDietz } from '../../src/metrics/modified-dietz.ts'

const at = (day: string, value: number) => ({ day, value })
const flow = (day: string, amount: number) => ({ day, amount })

describe('Modified Dietz', () => {
  it('One account (FINANCE.md section 3)', () => {
    // (130000 − 100000 − 15000) / (100000 + 20000 × 135/180 − 5000 × 51/180) = 0.1320616288
    const flows = [flow('2025-02-15', 20_000), flow('2025-05-10', -5_000)]
    const ratio = modifiedDietz(at('2025-01-01', 100_000), at('2025-06-30', 130_000), flows)
    expect(ratio).toBeCloseTo(0.13206162876, 11)
  })

  it('is the plain return without flows', () => {
    // (110 − 100)/100
    expect(modifiedDietz(at('2024-01-01', 100), at('2024-03-01', 110), [])).toBeCloseTo(0.1, 15)
  })

  it('counts a flow of the last day as gain-neutral and weightless', () => {
    // (160 − 100 − 50)/(100 + 0 × 50)
    expect(modifiedDietz(at('2024-01-01', 100), at('2024-01-11', 160), [flow('2024-01-11', 50)])).toBeCloseTo(
      0.1,
      15,
    )
  })

  it('starts from nothing with the first deposit', () => {
    // (110 − 0 − 100)/(0 + 100 × 9/10)
    expect(modifiedDietz(at('2024-01-01', 0), at('2024-01-11', 110), [flow('2024-01-02', 100)])).toBeCloseTo(
      1 / 9,
      15,
    )
  })

  it('reads a total loss as −1', () => {
    // (0 − 100)/100
    expect(modifiedDietz(at('2024-01-01', 100), at('2024-02-01', 0), [])).toBe(-1)
  })

  it('has no answer when no days have passed', () => {
    expect(modifiedDietz(at('2024-01-01', 100), at('2024-01-01', 110), [])).toBeNull()
    expect(modifiedDietz(at('2024-01-02', 100), at('2024-01-01', 110), [])).toBeNull()
  })

  it('has no answer without capital, or with less than none', () => {
    expect(modifiedDietz(at('2024-01-01', 0), at('2024-02-01', 0), [])).toBeNull()
    // 100 − 1000 × 30/31 < 0
    expect(modifiedDietz(at('2024-01-01', 100), at('2024-02-01', 10), [flow('2024-01-02', -1000)])).toBeNull()
  })
})
