import { describe, expect, it } from 'vitest'
import { picks } from '../../src/snapshot/picks.ts'
import { PAGE_SIZE, transactionList, type TransactionQuery } from '../../src/snapshot/transaction-list.ts'
import { transactionRows } from '../../src/snapshot/transaction-row.ts'
import { closes, ledger } from '../notation.ts'

const rowsOf = (...about: Parameters<typeof ledger>) =>
  new Map(transactionRows(ledger(...about)).map((row) => [row.id, row]))

const index = '2024-01-02 400, 2024-02-01 420, 2024-03-01 450, 2024-07-01 500'

describe('a buy', () => {
  const rows = rowsOf(
    `2024-01-02 buy 10 XYZ @ 100 fee 5
     2024-02-01 buy 4 XYZ @ 150
     2024-03-01 sell 12 XYZ @ 160 fee 3`,
    {
      markets: closes({ XYZ: '2024-01-02 50, 2024-06-03 split 2:1, 2024-07-01 90', VOO: index }),
      benchmarks: ['VOO'],
    },
  )

  it('is worth all of its shares at the price now, splits applied, whatever was sold since', () => {
    // 10 × 2 × 90 = 1800, − (10 × 100 + 5) = 795; 795 ÷ 1005
    expect(rows.get('1')).toMatchObject({ cost: '1005', value: '1800', gain: '795', gain_ratio: 795 / 1005 })
    expect(rows.get('1')).toMatchObject({
      shares: '10',
      price: '100',
      fee: '5',
      amount: '1000',
      cash: '-1005',
    })
  })

  it('says how much of it is still held', () => {
    // first in, first out: 12 of 14 sold, 2 of the second buy's 4 are left, 4 in today's units
    expect(rows.get('1')).toMatchObject({ held: '0', held_ratio: 0 })
    expect(rows.get('2')).toMatchObject({ held: '4', held_ratio: 0.5 })
  })

  it('stands beside the total return of a benchmark since its day', () => {
    // 500 ÷ 400 − 1 and 500 ÷ 420 − 1
    expect(rows.get('1')!.benchmarks.VOO).toBeCloseTo(0.25, 12)
    expect(rows.get('2')!.benchmarks.VOO).toBeCloseTo(500 / 420 - 1, 12)
  })

  it('counts the benchmark’s dividends as reinvested', () => {
    const VOO = '2024-01-02 400, 2024-02-01 400, 2024-02-02 dividend 4, 2024-02-02 396, 2024-07-01 495'
    const buy = rowsOf('2024-01-02 buy 1 XYZ @ 100', {
      markets: closes({ XYZ: '2024-01-02 100, 2024-07-01 110', VOO }),
      benchmarks: ['VOO'],
    }).get('1')!
    // before the ex-date 1 − 4 ÷ 400 = 0.99: 495 ÷ (400 × 0.99) − 1 = 0.25
    expect(buy.benchmarks.VOO).toBeCloseTo(0.25, 12)
  })

  it('of a split that only the ledger knows is in new shares too', () => {
    const buy = rowsOf(
      `2024-01-02 buy 10 XYZ @ 100
       2024-02-01 split XYZ 3:2
       2024-03-01 buy 1 XYZ @ 70`,
      { markets: closes({ XYZ: '2024-01-02 100, 2024-07-01 80' }) },
    )
    // 10 × 3 ÷ 2 × 80
    expect(buy.get('1')).toMatchObject({ value: '1200', held: '15', held_ratio: 1 })
    expect(buy.get('3')).toMatchObject({ value: '80', gain: '10' })
  })

  it('without a value has a cost, and says why it has no more', () => {
    const markets = closes({ VOO: index, GONE: '2024-01-02 5, in EUR' })
    const buy = rowsOf('2024-01-02 buy 2 GONE @ 5 in USD', { markets, benchmarks: ['VOO'] })
    expect(buy.get('1')).toMatchObject({
      cost: '10',
      value: null,
      gain: null,
      gain_ratio: null,
      reasons: {
        value: 'no exchange rate from EUR to USD yet',
        gain: 'no exchange rate from EUR to USD yet',
      },
    })
  })

  it('before the benchmark’s first price is not compared', () => {
    const buy = rowsOf('2023-01-03 buy 2 XYZ @ 5', {
      markets: closes({ XYZ: '2023-01-03 5, 2024-07-01 6', VOO: index }),
      benchmarks: ['VOO'],
    }).get('1')!
    expect(buy.benchmarks.VOO).toBeNull()
    expect(buy.reasons['benchmarks.VOO']).toBe('no price for VOO on 2023-01-03')
  })
})

describe('a sale', () => {
  it('has its proceeds, what its shares had cost, and the gain between', () => {
    const rows = rowsOf(
      `2024-01-02 buy 10 XYZ @ 100 fee 5
       2024-02-01 buy 4 XYZ @ 150
       2024-03-01 sell 12 XYZ @ 160 fee 3`,
    )
    // 12 × 160 − 3 = 1917; 1005 + 2 × 150 = 1305; 1917 − 1305 = 612
    expect(rows.get('3')).toMatchObject({ cash: '1917', cost: '1305', gain: '612', gain_ratio: 612 / 1305 })
    expect(rows.get('3')).toMatchObject({ value: null, held: null, benchmarks: {} })
  })
})

describe('in another currency', () => {
  const markets = closes({
    'SAP.DE': 'in EUR, 2024-01-02 100, 2024-07-01 150',
    'EURUSD=X': '2024-01-02 1.10, 2024-07-01 1.20',
  })

  it('amounts are as recorded, figures in the portfolio’s currency at their own days’ rates', () => {
    const rows = rowsOf('2024-01-02 buy 10 SAP.DE @ 100 fee 2', { markets })
    // cost 1002 × 1.10 = 1102.2; value 10 × 150 × 1.20 = 1800
    expect(rows.get('1')).toMatchObject({
      price: '100',
      fee: '2',
      amount: '1000',
      currency: 'EUR',
      cash: '-1102.2',
      cost: '1102.2',
      value: '1800',
      gain: '697.8',
    })
  })

  it('without a rate amounts stay as recorded, and figures say what is missing', () => {
    const rows = rowsOf(
      `2023-01-03 buy 10 SAP.DE @ 100
       2024-01-02 sell 5 SAP.DE @ 110`,
      { markets },
    )
    const reason = 'no exchange rate from EUR to USD on 2023-01-03'
    expect(rows.get('1')).toMatchObject({
      amount: '1000',
      currency: 'EUR',
      cash: null,
      cost: null,
      gain: null,
    })
    expect(rows.get('1')!.reasons).toMatchObject({ cash: reason, gain: reason })
    expect(rows.get('2')).toMatchObject({ cash: '605', gain: null, reasons: { gain: reason } })
  })
})

const everything: TransactionQuery = {
  show: 'all',
  ticker: null,
  from: null,
  to: null,
  sort: 'date',
  descending: true,
  page: 1,
}

describe('the list', () => {
  const rows = transactionRows(
    ledger(
      `2024-01-02 deposit 5000
       2024-01-02 buy 10 XYZ @ 100
       2024-02-01 buy 2 ABC @ 300
       2024-02-01 buy 1 XYZ @ 150
       2024-03-01 sell 5 XYZ @ 160
       2024-03-15 dividend ABC 12.50
       2024-03-20 split ABC 2:1
       2024-04-01 fee 7`,
      {
        markets: closes({
          XYZ: '2024-01-02 100, 2024-07-01 200',
          ABC: '2024-02-01 300, 2024-07-01 120',
          VOO: index,
        }),
        benchmarks: ['VOO'],
      },
    ),
  )
  const ids = (more: Partial<TransactionQuery>) =>
    transactionList(rows, { ...everything, ...more }).rows.map(({ id }) => Number(id))

  it('is newest first, the last entered of a day before the others', () => {
    expect(ids({})).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    expect(ids({ descending: false })).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it.each([
    ['buys', [4, 3, 2]],
    ['sells', [5]],
    ['dividends', [6]],
    ['cash', [8, 1]],
  ] as const)('shows %s alone', (show, expected) => {
    expect(ids({ show })).toEqual(expected)
  })

  it('shows one ticker, and days from one to another, both included', () => {
    expect(ids({ ticker: 'ABC' })).toEqual([7, 6, 3])
    expect(ids({ from: '2024-02-01', to: '2024-03-01' })).toEqual([5, 4, 3])
    expect(ids({ ticker: 'XYZ', show: 'buys', to: '2024-01-31' })).toEqual([2])
  })

  it('sorts by any column; what has no figure there goes last either way', () => {
    // gains: 10 × 200 − 1000 = 1000; 2 × 2 × 120 − 600 = −120; 200 − 150 = 50; 5 × (160 − 100) = 300
    expect(ids({ sort: 'gain' }).slice(0, 4)).toEqual([2, 5, 4, 3])
    expect(ids({ sort: 'gain', descending: false }).slice(0, 4)).toEqual([3, 4, 5, 2])
    // 100 % − 25 %; 60 % − 12.5 % until the sale; 33 % − 19 %; −20 % − 19 %
    expect(ids({ sort: 'vs-VOO' }).slice(0, 4)).toEqual([2, 5, 4, 3])
    expect(ids({ sort: 'ticker', descending: false }).slice(0, 3)).toEqual([7, 6, 3])
  })

  it('adds up what is asked for', () => {
    const { totals, count } = transactionList(rows, { ...everything, ticker: 'XYZ' })
    expect(count).toBe(3)
    // −1000 − 150 + 800; 11 × 200; 2200 − 1150; the sale’s 300
    expect(totals).toMatchObject({ cash: '-350', value: '2200', gain: '1050', realized_gain: '300' })
    expect(totals.gain_ratio).toBeCloseTo(1050 / 1150, 12)
    // (1000 × 500 ÷ 400 + 150 × 500 ÷ 420) ÷ 1150 − 1
    expect(totals.benchmarks.VOO).toBeCloseTo((1250 + (150 * 500) / 420) / 1150 - 1, 12)
    expect(totals.total_return).toBeCloseTo(1050 / 1150, 12)
    expect(totals.vs.VOO).toBeCloseTo((2200 - 1250 - (150 * 500) / 420) / 1150, 12)
  })

  it('adds up once what is paged and sorted, whatever else is asked for meanwhile', () => {
    const totals = (more: Partial<TransactionQuery>, of = rows) =>
      transactionList(of, { ...everything, ...more }).totals
    const all = totals({})
    expect(totals({ show: 'buys' }).cash).toBe('-1750')
    expect(totals({ sort: 'gain', descending: false, page: 2 })).toBe(all)
    // another purchase is another list
    const [, buy] = rows
    expect(totals({ show: 'buys' }, [...rows, buy!]).cash).toBe('-2750')
    expect(all.cash).toBe(totals({}, [...rows]).cash)
  })

  it('has pages, and the last one for a page that is not there', () => {
    const many = Array.from({ length: 2 * PAGE_SIZE + 1 }, (_, i) => ({ ...rows[0]!, id: `${i}` }))
    const page = (number: number) => transactionList(many, { ...everything, page: number })
    expect([page(1), page(2), page(3)].map((each) => each.rows.length)).toEqual([PAGE_SIZE, PAGE_SIZE, 1])
    expect(page(3).rows[0]!.id).toBe('0')
    expect(page(99)).toMatchObject({ page: 3, pages: 3, count: 2 * PAGE_SIZE + 1 })
    expect(transactionList([], everything)).toMatchObject({ page: 1, pages: 1, count: 0, rows: [] })
  })

  it('counts the picks that beat a benchmark, and those worth twice their cost', () => {
    expect(picks(rows, ['VOO'])).toEqual({
      count: 3,
      beat: { VOO: { beat: 2, of: 3, share: 2 / 3 } },
      multi_baggers: {
        count: 1,
        best: [{ transaction: '2', symbol: 'XYZ', date: '2024-01-02', multiple: 2 }],
      },
    })
    expect(picks([], ['VOO']).beat.VOO).toEqual({ beat: 0, of: 0, share: null })
  })
})
