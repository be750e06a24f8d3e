import { describe, expect, it } from 'vitest'
import { priceSeries } from '../../src/metrics/price-series.ts'
import { closes, ledger } from '../notation.ts'

const markets = closes({
  NVDA: '2024-01-05 50, 2024-01-08 52, 2024-06-07 120, 2024-06-10 split 10:1, 2024-06-10 121',
})

describe('the series of an instrument', () => {
  it('has its closes, and one’s trades in the same share units', () => {
    const { days, close, trades } = priceSeries(
      ledger('2024-01-08 buy 2 NVDA @ 520\n2024-06-10 sell 5 NVDA @ 121\n2024-06-10 dividend NVDA 3', {
        markets,
      }),
      'NVDA',
      'all',
    )
    expect([days, close]).toEqual([
      ['2024-01-05', '2024-01-08', '2024-06-07', '2024-06-10'],
      [50, 52, 120, 121],
    ])
    // 2 shares at 520 before the split of 10:1 are 20 at 52
    expect(trades.map(({ at, type, shares, price, amount }) => [at, type, shares, price, amount])).toEqual([
      [1, 'buy', '20', '52', '1040'],
      [3, 'sell', '5', '121', '605'],
      [3, 'dividend', null, null, '3'],
    ])
  })

  it('puts a trade of a weekend on the close before it', () => {
    const { trades } = priceSeries(ledger('2024-01-06 buy 1 NVDA @ 500', { markets }), 'NVDA', 'all')
    expect(trades.map(({ at, date }) => [at, date])).toEqual([[0, '2024-01-06']])
  })

  it('of a range begins at the close before it, without the trades of before', () => {
    const { days, trades } = priceSeries(
      ledger('2024-01-05 buy 1 NVDA @ 500\n2024-06-10 buy 1 NVDA @ 121', { markets }),
      'NVDA',
      '1m',
    )
    // 31 days before 2024-06-10 is 2024-05-10; the last close then known is that of January
    expect(days).toEqual(['2024-01-08', '2024-06-07', '2024-06-10'])
    expect(trades.map(({ at }) => at)).toEqual([2])
  })

  it('is in the currency the instrument trades in', () => {
    const foreign = closes({ SAP: 'in EUR, 2024-01-05 100', 'EURUSD=X': '2024-01-05 1.1' })
    const { close, currency, trades } = priceSeries(
      ledger('2024-01-05 buy 1 SAP @ 100', { markets: foreign }),
      'SAP',
      'all',
    )
    expect([close, currency, trades[0]!.price, trades[0]!.currency]).toEqual([[100], 'EUR', '100', 'EUR'])
  })

  it('is empty without prices', () => {
    const { days, trades } = priceSeries(ledger('2024-01-05 buy 1 NEW @ 9'), 'NEW', 'all')
    expect([days, trades]).toEqual([[], []])
  })
})
