import type { StatementFormat } from './statement-format.ts'

/**
 * Ticker,Date,Type,Shares,Price
 * TSLA,2012-01-03,Buy,14.245014,$28.08
 *
 * Our own export has more columns and more types, and is read again by the same rules:
 *
 * Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note
 * QQQ,dividend,2012-03-16,,,,0.60,,USD,
 * TSLA,split,2020-08-31,,,,,5:1,,
 */
export const transactionsCsv: StatementFormat = {
  name: 'Transactions',
  columns: ['Ticker', 'Type', 'Date', 'Price', 'Shares'],
  read(cell) {
    const type = cell('Type').toLowerCase()
    const entry = {
      type,
      symbol: cell('Ticker'),
      date: cell('Date'),
      currency: cell('Currency'),
      note: cell('Note'),
    }
    // what a buy or sell comes to is price × shares: a column Amount may be rounded, negative or net of fees
    return type === 'buy' || type === 'sell'
      ? { ...entry, shares: cell('Shares'), price: cell('Price'), fee: cell('Fee') }
      : { ...entry, amount: cell('Amount'), ratio: cell('Ratio') }
  },
}
