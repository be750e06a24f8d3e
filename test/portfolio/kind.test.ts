import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { contributions } from '../../src/metrics/contribution.ts'
import { gap, type Gap } from '../../src/metrics/gap.ts'
import { trail } from '../../src/metrics/gap-trail.ts'
import { readEntry } from '../../src/portfolio/entry.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { cashDays } from '../../src/portfolio/cash.ts'
import { type Money, sum, text } from '../../src/portfolio/decimal.ts'
import { priceOn } from '../../src/portfolio/ledger.ts'
import { closes, dec, ledger, measured, transactions, written } from '../notation.ts'
import { positions } from '../../src/portfolio/ledger.ts'

/** What is carried is a quotient, and a benchmark's value has six decimals. */
const near = (amount: Money | null, expected: number, digits = 7) =>
  expect(Number(text(amount))).toBeCloseTo(expected, digits)

const total = ({ parts, cashDrag, fees, interest, uncovered }: Gap) =>
  sum([...parts.map((part) => part.gap), cashDrag, fees, interest, uncovered])

const Y = '2024-01-02 50, 2024-01-03 51, 2024-01-04 52, 2024-01-05 55'

describe('interest and tax', () => {
  const of = ledger(
    `2024-01-02 deposit 1000
     2024-01-02 buy 5 X @ 100
     2024-01-03 interest 10
     2024-01-04 tax 4
     2024-01-05 interest X 2
     2024-01-05 tax X 1`,
    { markets: closes({ X: '2024-01-02 100, 2024-01-05 104', Y }), benchmarks: ['Y'] },
  )

  it('are cash of the portfolio, and no money from outside', () => {
    expect(measured(of)).toMatchObject({
      // 1000 − 500 + 10 − 4 + 2 − 1
      cash: '507',
      value: '1027',
      invested: '1000',
      interest: '12',
      taxes: '5',
      fees: '0',
      dividends: '0',
      total_gain: '27',
    })
    expect(measured(of).twr).toBeCloseTo(0.027, 12)
  })

  it('are flows of the symbol they name, and lines of the gap without one', () => {
    for (const by of ['symbol', 'lot', 'year'] as const) {
      const found = gap(of, 'Y', { asOf: '2024-01-05', by })
      expect(text(found.gap)).toBe('-73')
      // 5 × 104 − 500 × 55/50 + 2 − 1
      near(found.parts[0]!.gap, -29)
      near(found.interest, (10 * 55) / 51)
      near(found.fees, (-4 * 55) / 52)
      near(found.cashDrag, 507 - 550 - (10 * 55) / 51 + (4 * 55) / 52 - 1)
      expect(total(found)).toBe(found.gap)
      expect([found.parts[0]!.paid, found.parts[0]!.dividends].map(text)).toEqual(['501', '2'])
    }
  })

  it('show every flow of their line', () => {
    const told = trail(of, gap(of, 'Y', { asOf: '2024-01-05' }), 'interest')
    expect(told.flows.map(({ day, kind, amount }) => [day, kind, text(amount)])).toEqual([
      ['2024-01-03', 'interest', '10'],
    ])
  })

  it('count in what their symbol contributes; the others belong to none', () => {
    const { of: own, unassigned } = contributions(of, holdings(of, '2024-01-05'), '2024-01-05')
    // 20 + 2 − 1, and 10 − 4
    expect([text(own.get('X')!), text(unassigned)]).toEqual(['21', '6'])
  })

  it('have rows of their own in the cash book', () => {
    const book = cashFlows(of, 'portfolio', '2024-01-05')
    expect(book.rows.slice(2).map(({ type, description, amount }) => [type, description, amount])).toEqual([
      ['interest', 'Interest', '10'],
      ['tax', 'Tax', '-4'],
      ['interest', 'Interest of X', '2'],
      ['tax', 'Tax', '-1'],
    ])
    expect(book.totals).toMatchObject({ interest: '12', tax: '-5' })
  })

  it('come before and after what the day spends', () => {
    // 5 − 8 − 2
    const [day] = cashDays(transactions('2024-01-02 tax 2\n2024-01-02 buy 1 X @ 8\n2024-01-02 interest 5'))
    expect(text(day!.inferred)).toBe('5')
  })

  it('what is kept back of interest lowers it', () => {
    const read = readEntry({ type: 'interest', date: '2024-01-02', amount: '10', tax: '2.5' }, '2024-01-02')
    expect(read).toMatchObject({ transaction: { symbol: null, amount: dec('10'), fee: dec('2.5') } })
  })
})

describe('transfers', () => {
  // X closes at 100, 101.5, 100.5, 102, and Y at 50, 51, 52, 55
  const markets = closes({
    X: '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-05 102',
    Y,
  })
  const of = ledger(
    `2024-01-02 deposit 100
     2024-01-03 transfer_in 5 X acquired 2020-03-02 cost 200
     2024-01-03 buy 1 X @ 100
     2024-01-04 transfer_out 2 X`,
    { markets, benchmarks: ['Y'] },
  )

  it('move shares with their lots, the oldest first, and no cash', () => {
    const [held] = positions(of, '2024-01-05')
    expect(written(held!.lots)).toEqual(['3 {120, 2020-03-02}', '1 {100, 2024-01-03}'])
    expect([text(held!.realizedGain), measured(of).cash]).toEqual(['0', '0'])
  })

  it('are external flows at the day’s close', () => {
    expect(measured(of)).toMatchObject({
      // 100 + 5 × 101.5 − 2 × 100.5
      invested: '406.5',
      value: '408',
      total_gain: '1.5',
      // 4 × 102 − 220
      unrealized_gain: '188',
      // a gain of 307.5 came with the shares, and one of 201 − 80 left with them
      inputs: { shares_in: '507.5', shares_out: '201', transferred_gain: '-186.5' },
    })
    // 100 → (100 + 507.5 → 609) → (402 + 201) ÷ 609 → 408 ÷ 402
    expect(measured(of).twr).toBeCloseTo((609 / 607.5) * (603 / 609) * (408 / 402) - 1, 12)
  })

  it('buy and sell the benchmark as well', () => {
    // (100 ÷ 50 + 507.5 ÷ 51 − 201 ÷ 52) × 55
    const alternative = (100 / 50 + 507.5 / 51 - 201 / 52) * 55
    for (const by of ['symbol', 'lot', 'year'] as const) {
      const found = gap(of, 'Y', { asOf: '2024-01-05', by })
      near(found.gap, 408 - alternative, 5)
      expect(total(found)).toBe(found.gap)
    }
    const [first] = gap(of, 'Y', { asOf: '2024-01-05', by: 'lot' }).parts.filter(({ lot }) => lot === '2')
    near(first!.gap, 3 * 102 - (507.5 * 55) / 51 + (201 * 55) / 52, 5)
    expect(first!.date).toBe('2020-03-02')
  })

  it('cost the day’s close where nothing else is told', () => {
    const told = ledger('2024-01-03 transfer_in 5 X', { markets })
    const [held] = positions(told, '2024-01-05')
    expect(written(held!.lots)).toEqual(['5 {507.5, 2024-01-03}'])
    expect(measured(told)).toMatchObject({ invested: '507.5', total_gain: '2.5' })
  })

  it('are worth what they had cost where nobody quotes them, and 0 where that is not told either', () => {
    const house = ledger('2024-01-03 transfer_in 1 HOUSE acquired 2010-01-01 cost 300000')
    expect(measured(house)).toMatchObject({ invested: '300000', value: '300000' })
    const unknown = ledger('2024-01-03 deposit 5\n2024-01-03 transfer_in 1 HOUSE')
    expect(measured(unknown)).toMatchObject({ invested: '5', value: '5' })
  })

  it('of more than is held are an oversale', () => {
    const [held] = positions(ledger('2024-01-03 buy 1 X @ 100\n2024-01-04 transfer_out 2 X'), '2024-01-05')
    expect(held!.faults.map(({ sentence }) => sentence)).toEqual([
      '2024-01-04: transferred out 2 X, but held only 1 (in today’s share units)',
    ])
  })

  it('have only the fields that they need', () => {
    const faulty = {
      type: 'Transfer in',
      symbol: 'X',
      date: '2024-01-03',
      shares: '5',
      price: '3',
      acquired: '2024-01-04',
    }
    const read = readEntry(faulty, '2024-01-05')
    expect('faults' in read && read.faults.map(({ reason }) => reason)).toEqual([
      'a transfer in cannot have a price',
      '“2024-01-04” is not a date between 1900 and that of the transfer',
    ])
  })
})

describe('a gift', () => {
  const given = {
    type: 'buy',
    symbol: 'X',
    date: '2024-01-03',
    shares: '2',
    price: '0',
    note: 'Bonus shares',
  }

  it('is a purchase at 0 whose note names it', () => {
    expect(readEntry(given, '2024-01-05')).toMatchObject({ transaction: { price: 0n, amount: 0n } })
    expect(readEntry({ ...given, note: '' }, '2024-01-05')).toHaveProperty('faults')
    expect(readEntry({ ...given, type: 'sell' }, '2024-01-05')).toHaveProperty('faults')
  })

  const of = ledger('2024-01-02 buy 10 X @ 30\n2024-01-03 buy 2 X @ 0\n2024-01-05 sell 11 X @ 40', {
    markets: new Map(),
  })

  it('costs nothing and is sold in its turn', () => {
    const [held] = positions(of, '2024-01-05')
    // 440 − 300 of ten and 0 of one
    expect([text(held!.realizedGain), ...written(held!.lots)]).toEqual(['140', '1 {0, 2024-01-03}'])
  })

  it('says nothing of the price that was paid before', () => {
    expect(priceOn(of, 'X', '2024-01-04')).toEqual({ price: dec('30'), day: '2024-01-02', from: 'paid' })
  })
})
