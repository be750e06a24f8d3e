import { describe, expect, it } from 'vitest'
import { annualRate, investorFlows } from '../../src/metrics/annual-rate.ts'

const flow = (day: string, amount: number) => ({ day, amount })
const worth = (day: string, value: number) => ({ day, value })

describe('the annual rate of a history (finance.md, "XIRR")', () => {
  it.each([
    [
      'quarters sold one by one',
      [
        flow('2008-01-01', 10_000),
        flow('2008-03-01', -2750),
        flow('2008-10-30', -4250),
        flow('2009-02-15', -3250),
      ],
      worth('2009-04-01', 2750),
      0.373362533519,
    ],
    [
      'other quarters',
      [
        flow('2007-01-12', 10_000),
        flow('2008-02-14', -2500),
        flow('2008-03-03', -2000),
        flow('2008-06-14', -3000),
      ],
      worth('2008-12-01', 4000),
      0.100643783427,
    ],
    [
      'near ruin',
      [flow('2019-05-24', 1560.94), flow('2020-01-13', 1160)],
      worth('2020-06-29', 42.8),
      -0.999251643422,
    ],
    ['one deposit over a leap year', [flow('2024-01-01', 1000)], worth('2025-01-01', 1100), 0.099713585934],
    [
      'a fall and more money',
      [flow('2023-01-01', 100), flow('2024-01-01', 100)],
      worth('2025-01-01', 125),
      -0.274805778272,
    ],
  ])('of %s', (_, flows, end, rate) => {
    expect(annualRate(flows, end)).toEqual({ rate: expect.closeTo(rate, 11), reason: null })
  })

  it('is the root nearest the annualized Modified Dietz when there are two, and says so', () => {
    const flows = [flow('2020-01-01', 1000), flow('2020-10-01', -2900), flow('2021-01-01', 1400)]
    const reason = 'these cash flows have 2 solutions; this is the one nearest to the Modified Dietz return'
    // (0 − 1000 + 1500) ÷ (1000 − 2900 × 123/397 + 1400 × 31/397) is 2.37, a year 2.06. Nearest to 0 were the other, −0.93.
    expect(annualRate(flows, worth('2021-02-01', 0))).toEqual({
      rate: expect.closeTo(1.086435721337, 11),
      reason,
    })
  })
})

describe('an annual rate', () => {
  it('needs 365 days: 2010-01-01 −200, 2010-12-31 210 has 364', () => {
    expect(annualRate([flow('2010-01-01', 200)], worth('2010-12-31', 210))).toEqual({
      rate: null,
      reason: 'an annual rate needs 365 days of history; there are only 364',
    })
    // one day more: 210/200 in 365 days
    expect(annualRate([flow('2010-01-01', 200)], worth('2011-01-01', 210))).toEqual({
      rate: expect.closeTo(0.05, 12),
      reason: null,
    })
  })

  it('counts the days from the first flow, not from the first that is not 0', () => {
    const late = [flow('2023-01-01', 0), flow('2024-06-01', 100)]
    // a history of two years, in which 100 became 110 within 214 days
    expect(annualRate(late, worth('2025-01-01', 110)).rate).toBeCloseTo(1.1 ** (365 / 214) - 1, 12)
  })

  it('says which of several rates it is when there is no Modified Dietz', () => {
    // more was taken out early than was ever in: the average capital is negative
    const flows = [flow('2020-01-01', 1000), flow('2021-01-01', -2300), flow('2022-01-01', 1320)]
    const { rate, reason } = annualRate(flows, worth('2022-01-01', 0))
    expect(rate).toBeCloseTo(0.103397927701, 12)
    expect(reason).toBe(
      'these cash flows have 2 solutions; this is the one nearest to 0, as there is no annualized Modified Dietz return',
    )
  })

  it('has no days when there are no flows', () => {
    expect(annualRate([], worth('2025-01-01', 0)).reason).toBe(
      'an annual rate needs 365 days of history; there are only 0',
    )
  })

  it('is null after a total loss, or when money only came out', () => {
    const reason = 'no annual rate turns the money put in into the value now'
    expect(annualRate([flow('2020-01-01', 1000)], worth('2022-01-01', 0))).toEqual({ rate: null, reason })
    expect(annualRate([flow('2020-01-01', -1000)], worth('2022-01-01', 5))).toEqual({ rate: null, reason })
  })
})

describe('the investor’s flows', () => {
  it('are negative for deposits and positive for the value at the end, without flows of 0', () => {
    const flows = [flow('2024-01-01', 1000), flow('2024-02-01', 0), flow('2024-03-01', -50)]
    expect(investorFlows(flows, worth('2024-12-31', 990))).toEqual([
      flow('2024-01-01', -1000),
      flow('2024-03-01', 50),
      flow('2024-12-31', 990),
    ])
  })
})
