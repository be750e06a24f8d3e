import { describe, expect, it } from 'vitest'
import { adjustedCloses, matched, totalReturn } from '../../src/portfolio/benchmark.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { closes, ledger } from '../notation.ts'

const voo = (known: string) => closes({ VOO: known }).get('VOO')!
const index = (known: string, today?: string) =>
  totalReturn(ledger('', { markets: closes({ VOO: known }), ...(today && { today }) }), 'VOO')
const flow = (deposits: number, withdrawals = 0) => ({ deposits, withdrawals })

describe('a benchmark with a dividend (finance.md, "Total-return index")', () => {
  const days = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05']
  const bars = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-05 102'
  const known = `${bars}, 2024-01-04 dividend 1.50`
  const flows = [flow(1000), flow(0), flow(0), flow(0)]

  it('has 98.5221674877 for the adjusted close of the first day', () => {
    // 100 × (1 − 1.50/101.5); the last one is the last close
    const adjusted = adjustedCloses(voo(known))
    expect(adjusted[0]).toBeCloseTo(98.5221674877, 10)
    expect(adjusted[1]).toBeCloseTo(100, 10)
    expect(adjusted.slice(2)).toEqual([100.5, 102])
  })

  it('makes 1035.300000 of 1000', () => {
    expect(matched(days, flows, index(known)).value.at(-1)).toBeCloseTo(1035.3, 6)
  })

  it('would make 1020 without the dividend', () => {
    expect(matched(days, flows, index(bars)).value.at(-1)).toBeCloseTo(1020, 10)
  })
})

describe('reinvesting (finance.md, "Total-return index")', () => {
  it('counts earlier reinvestments: 1.60 a unit pays 4.0142857, not 4.00', () => {
    // 1.50 reinvested @ 420, that is the 421.5 before it less 1.50; 1.60 then @ 428.4
    const known =
      '2024-01-02 400, 2024-01-03 421.5, 2024-01-04 420, 2024-01-05 430, 2024-01-08 428.4, ' +
      '2024-01-04 dividend 1.50, 2024-01-08 dividend 1.60'
    const days = ['2024-01-02', '2024-01-05', '2024-01-08']
    const { value } = matched(days, [flow(1000), flow(0), flow(0)], index(known))
    const units = value[1]! / 430
    // 2.5 + 2.5 × 1.50/420
    expect(units).toBeCloseTo(2.5089285714, 9)
    // what it is worth after the second ex-date, less what its units would be without reinvesting
    expect(value[2]! - units * 428.4).toBeCloseTo(4.0142857, 7)
  })
})

describe('adjusted closes', () => {
  it('are the closes where nothing is paid', () => {
    expect(adjustedCloses(voo('2024-01-02 100, 2024-01-03 101.5'))).toEqual([100, 101.5])
    expect(adjustedCloses(closes({ VOO: 'in USD' }).get('VOO')!)).toEqual([])
  })

  it('take a dividend whose ex-date has no bar on the next that has', () => {
    // Sunday; 100 × (1 − 2/100)
    expect(adjustedCloses(voo('2024-01-05 100, 2024-01-08 99, 2024-01-07 dividend 2'))).toEqual([98, 99])
  })

  it('multiply: two dividends shrink what is before both twice', () => {
    // (1 − 1/100) × (1 − 2/50)
    const known = '2024-01-02 100, 2024-01-03 50, 2024-01-04 50, 2024-01-03 dividend 1, 2024-01-04 dividend 2'
    expect(adjustedCloses(voo(known))[0]).toBeCloseTo(95.04, 12)
  })

  it('count both of two dividends of one day', () => {
    // 100 × (1 − (1 + 2)/100)
    const known = '2024-01-02 100, 2024-01-03 99, 2024-01-03 dividend 1, 2024-01-03 dividend 2'
    expect(adjustedCloses(voo(known))[0]).toBeCloseTo(97, 12)
  })

  it('take a dividend on the first bar after its ex-date, whatever the gap', () => {
    // halted for five weeks, 2 paid in the first of them and 3 in the last: 100 × (1 − 5/100)
    const halted = '2024-01-05 100, 2024-02-09 96, 2024-01-09 dividend 2, 2024-02-08 dividend 3'
    expect(adjustedCloses(voo(halted))).toEqual([95, 96])
  })

  it('do not ask in which order the dividends are told', () => {
    const bars = '2024-01-02 100, 2024-01-03 100, 2024-01-04 100'
    const told = `${bars}, 2024-01-04 dividend 2, 2024-01-03 dividend 10`
    // 100 × (1 − 10/100) × (1 − 2/100), then without the first
    expect(adjustedCloses(voo(told)).map((close) => +close.toFixed(9))).toEqual([88.2, 98, 100])
  })

  it('are not moved by a dividend on or before the first bar, or after the last', () => {
    const known =
      '2024-01-02 100, 2024-01-03 101, 2024-01-02 dividend 5, 2023-12-20 dividend 5, 2024-01-09 dividend 5'
    expect(adjustedCloses(voo(known))).toEqual([100, 101])
  })
})

describe('a total return', () => {
  const of = index('2024-01-05 400, 2024-01-22 422', '2024-03-01')

  it.each([
    ['2024-01-04', null],
    ['2024-01-12', 400],
    ['2024-01-13', 400],
    ['2024-01-22', 422],
    ['2024-02-29', 422],
    ['2024-03-01', 422],
  ])('on %s is %s: the last close, however old', (day, level) => {
    expect(of(day)).toBe(level)
  })

  it.each([
    // X doubles its shares on the third day, which the source has not heard of: 102 → 51.5, with 1 paid before and 0.5 after
    ['in dollars', 'in USD'],
    ['in pounds, whose rate does not move', 'in GBP'],
  ])('knows the split that only the owner knows, %s', (_, currency) => {
    const own = (story: string, closesOfX: string) =>
      ledger(story, {
        markets: closes({ X: `${currency}, ${closesOfX}`, 'GBPUSD=X': '2024-01-02 1.25' }),
      })
    const told = own(
      '2024-01-04 split X 2:1',
      '2024-01-02 100, 2024-01-03 102, 2024-01-03 dividend 1, 2024-01-04 51.5, 2024-01-05 51, 2024-01-05 dividend 0.5',
    )
    const known = own(
      '',
      '2024-01-02 50, 2024-01-03 51, 2024-01-03 dividend 0.5, 2024-01-04 51.5, 2024-01-04 split 2:1, 2024-01-05 51, 2024-01-05 dividend 0.5',
    )
    const [of, like] = [totalReturn(told, 'X'), totalReturn(known, 'X')]
    for (const day of ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06'])
      expect(of(day)).toBeCloseTo(like(day)!, 12)
    // 50 → 51.5 is 1 / (1 − 0.5 / 50) of 3 %
    expect(of('2024-01-04')! / of('2024-01-02')!).toBeCloseTo(1.03 / 0.99, 12)
  })

  it('is not divided twice when the source reports the owner’s split a few days off', () => {
    const markets = closes({ X: '2024-01-02 50, 2024-01-04 51, 2024-01-04 split 2:1' })
    const of = totalReturn(ledger('2024-01-08 split X 2:1', { markets }), 'X')
    expect(of('2024-01-04')! / of('2024-01-02')!).toBeCloseTo(1.02, 12)
  })

  it('is none of a symbol that nothing is known of', () => {
    expect(totalReturn(ledger(''), 'VOO')('2024-01-02')).toBeNull()
  })
})

describe('the same money in a benchmark', () => {
  const days = ['2024-01-02', '2024-01-03', '2024-01-04']
  const of = index('2024-01-02 100, 2024-01-03 110, 2024-01-04 120')

  it('buys with each deposit at that day’s close', () => {
    // 10 units, then 11000/110 = 100 more
    expect(matched(days, [flow(1000), flow(11_000), flow(0)], of).value).toEqual([1000, 12_100, 13_200])
  })

  it('sells with each withdrawal', () => {
    // 10 units less 220/110
    const sold = matched(days, [flow(1000), flow(0, 220), flow(0)], of)
    expect(sold.value).toEqual([1000, 880, 960])
    expect(sold).toMatchObject({ withdrawn: [0, 220, 0], capped: null, missing: null })
  })

  it('pays out what was asked for to the last digit', () => {
    // 1.1 ÷ 110 × 110 as doubles is 1.1000000000000003 or so
    const asked = [0.1, 0.3, 1.1, 999_999_999_999.99]
    const paid = asked.map((amount) => matched(days, [flow(1e13), flow(0, amount), flow(0)], of).withdrawn[1])
    expect(paid).toEqual(asked)
  })

  it('never sells more than it has, and says when it would have', () => {
    const sold = matched(days, [flow(1000), flow(0, 1500), flow(240)], of)
    // 10 units × 110, then 240/120 = 2 new ones
    expect(sold).toEqual({
      value: [1000, 0, 240],
      withdrawn: [0, 1100, 0],
      capped: '2024-01-03',
      missing: null,
    })
  })

  it('has no value from the first flow without a price on', () => {
    const late = matched([addDays(days[0]!, -1), ...days], [flow(10), flow(10), flow(0), flow(0)], of)
    expect(late.value).toEqual([null, null, null, null])
    expect(late.missing).toBe('2024-01-01')
  })

  it('is carried over a day without a close', () => {
    const gap = index('2024-01-02 100, 2024-02-01 120')
    const { value, missing } = matched(
      ['2024-01-02', '2024-01-20', '2024-02-01'],
      [flow(1000), flow(0), flow(0)],
      gap,
    )
    expect(value).toEqual([1000, 1000, 1200])
    expect(missing).toBeNull()
  })
})
