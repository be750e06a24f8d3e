import { describe, expect, it } from 'vitest'
import { dividendBook, unrecordedDividends } from '../../src/snapshot/dividend-book.ts'
import { closes, ledger } from '../notation.ts'

const markets = closes({
  KO: '2023-01-03 50, 2023-03-10 dividend 0.5, 2023-06-10 dividend 0.5, 2024-01-10 60',
  SAP: 'in EUR, 2023-01-03 90, 2024-01-10 100',
  'EURUSD=X': '2023-01-03 1.10, 2023-05-15 1.10, 2023-05-16 1.20, 2024-01-10 1.20',
})
const of = ledger(
  `2023-01-03 buy 10 KO @ 50
   2023-01-03 buy 10 SAP @ 90
   2023-04-01 dividend KO 5
   2023-05-16 dividend SAP 20
   2024-01-05 dividend KO 6`,
  { markets },
)
const book = dividendBook(of, '2024-01-10')

describe('the dividend book', () => {
  it('has each as recorded, newest first, and in the portfolio’s currency at its own day’s rate', () => {
    const { rows } = book
    expect(
      rows.map(({ date, amount, currency, base_amount }) => [date, amount, currency, base_amount]),
    ).toEqual([
      ['2024-01-05', '6', 'USD', '6'],
      // 20 × 1.20
      ['2023-05-16', '20', 'EUR', '24'],
      ['2023-04-01', '5', 'USD', '5'],
    ])
  })

  it('adds up by year and ticker, the one that brought most first', () => {
    expect(book.years).toEqual(['2024', '2023'])
    expect(book.symbols.map(({ symbol, by_year, total }) => [symbol, by_year, total])).toEqual([
      ['SAP', { 2023: '24' }, '24'],
      ['KO', { 2024: '6', 2023: '5' }, '11'],
    ])
    expect([book.totals, book.total]).toEqual([{ 2024: '6', 2023: '29' }, '35'])
  })

  it('has the yields of what is held', () => {
    // the last 365 days: 35; worth 10 × 60 + 10 × 100 × 1.20 = 1800
    expect(book.yield).toMatchObject({ paid: '35', dividend_yield: 35 / 1800 })
    expect(book.symbols[1]!.yield).toMatchObject({ paid: '11', dividend_yield: 11 / 600 })
  })

  it('proposes what the market reports and nobody recorded', () => {
    // that of March stands for the one recorded on 2023-04-01
    expect(book.proposals).toMatchObject([
      { symbol: 'KO', ex_date: '2023-06-10', shares: '10', per_share: '0.5', amount: '5', currency: 'USD' },
    ])
  })

  it('has no sum where a rate is missing, with the reason at the row', () => {
    const rateless = ledger(
      '2023-01-03 buy 1 SAP @ 90\n2023-05-16 dividend SAP 20\n2023-05-16 dividend KO 5',
      {
        markets: closes({ SAP: 'in EUR, 2023-05-16 90', KO: '2023-05-16 50' }),
      },
    )
    const { rows, totals, total, symbols } = dividendBook(rateless, '2023-05-16')
    expect([totals, total]).toEqual([{ 2023: null }, null])
    expect(symbols.map(({ symbol, total: own }) => [symbol, own])).toEqual([
      ['KO', '5'],
      ['SAP', null],
    ])
    expect(rows.find(({ symbol }) => symbol === 'SAP')).toMatchObject({
      amount: '20',
      base_amount: null,
      reason: 'no exchange rate from EUR to USD yet',
    })
  })
})

describe('dividends that nobody has recorded', () => {
  const reported = closes({
    KO: '2023-01-03 50, 2023-03-10 dividend 0.5, 2024-01-10 60',
    SAP: 'in EUR, 2023-01-03 90, 2023-05-16 dividend 2.05, 2024-01-10 100',
    'EURUSD=X': '2023-01-03 1.10, 2023-05-16 1.20, 2024-01-10 1.30',
  })
  const bought = '2023-01-03 buy 10 KO @ 50\n2023-01-03 buy 10 SAP @ 90'

  it('are counted and added up at the rate of each ex-date', () => {
    // 10 × 0.50 + 10 × 2.05 × 1.20
    const asOf = ledger(bought, { markets: reported })
    expect(unrecordedDividends(asOf, '2024-01-10')).toEqual({ count: 2, amount: '29.6', gap: {} })
    expect(unrecordedDividends(asOf, '2023-04-01')).toEqual({ count: 1, amount: '5', gap: {} })
    expect(unrecordedDividends(asOf, '2023-03-09')).toEqual({ count: 0, amount: '0', gap: {} })
  })

  it('are counted without a sum where a rate is missing', () => {
    const markets = closes({ SAP: 'in EUR, 2023-01-03 90, 2023-05-16 dividend 2.05, 2024-01-10 100' })
    const rateless = ledger('2023-01-03 buy 10 SAP @ 90', { markets })
    expect(unrecordedDividends(rateless, '2024-01-10')).toEqual({ count: 1, amount: null, gap: {} })
  })

  it('are those that are left when some were recorded', () => {
    const one = ledger(`${bought}\n2023-04-01 dividend KO 5`, { markets: reported })
    expect(unrecordedDividends(one, '2024-01-10')).toEqual({ count: 1, amount: '24.6', gap: {} })
  })

  it('would move the gap to a benchmark by their cash, and by what need not have been paid in', () => {
    const markets = closes({
      KO: '2023-01-03 50, 2023-03-10 dividend 0.5, 2023-06-01 50, 2024-01-10 60',
      IDX: '2023-01-03 100, 2023-06-01 100, 2024-01-10 200',
    })
    const of = (story: string) =>
      unrecordedDividends(ledger(story, { markets, benchmarks: ['IDX'] }), '2024-01-10').gap
    expect(of('2023-01-03 buy 10 KO @ 50')).toEqual({ IDX: '5' })
    // 5 of the second deposit of 50 would have been there, and IDX has doubled since
    expect(of('2023-01-03 buy 10 KO @ 50\n2023-06-01 buy 1 KO @ 50')).toEqual({ IDX: '10' })
  })
})
