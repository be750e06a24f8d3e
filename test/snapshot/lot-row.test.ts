import { describe, expect, it } from 'vitest'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { closes, ledger } from '../notation.ts'

const of = ledger(
  `2024-01-01 buy 2 XYZ @ 500
   2024-01-01 buy 1 FREE @ 0.00000001
   2024-07-01 buy 4 XYZ @ 600 fee 10
   2024-07-02 sell 1 XYZ @ 700`,
  {
    markets: closes({
      XYZ: '2024-07-02 600, 2025-01-01 550',
      VOO: '2024-01-01 400, 2024-07-01 440, 2025-01-01 484',
    }),
    benchmarks: ['VOO'],
  },
)
const { lots } = holdingsOn(of, of.today, true)

describe('open lots', () => {
  it('have the gain on what is left of them', () => {
    expect(lots['XYZ']).toMatchObject([
      // one of two is left: 550 − 500
      {
        date: '2024-01-01',
        shares: '1',
        cost_basis: '500',
        market_value: '550',
        gain: '50',
        gain_ratio: 0.1,
      },
      // 4 × 550 − 2410
      { date: '2024-07-01', shares: '4', cost_basis: '2410', gain: '-210', gain_ratio: -210 / 2410 },
    ])
  })

  it('have an annual rate from 365 days on', () => {
    // finance.md, "XIRR": 1000 to 1100 in 366 days
    expect(lots['XYZ']![0]!.xirr).toBeCloseTo(0.099713585934, 12)
    expect(lots['XYZ']![1]).toMatchObject({
      xirr: null,
      reasons: { xirr: 'an annual rate needs 365 days of history; there are only 184' },
    })
  })

  it('are held against each benchmark since their own day', () => {
    // 484/400 − 1, 484/440 − 1
    expect(lots['XYZ']!.map((lot) => lot.benchmarks['VOO'])).toEqual([
      expect.closeTo(0.21, 12),
      expect.closeTo(0.1, 12),
    ])
  })

  it('without a value have none of it, and say why', () => {
    const abroad = ledger('2024-01-01 buy 1 FREE @ 5 in USD', {
      markets: closes({ FREE: '2024-01-01 5, in EUR' }),
    })
    const reason = 'no exchange rate from EUR to USD yet'
    expect(holdingsOn(abroad, abroad.today, true).lots['FREE']![0]).toMatchObject({
      market_value: null,
      gain: null,
      gain_ratio: null,
      xirr: null,
      reasons: { gain: reason, xirr: reason },
    })
  })

  it('are told only when asked for', () => {
    expect(holdingsOn(of, of.today).lots).toEqual({})
  })
})
