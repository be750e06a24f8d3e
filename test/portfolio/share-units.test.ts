import { priceHistory } from '../../src/portfolio/price-history.ts'
import { describe, expect, it } from 'vitest'
import { market } from '../../src/portfolio/ledger.ts'
import type { Split } from '../../src/portfolio/instrument.ts'
import { recognizeUnits } from '../../src/portfolio/share-units.ts'
import { transactions } from '../notation.ts'

// TSLA: 5:1 on 2020-08-31 and 3:1 on 2022-08-25. On 2020-01-02 it closed at 430.26 as traded: 86.052 after the first
// split, 28.684 after both, which is what the source says today.
const splits: Split[] = [
  { day: '2020-08-31', numerator: 5, denominator: 1 },
  { day: '2022-08-25', numerator: 3, denominator: 1 },
]
const bars = [
  { day: '2020-01-02', close: 28.684 },
  { day: '2020-01-03', close: 29.534 },
  { day: '2021-01-04', close: 243.2567 },
]
const tsla = market({ instrument: null, bars: priceHistory(bars), splits, dividends: [], quote: null })

/** `2020-01-02: 2020-08-31`: the trade's day, and the day whose units it is in. */
function units(ledger: string): string[] {
  const trades = transactions(ledger)
  const { recognized, unclear } = recognizeUnits(trades, tsla)
  const dates = new Map(trades.map(({ id, date }) => [id, date]))
  return [
    ...recognized.map(({ transaction, unitsDay }) => `${dates.get(transaction)}: ${unitsDay}`),
    ...unclear,
  ]
}

describe('a trade of 2020-01-02', () => {
  it('at 431 is as traded', () => {
    expect(units('2020-01-02 buy 1 TSLA @ 431')).toEqual(['2020-01-02: 2020-01-02'])
  })
  it('at 86.20 is adjusted for the first split', () => {
    expect(units('2020-01-02 buy 5 TSLA @ 86.20')).toEqual(['2020-01-02: 2020-08-31'])
  })
  it('at 28.70 is adjusted for both', () => {
    expect(units('2020-01-02 buy 15 TSLA @ 28.70')).toEqual(['2020-01-02: 2022-08-25'])
  })
  it('may differ from the close by the day’s own moves', () => {
    expect(units('2020-01-02 buy 1 TSLA @ 390')).toEqual(['2020-01-02: 2020-01-02'])
  })
})

it('each trade is judged on its own: after the first split only the second is later', () => {
  // 243.2567 × 3 = 729.77 as traded
  expect(
    units('2020-01-02 buy 3 TSLA @ 430\n2021-01-04 buy 1 TSLA @ 730\n2021-01-04 sell 3 TSLA @ 243'),
  ).toEqual(['2020-01-02: 2020-01-02', '2021-01-04: 2022-08-25', '2021-01-04: 2021-01-04'])
})

describe('a price that fits nothing', () => {
  it('goes with the clear ones of its symbol', () => {
    expect(units('2020-01-02 buy 15 TSLA @ 28.70\n2020-01-03 buy 15 TSLA @ 50')).toEqual([
      '2020-01-02: 2022-08-25',
      '2020-01-03: 2022-08-25',
    ])
  })
  it('alone is taken as traded, and named', () => {
    expect(units('2020-01-03 buy 15 TSLA @ 50')).toEqual([
      'TSLA on 2020-01-03: the price matches neither that day’s close nor the close adjusted for later splits, so the trade counts as not adjusted. If it was adjusted, edit it and say so.',
    ])
  })
})

it('a trade after all splits, or on a day without a close, has nothing to decide', () => {
  expect(units('2023-01-03 buy 1 TSLA @ 108\n2019-01-02 buy 1 TSLA @ 310')).toEqual([])
})
