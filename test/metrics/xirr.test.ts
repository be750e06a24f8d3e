import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Flow, xirr } from '../../src/metrics/xirr.ts'
import { addDays, daysBetween } from '../../src/portfolio/day.ts'

/** `2024-01-01 −1000; 2025-01-01 1100`, as finance.md, "XIRR", writes them. */
function flows(text: string): Flow[] {
  return text.split(';').map((flow) => {
    const [day, amount] = flow.trim().split(' ')
    return { day: day!, amount: Number(amount!.replace('−', '-')) }
  })
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const rate = (text: string, near?: number) => xirr(flows(text), near)?.rate ?? null

describe('the table of finance.md, "XIRR"', () => {
  it.each([
    ['2008-01-01 −10000; 2008-03-01 2750; 2008-10-30 4250; 2009-02-15 3250; 2009-04-01 2750', 0.373362533519],
    ['2007-01-12 −10000; 2008-02-14 2500; 2008-03-03 2000; 2008-06-14 3000; 2008-12-01 4000', 0.100643783427],
    ['2010-01-01 −200; 2010-12-31 210', 0.050140750291],
    ['2019-05-24 −1560.94; 2020-01-13 −1160; 2020-06-29 42.80', -0.999251643422],
    ['2024-01-01 −1000; 2025-01-01 1100', 0.099713585934],
  ])('%s', (text, expected) => {
    expect(rate(text)).toBeCloseTo(expected, 12)
    expect(xirr(flows(text))!.roots).toBe(1)
  })

  it('counts actual days over 365, also in the leap year 2024', () => {
    // 1000 × (1 + r)^(366/365) = 1100
    expect(rate('2024-01-01 −1000; 2025-01-01 1100')).toBeCloseTo(1.1 ** (365 / 366) - 1, 14)
  })

  it.each([undefined, -1, 0.2])('does not take −100 %% for a root when there is another, near %s', (near) => {
    // with u = 1 ÷ (1 + r), −100 + 200u − 0.0001u² = 0 at u = 0.500000125 and at about 2,000,000
    const cents = xirr(flows('2022-01-01 −100; 2023-01-01 200; 2024-01-01 −0.0001'), near)!
    expect(cents.rate).toBeCloseTo(1 / 0.500000125 - 1, 9)
    expect(cents.roots).toBe(1)
  })

  it('does not take it either where the other is beyond all reading', () => {
    // 13 % in a day, and five cents that moved last: (1.13)^365 − 1, and a rate of about −0.99999999996
    const found = xirr(flows('2022-01-01 −10000000000; 2022-01-02 11300000000; 2023-02-05 −0.05'), -0.5)!
    expect(found.rate / (1.13 ** 365 - 1)).toBeCloseTo(1, 6)
  })

  it('finds both roots and takes the one nearest the hint', () => {
    // −1000 + 2300/(1+r)^(366/365) − 1320/(1+r)^(731/365) = 0
    const text = '2020-01-01 −1000; 2021-01-01 2300; 2022-01-01 −1320'
    expect(rate(text, 0.1)).toBeCloseTo(0.103397927701, 12)
    expect(rate(text, 0.2)).toBeCloseTo(0.192585786264, 12)
    expect(rate(text)).toBeCloseTo(0.103397927701, 12)
    expect(xirr(flows(text), 0.2)!.roots).toBe(2)
  })

  it.each(['2020-01-01 −100; 2021-01-01 −100', '2020-01-01 −100', '2020-01-01 −100; 2020-01-01 110'])(
    'has no answer for %s',
    (text) => expect(xirr(flows(text))).toBeNull(),
  )
})

describe('XIRR of the accounts of finance.md, "Examples of returns"', () => {
  it('One account', () => {
    expect(rate('2025-01-01 −100000; 2025-02-15 −20000; 2025-05-10 5000; 2025-06-30 130000')).toBeCloseTo(
      0.286450372033,
      12,
    )
  })

  it('Timing', () => {
    expect(rate('2023-01-01 −100; 2024-01-01 −100; 2025-01-01 125')).toBeCloseTo(-0.274805778272, 12)
  })
})

describe('XIRR at the edges', () => {
  it('has no answer without flows, with positive ones only, or with zeros', () => {
    expect(xirr([])).toBeNull()
    expect(rate('2020-01-01 100; 2021-01-01 100')).toBeNull()
    expect(rate('2020-01-01 0; 2021-01-01 0')).toBeNull()
  })

  it('has no answer after a total loss: a deposit and nothing back', () => {
    expect(rate('2020-01-01 −1000; 2021-01-01 0')).toBeNull()
  })

  it('adds up the flows of one day first, in any order', () => {
    // −1000 → 1100 in 365 days
    const scattered = '2022-01-01 600; 2021-01-01 −700; 2022-01-01 500; 2021-01-01 −400; 2021-01-01 100'
    expect(rate(scattered)).toBeCloseTo(0.1, 14)
  })

  it('takes no sign from flows that cancel out on their day', () => {
    expect(rate('2021-01-01 −100; 2021-06-01 −50; 2021-06-01 50; 2022-01-01 −10')).toBeNull()
  })

  it('does not depend on the size of the amounts', () => {
    // 0.00000001 → 0.000000011
    expect(rate('2021-01-01 −0.00000001; 2022-01-01 0.000000011')).toBeCloseTo(0.1, 13)
    expect(rate('2021-01-01 −1e15; 2022-01-01 1.1e15')).toBeCloseTo(0.1, 13)
  })

  it('can be as large as a doubling within a day: 2^365 − 1', () => {
    expect(rate('2021-01-01 −1; 2021-01-02 2')! / (2 ** 365 - 1)).toBeCloseTo(1, 12)
  })

  it('is null where the rate is larger than a double', () => {
    // 10^365
    expect(rate('2021-01-01 −1; 2021-01-02 10')).toBeNull()
  })

  it('is −1 for a fifth lost within a day', () => {
    // 0.8^365 − 1 = −1 + 4e−36
    expect(rate('2021-01-01 −100; 2021-01-02 80')).toBe(-1)
  })

  it('is 0 when the money earned nothing', () => {
    expect(rate('2011-01-01 −100; 2015-01-01 −50; 2025-01-01 150')).toBeCloseTo(0, 13)
  })

  it('finds the one root of a curve that touches zero without crossing', () => {
    // −1000 × (1 − 1.1/(1+r))² = 0
    const answer = xirr(flows('2021-01-01 −1000; 2022-01-01 2200; 2023-01-01 −1210'))!
    expect(answer.rate).toBeCloseTo(0.1, 6)
    expect(answer.roots).toBe(1)
  })

  it('tells apart two roots a tenth of a percent from each other', () => {
    // −(1 − 1.1/(1+r)) × (1 − 1.101/(1+r)) × 1000 = 0
    const close = flows('2021-01-01 −1000; 2022-01-01 2201; 2023-01-01 −1211.1')
    expect(xirr(close, 0)!.rate).toBeCloseTo(0.1, 9)
    expect(xirr(close, 1)!.rate).toBeCloseTo(0.101, 9)
    expect(xirr(close)!.roots).toBe(2)
  })

  it('is null when no rate solves flows of both signs', () => {
    // −1000 + 1000/(1+r) − 1000/(1+r)² < 0 for every r
    expect(rate('2021-01-01 −1000; 2022-01-01 1000; 2023-01-01 −1000')).toBeNull()
  })

  it('answers 1,900 flows over 14 years, with withdrawals among them, well within a page', () => {
    const many = Array.from({ length: 1900 }, (_, i) => ({
      day: addDays('2012-01-03', Math.floor(i * 2.7)),
      amount: i % 7 === 3 ? 40 + (i % 11) : -(100 + (i % 13)),
    }))
    const all = [...many, { day: '2026-02-01', amount: 400_000 }]
    const exp = vi.spyOn(Math, 'exp')
    expect(xirr(all)!.roots).toBe(1)
    // each look at the curve is one exponential a flow
    expect(exp.mock.calls.length / all.length).toBeLessThan(25)
    exp.mockRestore()
  })
})

describe('XIRR, whatever the flows', () => {
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100)
  const flow = fc.record({
    day: fc.integer({ min: 0, max: 5000 }).map((n) => addDays('2010-01-01', n)),
    amount,
  })
  const some = fc.array(flow, { minLength: 2, maxLength: 20 })

  it('is a root: the net present value there is nothing beside the flows', () => {
    fc.assert(
      fc.property(some, (list) => {
        const answer = xirr(list)
        if (!answer || answer.rate < -0.999999) return
        const first = list.map((each) => each.day).toSorted()[0]!
        const terms = list.map(
          (each) => each.amount * (1 + answer.rate) ** (-daysBetween(first, each.day) / 365),
        )
        expect(Math.abs(sum(terms))).toBeLessThan(1e-7 * sum(terms.map(Math.abs)))
      }),
    )
  })

  it('does not change when every flow is multiplied by k', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(-1, 0.25, 1024), (list, k) => {
        expect(xirr(list.map((each) => ({ ...each, amount: each.amount * k })))).toEqual(xirr(list))
      }),
    )
  })

  it('is unique after deposits only, and grows with what they are worth', () => {
    const deposits = fc.array(
      flow.map((each) => ({ ...each, amount: -Math.abs(each.amount) - 1 })),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(deposits, fc.integer({ min: 1, max: 10_000_000 }), (list, worth) => {
        const valued = (value: number) => xirr([...list, { day: '2025-01-01', amount: value }])!
        expect(valued(worth).roots).toBe(1)
        expect(valued(worth * 1.01).rate).toBeGreaterThanOrEqual(valued(worth).rate)
      }),
    )
  })
})
