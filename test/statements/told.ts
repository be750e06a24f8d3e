import { type Decimal, sum, text } from '../../src/portfolio/decimal.ts'
import type { TransactionDraft } from '../../src/portfolio/entry.ts'
import { type ReadWith, readStatement, type Statement } from '../../src/statements/read-statement.ts'

/** A statement that was read, on a day after all of its rows; its securities have invented tickers. */
export function statementOf(file: string, readWith: ReadWith = {}): Statement {
  const tickers: Record<string, string> = {
    US0378331005: 'AAPL',
    US5949181045: 'MSFT',
    IE00B3RBWM25: 'VWRL.AS',
  }
  const statement = readStatement(file, '2026-11-20', {
    securities: ({ isin }) => tickers[isin] ?? null,
    ...readWith,
  })
  if ('problem' in statement) throw new Error(statement.problem)
  return statement
}

/**
 * What it says, a line a transaction (`2 buy VOO 2024-01-02 10 @ 5.5 fee 1 USD`), the lines of what is left out and rejected, and what
 * is held and what there is in cash afterwards.
 */
export function told(file: string, readWith: ReadWith = {}) {
  const statement = statementOf(file, readWith)
  const held = Map.groupBy(
    statement.rows.filter(({ transaction }) => transaction.shares !== null),
    ({ transaction }) => transaction.symbol!,
  )
  const cash = Map.groupBy(statement.rows, ({ transaction }) => transaction.currency ?? '')
  return {
    format: statement.format,
    rows: statement.rows.map(({ line, transaction }) => `${line} ${notation(transaction)}`),
    left_out: statement.skipped.map(({ line }) => line),
    rejected: statement.rejected.map(({ line }) => line),
    positions: Object.fromEntries(
      [...held].map(([symbol, rows]) => [
        symbol,
        text(sum(rows.map(({ transaction: { type, shares } }) => (goesOut.has(type) ? -shares! : shares!)))),
      ]),
    ),
    cash: Object.fromEntries(
      [...cash].map(([currency, rows]) => [
        currency,
        text(sum(rows.map(({ transaction }) => cashOf(transaction)))),
      ]),
    ),
  }
}

const goesOut = new Set(['sell', 'transfer_out'])

function notation({ type, symbol, date, shares, price, fee, amount, currency }: TransactionDraft): string {
  const what =
    shares === null ? text(amount) : price === null ? text(shares) : `${text(shares)} @ ${text(price)}`
  return [type, symbol, date, what, fee === 0n ? null : `fee ${text(fee)}`, currency]
    .filter(Boolean)
    .join(' ')
}

function cashOf({ type, amount, fee }: TransactionDraft): Decimal {
  if (type === 'split' || type.startsWith('transfer')) return 0n
  const isIn = ['sell', 'dividend', 'return_of_capital', 'interest', 'deposit'].includes(type)
  return isIn ? amount - fee : -amount - fee
}
