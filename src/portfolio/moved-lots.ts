import { type Money, times } from './decimal.ts'
import { type LedgerAt, priceOn } from './ledger.ts'
import type { TransactionType } from './kind.ts'
import { splitsOf } from './own-rows.ts'
import { splitShares, unitsToday } from './split.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * Returns the ledger with the entries that are booked as other rows. Shares that come or go without cash get what they
 * are worth: at the close of their day, or, before the first close, at the price paid; what has no price is worth what it
 * had cost where that is given, else 0 (finance.md, "Transfers"). A reinvested dividend becomes a dividend and a purchase.
 * The rows of an entry that has not changed are the same objects, so that what was calculated from them can be remembered.
 */
export function withMovedLots<Stage extends 'in share units' | 'in base currency'>(
  ledger: LedgerAt<Stage>,
): LedgerAt<Stage> {
  if (!ledger.transactions.some(({ type }) => Object.hasOwn(bookings, type))) return ledger
  const transactions = ledger.transactions.flatMap((row) => bookings[row.type]?.(row, ledger) ?? [row])
  // what an entry is booked as has another place in its day
  const sorted = inOrder(transactions, (symbol) => splitsOf(ledger.markets.get(symbol)))
  return { ...ledger, transactions: sorted }
}

type Known = Parameters<typeof priceOn>[0]

const bookings: Partial<
  Record<TransactionType, (row: Transaction, ledger: Known) => readonly Transaction[]>
> = {
  transfer_in: (row, ledger) => [withWorth(row, worthOf(ledger, row))],
  transfer_out: (row, ledger) => [withWorth(row, worthOf(ledger, row))],
  reinvested: (row) => reinvestedRows(row),
}

function worthOf(ledger: Known, row: Transaction): Money {
  const { symbol, date, terms } = row
  const priced = priceOn(ledger, symbol!, date)
  if ('reason' in priced) return terms?.cost ?? 0n
  const shares = splitShares(row.shares!, unitsToday(row, splitsOf(ledger.markets.get(symbol!))))
  return times(shares, priced.price)
}

function withWorth(row: Transaction, worth: Money): Transaction {
  const [before] = made.get(row) ?? []
  if (before?.worth === worth) return before
  const valued = { ...row, worth }
  made.set(row, [valued])
  return valued
}

function reinvestedRows(row: Transaction): readonly Transaction[] {
  const before = made.get(row)
  if (before) return before
  const { unitsDay: _day, units: _units, recorded, ...paid } = row
  const rows: Transaction[] = [
    {
      ...paid,
      type: 'dividend',
      shares: null,
      price: null,
      ...(recorded && { recorded: { ...recorded, price: null } }),
      isPart: true,
    },
    { ...row, type: 'buy', entry: row },
  ]
  made.set(row, rows)
  return rows
}

const made = new WeakMap<Transaction, readonly Transaction[]>()
