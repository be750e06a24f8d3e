import { describe, expect, it } from 'vitest'
import { rollingMonths, rollingSummary, rollingYear } from '../../src/metrics/rolling-year.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger } from '../notation.ts'

const of = ledger(
  `2022-01-03 buy 10 X @ 100
   2022-06-01 deposit 500`,
  {
    markets: closes({
      X: '2022-01-03 100, 2022-01-10 110, 2022-06-01 120, 2023-01-03 121, 2023-01-04 122, 2023-01-12 99',
      Y: '2022-01-03 50, 2022-01-10 50, 2023-01-03 55, 2023-01-12 60',
    }),
    benchmarks: ['Y', '4 %'],
  },
)
const series = valuations(of, of.today)
/** What 1 has become: 1.1, and then beside a deposit of 500, which comes before June 1 when the shares are worth 1,100. */
const after = (price: number) => (1.1 * (price * 10 + 500)) / (1100 + 500)

describe('rolling twelve months (finance.md, "Rolling twelve months")', () => {
  const rolling = rollingYear(of, series, null)
  const near = (each: number) => expect.closeTo(each, 8)

  it('begin 365 days after the first day, and reach back to the close of that day a year ago', () => {
    expect(rolling.days).toEqual(['2023-01-03', '2023-01-04', '2023-01-12'])
    expect(rolling.twr).toEqual([
      near(after(121) - 1),
      // 2022-01-04 had no close of its own: that of the 3rd
      near(after(122) - 1),
      near(after(99) / 1.1 - 1),
    ])
    expect(rolling.benchmarks['Y']).toEqual([near(0.1), near(0.1), near(0.2)])
    // 365 days of a year’s rate
    expect(rolling.benchmarks['4 %']).toEqual([near(0.04), near(0.04), near(0.04)])
  })

  it('of a period are those of its days, whatever lies before it', () => {
    expect(rollingYear(of, series, '2023-01-04')).toEqual({
      days: ['2023-01-12'],
      twr: [rolling.twr[2]],
      benchmarks: { Y: [rolling.benchmarks['Y']![2]], '4 %': [rolling.benchmarks['4 %']![2]] },
    })
  })

  it('are at the end of each month a row of a table, with what they are ahead', () => {
    const [month, ...others] = rollingMonths(rolling)
    expect(others).toEqual([])
    const [twr, y, rate] = [rolling.twr, rolling.benchmarks['Y']!, rolling.benchmarks['4 %']!].map(
      (column) => column[2]!,
    )
    expect(month).toEqual({
      name: '2023-01',
      to: '2023-01-12',
      twr,
      benchmarks: { Y: y, '4 %': rate },
      excess: { Y: twr! - y!, '4 %': twr! - rate! },
    })
  })

  it('say on how many days the portfolio was ahead, and when it did best and worst', () => {
    expect(rollingSummary(rolling, 'Y')).toEqual({
      days: 3,
      ahead: 2,
      best: { day: '2023-01-04', ratio: rolling.twr[1] },
      worst: { day: '2023-01-12', ratio: rolling.twr[2] },
    })
    expect(rollingSummary(rolling, '4 %')).toMatchObject({ days: 3, ahead: 2 })
    expect(rollingSummary(rolling, null)).toMatchObject({ days: 0, ahead: 0, best: { day: '2023-01-04' } })
  })

  it('of equal returns, count the earlier day, and as no lead', () => {
    const days = ['2023-01-03', '2023-01-04', '2023-01-05', '2023-01-06']
    const same = { days, twr: [0.1, -0.1, 0.1, -0.1], benchmarks: { Y: [0.1, -0.1, 0.1, -0.1] } }
    expect(rollingSummary(same, 'Y')).toEqual({
      days: 4,
      ahead: 0,
      best: { day: '2023-01-03', ratio: 0.1 },
      worst: { day: '2023-01-04', ratio: -0.1 },
    })
  })

  it('are none in the first year, and of nothing', () => {
    const young = ledger('2022-01-03 deposit 1', { today: '2022-12-30' })
    expect(rollingYear(young, valuations(young, young.today), null).days).toEqual([])
    const empty = ledger('', { today: '2022-12-30' })
    const none = rollingYear(empty, valuations(empty, empty.today), null)
    expect(none).toEqual({ days: [], twr: [], benchmarks: {} })
    expect(rollingSummary(none, 'Y')).toEqual({ days: 0, ahead: 0, best: null, worst: null })
  })
})
