import { fieldsOf } from './columns.ts'
import type { StatementFormat } from './statement-format.ts'
import { textOf } from './text-cell.ts'

/**
 * Ticker,Date,Amount
 * QQQ,2012-03-16,$0.60
 *
 * Amount is the cash received, not the dividend of one share.
 */
export const dividendsCsv: StatementFormat = {
  name: 'Dividends',
  columns: ['Ticker', 'Date', 'Amount'],
  dates: ['Date', 'Review'],
  numbers: ['Amount', 'Fee'],
  isOurs: { unless: 'Listing Currency', every: 'dividend' },
  also: { Fee: 'fee' },
  // a file of trades has these three columns as well
  excludes: (names) =>
    [...names].some((name) => fieldsOf(name).some(({ field }) => isOfTrades.has(field)) && name !== 'amount'),
  read: (cell) => ({
    type: 'dividend',
    symbol: cell('Ticker'),
    date: cell('Date'),
    amount: cell('Amount'),
    fee: cell('Fee'),
    currency: cell('Currency'),
    listingCurrency: cell('Listing Currency'),
    note: textOf(cell('Note')),
    review: cell('Review'),
  }),
}

const isOfTrades = new Set<string>(['type', 'shares', 'price'])
