import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twrIndex } from '../../src/metrics/twr.ts'

const day = (value: number | null, deposits = 0, withdrawals = 0) => ({ value, deposits, withdrawals })

const indexOf = (days: readonly ReturnType<typeof day>[]) =>
  twrIndex(
    days.map(({ value }) => value),
    days,
  )

describe('the time-weighted return', () => {
  it('One account (finance.md, "Examples of returns")', () => {
    // 108000/100000 × 131000/(108000 + 20000) × 130000/(131000 − 5000) = 1.1404017857
    const index = indexOf([
      day(100_000, 100_000),
      day(108_000),
      day(131_000 - 5_000, 20_000, 5_000),
      day(130_000),
    ])
    expect(index.at(-1)! - 1).toBeCloseTo(0.140401785714, 12)
  })

  it('Timing (finance.md, "Examples of returns")', () => {
    // 150/100 × 125/(150 + 100) = 0.75
    const index = indexOf([day(100, 100), day(150), day(125, 100)])
    expect(index.at(-1)! - 1).toBeCloseTo(-0.25, 12)
    expect(index).toEqual([1, 1.5, 0.75])
  })

  it('lets money in at the start of its day and out at the end', () => {
    // (66 + 44)/(50 + 50) = 1.1
    expect(indexOf([day(50, 50), day(66, 50, 44)])).toEqual([1, 1.1])
  })

  it('includes the return of the first day itself', () => {
    // 95/100
    expect(indexOf([day(95, 100)])).toEqual([0.95])
  })

  it('does not change before the first deposit and after the last withdrawal', () => {
    // 1 × 1 × 110/100 × (0 + 110)/110 × 1 × 1 × 120/100
    const days = [day(0), day(0), day(110, 100), day(0, 0, 110), day(0), day(100, 100), day(120)]
    expect(indexOf(days).map((figure) => +figure!.toFixed(12))).toEqual([1, 1, 1.1, 1.1, 1.1, 1.1, 1.32])
  })

  it('stays 0 after a total loss', () => {
    // 0/100 × 50/50
    expect(indexOf([day(100, 100), day(0), day(50, 50)])).toEqual([1, 0, 0])
  })

  it('loses nothing by a fee that an empty account is asked for', () => {
    // 1 × 100/100 × (0 + 110)/110 × 1 × 120/100
    expect(indexOf([day(0, 7.23), day(100, 100)])).toEqual([1, 1])
    const closed = [day(100, 100), day(0, 10, 110), day(0, 7.23), day(0), day(120, 100)]
    expect(indexOf(closed)).toEqual([1, 1, 1, 1, 1.2])
    // what a deposit rounded up to the cent has left, and a withdrawal in whole cents
    const fractions = [day(100, 100), day(0.004, 0, 99.996), day(0.001, 7.23), day(23.6), day(47.2)]
    expect(indexOf(fractions)).toEqual([1, 1, 1, 1, 2])
  })

  it('counts what came and went on one day', () => {
    // (0 + 90)/100
    expect(indexOf([day(0, 100, 90)])).toEqual([0.9])
  })

  it('has no figure for no days', () => {
    expect(indexOf([])).toEqual([])
  })

  it('is measured across days without a value, whose flows count on the next that has one', () => {
    // (165 + 5)/(100 + 50 + 20)
    expect(indexOf([day(100, 100), day(null, 50), day(null, 0, 5), day(165, 20)])).toEqual([1, null, null, 1])
  })

  it('begins with the first value', () => {
    // 55/50, with the deposit of the day before
    expect(indexOf([day(null, 50), day(55)])).toEqual([null, 1.1])
  })
})

describe('the time-weighted return, whatever was paid in and out at fair value', () => {
  // of what is worth less than a cent there is no return
  const money = fc.double({ min: 1, max: 1e6, noNaN: true })
  const market = fc.record({
    growth: fc.double({ min: 0.5, max: 2, noNaN: true }),
    deposit: money,
    part: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })

  it('is the product of the market’s own growth', () => {
    fc.assert(
      fc.property(fc.array(market, { minLength: 1, maxLength: 30 }), (days) => {
        let value = 100
        let growth = 1
        const valued = days.map((each) => {
          growth *= each.growth
          const before = (value + each.deposit) * each.growth
          value = before * (1 - each.part)
          return day(value, each.deposit, before * each.part)
        })
        expect(indexOf([day(100, 100), ...valued]).at(-1)! / growth).toBeCloseTo(1, 9)
      }),
    )
  })
})
