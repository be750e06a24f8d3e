import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import { kinds } from '../portfolio/kind.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { NamedLots } from '../portfolio/lot.ts'
import { purchasesIn } from '../portfolio/purchases.ts'
import { lotsText } from '../portfolio/terms.ts'
import { textCell } from './text-cell.ts'

// These are our own files, RFC 4180 with a header. readStatement reads the same transactions from them, in the same
// order; the readers, transactions-csv.ts and dividends-csv.ts, describe the columns.

/** Writes all transactions as they were recorded; only their ids are left out. */
export function transactionsFile(transactions: readonly Transaction[]): string {
  const names = columnsFor(transactions)
  const placeIn = placesIn(transactions)
  return csv(
    names,
    transactions.map((each) => cells(names, each, placeIn)),
  )
}

/** Writes the dividends among them. */
export function dividendsFile(transactions: readonly Transaction[]): string {
  const dividends = transactions.filter(({ type }) => type === 'dividend')
  // what was kept back, where anything was
  const fee = dividends.some((each) => each.fee > 0n) ? (['Fee'] as const) : []
  const names = ['Ticker', 'Date', 'Amount', ...fee, 'Currency', 'Note', ...decisionsIn(dividends)] as const
  return csv(
    names,
    dividends.map((each) => cells(names, each)),
  )
}

/** A row of the cash book (metrics/cash-flows.ts), with the id of its transaction, if it has one. */
type CashFlow = {
  description: string
  date: Day
  type: string
  symbol: string | null
  shares: string | null
  price: string | null
  amount: string | null
  balance: string | null
  transaction: string | null
  derived?: true
}

/**
 * Writes the cash book. Each transaction that moved cash is written as in the file of transactions, followed by the
 * cash it moved (money into the portfolio is positive, in its currency) and the balance after it. Inferred deposits,
 * derived dividends and all rows of a benchmark say so in their type, and readStatement skips them.
 */
export function cashFlowsFile(
  flows: readonly CashFlow[],
  transactions: readonly Transaction[],
  view: string,
): string {
  const byId = new Map(transactions.map((each) => [each.id, each]))
  // of what is booked as several cash flows the first one is the whole row
  const seen = new Set<string>()
  const own = flows.map(({ transaction: id }) => {
    if (id === null || seen.has(id)) return null
    seen.add(id)
    return byId.get(id)!
  })
  const written = own.filter((row) => row !== null)
  const names = columnsFor(written)
  const placeIn = placesIn(written)
  return csv(
    [...names, 'Cash', 'Balance'],
    flows.map((flow, i) => [
      ...(own[i] ? cells(names, own[i], placeIn) : workedOut(names, flow, view)),
      flow.amount ?? '',
      flow.balance ?? '',
    ]),
  )
}

const columns = {
  Ticker: ({ symbol }) => symbol ?? '',
  Type: ({ type }) => type,
  Date: ({ date }) => date,
  Price: ({ type, price, amount }) => (type === 'price' ? text(amount) : price === null ? '' : text(price)),
  Shares: ({ shares }) => (shares === null ? '' : text(shares)),
  Fee: ({ shares, fee }) => (shares === null && fee === 0n ? '' : text(fee)),
  // the amount of a buy or sell is price × shares; one more figure could only contradict it
  Amount: ({ type, amount }) =>
    type !== 'price' && kinds[type].fields.includes('amount') ? text(amount) : '',
  Ratio: ({ ratio }) => (ratio ? `${ratio.numerator}:${ratio.denominator}` : ''),
  Currency: ({ currency }) => currency ?? '',
  Note: ({ note }) => textCell(note),
  // a column of these is there where a row has something in it
  Review: ({ review }) => review ?? '',
  'Units Day': ({ unitsDay }) => unitsDay ?? '',
  Acquired: ({ terms }) => terms?.acquired ?? '',
  Cost: ({ terms }) => (terms?.cost === undefined ? '' : text(terms.cost)),
  Lots: ({ symbol, terms }, placeIn) =>
    terms?.lots ? lotsText(terms.lots, placeIn && ((lot) => placeIn(symbol!, lot))) : '',
  'New Ticker': ({ terms }) => terms?.newSymbol ?? '',
  'Cost Share': ({ terms }) => (terms?.costShare === undefined ? '' : text(terms.costShare)),
  'Share Units': ({ units }) => units ?? '',
  'Listing Currency': ({ currency, listingCurrency }) => (currency === null ? (listingCurrency ?? '') : ''),
} satisfies Record<string, (transaction: Transaction, placeIn?: PlaceIn) => string>

/** The place of a lot's purchase among those of its day in the file, from 1; null where the file has it not. */
type PlaceIn = (symbol: string, lot: NamedLots[number]) => number | null

function placesIn(transactions: readonly Transaction[]): PlaceIn {
  const purchases = purchasesIn(transactions)
  return (symbol, { date, transaction }) =>
    transaction === undefined
      ? null
      : purchases(symbol, date).findIndex(({ id }) => id === transaction) + 1 || null
}

type Name = keyof typeof columns
export const columnNames = Object.keys(columns) as Name[]

/** The cells of a transaction in which there is something, each with the heading of its column. */
export function filledCells(transaction: Transaction): [heading: Name, cell: string][] {
  return columnNames
    .map((name): [Name, string] => [name, cellOf(name, transaction)])
    .filter(([, cell]) => cell !== '')
}

const decisions: readonly Name[] = [
  'Review',
  'Acquired',
  'Cost',
  'Lots',
  'New Ticker',
  'Cost Share',
  'Share Units',
  'Listing Currency',
]

function decisionsIn(transactions: readonly Transaction[]): Name[] {
  return decisions.filter((name) => transactions.some((each) => cellOf(name, each) !== ''))
}

function columnsFor(transactions: readonly Transaction[]): Name[] {
  const always = (Object.keys(columns) as Name[]).filter((name) => !decisions.includes(name))
  return [...always, ...decisionsIn(transactions)]
}

function cells(names: readonly Name[], transaction: Transaction, placeIn?: PlaceIn): string[] {
  return names.map((name) => cellOf(name, transaction, placeIn))
}

function workedOut(
  names: readonly Name[],
  { symbol, type, date, price, shares, derived, transaction, description }: CashFlow,
  view: string,
): string[] {
  const nature =
    view !== 'portfolio' ? 'hypothetical' : derived ? 'derived' : transaction !== null ? 'other' : 'inferred'
  const known: Partial<Record<string, string | null>> = {
    Ticker: symbol,
    Type: `${nature} ${type}`,
    Date: date,
    Price: price,
    Shares: shares,
    // a blend or a rate has no ticker
    ...(symbol === null && (type === 'purchase' || type === 'sale') && { Note: description }),
  }
  return names.map((name) => known[name] ?? '')
}

function cellOf(name: Name, transaction: Transaction, placeIn?: PlaceIn): string {
  const write: (transaction: Transaction, placeIn?: PlaceIn) => string = columns[name]
  return write(transaction, placeIn)
}

/** Writes RFC 4180; the text in the cells is already safe (text-cell.ts). */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[^\w .:^=-]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
