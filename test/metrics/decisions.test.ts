import { describe, expect, it } from 'vitest'
import { decisions } from '../../src/metrics/decisions.ts'
import { gap } from '../../src/metrics/gap.ts'
import { saleTrail } from '../../src/metrics/sale-trail.ts'
import { type Money, rounded, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, ledger } from '../notation.ts'

/** finance.md, "Total-return index" and "The gap, explained". */
const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
const Y = '2024-01-02 50, 2024-01-03 51, 2024-01-04 52, 2024-01-05 55'
const T = '2024-01-05'

/** To four decimals, as the examples are written. */
const shown = (amount: Money | null) => amount && text(rounded(amount, 4))

describe('decisions', () => {
  it('are judged by how the money and the shares have done since', () => {
    const traded = ledger(
      `2024-01-02 buy 6 X @ 100
       2024-01-03 sell 2 X @ 101.5 fee 1
       2024-01-04 sell 1 X @ 100.5`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    const found = decisions(traded, gap(traded, 'Y', { asOf: T, by: 'lot' }))
    expect(
      found.map(({ transaction, type, amount, gap: own }) => [transaction, type, text(amount), shown(own)]),
    ).toEqual([
      // 202 × 55 ÷ 51 − 2 × 102 − 2 × 1.5 × 55 ÷ 52
      ['2', 'sell', '202', '10.6701'],
      // sold on the ex-date: nothing missed. 100.5 × 55 ÷ 52 − 102
      ['3', 'sell', '100.5', '4.2981'],
      // 3 × 102 − 600 × 1.1 + 202 × 55 ÷ 51 + 100.5 × 55 ÷ 52
      ['1', 'buy', '600', '-29.8588'],
    ])
  })

  it('have no answer without a price, and come last', () => {
    const traded = ledger(
      `2024-01-02 buy 1 Z @ 10 in USD
       2024-01-02 buy 6 X @ 100
       2024-01-03 sell 1 Z @ 12 in USD`,
      { markets: closes({ X, Y: '2024-01-02 50, 2024-01-05 55', Z: '2024-01-02 9, in EUR' }) },
    )
    const found = decisions(traded, gap(traded, 'Y', { asOf: T, by: 'lot' }))
    // the purchase of Z has its sale's money: 12 × 55 ÷ 50 − 10 × 55 ÷ 50; no rate says what it would be worth now
    expect(found.map(({ transaction, gap: own, reason }) => [transaction, shown(own), reason])).toEqual([
      ['1', '2.2', null],
      ['2', '-48', null],
      ['3', null, 'no exchange rate from EUR to USD yet'],
    ])
  })

  it('follow a split that the source does not report', () => {
    const traded = ledger(
      `2024-01-02 buy 2 X @ 100
       2024-01-03 sell 1 X @ 101.5
       2024-01-04 split X 3:1`,
      { markets: closes({ X: '2024-01-02 100, 2024-01-05 40', Y: '2024-01-02 50, 2024-01-05 50' }) },
    )
    const found = decisions(traded, gap(traded, 'Y', { asOf: T, by: 'lot' }))
    // 101.5 − 3 × 40, and 3 × 40 + 101.5 − 200
    expect(found.map(({ type, gap: own }) => [type, text(own)])).toEqual([
      ['buy', '21.5'],
      ['sell', '-18.5'],
    ])
    // what is sold on the day of the split is of the new shares: 34 − 40
    const later = ledger('2024-01-02 buy 2 X @ 100\n2024-01-04 split X 3:1\n2024-01-04 sell 1 X @ 34', {
      markets: traded.markets,
    })
    const sale = decisions(later, gap(later, 'Y', { asOf: T, by: 'lot' })).find(({ type }) => type === 'sell')
    expect(text(sale!.gap)).toBe('-6')
  })

  it('miss a dividend for the shares of before such a split, where it was paid before', () => {
    const traded = ledger(
      `2024-01-02 buy 2 X @ 100
       2024-01-03 sell 1 X @ 101.5
       2024-01-05 split X 3:1`,
      { markets: closes({ X: X.replace('2024-01-05 102', '2024-01-05 40'), Y: '2024-01-02 50' }) },
    )
    const sale = decisions(traded, gap(traded, 'Y', { asOf: T, by: 'lot' })).find(
      ({ type }) => type === 'sell',
    )
    // 101.5 − 3 × 40 − 1 × 1.50
    expect(text(sale!.gap)).toBe('-20')
    const { flows } = saleTrail({ ...traded, benchmarks: ['Y'] }, 'Y', 'X', '2')!
    expect(flows.map(({ kind, amount }) => [kind, shown(amount)])).toEqual([
      ['sell', '101.5'],
      ['missed', '-1.5'],
    ])
  })

  it('hold against a sale the stock dividend that its shares would have got', () => {
    const story = `2024-01-02 buy 10 X @ 100
       2024-01-03 sell 4 X @ 101.5
       2024-01-05 stock_dividend 3 X`
    const markets = closes({ X: X.replace('2024-01-05 102', '2024-01-05 70'), Y: '2024-01-02 50' })
    const saleOf = (of: Ledger) =>
      decisions(of, gap(of, 'Y', { asOf: of.today, by: 'lot' })).find(({ type }) => type === 'sell')!
    // the 6 that were left became 9, and the 4 would be 6: 406 − 6 × 70 − 4 × 1.50
    expect(text(saleOf(ledger(story, { markets })).gap)).toBe('-20')
    // what is sold on its day has got it: 2 × 71 − 2 × 70
    const later = story.replace('01-03 sell 4 X @ 101.5', '01-05 sell 2 X @ 71')
    expect(text(saleOf(ledger(later, { markets })).gap)).toBe('2')
  })

  it('are those made in the period', () => {
    const traded = ledger('2024-01-02 buy 6 X @ 100\n2024-01-04 buy 1 X @ 100.5', {
      markets: closes({ X, Y }),
    })
    const found = decisions(traded, gap(traded, 'Y', { asOf: T, from: '2024-01-03', by: 'lot' }))
    expect(found.map(({ transaction }) => transaction)).toEqual(['2'])
  })

  it('count a foreign dividend that was missed at its own day’s rate', () => {
    const traded = ledger('2024-01-02 buy 1 X @ 100\n2024-01-03 sell 1 X @ 100', {
      markets: closes({
        X: `in EUR, 2024-01-02 100, 2024-01-03 100, 2024-01-04 dividend 2, 2024-01-04 98, 2024-01-05 98`,
        'EURUSD=X': '2024-01-02 1, 2024-01-03 1, 2024-01-04 1.1, 2024-01-05 1',
        Y: '2024-01-02 50, 2024-01-05 50',
      }),
    })
    const found = decisions(traded, gap(traded, 'Y', { asOf: T, by: 'lot' }))
    expect(found.map(({ type, gap: own }) => [type, text(own)])).toEqual([
      ['buy', '0'],
      // 100 − 98 − 2 × 1.1
      ['sell', '-0.2'],
    ])
  })
})
