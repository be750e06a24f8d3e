import { expect, it } from 'vitest'
import { text as plain } from '../../src/portfolio/decimal.ts'
import { readStatement } from '../../src/statements/read-statement.ts'
import { fixture } from './fixture.ts'

/** Made-up rows: columns in another order and case, one more, a byte order mark, CRLF, a blank line. */
const { statement } = fixture('transactions.csv')

it('is recognized by its header, whatever the order and case of the columns', () => {
  expect(statement.format).toBe('Transactions')
})

it('reads both kinds of day, money with its signs, and a sale of negative shares', () => {
  expect(
    statement.rows.map(({ line, transaction: { type, symbol, date, shares, price, amount } }) =>
      [line, type, symbol, date, plain(shares!), plain(price!), plain(amount)].join(' '),
    ),
  ).toEqual([
    // the amount is shares × price, not the rounded one of the file: 14.245014 × 28.08
    '2 buy TSLA 2012-01-03 14.245014 28.08 399.99999312',
    '3 buy KO 2012-01-04 1250 35.1 43875',
    '4 sell TSLA 2013-02-28 4.245014 34.83 147.85383762',
    '6 buy BRK-B 2013-03-01 0.5 1101.25 550.625',
    '7 buy BRK-B 2013-03-01 0.5 1101.25 550.625',
  ])
})

it('names the rows that it cannot take, by line', () => {
  expect(statement.rejected.map(({ line }) => line)).toEqual([8, 9])
  expect(statement.rejected[0]!.reason).toContain('2013-02-30')
  expect(statement.rejected[1]!.reason).toContain('shares')
})

it.each(['constructor', '__proto__', 'toString'])('takes “%s” for no type and no currency', (word) => {
  const text = `Ticker,Type,Date,Price,Shares,Currency\nVOO,${word},2020-01-02,298,1,USD\nVOO,Buy,2020-01-02,298,1,${word}\n`
  const read = readStatement(text, '2030-01-01')
  expect('problem' in read ? read.problem : [read.rows, read.skipped]).toEqual([[], []])
  expect('problem' in read ? [] : read.rejected.map(({ reason }) => reason)).toEqual([
    expect.stringContaining(`“${word.toLowerCase()}”`),
    `Currency: “${word.toUpperCase()}” is not a currency code such as USD.`,
  ])
})
