import { describe, expect, it } from 'vitest'
import { factsheet } from '../../src/snapshot/factsheet.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, ledger } from '../notation.ts'

const told = (of: Ledger, symbol: string, refusals = new Map<string, string>()) =>
  factsheet(of, symbol, { quoteFetchedAt: new Map(), held: new Map(), refusals })

const of = ledger(
  `2023-01-10 buy 10 KO @ 50
   2023-06-01 buy 10 KO @ 40
   2024-01-05 sell 5 KO @ 60 fee 1
   2024-01-06 dividend KO 6`,
  {
    benchmarks: ['VOO'],
    markets: closes({
      KO: '2023-01-10 50, 2023-06-01 40, 2023-07-03 dividend 0.4, 2022-07-03 dividend 0.3, 2023-08-01 split 2:1, 2024-01-09 60, 2024-01-10 63',
      VOO: '2023-01-10 400, 2024-01-10 440',
      NEW: '',
    }),
  },
)

describe('the factsheet of a holding', () => {
  const sheet = told(of, 'KO')!

  it('has its price, the day of it, and how it moved since the session before', () => {
    expect(sheet).toMatchObject({ name: 'KO Inc.', price: '63', price_day: '2024-01-10', currency: 'USD' })
    expect(sheet.day_change_ratio).toBeCloseTo(63 / 60 - 1, 12)
    expect(sheet.day_change).toBe('3')
    // a year before is the close of 2023-01-10
    expect(sheet.changes['12m']).toBeCloseTo(63 / 50 - 1, 12)
    expect(sheet.changes['5y']).toBeNull()
  })

  it('has what is left of each purchase, and what each sale brought', () => {
    // after 2:1 there are 20 and 20; first in, first out leaves 15 of the first, which cost 500 for 20
    expect(sheet.lots.map(({ date, shares, cost_basis }) => [date, shares, cost_basis])).toEqual([
      ['2023-01-10', '15', '375'],
      ['2023-06-01', '20', '400'],
    ])
    // 5 × 60 − 1, less 5 × 25
    expect(sheet.sales).toMatchObject([{ shares: '5', proceeds: '299', cost: '125', gain: '174' }])
    expect(sheet.position).toMatchObject({ shares: '35', dividends: '6', realized_gain: '174' })
  })

  it('has what each purchase is in the gap, which adds up to the position’s, and what selling won', () => {
    // VOO grew by 1.1 after each flow. Of the dividend of 6, 15 of 35 shares got 6 × 15 ÷ 35 and 20 the rest:
    // 15 × 63 + (−500 + 299 + 2.571429) × 1.1, and 20 × 63 + (−400 + 3.428571) × 1.1
    const [first, second] = sheet.lots.map(({ vs_money }) => Number(vs_money.VOO))
    expect(first).toBeCloseTo(726.728571, 5)
    expect(second).toBeCloseTo(823.771429, 5)
    expect(sheet.sold_out).toEqual({ VOO: '0' })
    expect(first! + second!).toBeCloseTo(Number(sheet.position!.vs_money.VOO), 6)
    // 299 × 1.1 in VOO, and 5 × 63 had they been kept
    expect(sheet.sales.map(({ vs_money }) => vs_money)).toEqual([{ VOO: '13.9' }])
  })

  it('has what it paid and how it split since it was first bought, and one’s transactions, newest first', () => {
    expect(sheet.payments).toEqual([{ day: '2023-07-03', amount: '0.4' }])
    expect(sheet.splits).toEqual([{ day: '2023-08-01', numerator: 2, denominator: 1 }])
    expect(sheet.transactions.map(({ type, date }) => `${date} ${type}`)).toEqual([
      '2024-01-06 dividend',
      '2024-01-05 sell',
      '2023-06-01 buy',
      '2023-01-10 buy',
    ])
  })
})

describe('the factsheet of what is not held', () => {
  it('of a benchmark has the market’s side alone', () => {
    expect(told(of, 'VOO')).toMatchObject({ is_benchmark: true, price: '440', position: null, lots: [] })
  })

  it('says why there is no price', () => {
    expect(told(of, 'NEW', new Map([['NEW', 'no such symbol']]))).toMatchObject({
      price: null,
      reason: 'no such symbol',
    })
    expect(told(of, 'NEW')).toMatchObject({ price: null, reason: null })
  })

  it('is none for a symbol that the portfolio has nothing to do with', () => {
    expect(told(of, 'MSFT')).toBeNull()
  })
})
