import { type DividendProposal, dividendRow, nameOf } from '../portfolio/dividend-proposal.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { appendAudit } from '../storage/audit.ts'
import type { Statement } from '../storage/database.ts'
import { dividendsRecordedAt } from '../storage/deleted-transactions.ts'
import { rowIds } from '../storage/row-ids.ts'
import { deleteTransactions, insertTransactions, type Recorded } from '../storage/transactions.ts'
import { auditAndTracking, type Editing, keyed, lastNumber } from './transaction-edits.ts'

/** How many dividends were recorded together, and the instant that names them. */
export type Accepted = { count: number; at: number }

/** Edits of several rows that are stored together or not at all. */
export type Batch<T> = { statements: Statement[]; value: T; after: Recorded[] }

/** Records the dividends that the market's data proposes; of `wanted` only those named (`QQQ@2012-03-16`). */
export async function acceptDividends(
  editing: Editing,
  proposals: readonly DividendProposal[],
  wanted: ReadonlySet<string> | 'all',
): Promise<Batch<Accepted>> {
  const { db, portfolio, now, transactions } = editing
  const accepted = proposals.filter((proposal) => wanted === 'all' || wanted.has(nameOf(proposal)))
  const nextId = rowIds(now)
  const added = accepted.map((due): Transaction => {
    const { currency } = due
    const isListing = currency === portfolio.baseCurrency && !due.isStated
    return {
      ...dividendRow(due),
      id: nextId(),
      note: 'from market data, on its ex-date',
      ...(isListing && { currency: null, listingCurrency: currency }),
    }
  })
  const entries = added.map((after) => ({
    action: 'create' as const,
    subject: `transaction:${after.id}`,
    before: null,
    after,
  }))
  // the instant is the batch's name, and two batches may fall into one millisecond
  let at = now
  while (added.length > 0 && (await dividendsRecordedAt(db, portfolio.id, at)).size > 0) at++
  const last = lastNumber(transactions)
  return {
    value: { count: added.length, at },
    after: [...transactions, ...added.map((row, i) => ({ ...row, version: 1, sequence: last + 1 + i }))],
    statements: [
      ...insertTransactions(portfolio.id, await keyed(editing, added), last, null, at),
      ...appendAudit(db, portfolio.id, editing.actor, entries, now),
    ],
  }
}

/**
 * Deletes the dividends that were recorded together at that instant, except those edited since. Each can still be
 * restored by itself.
 */
export async function undoAcceptance(editing: Editing, at: number): Promise<Batch<number>> {
  const { db, portfolio, transactions } = editing
  const origins = await dividendsRecordedAt(db, portfolio.id, at)
  const deleted = transactions.filter(({ id }) => origins.has(id))
  const after = transactions.filter(({ id }) => !origins.has(id))
  const entries = deleted.map((row) => ({
    action: 'delete' as const,
    subject: `transaction:${row.id}`,
    before: { ...row, ...origins.get(row.id) },
    after: null,
  }))
  if (deleted.length === 0) return { value: 0, after, statements: [] }
  return {
    value: deleted.length,
    after,
    statements: [
      ...deleteTransactions(portfolio.id, [...origins.keys()]),
      ...auditAndTracking(editing, after, ...entries),
    ],
  }
}
