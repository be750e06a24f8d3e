import { times } from './decimal.ts'
import { type LedgerAt, priceOn } from './ledger.ts'
import { splitsOf } from './own-rows.ts'
import { splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns the ledger with what shares are worth that come or go without cash: at the close of their day, or, before the
 * first close, at the price paid. What has no price is worth what it had cost where that is given, else 0 (finance.md,
 * "Transfers").
 */
export function withMovedLots<Stage extends 'in share units' | 'in base currency'>(
  ledger: LedgerAt<Stage>,
): LedgerAt<Stage> {
  if (!ledger.transactions.some(({ type }) => moves.has(type))) return ledger
  const transactions = ledger.transactions.map((row) =>
    moves.has(row.type) ? withWorth(row, worthOf(ledger, row)) : row,
  )
  return { ...ledger, transactions }
}

const moves: ReadonlySet<string> = new Set(['transfer_in', 'transfer_out'])

function worthOf(ledger: Parameters<typeof priceOn>[0], row: Transaction): bigint {
  const { symbol, date, terms } = row
  const priced = priceOn(ledger, symbol!, date)
  if ('reason' in priced) return terms?.cost ?? 0n
  const shares = splitShares(row.shares!, unitsToday(row, splitsOf(ledger.markets.get(symbol!))))
  return times(shares, priced.price)
}

/** The same row while its worth is the same, so that what was calculated from it can be remembered. */
function withWorth(row: Transaction, worth: bigint): Transaction {
  const before = made.get(row)
  if (before?.worth === worth) return before
  const valued = { ...row, worth }
  made.set(row, valued)
  return valued
}

const made = new WeakMap<Transaction, Transaction>()
