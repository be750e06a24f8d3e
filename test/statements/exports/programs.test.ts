import { describe, expect, it } from 'vitest'
import { text } from '../../../src/portfolio/decimal.ts'
import type { Ledger } from '../../../src/portfolio/ledger.ts'
import { rowsOf } from '../../../src/statements/csv.ts'
import { type Program, programs } from '../../../src/statements/exports/programs.ts'
import { readStatement } from '../../../src/statements/read-statement.ts'
import { closes, ledger } from '../../notation.ts'

// Each kind once: 10 AAPL before a split 4:1 that the source reports, 100 BBB in another currency.
const everything = () =>
  ledger(
    `2020-01-02 deposit 5000
     2020-01-03 buy 10 AAPL @ 300 fee 5
     2020-02-03 dividend AAPL 8 fee 1.20
     2020-02-04 reinvested 1 AAPL @ 310
     2020-02-05 return_of_capital AAPL 11
     2020-03-02 interest 3.50
     2020-03-03 fee 2
     2020-03-04 tax AAPL 4
     2020-09-01 sell 22 AAPL @ 130 fee 2
     2020-09-02 buy 100 BBB @ 10 fee 1 in EUR
     2020-09-03 transfer_in 12 VTI acquired 2019-05-06 cost 1800
     2020-09-04 stock_dividend 3 VTI
     2020-09-07 transfer_out 5 VTI
     2020-09-08 withdrawal 100`,
    {
      markets: closes({
        AAPL: '2020-01-03 75, 2020-08-31 split 4:1, 2020-09-01 130',
        BBB: 'in EUR, 2020-09-02 10, 2020-09-08 10',
        VTI: '2020-09-03 170, 2020-09-07 160',
        'EURUSD=X': '2020-09-01 1.2, 2020-09-08 1.2',
      }),
    },
  )

const write = (program: Program, of: Ledger = everything()) => programs[program].write(of, 'SOURCE')

/** A CSV file as objects by its header. */
function table(program: Program, of?: Ledger): Record<string, string>[] {
  const read = rowsOf(write(program, of), ',')
  if ('problem' in read) throw new Error(read.problem)
  const [header, ...rows] = read.rows.map(({ cells }) => cells)
  return rows.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])))
}

/** What we ourselves read of a file: date, type, symbol, shares and cash. */
function readBack(file: string): string[] {
  const statement = readStatement(file, '2100-01-01')
  if ('problem' in statement) throw new Error(statement.problem)
  expect(statement.rejected).toEqual([])
  return statement.rows.map(({ transaction: { date, type, symbol, shares, amount, fee, currency } }) =>
    [date, type, symbol, shares === null ? null : text(shares), text(amount), fee > 0n && text(fee), currency]
      .filter(Boolean)
      .join(' '),
  )
}

describe('Ghostfolio', () => {
  type Activity = Record<string, unknown> & { type: string }
  const activities = (of?: Ledger) =>
    (JSON.parse(write('ghostfolio', of)) as { activities: Activity[] }).activities

  // the table of fields in its README, and the validators of its CreateOrderDto
  it('has the fields that its import needs, of their types, and no negative number', () => {
    for (const activity of activities()) {
      expect(['BUY', 'SELL', 'DIVIDEND', 'FEE', 'INTEREST']).toContain(activity.type)
      expect(activity.currency).toMatch(/^[A-Z]{3}$/)
      expect(activity.date).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/)
      expect(['SOURCE', 'MANUAL']).toContain(activity.dataSource)
      expect(typeof activity.symbol).toBe('string')
      for (const field of ['fee', 'quantity', 'unitPrice']) expect(activity[field]).toBeGreaterThanOrEqual(0)
    }
  })
  it('has shares in today’s units, a dividend once its amount, and no deposits', () => {
    const told = activities().map(({ type, symbol, quantity, unitPrice, fee, currency }) =>
      [type, symbol, quantity, unitPrice, fee, currency].join(' '),
    )
    expect(told).toEqual([
      'BUY AAPL 40 75 5 USD',
      'DIVIDEND AAPL 1 8 1.2 USD',
      'DIVIDEND AAPL 1 310 0 USD',
      'BUY AAPL 4 77.5 0 USD',
      'DIVIDEND AAPL 1 11 0 USD',
      'INTEREST Interest 1 3.5 0 USD',
      'FEE Fee 0 0 2 USD',
      'FEE Tax 0 0 4 USD',
      'SELL AAPL 22 130 2 USD',
      'BUY BBB 100 10 1 EUR',
      'BUY VTI 12 150 0 USD',
      'BUY VTI 3 0 0 USD',
      'SELL VTI 5 160 0 USD',
    ])
  })
  it('is read back by our own importer', () => {
    const plain = ledger(`2024-01-02 buy 10 VOO @ 400 fee 1
      2024-02-01 dividend VOO 12.50 fee 2
      2024-03-01 sell 4 VOO @ 410.25
      2024-03-04 interest 1.25`)
    expect(readBack(write('ghostfolio', plain))).toEqual([
      '2024-01-02 buy VOO 10 4000 1 USD',
      '2024-02-01 dividend VOO 12.5 2 USD',
      '2024-03-01 sell VOO 4 1641 USD',
      '2024-03-04 interest 1.25 USD',
    ])
  })
})

describe('Portfolio Performance', () => {
  // the English labels of its two lists of types
  it('has trades and deliveries in one file, with the cash that moved as the value', () => {
    expect(
      table('portfolio-performance-trades').map((row) =>
        [row.Type, row['Ticker Symbol'], row.Shares, row.Value, row.Fees, row['Transaction Currency']].join(
          ' ',
        ),
      ),
    ).toEqual([
      'Buy AAPL 40 3005 5 USD',
      'Buy AAPL 4 310 0 USD',
      'Sell AAPL 22 2858 2 USD',
      'Buy BBB 100 1001 1 EUR',
      'Delivery (Inbound) VTI 12 1800  USD',
      'Delivery (Inbound) VTI 3 0  USD',
      'Delivery (Outbound) VTI 5 800  USD',
    ])
  })
  it('has everything else in the other, without signs', () => {
    expect(
      table('portfolio-performance-account').map((row) =>
        [row.Type, row['Ticker Symbol'], row.Value, row.Taxes].filter(Boolean).join(' '),
      ),
    ).toEqual([
      'Deposit 5000',
      'Dividend AAPL 6.8 1.2',
      'Dividend AAPL 310',
      'Dividend AAPL 11',
      'Interest 3.5',
      'Fees 2',
      'Taxes AAPL 4',
      'Removal 100',
    ])
  })
  it('is read back by our own importer', () => {
    const plain = ledger(`2024-01-02 deposit 5000
      2024-01-02 buy 10 VOO @ 400 fee 1
      2024-02-01 dividend VOO 12.50 fee 2.50
      2024-03-01 sell 4 VOO @ 410.25 fee 0.5
      2024-03-04 withdrawal 20`)
    expect(readBack(write('portfolio-performance-trades', plain))).toEqual([
      '2024-01-02 buy VOO 10 4000 1 USD',
      '2024-03-01 sell VOO 4 1641 0.5 USD',
    ])
    expect(readBack(write('portfolio-performance-account', plain))).toEqual([
      '2024-01-02 deposit 5000 USD',
      // the tax that is named beside a dividend is a row of its own
      '2024-02-01 dividend VOO 12.5 USD',
      '2024-02-01 tax VOO 2.5 USD',
      '2024-03-04 withdrawal 20 USD',
    ])
  })
})

describe('the tax file', () => {
  it('divides a sale among the lots that it took, and ends with the open ones', () => {
    const of = ledger(
      `2020-01-02 buy 10 AAPL @ 100 fee 5
       2020-06-01 buy 10 AAPL @ 110
       2021-03-01 sell 15 AAPL @ 120 fee 3
       2021-03-02 dividend AAPL 8 fee 1.20
       2021-03-03 fee 2`,
      { markets: closes({ AAPL: '2020-01-02 100, 2021-03-03 120' }) },
    )
    // proceeds 15 × 120 − 3 = 1797: 1198 of the first ten, 599 of the other five
    expect(
      table('taxes', of).map(({ Kind, Acquired, Date, Shares, Proceeds, Cost, Gain, Withheld }) =>
        [Kind, Acquired, Date, Shares, Proceeds, Cost, Gain, Withheld].join('|'),
      ),
    ).toEqual([
      'Sale|2020-01-02|2021-03-01|10|1198|1005|193|',
      'Sale|2020-06-01|2021-03-01|5|599|550|49|',
      'Dividend||2021-03-02||8|||1.2',
      'Fee||2021-03-03|||2||',
      'Open lot|2020-06-01||5||550||',
    ])
    expect(table('taxes', of)[0]).toMatchObject({ 'Days held': '424', Currency: 'USD' })
  })

  it('says what corporate actions and transfers did to shares and cost', () => {
    // finance.md, "Spin-offs and exchanges": of 10 X @ 30 and 30 X @ 2 a quarter of the cost, 75 + 15, goes to 8 Z; then 80 are returned, 20 to the first
    // lot and 60 to the other, which costs 45: 15 are gain. 4 more shares cost nothing, and the 44 are exchanged at 225 − 20
    const of = ledger(
      `2024-01-02 buy 10 X @ 30
       2024-01-03 buy 30 X @ 2
       2024-02-01 spin_off X into Z shares 8 takes 0.25
       2024-03-01 return_of_capital X 80
       2024-04-01 stock_dividend 4 X
       2024-05-01 exchange X into Y ratio 1:4
       2024-06-03 transfer_out 11 Y`,
    )
    expect(
      table('taxes', of)
        .filter(({ Kind }) => Kind !== 'Open lot')
        .map(({ Kind, Ticker, Date, Shares, Proceeds, Cost, Gain, Note }) =>
          [Kind, Ticker, Date, Shares, Proceeds, Cost, Gain, Note].join('|'),
        ),
    ).toEqual([
      'Spin-off|X|2024-02-01|||90||into Z',
      'Transfer in|Z|2024-02-01|2||75||',
      'Transfer in|Z|2024-02-01|6||15||',
      'Return of capital|X|2024-03-01||80|65|15|',
      'Stock dividend|X|2024-04-01|4||||',
      'Exchange|X|2024-05-01|44||205||into Y',
      'Transfer in|Y|2024-05-01|2.75||205||',
      'Transfer in|Y|2024-05-01|8.25||0||',
      'Transfer out|Y|2024-06-03|11||205||',
    ])
  })
})

describe('Beancount', () => {
  it('names each lot by its day and a label, and the sale takes it by them', () => {
    const of = ledger(`2024-01-02 deposit 1000
      2024-01-03 buy 6 AAPL @ 100 fee 5
      2024-02-01 sell 2 AAPL @ 120 fee 1`)
    expect(write('beancount', of).split('\n\n').slice(1)).toEqual([
      expect.stringContaining('2024-01-02 open Assets:Cash'),
      '2024-01-02 * "Deposit"\n  Assets:Cash  1000 USD\n  Equity:Contributions  -1000 USD',
      '2024-01-03 * "Buy AAPL"\n  Assets:Holdings  6 AAPL {{605 USD, 2024-01-03, "2"}}\n  Assets:Cash  -605 USD',
      '2024-02-01 * "Sell AAPL"\n  Assets:Holdings  -2 AAPL {2024-01-03, "2"}\n  Assets:Cash  239 USD\n  Income:Gains\n',
    ])
  })
  // its lexer: [A-Z][A-Z0-9'._-]{0,22}[A-Z0-9], strings with escaped quotes
  it('has only names and texts that its lexer takes', () => {
    const of = ledger(`2024-01-03 buy 6 V @ 100
      2024-01-04 buy 1 M&M.NS @ 100
      2024-01-05 deposit 1 a "note" with a \\`)
    const file = write('beancount', of)
    const commodities = [...file.matchAll(/commodity (\S+)/g)].map(([, name]) => name)
    expect(commodities).toEqual(['X.V', 'X.M-M.NS'])
    for (const name of commodities) expect(name).toMatch(/^[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]$/)
    expect(file).toContain(String.raw`"Deposit: a \"note\" with a \\"`)
  })
  it('moves the lots of an exchange to the new symbol, and sells the part that was paid for', () => {
    // finance.md, "Spin-offs and exchanges": at 1:4 with 125 in cash, Z at 37.5, a quarter is sold, for a gain of 125 − 90
    const of = ledger(
      `2024-01-02 buy 10 X @ 30
       2024-01-03 buy 30 X @ 2
       2024-02-01 exchange X into Z ratio 1:4 cash 125`,
      { markets: closes({ Z: '2024-02-01 37.5' }) },
    )
    const file = write('beancount', of)
    expect(file).toContain('  Assets:Cash  125 USD\n  Income:Gains  -35 USD\n  Equity:Transfers')
    expect(
      table('portfolio-performance-trades', of)
        .slice(2)
        .map(({ Type, Shares, Value, ...row }) => [Type, row['Ticker Symbol'], Shares, Value].join(' ')),
    ).toEqual([
      'Delivery (Inbound) Z 2.5 225',
      'Delivery (Inbound) Z 7.5 45',
      'Sell X 10 125',
      'Delivery (Outbound) X 30 375',
    ])
  })
  it('puts new lots in the place of those that a stock dividend or returned capital changes', () => {
    const file = write('beancount')
    expect(file).toContain(
      `2020-09-04 * "Stock dividend VTI"
  Assets:Holdings  -12 VTI {2019-05-06, "11"}
  Assets:Holdings  15 VTI {{1800 USD, 2019-05-06, "11+"}}
`,
    )
    expect(file).toContain('  Assets:Holdings  -5 VTI {2019-05-06, "11+"}\n  Equity:Transfers')
  })
})
