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
  read: (cell) => ({
    type: 'dividend',
    symbol: cell('Ticker'),
    date: cell('Date'),
    amount: cell('Amount'),
    fee: cell('Fee'),
    currency: cell('Currency'),
    listingCurrency: cell('Listing Currency'),
    note: textOf(cell('Note')),
  }),
}
