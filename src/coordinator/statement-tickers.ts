import { ownInstruments } from '../portfolio/own-instrument.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Answers, given, type Question } from '../statements/question.ts'
import type { Statement as StatementRead } from '../statements/read-statement.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import { chosenTickers, unknownTickers } from '../storage/securities.ts'
import type { Editing } from './transaction-edits.ts'

// What becomes of the tickers of a file before its rows are booked.

/**
 * The rows of new tickers under those that were meant by them: what the person says now, or said of that text before, in a
 * form too.
 */
export async function inMeantTickers(
  { db, portfolio, transactions: before }: Editing,
  statement: StatementRead,
  { securities: said }: Answers,
): Promise<StatementRead> {
  const settled = settledIn(portfolio, before)
  const fresh = new Set(
    statement.rows.flatMap(({ transaction: { symbol } }) =>
      symbol === null || settled.has(symbol) ? [] : [symbol],
    ),
  )
  if (fresh.size === 0) return statement
  const chosen = await chosenTickers(db, portfolio.ownerId, [...fresh])
  const meant = new Map(
    [...fresh].flatMap((symbol) => {
      const other = given(said, symbol) ?? chosen.get(symbol)
      return other === undefined || other === symbol ? [] : [[symbol, other] as const]
    }),
  )
  if (meant.size === 0) return statement
  const rows = statement.rows.map((row) => {
    const symbol = meant.get(row.transaction.symbol ?? '')
    return symbol === undefined ? row : { ...row, transaction: { ...row.transaction, symbol } }
  })
  return { ...statement, rows }
}

/** The tickers about which there is nothing to ask: those that the portfolio has, and those that its owner prices. */
function settledIn({ ownInstruments: kept }: Portfolio, before: Editing['transactions']): Set<string | null> {
  return new Set([...before.map(({ symbol }) => symbol), ...ownInstruments(kept).map(({ symbol }) => symbol)])
}

/** A row whose security has no ticker yet is not booked under its ISIN, which nothing would ever price. */
export function withTickers(statement: StatementRead): StatementRead {
  const open = statement.rows.filter(({ security }) => security !== undefined)
  if (open.length === 0) return statement
  const rejected = open.map(({ line, security }) => ({
    line,
    reason: `We don’t know the ticker of ${security}.`,
  }))
  return {
    ...statement,
    rows: statement.rows.filter(({ security }) => security === undefined),
    rejected: [...statement.rejected, ...rejected].slice(0, MOST_REJECTED),
    rejectedCount: statement.rejectedCount + rejected.length,
  }
}

const MOST_REJECTED = 1000

/** Asks the source for tickers, so that what it says is remembered. */
export type AskFor = (symbols: readonly string[]) => Promise<void>

/** The new tickers of a file that the source does not know, as far as it answers. What is priced by hand it need not know. */
export async function unknownAmong(
  { db, portfolio, transactions: before }: Editing,
  drafts: readonly Pick<Transaction, 'symbol' | 'type'>[],
  rows: StatementRead['rows'],
  askFor: AskFor,
): Promise<Question[]> {
  const settled = settledIn(portfolio, before)
  for (const { type, symbol } of drafts) if (type === 'price') settled.add(symbol)
  const lines = new Map<string, number[]>()
  for (const { line, transaction } of rows) {
    const { symbol } = transaction
    if (symbol === null || settled.has(symbol)) continue
    const own = lines.get(symbol)
    if (own) own.push(line)
    else lines.set(symbol, [line])
  }
  await askFor([...lines.keys()])
  const unknown = await unknownTickers(db, [...lines.keys()])
  return [...unknown].map((ticker) => {
    const own = lines.get(ticker)!
    return { about: 'ticker', ticker, lines: own.slice(0, 5), count: own.length }
  })
}
