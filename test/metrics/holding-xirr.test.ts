import { describe, expect, it } from 'vitest'
import { holdingXirrs } from '../../src/metrics/holding-xirr.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { closes, ledger } from '../notation.ts'

const rates = (story: string, known: Record<string, string>) => {
  const of = ledger(story, { markets: closes(known) })
  return holdingXirrs(of, holdings(of, of.today), of.today)
}

describe('a holding’s XIRR', () => {
  it('is solved for its own flows: buys and fees in, sales and dividends out, what it is worth', () => {
    // finance.md, "XIRR": −10000; 2750; 4250; 3250; 2750, as trades, one of them in part a dividend
    const own = rates(
      `2008-01-01 buy 10000 XYZ @ 0.9990 fee 10
       2008-03-01 sell 2500 XYZ @ 1.104 fee 10
       2008-10-30 dividend XYZ 250
       2008-10-30 sell 2500 XYZ @ 1.60
       2009-02-15 sell 2500 XYZ @ 1.30`,
      { XYZ: '2009-04-01 1.10' },
    ).get('XYZ')!
    expect(own.rate).toBeCloseTo(0.373362533519, 11)
    expect(own.reason).toBeNull()
  })

  it('does not depend on other holdings', () => {
    const both = rates('2024-01-01 buy 1 XYZ @ 1000\n2024-06-03 buy 1 ABC @ 5', {
      XYZ: '2025-01-01 1100',
      ABC: '2025-01-01 1',
    })
    // finance.md, "XIRR": 366 days
    expect(both.get('XYZ')!.rate).toBeCloseTo(0.099713585934, 12)
    expect(both.get('ABC')).toEqual({
      rate: null,
      reason: 'an annual rate needs 365 days of history; there are only 212',
    })
  })

  it('ends with the last sale when the position is sold out', () => {
    // finance.md, "XIRR": 1000 to 1100 in 366 days, and long ago
    const gone = '2020-01-01 buy 1 XYZ @ 1000\n2021-01-01 sell 1 XYZ @ 1100'
    expect(rates(gone, { XYZ: '2025-01-01 5' }).get('XYZ')!.rate).toBeCloseTo(0.099713585934, 12)
    const soon = '2020-01-01 buy 1 XYZ @ 1000\n2020-01-31 sell 1 XYZ @ 1100'
    expect(rates(soon, { XYZ: '2025-01-01 5' }).get('XYZ')).toEqual({
      rate: null,
      reason: 'an annual rate needs 365 days of history; there are only 30',
    })
  })

  it('is null without an exchange rate, with the reason', () => {
    expect(rates('2020-01-01 buy 1 NEW @ 1 in EUR\n2022-01-01 deposit 1', {}).get('NEW')).toEqual({
      rate: null,
      reason: 'no exchange rate from EUR to USD yet',
    })
  })
})
