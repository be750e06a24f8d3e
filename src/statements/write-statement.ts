import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { textCell } from './text-cell.ts'

// Our own files, RFC 4180 with a header. readStatement gives back the same transactions, in the same order; what they
// mean is told beside the reader, in transactions-csv.ts and dividends-csv.ts.

/** All transactions as they were recorded, nothing left out but their identity. */
export function transactionsFile(transactions: readonly Transaction[]): string {
  return csv(Object.keys(columns), transactions.map(cells))
}

/** The dividends among them. */
export function dividendsFile(transactions: readonly Transaction[]): string {
  const { Ticker, Date, Amount, Currency, Note } = columns
  return csv(
    ['Ticker', 'Date', 'Amount', 'Currency', 'Note'],
    transactions
      .filter(({ type }) => type === 'dividend')
      .map((each) => [Ticker, Date, Amount, Currency, Note].map((cell) => cell(each))),
  )
}

/** A row of the cash book (metrics/cash-flows.ts), and which transaction it comes from, if any. */
type CashFlow = {
  date: Day
  type: string
  symbol: string | null
  shares: string | null
  price: string | null
  amount: string | null
  balance: string | null
  transaction: string | null
}

/**
 * The cash book: each transaction that moved cash as in the file of transactions, with the cash it moved (into the
 * portfolio positive, in its currency) and the balance after it. Deposits that were inferred, and all that a
 * benchmark would have done, are rows that say so, and that reading leaves out.
 */
export function cashFlowsFile(
  flows: readonly CashFlow[],
  transactions: readonly Transaction[],
  view: string,
): string {
  const byId = new Map(transactions.map((each) => [each.id, each]))
  return csv(
    [...Object.keys(columns), 'Cash', 'Balance'],
    flows.map((flow) => {
      const own = flow.transaction === null ? null : byId.get(flow.transaction)!
      return [...(own ? cells(own) : workedOut(flow, view)), flow.amount ?? '', flow.balance ?? '']
    }),
  )
}

const columns = {
  Ticker: ({ symbol }) => symbol ?? '',
  Type: ({ type }) => type,
  Date: ({ date }) => date,
  Price: ({ price }) => (price === null ? '' : text(price)),
  Shares: ({ shares }) => (shares === null ? '' : text(shares)),
  Fee: ({ shares, fee }) => (shares === null ? '' : text(fee)),
  // a buy's or sell's is price × shares, and would only be one more figure that may contradict
  Amount: ({ shares, ratio, amount }) => (shares !== null || ratio ? '' : text(amount)),
  Ratio: ({ ratio }) => (ratio ? `${ratio.numerator}:${ratio.denominator}` : ''),
  Currency: ({ currency }) => currency ?? '',
  Note: ({ note }) => textCell(note),
  'Units Day': ({ unitsDay }) => unitsDay ?? '',
} satisfies Record<string, (transaction: Transaction) => string>

function cells(transaction: Transaction): string[] {
  return Object.values(columns).map((cell) => cell(transaction))
}

function workedOut({ symbol, type, date, price, shares }: CashFlow, view: string): string[] {
  const nature = view === 'portfolio' ? 'inferred' : 'hypothetical'
  const known: Partial<Record<string, string | null>> = {
    Ticker: symbol,
    Type: `${nature} ${type}`,
    Date: date,
    Price: price,
    Shares: shares,
  }
  return Object.keys(columns).map((name) => known[name] ?? '')
}

/** RFC 4180, of cells whose text is safe already (text-cell.ts). */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[^\w .:^=-]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
