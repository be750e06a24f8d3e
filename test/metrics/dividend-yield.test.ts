import { describe, expect, it } from 'vitest'
import { dividendYields } from '../../src/metrics/dividend-yield.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { closes, dec, ledger, measured } from '../notation.ts'

const of = ledger(
  `2023-01-03 buy 10 VOO @ 100
   2023-01-03 buy 5 QQQ @ 200
   2023-01-03 buy 1 GONE @ 50
   2023-01-10 dividend VOO 7
   2023-01-11 dividend VOO 10
   2023-06-01 dividend GONE 9
   2023-07-03 sell 1 GONE @ 60
   2023-12-01 dividend VOO 20`,
  { markets: closes({ VOO: '2024-01-10 150', QQQ: '2024-01-10 300', GONE: '2024-01-10 70' }) },
)
const yields = dividendYields(of, holdings(of, '2024-01-10'), '2024-01-10')

describe('the dividend yield of a holding', () => {
  it('is what 365 days paid over the value now, and over the cost', () => {
    // 2023-01-10 is 365 days before: no longer in. (10 + 20)/(10 × 150), 30/1000
    expect(yields.of.get('VOO')).toEqual({
      paid: dec('30'),
      dividend_yield: 0.02,
      yield_on_cost: 0.03,
      reasons: {},
    })
  })

  it('is 0 without dividends, and null after the position is sold out', () => {
    expect(yields.of.get('QQQ')).toMatchObject({ dividend_yield: 0, yield_on_cost: 0 })
    expect(yields.of.has('GONE')).toBe(false)
  })

  it('is null without a value, with the reason', () => {
    const abroad = closes({ NEW: '2024-01-02 9, in EUR' })
    const story = '2024-01-02 buy 1 NEW @ 10 in USD\n2024-01-03 dividend NEW 1 in USD'
    const unpriced = ledger(story, { markets: abroad })
    const own = dividendYields(unpriced, holdings(unpriced, '2024-01-03'), '2024-01-03')
    // 1/10
    expect(own.of.get('NEW')).toMatchObject({ dividend_yield: null, yield_on_cost: 0.1 })
    expect(own.of.get('NEW')!.reasons).toEqual({
      dividend_yield: 'no exchange rate from EUR to USD yet',
    })
    expect(own.total.reasons.dividend_yield).toBe('no exchange rate from EUR to USD yet')
  })
})

describe('the dividend yield of all holdings', () => {
  it('is the dividends of open holdings ÷ their value, without cash', () => {
    // 30/(1500 + 1500), 30/(1000 + 1000)
    expect(yields.total).toMatchObject({ dividend_yield: 0.01, yield_on_cost: 0.015 })
    expect(measured(of)).toMatchObject({ dividend_yield: 0.01, yield_on_cost: 0.015 })
  })

  it('is null when nothing is held, with the reason', () => {
    const { dividend_yield, yield_on_cost, reasons } = measured(ledger('2024-01-02 deposit 5'))
    expect([dividend_yield, yield_on_cost]).toEqual([null, null])
    expect(reasons['dividend_yield']).toBe('no shares are held')
  })
})
