import { describe, expect, it } from 'vitest'
import { decisions } from '../../src/metrics/decisions.ts'
import { gap } from '../../src/metrics/gap.ts'
import { saleTrail } from '../../src/metrics/sale-trail.ts'
import { type Money, rounded, sum, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { withAutomaticDividends } from '../../src/portfolio/prepared-ledger.ts'
import { closes, ledger } from '../notation.ts'

/** finance.md, "Total-return index" and "The gap, explained". */
const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
const Y = '2024-01-02 50, 2024-01-03 51, 2024-01-04 52, 2024-01-05 55'

const sold = () =>
  ledger('2024-01-02 buy 6 X @ 100\n2024-01-03 sell 2 X @ 101.5 fee 1', {
    markets: closes({ X, Y }),
    benchmarks: ['Y'],
  })

/** To four decimals, as the examples are written. */
const shown = (amount: Money | null) => amount && text(rounded(amount, 4))

const judged = (own: Ledger) =>
  decisions(own, gap(own, 'Y', { asOf: own.today, by: 'lot' })).find(({ type }) => type === 'sell')!.gap

const flowsOf = (own: Ledger) =>
  saleTrail(own, 'Y', 'X', '2')!.flows.map(({ kind, amount, carried }) => [
    kind,
    shown(amount),
    shown(carried),
  ])

describe('the trail of a sale', () => {
  it('holds its proceeds against the shares kept and the dividends that they would have paid', () => {
    const { value, until, index, gap: whole, flows } = saleTrail(sold(), 'Y', 'X', '2')!
    expect([shown(value), until, index]).toEqual(['-204', '2024-01-05', 55])
    // 202 × 55 ÷ 51 and −2 × 1.5 × 55 ÷ 52
    expect(flowsOf(sold())).toEqual([
      ['sell', '202', '217.8431'],
      ['missed', '-3', '-3.1731'],
    ])
    expect(shown(whole)).toBe('10.6701')
    expect(value! + sum(flows.map(({ carried }) => carried))!).toBe(whole)
  })

  it('adds up to what the sale is judged by, to the last digit', () => {
    for (const own of [sold(), withAutomaticDividends(sold())])
      expect(saleTrail(own, 'Y', 'X', '2')!.gap).toBe(judged(own))
  })

  it('misses of a dividend what would have arrived: nothing of one that is dismissed, less what is withheld', () => {
    const rule = { counting: 'automatic', withholding: 1_500_000_000n, dismissed: new Set<string>() } as const
    expect(flowsOf({ ...sold(), dividendRule: rule })[1]).toEqual(['missed', '-2.55', '-2.6971'])
    const dismissed = { ...sold(), dividendRule: { ...rule, dismissed: new Set(['X@2024-01-04']) } }
    expect(flowsOf(dismissed)).toHaveLength(1)
    expect(shown(judged(dismissed))).toBe('13.8431')
    // what an owner records has come after the tax: nothing more is taken off what they would have recorded
    expect(flowsOf({ ...sold(), dividendRule: { ...rule, counting: 'recorded' } })[1]?.[1]).toBe('-3')
  })

  it('misses nothing of a dividend on whose ex-date it was sold', () => {
    const own = ledger('2024-01-02 buy 6 X @ 100\n2024-01-04 sell 2 X @ 100.5', {
      markets: closes({ X, Y }),
      benchmarks: ['Y'],
    })
    expect(flowsOf(own).map(([kind]) => kind)).toEqual(['sell'])
  })

  it('counts a dividend that the source states in another currency at the rate of its day', () => {
    const own = sold()
    const x = own.markets.get('X')!
    // 1.50 EUR at 1.2
    const dividends = x.dividends.map((each) => ({ ...each, currency: 'EUR', inPrices: 1.8 }))
    const stated = { ...own, markets: new Map(own.markets).set('X', { ...x, dividends }) }
    expect(flowsOf(stated)[1]).toEqual(['missed', '-3.6', '-3.8077'])
  })

  it('tells the proceeds alone where the shares have no price now, and nothing of what was no sale', () => {
    const own = ledger('2024-01-02 buy 1 Z @ 10 in USD\n2024-01-03 sell 1 Z @ 12 in USD', {
      markets: closes({ Y, Z: '2024-01-02 9, in EUR' }),
    })
    const found = saleTrail(own, 'Y', 'Z', '2')!
    expect([found.gap, found.value, found.flows.length]).toEqual([null, null, 1])
    expect(found.reason).toBe('no exchange rate from EUR to USD yet')
    expect(saleTrail(own, 'Y', 'Z', '1')).toBeNull()
    expect(saleTrail(own, 'Y', 'X', '2')).toBeNull()
  })
})
