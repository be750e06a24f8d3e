import { expect, it } from 'vitest'
import { text as plain } from '../../src/portfolio/decimal.ts'
import { fixture } from './fixture.ts'

/** Made-up rows, two of them equal. */
const { statement } = fixture('dividends.csv')

it('is the cash received, row by row, equal ones as often as they stand there', () => {
  expect(statement.format).toBe('Dividends')
  expect(
    statement.rows.map(({ line, transaction: { type, symbol, date, amount } }) =>
      [line, type, symbol, date, plain(amount)].join(' '),
    ),
  ).toEqual([
    '2 dividend QQQ 2012-03-16 0.6',
    '3 dividend KO 2012-04-02 1020.5',
    '4 dividend QQQ 2012-12-21 0.02',
    '5 dividend QQQ 2012-12-21 0.02',
  ])
})

it('names the rows that it cannot take, by line', () => {
  expect(statement.rejected.map(({ line }) => line)).toEqual([6, 7])
})
