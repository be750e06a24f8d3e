import type { Day } from './day.ts'
import { divide, ONE, type Price, type Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import { trading } from './kind.ts'
import { sharesAfter } from './position.ts'
import { bonusShares, knownToSource, recordedFactor, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/** What a trade paid for a share, in today's units and in the currency of the ledger's money, and its day. */
export type PaidPrice = { price: Price; day: Day }

/**
 * Returns what the latest trade of a symbol paid on or before a day: the price of what nobody quotes (finance.md,
 * "Prices"). Takes transactions in order; null before the first trade whose amount is known.
 */
export function paidPriceOn(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  day: Day,
): PaidPrice | null {
  let paid: PaidPrice | null = null
  let held = 0n
  for (const transaction of transactions) {
    if (transaction.date > day) break
    if (transaction.symbol !== symbol) continue
    paid = paidAfter(paid, transaction, splits, held)
    if (trading.has(transaction.type)) held = sharesAfter(held, transaction, splits)
  }
  return paid
}

/**
 * The same for who walks forward, and knows the shares before. A split that only the ledger knows, and shares that cost
 * nothing, change the units of the price before it.
 */
export function paidAfter(
  before: PaidPrice | null,
  transaction: Transaction,
  splits: readonly Split[],
  held: Shares,
): PaidPrice | null {
  const { type, date, price, unconverted } = transaction
  if (type === 'buy' || type === 'sell' || type === 'reinvested') {
    // what was given says nothing of its price
    if (unconverted !== undefined || (price === 0n && before !== null)) return before
    const { numerator, denominator } = unitsToday(transaction, splits)
    return { price: divide(price! * denominator, numerator), day: date }
  }
  // of shares that came with their cost that was paid, and nothing else is known
  const cost = transaction.internal ? transaction.worth : transaction.terms?.cost
  if (type === 'transfer_in' && cost && unconverted === undefined) {
    const { numerator, denominator } = unitsToday(transaction, splits)
    return { price: divide(cost * ONE * denominator, transaction.shares! * numerator), day: date }
  }
  if (type === 'stock_dividend' && before !== null && held > 0n) {
    const after = held + bonusShares(transaction, held, splits)
    return { ...before, price: divide(before.price * held, after) }
  }
  if (type !== 'split' || before === null || knownToSource(transaction, splits)) return before
  const { numerator, denominator } = recordedFactor(transaction)
  return { ...before, price: divide(before.price * denominator, numerator) }
}
