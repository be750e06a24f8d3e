import { type Money, text } from '../../portfolio/decimal.ts'
import type { Ledger } from '../../portfolio/ledger.ts'
import { textCell } from '../text-cell.ts'
import { csv } from '../write-statement.ts'
import { type BookedRow, bookedRows } from './booked-rows.ts'

/** Its two importers: trades and deliveries are of the portfolio, everything else is of its account. */
type PerformanceFile = 'portfolio' | 'account'

/**
 * Writes a CSV file with the English column names and types of Portfolio Performance (its CSVPortfolioTransactionExtractor
 * and CSVAccountTransactionExtractor): date and value are needed, of a trade its shares and its security too. A value is
 * what moved in cash, fees and taxes included, and no number is negative.
 *
 * Date,Type,Value,Transaction Currency,Gross Amount,Fees,Taxes,Shares,ISIN,Ticker Symbol,Security Name,Note
 * 2024-01-03,Buy,1106.5,USD,1105.5,1,,6,,AAPL,Apple Inc.,
 */
export function performanceFile(ledger: Ledger, which: PerformanceFile): string {
  const rows = bookedRows(ledger).flatMap((row) =>
    linesOf[row.type](row)
      .filter(({ of }) => of === which)
      .map(({ type, value, fees, taxes }) => {
        const instrument = row.symbol === null ? null : ledger.markets.get(row.symbol)?.instrument
        return [
          row.date,
          type,
          text(value),
          row.currency,
          text(row.amount),
          fees === undefined ? '' : text(fees),
          taxes === undefined ? '' : text(taxes),
          row.shares === null ? '' : text(row.shares),
          '',
          row.symbol ?? '',
          textCell(instrument?.name ?? row.symbol ?? ''),
          textCell(row.note),
        ]
      }),
  )
  return csv(header, rows)
}

const header = [
  'Date',
  'Type',
  'Value',
  'Transaction Currency',
  'Gross Amount',
  'Fees',
  'Taxes',
  'Shares',
  'ISIN',
  'Ticker Symbol',
  'Security Name',
  'Note',
]

type Line = { of: PerformanceFile; type: string; value: Money; fees?: Money; taxes?: Money }

const account = (type: string, value: Money, taxes?: Money): Line => ({
  of: 'account',
  type,
  value,
  ...(taxes !== undefined && taxes > 0n && { taxes }),
})
const delivery = (way: 'Inbound' | 'Outbound', { amount }: BookedRow): Line[] => [
  { of: 'portfolio', type: `Delivery (${way})`, value: amount },
]
const paid = ({ amount, fee }: BookedRow): Line[] => [account('Dividend', amount - fee, fee)]

const linesOf: Record<BookedRow['type'], (row: BookedRow) => Line[]> = {
  // shares that cost nothing are no purchase there
  buy: (row) =>
    row.amount === 0n
      ? delivery('Inbound', row)
      : [{ of: 'portfolio', type: 'Buy', value: row.amount + row.fee, fees: row.fee }],
  sell: ({ amount, fee }) => [{ of: 'portfolio', type: 'Sell', value: amount - fee, fees: fee }],
  transfer_in: (row) => delivery('Inbound', row),
  transfer_out: (row) => delivery('Outbound', row),
  stock_dividend: (row) => delivery('Inbound', row),
  dividend: paid,
  // it has no kind of its own
  return_of_capital: paid,
  interest: ({ amount, fee }) => [account('Interest', amount - fee, fee)],
  deposit: ({ amount, fee }) => [account('Deposit', amount), ...(fee > 0n ? [account('Fees', fee)] : [])],
  withdrawal: ({ amount }) => [account('Removal', amount)],
  fee: ({ amount }) => [account('Fees', amount)],
  tax: ({ amount }) => [account('Taxes', amount)],
}
