import type { Day } from '../../portfolio/day.ts'
import type { Money, Shares } from '../../portfolio/decimal.ts'
import { type TransactionType, trading } from '../../portfolio/kind.ts'
import type { Ledger } from '../../portfolio/ledger.ts'
import { rowsBySymbol, splitsOf } from '../../portfolio/own-rows.ts'
import { sharesAfter } from '../../portfolio/position.ts'
import { bonusShares, recordedBetween, splitShares, unitsToday } from '../../portfolio/split.ts'
import type { Transaction } from '../../portfolio/transaction.ts'

/**
 * A row as programs book it that know no splits: its shares are in today's units, across all splits, and its money is in
 * the currency in which it was entered.
 */
export type BookedRow = {
  type: Exclude<TransactionType, NotBooked>
  symbol: string | null
  date: Day
  shares: Shares | null
  /** What was traded or paid before fees; of a transfer what its shares had cost, or were worth. */
  amount: Money
  fee: Money
  currency: string
  note: string
}

/** What is in the other rows already, or moves nothing. */
type NotBooked = 'split' | 'reinvested' | 'spin_off' | 'exchange' | 'price'
const notBooked: ReadonlySet<TransactionType> = new Set<NotBooked>([
  'split',
  'reinvested',
  'spin_off',
  'exchange',
  'price',
])

/**
 * Returns the rows that were recorded, in the ledger's order: without splits, and without dividends that count by
 * themselves. A reinvested dividend is a dividend and a purchase. A stock dividend that the source reports as a split is
 * left out like one. New shares of a spin-off or an exchange are transferred in; the old ones of an exchange are transferred
 * out, after a sale of as many as were paid for.
 */
export function bookedRows(ledger: Ledger): BookedRow[] {
  const held = new Map<string, Shares>()
  const own = rowsBySymbol(ledger.transactions)
  return ledger.transactions.flatMap((row): BookedRow[] => {
    const { type, symbol, date, note } = row
    const splits = symbol === null ? [] : splitsOf(ledger.markets.get(symbol))
    const before = symbol === null ? 0n : (held.get(symbol) ?? 0n)
    if (symbol !== null && trading.has(type)) held.set(symbol, sharesAfter(before, row, splits))
    if (row.derived) return []
    const now = (shares: Shares) =>
      splitShares(shares, recordedBetween(own.get(symbol!) ?? [], splits, date, '9999-12-31'))
    if (type === 'exchange') return exchangeRows(row, ledger.baseCurrency, now, before)
    if (isNotBooked(type)) return []
    const moved =
      type === 'stock_dividend'
        ? bonusShares(row, before, splits)
        : row.shares && splitShares(row.shares, unitsToday(row, splits))
    if (moved === 0n) return []
    const shares = moved && now(moved)
    return [{ type, symbol, date, shares, note, ...moneyOf(row, ledger.baseCurrency) }]
  })
}

function isNotBooked(type: TransactionType): type is NotBooked {
  return notBooked.has(type)
}

function exchangeRows(
  { symbol, date, note, amount, recorded, worth = 0n, sold = 0n }: Transaction,
  base: string,
  now: (shares: Shares) => Shares,
  held: Shares,
): BookedRow[] {
  const about = { symbol, date, note, fee: 0n }
  const paid = recorded ?? { amount, currency: base }
  const rest = held - sold
  return [
    ...(sold > 0n
      ? [{ ...about, type: 'sell' as const, shares: now(sold), amount: paid.amount, currency: paid.currency }]
      : []),
    ...(rest > 0n
      ? [{ ...about, type: 'transfer_out' as const, shares: now(rest), amount: worth, currency: base }]
      : []),
  ]
}

function moneyOf(row: Transaction, base: string): Pick<BookedRow, 'amount' | 'fee' | 'currency'> {
  const { currency, fee, amount, cost } = row.recorded ?? {
    currency: base,
    fee: row.fee,
    amount: row.amount,
    cost: row.terms?.cost,
  }
  if (row.worth === undefined) return { amount, fee, currency }
  return row.type === 'transfer_in' && cost !== undefined
    ? { amount: cost, fee, currency }
    : { amount: row.worth, fee: 0n, currency: base }
}
