import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gap } from '../../src/metrics/gap.ts'
import { totalReturn } from '../../src/portfolio/benchmark.ts'
import { blendIndex } from '../../src/portfolio/blend.ts'
import { sum } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { closes, ledger, measured } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from './random-ledger.ts'

/** A level for each day, where the first is 1. */
const grown = (of: Ledger, benchmark: string, days: readonly string[]) => {
  const index = totalReturn(of, benchmark)
  const levels = days.map((day) => index(day)!)
  return levels.map((level) => level / levels[0]!)
}

describe('a 60/40 blend of A (100, 110, 121) and B (100, 100, 90) (finance.md, "Blends, fixed rates and price indexes")', () => {
  // the middle is the first session of a month, a quarter and a year
  const days = ['2024-12-31', '2025-01-02', '2025-01-03']
  const markets = closes({
    A: '2024-12-31 100, 2025-01-02 110, 2025-01-03 121',
    B: '2024-12-31 100, 2025-01-02 100, 2025-01-03 90',
  })
  const of = ledger('2024-12-31 buy 1 A @ 100', { markets })

  it.each(['', ' quarterly', ' monthly'])('makes 1.06 and then 1.0812, rebalanced at the middle%s', (how) => {
    const [, middle, end] = grown(of, `60 A + 40 B${how}`, days)
    expect(middle).toBeCloseTo(1.06, 12)
    expect(end).toBeCloseTo(1.0812, 12)
  })

  it('makes 1.086 when it is never rebalanced', () => {
    expect(grown(of, '60 A + 40 B never', days)[2]).toBeCloseTo(1.086, 12)
  })

  it('makes 1,081.20 of a deposit of 1,000', () => {
    const { benchmarks } = measured(
      ledger('2024-12-31 deposit 1000', { markets, benchmarks: ['60 A + 40 B'] }),
    )
    expect(benchmarks['60 A + 40 B']).toMatchObject({ value: '1081.2', gain: '81.2', gap: '-81.2' })
  })
})

describe('a blend', () => {
  // A doubles up to the first session of February, of April and after it; B stands still
  it.each([
    [' monthly', [1, 1, 1.5, 2.25, 3.375]],
    [' quarterly', [1, 1, 1.5, 2.5, 3.75]],
    ['', [1, 1, 1.5, 2.5, 4.5]],
    [' never', [1, 1, 1.5, 2.5, 4.5]],
  ] as const)('is divided anew at the first close of each period: 50 A + 50 B%s', (how, levels) => {
    const days = ['2024-12-31', '2025-01-02', '2025-02-03', '2025-04-01', '2025-04-02']
    const told = (prices: readonly number[]) => days.map((day, i) => `${day} ${prices[i]}`).join(', ')
    const markets = closes({ A: told([100, 100, 200, 400, 800]), B: told([100, 100, 100, 100, 100]) })
    const of = ledger('2024-12-31 buy 1 A @ 100', { markets })
    grown(of, `50 A + 50 B${how}`, days).forEach((level, i) => expect(level).toBeCloseTo(levels[i]!, 12))
  })

  it('waits for a day of the period on which each part has a close', () => {
    // A has none on 2 January, so the quarter begins for both on the 3rd: 0.6 × 1.1 + 0.4 × 2 = 1.46 then
    const markets = closes({
      A: '2024-12-31 100, 2025-01-03 110, 2025-01-06 110',
      B: '2024-12-31 100, 2025-01-02 100, 2025-01-03 200, 2025-01-06 100',
    })
    const of = ledger('2024-12-31 buy 1 A @ 100', { markets })
    const [, , third, sixth] = grown(of, '60 A + 40 B', [
      '2024-12-31',
      '2025-01-02',
      '2025-01-03',
      '2025-01-06',
    ])
    expect(third).toBeCloseTo(1.46, 12)
    // all of it is divided anew: 1.46 × (0.6 × 1 + 0.4 × 0.5)
    expect(sixth).toBeCloseTo(1.168, 12)
  })

  it('reinvests the dividends of its parts', () => {
    // A paid 10 of 100 and fell by them: nothing is lost
    const markets = closes({
      A: '2025-03-03 100, 2025-03-04 90, 2025-03-04 dividend 10',
      B: '2025-03-03 100, 2025-03-04 100',
    })
    const of = ledger('2025-03-03 buy 1 A @ 100', { markets })
    expect(grown(of, '60 A + 40 B', ['2025-03-03', '2025-03-04'])[1]).toBeCloseTo(1, 12)
  })

  it('has a value from the day on which its last part has one, and names itself where it has none', () => {
    const markets = closes({ A: '2025-03-03 100, 2025-03-05 100', B: '2025-03-04 100, 2025-03-05 110' })
    const of = ledger('2025-03-03 deposit 1000', { markets, benchmarks: ['60 A + 40 B', '50 A + 50 NONE'] })
    expect(totalReturn(of, '60 A + 40 B')('2025-03-03')).toBeNull()
    expect(totalReturn(of, '60 A + 40 B')('2025-03-04')).toBe(1)
    const { reasons } = measured(of)
    expect(reasons['benchmarks.60 A + 40 B']).toBe('no price for 60 A + 40 B on 2025-03-03')
    expect(reasons['benchmarks.50 A + 50 NONE']).toBe('no price for 50 A + 50 NONE on 2025-03-03')
  })
})

it('4 % is 1.04^(days ÷ 365), on any two days (finance.md, "Blends, fixed rates and price indexes")', () => {
  const of = ledger('2024-01-01 deposit 1000', { benchmarks: ['4 %'], today: '2025-01-01' })
  // 366 days lie between
  const [, end] = grown(of, '4 %', ['2024-01-01', '2025-01-01'])
  expect(end).toBeCloseTo(1.04 ** (366 / 365), 12)
  const { benchmarks } = measured(of)
  expect(Number(benchmarks['4 %']!.value)).toBeCloseTo(1000 * 1.04 ** (366 / 365), 6)
  // the rate is its XIRR
  expect(benchmarks['4 %']!.xirr).toBeCloseTo(0.04, 9)
})

describe('laws of any ledger', () => {
  it('a blend whose parts are one symbol is that symbol on every day', () => {
    fc.assert(
      fc.property(everyKind, fc.constantFrom('monthly' as const, 'never' as const), (told, how) => {
        const of = ledgerOf(told)
        const index = totalReturn(of, 'AAA')
        const { days } = of.markets.get('AAA')!.prices
        const part = { weight: 0.5, index, days, sessions: days }
        const blend = blendIndex([part, part], how, of.transactions[0]?.date ?? of.today)
        for (const { date } of of.transactions)
          expect(blend(of.today)! / blend(date)!).toBeCloseTo(index(of.today)! / index(date)!, 9)
      }),
      { ...seeded, numRuns: 40 },
    )
  })

  it('the parts of the gap to a blend add up to it, and a past day does not know the future', () => {
    fc.assert(
      fc.property(everyKind, fc.nat(60), (told, back) => {
        const of = ledgerOf(told, { benchmarks: ['60 AAA + 40 BBB monthly', '4 %'] })
        const day = of.transactions[Math.max(0, of.transactions.length - 1 - back)]?.date ?? of.today
        for (const benchmark of of.benchmarks) {
          const {
            parts,
            cashDrag,
            fees,
            interest,
            uncovered,
            gap: whole,
          } = gap(of, benchmark, { asOf: of.today })
          const all = sum([...parts.map((part) => part.gap), cashDrag, fees, interest, uncovered])
          expect(whole === null ? null : all).toBe(whole)
          const past = pastLedger(of, day)
          const alone = { ...past, markets: new Map(closesUpTo(of, day)) }
          expect(totalReturn(past, benchmark)(day)).toBe(totalReturn(alone, benchmark)(day))
        }
      }),
      { ...seeded, numRuns: 60 },
    )
  })
})

/** The markets as they were known at the close of a day, but for what had not been paid yet. */
function closesUpTo({ markets }: Ledger, day: string) {
  const last = Math.round(Date.parse(day) / 864e5)
  return [...markets].map(([symbol, market]) => {
    const kept = market.prices.days.filter((each) => each <= last).length
    const prices = { days: market.prices.days.slice(0, kept), closes: market.prices.closes.slice(0, kept) }
    return [symbol, { ...market, prices }] as const
  })
}
