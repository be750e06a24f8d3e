import type { Day } from '../portfolio/day.ts'
import type { Price } from '../portfolio/decimal.ts'
import { changedPrices } from '../portfolio/own-price.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { ownPriceOrigins } from '../storage/deleted-transactions.ts'
import { rowIds } from '../storage/row-ids.ts'
import { deleteTransactions, insertTransactions } from '../storage/transactions.ts'
import type { Batch } from './accepted-dividends.ts'
import { auditAndTracking, type Editing, keyed, lastNumber } from './transaction-edits.ts'

/** All that its owner says of what shares of a symbol were worth; a day is named once. */
export type OwnPriceList = { symbol: string; currency: string; prices: { date: Day; price: Price }[] }

/**
 * Makes a symbol's own prices these and no others. A row that says the same stays; others are deleted, and each can be
 * restored by itself. The answer is how many rows came and went.
 */
export async function replaceOwnPrices(
  editing: Editing,
  { symbol, currency, prices }: OwnPriceList,
): Promise<Batch<number>> {
  const { db, portfolio, now, transactions } = editing
  const before = transactions.filter((row) => row.type === 'price' && row.symbol === symbol)
  const { gone, added: coming } = changedPrices(before, prices, currency)
  const nextId = rowIds(now)
  const added = coming.map(({ date, price }): Transaction => {
    const nothing = { shares: null, price: null, fee: 0n, ratio: null, note: '' }
    return { id: nextId(), type: 'price', symbol, date, amount: price, currency, ...nothing }
  })
  const value = gone.length + added.length
  if (value === 0) return { statements: [], value, after: [...transactions] }
  const last = lastNumber(transactions)
  const isGone = new Set(gone)
  const after = [
    ...transactions.filter((row) => !isGone.has(row)),
    ...added.map((row, i) => ({ ...row, version: 1, sequence: last + 1 + i })),
  ]
  const origins = gone.length > 0 ? await ownPriceOrigins(db, portfolio.id, symbol) : new Map()
  const deletions = gone.map((row) => ({
    action: 'delete' as const,
    subject: `transaction:${row.id}`,
    before: { ...row, ...origins.get(row.id) },
    after: null,
  }))
  const entries = added.map((row) => ({
    action: 'create' as const,
    subject: `transaction:${row.id}`,
    before: null,
    after: row,
  }))
  return {
    value,
    after,
    statements: [
      ...deleteTransactions(
        portfolio.id,
        gone.map(({ id }) => id),
      ),
      ...insertTransactions(portfolio.id, await keyed(editing, added), last, null, now),
      ...auditAndTracking(editing, after, ...deletions, ...entries),
    ],
  }
}
