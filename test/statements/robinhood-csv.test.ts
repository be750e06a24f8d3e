import { describe, expect, it } from 'vitest'
import { decimal } from '../../src/portfolio/decimal.ts'
import { fixture, keysOf, read } from './fixture.ts'

/** Made-up rows in the layout of an account activity report: names over several lines, a footnote beyond the columns. */
const { file, statement, rowOn, counts } = fixture('robinhood.csv')

const HEADER =
  '"Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price","Amount"'

describe('a Robinhood activity report', () => {
  it('has 19 rows that are read, 6 that a person must see to, and 5 left out', () => {
    expect(statement.format).toBe('Robinhood')
    expect(counts).toEqual([
      '4 buy',
      '2 dividend',
      '1 tax',
      '3 fee',
      '2 sell',
      '2 interest',
      '4 deposit',
      '1 withdrawal',
    ])
    expect(statement.rejected).toHaveLength(6)
    expect(statement.warnings.map((warning) => Number.parseInt(warning))).toEqual([2, 2, 1])
  })

  it('gives a reinvestment as a buy, and a sale whose fee is not listed', () => {
    expect(statement.rows[0]).toEqual({
      line: 2,
      transaction: {
        type: 'buy',
        symbol: 'QQQ',
        date: '2025-12-22',
        shares: decimal('0.001791'),
        price: decimal('614.48'),
        fee: 0n,
        // 0.001791 × 614.48, for which 1.10 was paid
        amount: decimal('1.10053368'),
        currency: 'USD',
        ratio: null,
        note: 'dividend reinvested',
      },
    })
    expect(rowOn(10)).toEqual({
      type: 'sell',
      symbol: 'LSTD',
      date: '2025-12-12',
      shares: decimal('20'),
      price: decimal('1042.54'),
      // 20 × 1042.54 − 20849.97
      fee: decimal('0.83'),
      amount: decimal('20850.8'),
      currency: 'USD',
      ratio: null,
      note: '',
    })
  })

  it('knows a price that was rounded, and spells Berkshire as Yahoo does', () => {
    // 446.85 ÷ 7, printed as 63.84
    expect(rowOn(14)).toMatchObject({ symbol: 'BRK-B', price: decimal('63.8357142857'), fee: 0n })
  })

  it('takes cash by its sign, taxes and fees with their symbol', () => {
    expect(rowOn(29)).toMatchObject({ type: 'deposit', symbol: null, amount: decimal('5000') })
    expect(rowOn(30)).toMatchObject({ type: 'withdrawal', symbol: null, amount: decimal('250.5') })
    expect(rowOn(7)).toMatchObject({ type: 'tax', symbol: 'OVSS', note: 'Foreign Tax Withheld' })
    expect(rowOn(9)).toMatchObject({ type: 'fee', symbol: null, amount: decimal('5') })
    expect(rowOn(17)).toMatchObject({ type: 'fee', symbol: null, amount: decimal('2.25') })
    expect(rowOn(6)).toMatchObject({ type: 'dividend', symbol: 'LSTD', amount: decimal('0.42') })
    expect(rowOn(16)).toMatchObject({ type: 'interest', symbol: null, amount: decimal('0.51') })
    expect(rowOn(18)).toMatchObject({ type: 'interest', symbol: null, amount: decimal('0.01') })
  })

  it('says what it leaves out, by line', () => {
    expect(statement.warnings.map((warning) => warning.split(/ (?:was|were) skipped /)[1])).toEqual([
      expect.stringMatching(/^\(lines 19, 21\): splits and stock dividends come from market data; /),
      '(lines 22, 23): options are not tracked.',
      '(line 40): text below the table, not a transaction.',
    ])
  })

  it('says what a person must see to, by line', () => {
    expect(statement.rejected).toEqual([
      { line: 24, reason: expect.stringMatching(/^Shares of FREE \(1\) were received without a price: /) },
      { line: 26, reason: expect.stringMatching(/^Shares of LSTD \(12\) were transferred /) },
      {
        line: 28,
        reason:
          '$7.12 was paid in lieu of a fractional share of SHNK: add it by hand, as a sell of that fraction.',
      },
      {
        line: 33,
        reason:
          'We don’t recognize the Trans Code “ZZZ” (LSTD, Something new, 3, $9.00): add this transaction by hand.',
      },
      { line: 34, reason: 'Amount “($610.00)” does not match 10 shares at 51, which come to 510.' },
      { line: 35, reason: expect.stringMatching(/^A dividend of 1\.1 from QQQ was reversed: /) },
    ])
  })

  it('gives two equal rows keys of their own', () => {
    expect(keysOf(file).filter((key) => key.startsWith('buy|VTI|'))).toEqual([
      'buy|VTI|2025-12-01|0.569915|285.5|0|USD#1',
      'buy|VTI|2025-12-01|0.569915|285.5|0|USD#2',
    ])
  })

  it('may have its footnote in the last column, and codes that are no codes', () => {
    const { rows, rejected, warnings } = read(
      [
        HEADER,
        '"1/2/2025","1/2/2025","1/2/2025","","","__proto__","","","$1.00"',
        '"1/2/2025","1/2/2025","1/2/2025","LSTD","","Buy","10S","$1.00","$10.00"',
        '"","","","","","","","","The data provided is for informational purposes only."',
      ].join('\n'),
    )
    expect({ rows, rejected: rejected.map((row) => row.reason), warnings }).toEqual({
      rows: [],
      rejected: [
        'We don’t recognize the Trans Code “__PROTO__” ($1.00): add this transaction by hand.',
        'Shares “10S” is not a number such as 1234.56.',
      ],
      warnings: ['1 row was skipped (line 4): text below the table, not a transaction.'],
    })
  })
})

describe('a file of another kind', () => {
  it('is not taken for a broker’s, nor a broker’s for another', () => {
    const formatOf = (header: string) => read(`${header}\n`).format
    expect(formatOf(HEADER)).toBe('Robinhood')
    expect(formatOf('Run Date,Action,Symbol,Description,Type,Quantity,Price,Amount')).toBe('Fidelity')
    expect(formatOf('Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note')).toBe('Transactions')
    expect(formatOf('Ticker,Date,Amount')).toBe('Dividends')
    expect(formatOf('Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount')).toBe('Schwab')
  })
})
