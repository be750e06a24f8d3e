import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { contributions } from '../../src/metrics/contribution.ts'
import { gap, type Gap } from '../../src/metrics/gap.ts'
import { trail } from '../../src/metrics/gap-trail.ts'
import { dividendProposals } from '../../src/portfolio/dividend-proposal.ts'
import { readEntry } from '../../src/portfolio/entry.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { cashDays } from '../../src/portfolio/cash.ts'
import { type Money, sum, text } from '../../src/portfolio/decimal.ts'
import { oversales } from '../../src/portfolio/oversale.ts'
import { positions, priceOn } from '../../src/portfolio/ledger.ts'
import { transactionRows } from '../../src/snapshot/transaction-row.ts'
import { closes, dec, ledger, measured, transactions, written } from '../notation.ts'

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

describe('capital that is returned', () => {
  const of = ledger(
    `2024-01-02 buy 10 X @ 30
     2024-01-03 buy 30 X @ 2
     2024-01-04 return_of_capital X 100`,
    { markets: closes({ X: '2024-01-02 30, 2024-01-05 20', Y }), benchmarks: ['Y'] },
  )

  it('lowers the cost of the lots by their shares, and beyond it is a gain', () => {
    const [held] = positions(of, '2024-01-05')
    // 25 and 75 of 100: 300 − 25, and 60 − 60 with 15 left
    expect(written(held!.lots)).toEqual(['10 {275, 2024-01-02}', '30 {0, 2024-01-03}'])
    expect([text(held!.realizedGain), text(held!.dividends)]).toEqual(['15', '0'])
  })

  it('is cash, and no dividend', () => {
    // 40 × 20 + 100 − 360
    expect(measured(of)).toMatchObject({ cash: '100', value: '900', dividends: '0', total_gain: '540' })
    expect(cashFlows(of, 'portfolio', '2024-01-05').totals).toMatchObject({ capital: '100', dividend: '0' })
  })

  it('does not change the total return of what was paid', () => {
    const [held] = holdings(of, '2024-01-05')
    // 300 and 60 would have grown by 55 ÷ 50 and 55 ÷ 51
    expect(held!.benchmarks['Y']).toBeCloseTo((300 * (55 / 50) + 60 * (55 / 51)) / 360 - 1, 12)
  })

  it('is a flow of its symbol', () => {
    for (const by of ['symbol', 'lot', 'year'] as const) {
      const found = gap(of, 'Y', { asOf: '2024-01-05', by })
      near(sum(found.parts.map((part) => part.gap)), 800 - 330 - (60 * 55) / 51 + (100 * 55) / 52, 5)
      expect(total(found)).toBe(found.gap)
    }
  })

  it('stands for what the source lists as a dividend', () => {
    const markets = closes({ X: '2024-01-02 30, 2024-01-03 dividend 10, 2024-01-05 20' })
    const due = (story: string) => dividendProposals(ledger(story, { markets }), '2024-01-05').length
    expect(due('2024-01-02 buy 10 X @ 30')).toBe(1)
    expect(due('2024-01-02 buy 10 X @ 30\n2024-01-04 return_of_capital X 100')).toBe(0)
  })
})

describe('a stock dividend', () => {
  const story = '2024-01-02 buy 10 X @ 30\n2024-01-03 buy 30 X @ 2\n2024-01-04 stock_dividend 4 X'

  it('is shares that cost nothing: every lot has its part of them', () => {
    const of = ledger(story, { markets: closes({ X: '2024-01-05 20' }) })
    const [held] = positions(of, '2024-01-05')
    expect(written(held!.lots)).toEqual(['11 {300, 2024-01-02}', '33 {60, 2024-01-03}'])
    expect(measured(of)).toMatchObject({ value: '880', cash: '0', invested: '360' })
  })

  it('dilutes the price paid where nobody quotes it', () => {
    // 2 × 40 ÷ 44
    expect(priceOn(ledger(story), 'X', '2024-01-04')).toMatchObject({ price: dec('1.8181818182') })
  })

  it('that the source lists as a split counts once', () => {
    const markets = closes({ X: '2024-01-02 30, 2024-01-04 split 11:10, 2024-01-05 20' })
    expect(text(positions(ledger(story, { markets }), '2024-01-05')[0]!.shares)).toBe('44')
    // some days later too, and without the fraction of a share
    const booked = '2024-01-02 buy 15 X @ 30\n2024-01-09 stock_dividend 1 X'
    expect(text(positions(ledger(booked, { markets }), '2024-01-09')[0]!.shares)).toBe('16.5')
  })
})

describe('a reinvested dividend', () => {
  const of = ledger('2024-01-02 buy 10 X @ 30\n2024-01-04 reinvested 0.5 X @ 25', {
    markets: closes({ X: '2024-01-02 30, 2024-01-04 25, 2024-01-05 26' }),
  })

  it('is a dividend and a purchase of the same amount', () => {
    const [held] = positions(of, '2024-01-05')
    expect(written(held!.lots)).toEqual(['10 {300, 2024-01-02}', '0.5 {12.5, 2024-01-04}'])
    expect(text(held!.dividends)).toBe('12.5')
    expect(measured(of)).toMatchObject({ cash: '0', invested: '300', dividends: '12.5', value: '273' })
    const flows = cashFlows(of, 'portfolio', '2024-01-05').rows.slice(-2)
    expect(flows.map(({ type, amount, transaction }) => [type, amount, transaction])).toEqual([
      ['dividend', '12.5', '2'],
      ['purchase', '-12.5', '2'],
    ])
  })

  it('is one row', () => {
    const rows = transactionRows(of)
    expect(rows.map(({ type, shares, cash }) => [type, shares, cash])).toEqual([
      ['buy', '10', '-300'],
      ['reinvested', '0.5', '0'],
    ])
    // 0.5 × 26 − 12.5
    expect(rows[1]).toMatchObject({ gain: '0.5', held: '0.5' })
  })
})

describe('a sale that names its lots', () => {
  const story = '2024-01-02 buy 10 X @ 30\n2024-01-03 buy 10 X @ 40\n2024-01-04 buy 10 X @ 35\n'
  const after = (line: string) => positions(ledger(`${story}${line}`), '2024-01-05')[0]!

  it('takes them first, and the rest by the cost basis', () => {
    // 5 of the second, 4 of the first
    const held = after('2024-01-05 sell 9 X @ 50 lots 2024-01-03:5')
    expect(written(held.lots)).toEqual(['6 {180, 2024-01-02}', '5 {200, 2024-01-03}', '10 {350, 2024-01-04}'])
    expect(text(held.realizedGain)).toBe('130')
  })

  it('without a number takes as many as there are', () => {
    const held = after('2024-01-05 sell 12 X @ 50 lots 2024-01-04,2024-01-03')
    expect(written(held.lots)).toEqual(['10 {300, 2024-01-02}', '8 {320, 2024-01-03}'])
  })

  it('names what is not there in vain, and says so', () => {
    const sentences = (line: string) => after(line).faults.map(({ sentence }) => sentence)
    expect(sentences('2024-01-05 sell 12 X @ 50 lots 2024-01-03:12')).toEqual([
      '2024-01-05: the lots of X of 2024-01-03 hold only 10',
    ])
    expect(sentences('2024-01-05 sell 2 X @ 50 lots 2023-01-03')).toEqual([
      '2024-01-05: there is no lot of X of 2023-01-03',
    ])
  })

  it('is read as it is written', () => {
    const read = (lots: string) =>
      readEntry(
        { type: 'sell', symbol: 'X', date: '2024-01-05', shares: '9', price: '5', lots },
        '2024-01-05',
      )
    expect(read('2024-01-02 5; 2024-01-03')).toMatchObject({
      transaction: {
        terms: {
          lots: [
            { date: '2024-01-02', shares: dec('5') },
            { date: '2024-01-03', shares: null },
          ],
        },
      },
    })
    for (const wrong of ['the oldest', '2024-01-06', '2024-01-02 10'])
      expect(read(wrong)).toHaveProperty('faults')
  })
})

describe('a spin-off', () => {
  const of = ledger(
    `2024-01-02 buy 10 X @ 30
     2024-01-03 buy 30 X @ 2
     2024-01-04 spin_off X into Z shares 8 takes 0.25`,
    {
      markets: closes({
        X: '2024-01-02 30, 2024-01-04 20, 2024-01-05 21',
        Z: '2024-01-04 10, 2024-01-05 12',
        Y,
      }),
      benchmarks: ['Y'],
    },
  )

  it('takes a part of the cost of every lot to new shares of the same days', () => {
    const [x, z] = positions(of, '2024-01-05')
    expect(written(x!.lots)).toEqual(['10 {225, 2024-01-02}', '30 {45, 2024-01-03}'])
    expect(written(z!.lots)).toEqual(['2 {75, 2024-01-02}', '6 {15, 2024-01-03}'])
    expect([x, z].map((each) => text(each!.realizedGain))).toEqual(['0', '0'])
  })

  it('is no flow of the portfolio, and one from the old symbol to the new one', () => {
    // 40 × 21 + 8 × 12 − 360
    expect(measured(of)).toMatchObject({ invested: '360', cash: '0', value: '936', total_gain: '576' })
    const { of: own, unassigned } = contributions(of, holdings(of, '2024-01-05'), '2024-01-05')
    // 840 + 80 − 360, and 96 − 80
    expect([text(own.get('X')!), text(own.get('Z')!), text(unassigned)]).toEqual(['560', '16', '0'])
    for (const by of ['symbol', 'lot', 'year'] as const) {
      const found = gap(of, 'Y', { asOf: '2024-01-05', by })
      expect(total(found)).toBe(found.gap)
      const z = sum(found.parts.filter(({ symbol }) => symbol === 'Z').map((part) => part.gap))
      near(z, 96 - (80 * 55) / 52, 5)
    }
  })

  it('is one row, and needs shares to come from', () => {
    expect(transactionRows(of).map(({ type, new_symbol, cash }) => [type, new_symbol, cash])).toEqual([
      ['buy', undefined, '-300'],
      ['buy', undefined, '-60'],
      ['spin_off', 'Z', '0'],
    ])
    expect(oversales(transactions('2024-01-04 spin_off X into Z shares 8 takes 0.25'), 'X', [])).toHaveLength(
      1,
    )
  })
})

describe('an exchange', () => {
  const bought = '2024-01-02 buy 10 X @ 30\n2024-01-03 buy 30 X @ 2\n'
  const markets = closes({ X: '2024-01-02 30, 2024-01-03 20', Z: '2024-01-04 50, 2024-01-05 60', Y })
  const after = (line: string) =>
    ledger(`${bought}2024-01-04 exchange X into Z ${line}`, { markets, benchmarks: ['Y'] })

  it('gives new shares with the days and the cost of the old ones', () => {
    const [x, z] = positions(after('ratio 1:4'), '2024-01-05')
    expect([text(x!.shares), text(x!.cost), text(x!.realizedGain)]).toEqual(['0', '0', '0'])
    expect(written(z!.lots)).toEqual(['2.5 {300, 2024-01-02}', '7.5 {60, 2024-01-03}'])
  })

  it('sells the fraction for which there is cash in lieu', () => {
    // 40 × 0.26 = 10.4 are due, and 0.4 of them are paid for: 0.4 ÷ 10.4 of 360
    const of = after('ratio 0.26 shares 10 cash 20')
    const [x, z] = positions(of, '2024-01-05')
    expect(Number(text(x!.realizedGain))).toBeCloseTo(20 - (360 * 0.4) / 10.4, 8)
    expect(text(z!.shares)).toBe('10')
    expect(Number(text(z!.cost))).toBeCloseTo(360 - (360 * 0.4) / 10.4, 8)
    expect(measured(of)).toMatchObject({ cash: '20', value: '620', invested: '360' })
  })

  it('sells the part that cash is of what it gives', () => {
    // 100 in cash and 10 shares at 50: a sixth
    const of = after('ratio 1:4 cash 100')
    const [x, z] = positions(of, '2024-01-05')
    expect(Number(text(x!.realizedGain))).toBeCloseTo(40, 7)
    expect(Number(text(z!.cost))).toBeCloseTo(300, 7)
    for (const by of ['symbol', 'lot', 'year'] as const) {
      const found = gap(of, 'Y', { asOf: '2024-01-05', by })
      expect(total(found)).toBe(found.gap)
    }
    const { of: own, unassigned } = contributions(of, holdings(of, '2024-01-05'), '2024-01-05')
    expect(sum([own.get('X')!, own.get('Z')!, unassigned])).toBe(dec(measured(of).total_gain!))
  })

  it('covers sales of the new symbol', () => {
    const story = transactions(`${bought}2024-01-04 exchange X into Z ratio 1:4\n2024-01-04 sell 10 Z @ 50`)
    expect(oversales(story, 'Z', [])).toEqual([])
    expect(oversales(story.slice(0, 1).concat(story.slice(2)), 'Z', [])).toHaveLength(1)
  })

  it('is refused without what it needs', () => {
    const read = (more: object) =>
      readEntry({ type: 'exchange', symbol: 'X', date: '2024-01-04', ...more }, '2024-01-05')
    expect(read({ new_symbol: 'z', ratio: '1:4' })).toMatchObject({
      transaction: { amount: 0n, shares: null },
    })
    expect(read({ new_symbol: 'Z' })).toHaveProperty('faults')
    expect(read({ new_symbol: 'X', ratio: '1:4' })).toHaveProperty('faults')
    expect(
      readEntry(
        {
          type: 'spin_off',
          symbol: 'X',
          new_symbol: 'Z',
          shares: '1',
          cost_share: '20%',
          date: '2024-01-04',
        },
        '2024-01-05',
      ),
    ).toMatchObject({ transaction: { terms: { newSymbol: 'Z', costShare: dec('0.2') } } })
    expect(
      readEntry(
        { type: 'spin_off', symbol: 'X', new_symbol: 'Z', shares: '1', cost_share: '2', date: '2024-01-04' },
        '2024-01-05',
      ),
    ).toHaveProperty('faults')
  })
})

describe('an own price', () => {
  const house = ledger(
    `2024-01-02 buy 1 HOUSE @ 300000
     2024-03-01 price HOUSE 310000
     2024-03-04 price HOUSE 309000`,
  )

  it('is what a share is worth from its day on; before it that is what was paid', () => {
    const priced = (day: string) => priceOn(house, 'HOUSE', day)
    expect(priced('2024-02-29')).toEqual({ price: dec('300000'), day: '2024-01-02', from: 'paid' })
    expect(priced('2024-03-03')).toEqual({ price: dec('310000'), day: '2024-03-01', from: 'own' })
    // however old
    expect(priced('2026-03-03')).toEqual({ price: dec('309000'), day: '2024-03-04', from: 'own' })
    expect(measured(house)).toMatchObject({ value: '309000', invested: '300000', total_gain: '9000' })
  })

  it('is a row, and no transaction of the ledger', () => {
    expect(transactionRows(house).map(({ type, amount, cash }) => [type, amount, cash])).toEqual([
      ['buy', '300000', '-300000'],
      ['price', '310000', '0'],
      ['price', '309000', '0'],
    ])
    expect(positions(house, '2024-03-05').map(({ symbol }) => symbol)).toEqual(['HOUSE'])
    expect(cashFlows(house, 'portfolio', '2024-03-05').rows).toHaveLength(2)
    // one of a day before anything happened does not begin the history
    const early = ledger('2020-01-02 price HOUSE 1\n2024-01-02 buy 1 HOUSE @ 3')
    expect(measured(early).inputs!.since).toBe('2024-01-02')
  })

  it('counts instead of the source’s closes, splits and dividends', () => {
    const markets = closes({ X: '2024-01-02 30, 2024-01-04 split 2:1, 2024-01-05 dividend 1, 2024-01-05 20' })
    const of = ledger('2024-01-02 buy 10 X @ 30\n2024-01-05 price X 31', { markets })
    expect(measured(of)).toMatchObject({ value: '310' })
    expect(dividendProposals(of, '2024-01-05')).toEqual([])
  })

  it('in another currency is converted at each day’s rate', () => {
    const markets = closes({ 'EURUSD=X': '2024-01-02 1.1, 2024-01-05 1.2' })
    const of = ledger('2024-01-02 buy 10 X @ 30 in EUR\n2024-01-03 price X 40 in EUR', { markets })
    // 400 × 1.2
    expect(measured(of, null, '2024-01-05')).toMatchObject({ value: '480', invested: '330' })
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
