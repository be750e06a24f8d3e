import { describe, expect, it } from 'vitest'
import { matchedPeriod, netFlows, type Period, periodOf } from '../../src/metrics/period.ts'
import { totalReturn } from '../../src/portfolio/benchmark.ts'
import { dec, closes, ledger } from '../notation.ts'
import { valuations } from '../../src/portfolio/valuation.ts'

// One account (finance.md, "Examples of returns"), with what the purchase implied: 100,000 in, worth 108,000, 20,000 in,
// 5,000 out
const account = ledger(
  `2025-01-01 buy 1000 XYZ @ 100
   2025-02-15 deposit 20000
   2025-05-10 withdrawal 5000`,
  {
    markets: closes({
      XYZ: '2025-01-01 100, 2025-02-14 108, 2025-05-10 111, 2025-06-30 115',
      VOO: '2025-01-01 400, 2025-02-14 420, 2025-05-10 440, 2025-06-30 450',
    }),
    benchmarks: ['VOO'],
  },
)
const series = valuations(account, account.today)

/** It must be one. */
function period(from: string | null, of = series): Period {
  const found = periodOf(of, from)
  if (typeof found === 'string') throw new Error(found)
  return found
}

describe('the whole history', () => {
  const whole = period(null)

  it('begins with nothing, before its first day', () => {
    expect(whole).toMatchObject({ start: 0, opening: 1, startValue: 0n, startCash: 0n })
    expect(whole.days).toEqual(['2025-01-01', '2025-02-14', '2025-02-15', '2025-05-10', '2025-06-30'])
  })

  it('has all its flows on their days', () => {
    expect(whole.flows).toEqual([
      { deposits: 100_000, withdrawals: 0 },
      { deposits: 0, withdrawals: 0 },
      { deposits: 20_000, withdrawals: 0 },
      { deposits: 0, withdrawals: 5000 },
      { deposits: 0, withdrawals: 0 },
    ])
    expect([whole.deposits, whole.withdrawals]).toEqual([dec('120000'), dec('5000')])
    expect(netFlows(whole).map(({ amount }) => amount)).toEqual([100_000, 0, 20_000, -5000, 0])
  })

  it('knows its weekends: 2025-02-15 and 2025-05-10 are Saturdays', () => {
    expect(whole.trading).toEqual([true, true, false, false, true])
  })

  it('is also what was since before the first day', () => {
    expect(period('2024-12-31')).toEqual(whole)
  })

  it('of nothing has no days', () => {
    const empty = ledger('', { today: '2025-01-01' })
    expect(period(null, valuations(empty, '2025-01-01'))).toMatchObject({
      days: [],
      deposits: 0n,
      opening: 1,
    })
  })
})

describe('a period', () => {
  it('begins with the value at the close of its first day, as money in', () => {
    const later = period('2025-02-15')
    // 1000 × 108 and 20,000, both there at that close
    expect(later).toMatchObject({
      start: 2,
      opening: null,
      startValue: dec('128000'),
      startCash: dec('20000'),
      deposits: 0n,
      withdrawals: dec('5000'),
      days: ['2025-02-15', '2025-05-10', '2025-06-30'],
    })
    expect(netFlows(later).map(({ amount }) => amount)).toEqual([128_000, -5000, 0])
  })

  it('from a day between two begins on that day with the value of the earlier one', () => {
    // Sunday the 16th is in no series
    const later = period('2025-02-16')
    expect(later).toMatchObject({
      startValue: dec('128000'),
      days: ['2025-02-16', '2025-05-10', '2025-06-30'],
    })
    expect(later.trading).toEqual([false, false, true])
  })

  it('from the last day on has that day alone', () => {
    // 1000 × 115 + 15,000
    expect(period('2025-06-30')).toMatchObject({ days: ['2025-06-30'], startValue: dec('130000') })
  })

  it('has no start on a day without a value, and says why', () => {
    const unpriced = ledger('2025-01-01 buy 1 NEW @ 100 in USD', {
      markets: closes({ NEW: '2025-01-01 100, in EUR', 'EURUSD=X': '2025-02-03 1.1' }),
    })
    const told = valuations(unpriced, unpriced.today)
    expect(periodOf(told, '2025-01-01')).toBe('no exchange rate from EUR to USD on 2025-01-01')
    expect(periodOf(told, '2025-01-20')).toBe('no exchange rate from EUR to USD on 2025-01-01')
    expect(periodOf(told, '2025-02-03')).toMatchObject({ startValue: dec('110') })
  })
})

describe('a benchmark with the same flows', () => {
  const index = totalReturn(account, 'VOO')

  it('has bought at each day’s close and sold what went out', () => {
    const { alternative, levels, flows } = matchedPeriod(period(null), index)
    // the Saturdays' close is that of Friday the 14th, and of their own
    expect(levels).toEqual([400, 420, 420, 440, 450])
    // 250 units, then 20000/420 more, then 5000/440 fewer
    const units = 250 + 20_000 / 420 - 5000 / 440
    expect(alternative.value.at(-1)).toBeCloseTo(units * 450, 8)
    expect(flows).toEqual(period(null).flows)
  })

  it('in a period begins with the portfolio’s value', () => {
    const { alternative } = matchedPeriod(period('2025-02-15'), index)
    expect(alternative.value[0]).toBeCloseTo(128_000, 8)
    expect(alternative.value.at(-1)).toBeCloseTo((128_000 / 420 - 5000 / 440) * 450, 8)
  })

  it('that cannot pay a withdrawal has it cut to what it paid', () => {
    const paid = '2025-01-01 deposit 100\n2025-02-14 dividend XYZ 1000\n2025-05-10 withdrawal 500'
    const richer = ledger(paid, { markets: account.markets })
    const { alternative, flows } = matchedPeriod(period(null, valuations(richer, richer.today)), index)
    expect(alternative).toMatchObject({ capped: '2025-05-10' })
    // 100 × 440/400
    expect(flows.map(({ withdrawals }) => +withdrawals.toFixed(9))).toEqual([0, 0, 110, 0])
  })
})
