import { describe, expect, it } from 'vitest'
import { decimal, text as plain } from '../../src/portfolio/decimal.ts'
import { fixture, keysOf, read } from './fixture.ts'

/** Made-up rows in the layout of a history download: byte order mark, CRLF, blank lines, legal text. */
const { file, statement, rowOn, counts } = fixture('fidelity.csv')

const HEADER =
  'Run Date,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date'

describe('a Fidelity history', () => {
  it('has 15 rows that are read, 6 that a person must see to, and 9 left out', () => {
    expect(statement.format).toBe('Fidelity')
    expect(counts).toEqual([
      '5 buy',
      '4 dividend',
      '1 sell',
      '1 tax',
      '1 interest',
      '1 deposit',
      '1 withdrawal',
      '1 fee',
    ])
    expect(statement.rejected).toHaveLength(6)
    expect(statement.warnings.map((warning) => Number.parseInt(warning))).toEqual([2, 1, 2, 1, 3])
  })

  it('gives a reinvestment as a buy, and a sale with its commission and fees', () => {
    expect(statement.rows[0]).toEqual({
      line: 4,
      transaction: {
        type: 'buy',
        symbol: 'FXAIX',
        date: '2025-12-19',
        shares: decimal('0.529'),
        price: decimal('236.41'),
        fee: 0n,
        // 0.529 × 236.41, for which 125.06 was paid
        amount: decimal('125.06089'),
        currency: 'USD',
        ratio: null,
        note: 'dividend reinvested',
      },
    })
    expect(rowOn(9)).toEqual({
      type: 'sell',
      symbol: 'LSTD',
      date: '2025-11-14',
      shares: decimal('40'),
      price: decimal('52.5'),
      // 4.95 + 0.06; 2094.99 was received
      fee: decimal('5.01'),
      amount: decimal('2100'),
      currency: 'USD',
      ratio: null,
      note: '',
    })
  })

  it('takes a gain as of the day it counts, a tax with its symbol, cash by its sign', () => {
    expect(rowOn(6)).toMatchObject({ type: 'dividend', symbol: 'TBCIX', date: '2025-12-11' })
    expect(rowOn(10)).toMatchObject({ type: 'tax', symbol: 'OVSS', amount: decimal('3.15') })
    expect(rowOn(23)).toMatchObject({ type: 'deposit', symbol: null, amount: decimal('5000') })
    expect(rowOn(24)).toMatchObject({ type: 'withdrawal', symbol: null, amount: decimal('250.5') })
    expect(rowOn(30)).toMatchObject({ type: 'fee', symbol: null, amount: decimal('0.83') })
    expect(rowOn(12)).toMatchObject({ type: 'interest', symbol: null, amount: decimal('1.56') })
  })

  it('keeps what the core position pays, not the sweeps into it', () => {
    expect(rowOn(8)).toMatchObject({ type: 'dividend', symbol: 'SPAXX', amount: decimal('4.31') })
    expect(statement.warnings[0]).toBe(
      '2 rows were skipped (lines 7, 22): cash moved into or out of the core position, which already counts as cash.',
    )
  })

  it('spells Berkshire as Yahoo does, and knows a price that was rounded', () => {
    expect(rowOn(20)?.symbol).toBe('BRK-B')
    // 10,000 × 0.13 would be 1300; 1274 was paid
    expect(rowOn(21)).toMatchObject({ price: decimal('0.1274'), amount: decimal('1274') })
  })

  it('says what it leaves out, by line', () => {
    expect(statement.warnings.slice(1).map((warning) => warning.split(/ (?:was|were) skipped /)[1])).toEqual([
      '(line 13): options are not tracked.',
      expect.stringMatching(/^\(lines 14, 15\): splits and stock dividends come from market data; /),
      '(line 18): bonds and other securities without a ticker are not tracked.',
      '(lines 34, 35, 37): text below the table, not a transaction.',
    ])
  })

  it('says what a person must see to, by line', () => {
    expect(statement.rejected).toEqual([
      {
        line: 16,
        reason:
          '7.12 was paid in lieu of a fractional share of SHNK: add it by hand, as a sell of that fraction.',
      },
      {
        line: 17,
        reason: expect.stringMatching(/^Shares of a security without a ticker \(26\) left in a merger/),
      },
      { line: 19, reason: expect.stringMatching(/^Shares of LSTD \(12\) were transferred /) },
      {
        line: 25,
        reason: expect.stringMatching(
          /^A trade was canceled: “BUY CANCEL CXL .* Delete the original trade\.$/,
        ),
      },
      {
        line: 26,
        reason:
          'We don’t recognize the action “SOMETHING NEW THAT NOBODY KNOWS”: add this transaction by hand.',
      },
      { line: 27, reason: 'Amount “-610” does not match 10 shares at 51, which come to 510.' },
    ])
  })

  it('gives two equal rows keys of their own', () => {
    expect(keysOf(file).filter((key) => key.startsWith('buy|LSTD|'))).toEqual([
      'buy|LSTD|2025-10-01|1|51|0|USD#1',
      'buy|LSTD|2025-10-01|1|51|0|USD#2',
    ])
  })
})

/** `sell FXAIX 2025-07-07 2 @ 217.03`, of the one row below a header */
function one(header: string, row: string): string {
  const { rows, rejected, warnings } = read(`${header}\n${row}`)
  if (!rows[0]) return rejected[0]?.reason ?? warnings[0]!
  const { type, symbol, date, shares, price, amount, currency } = rows[0].transaction
  const what = shares === null ? plain(amount) : `${plain(shares)} @ ${plain(price!)}`
  return [type, symbol, date, what, currency].filter(Boolean).join(' ')
}

describe('other years of the same download', () => {
  it('have accounts, and security descriptions', () => {
    expect(
      one(
        'Run Date,Account,Action,Symbol,Security Description,Security Type,Quantity,Price ($),Commission ($),Fees ($),Accrued Interest ($),Amount ($),Settlement Date',
        ' 07/07/2021,JOINT X12345678, YOU SOLD EXCHANGE TO FXNAX FIDELITY 500 INDEX FUND (FXAIX) (Cash), FXAIX, FIDELITY 500 INDEX FUND,Cash,-2,217.03,,,,434.06,07/07/2021',
      ),
    ).toBe('sell FXAIX 2021-07-07 2 @ 217.03 USD')
  })

  it('have currencies, at times a column off from their header', () => {
    const columns = 'Run Date,Action,Symbol,Description,Type,Exchange Quantity,Exchange Currency,'
    const rest = ',Exchange Rate,Commission,Fees,Accrued Interest,Amount,Cash Balance,Settlement Date'
    const cells =
      '11/03/2025,YOU BOUGHT LISTEDCO (LSTD) (Cash),LSTD,LISTEDCO,Cash,0,,USD,41.25,12,0,,,,-495,,'
    expect(one(`${columns}Quantity,Currency,Price${rest}`, cells)).toBe('buy LSTD 2025-11-03 12 @ 41.25 USD')
    expect(one(`${columns}Currency,Price,Quantity${rest}`, cells)).toBe('buy LSTD 2025-11-03 12 @ 41.25 USD')
  })

  it('have days with dashes', () => {
    expect(
      one(
        HEADER,
        '06-01-2025,Electronic Funds Transfer Received (Cash),,No Description,Cash,"",0,,,,50000,,',
      ),
    ).toBe('deposit 2025-06-01 50000 USD')
  })
})

describe('a row of the kind', () => {
  it.each([
    ['DIRECT DEBIT BUILDING FEES (Cash)', '', '', '-80', 'withdrawal 2025-06-02 80 USD'],
    ['WIRE TRANSFER FEE (Cash)', '', '', '-15', 'fee 2025-06-02 15 USD'],
    ['FED TAX W/H FEDERAL TAX WITHHELD (Cash)', '', '', '-90', 'withdrawal 2025-06-02 90 USD'],
    ['FEE CHARGED ADR (OVSS) (Cash)', 'OVSS', '', '-0.5', 'fee OVSS 2025-06-02 0.5 USD'],
    ['RETURN OF CAPITAL TRUSTCO (TRST) (Cash)', 'TRST', '', '3', 'return_of_capital TRST 2025-06-02 3 USD'],
    ['DIVIDEND RECEIVED SOLD GOLD CO (SOLD) (Cash)', 'SOLD', '', '3', 'dividend SOLD 2025-06-02 3 USD'],
    [
      'YOU BOUGHT ASSIGNED PUTS LISTEDCO (LSTD) (Cash)',
      'LSTD',
      '100',
      '-5000',
      'buy LSTD 2025-06-02 100 @ 50 USD',
    ],
    [
      'YOU SOLD SHORT TERM BOND FUND (STBF) (Cash)',
      'STBF',
      '-100',
      '5000',
      'sell STBF 2025-06-02 100 @ 50 USD',
    ],
    [
      'constructor',
      'constructor',
      '',
      '5',
      'We don’t recognize the action “CONSTRUCTOR”: add this transaction by hand.',
    ],
  ])('%s', (action, symbol, shares, amount, expected) => {
    const price = shares ? '50' : ''
    expect(one(HEADER, `06/02/2025,"${action}",${symbol},,Cash,${price},${shares},,,,${amount},,`)).toBe(
      expected,
    )
  })

  it('that takes money back names what it undoes', () => {
    expect(one(HEADER, '06/02/2025,DIVIDEND RECEIVED X (LSTD),LSTD,,Cash,,,,,,-5,,')).toMatch(
      /^A dividend of 5 from LSTD was reversed: /,
    )
    expect(one(HEADER, '06/02/2025,FOREIGN TAX PAID X (LSTD),LSTD,,Cash,,,,,,5,,')).toMatch(
      /^A fee or tax of 5 was refunded: /,
    )
  })

  it('that cannot be read names the field', () => {
    expect(one(HEADER, '02/30/2025,YOU BOUGHT X (LSTD),LSTD,,Cash,ten,1,,,,-5,,')).toBe(
      'Price “ten” is not a number such as 1234.56. Date “02/30/2025” is not a date such as 2024-01-31 or 1/31/2024.',
    )
    expect(one(HEADER, `06/02/2025,${'X'.repeat(50_000)},LSTD,,Cash,,,,,,-5,,`).length).toBeLessThan(301)
  })
})
