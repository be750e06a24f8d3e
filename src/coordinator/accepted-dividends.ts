import { type DividendProposal, nameOf } from '../portfolio/dividend-proposal.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { appendAudit } from '../storage/audit.ts'
import type { Statement } from '../storage/database.ts'
import { insertTransactions, type Recorded } from '../storage/transactions.ts'
import { type Editing, keyed, lastNumber } from './transaction-edits.ts'

/** Records the dividends that the market's data proposes; of `wanted` only those named (`QQQ@2012-03-16`). */
export async function acceptDividends(
  editing: Editing,
  proposals: readonly DividendProposal[],
  wanted: ReadonlySet<string> | 'all',
): Promise<{ statements: Statement[]; value: number; after: Recorded[] }> {
  const { db, portfolio, now, transactions } = editing
  const accepted = proposals.filter((proposal) => wanted === 'all' || wanted.has(nameOf(proposal)))
  const added = accepted.map(({ symbol, exDay, amount, currency, isStated }): Transaction => ({
    id: crypto.randomUUID(),
    type: 'dividend',
    symbol,
    date: exDay,
    shares: null,
    price: null,
    fee: 0n,
    amount,
    currency: currency === portfolio.baseCurrency && !isStated ? null : currency,
    ratio: null,
    note: 'from market data, on its ex-date',
    ...(currency === portfolio.baseCurrency && !isStated && { listingCurrency: currency }),
  }))
  const deeds = added.map((after) => ({
    action: 'create' as const,
    subject: `transaction:${after.id}`,
    before: null,
    after,
  }))
  const last = lastNumber(transactions)
  return {
    value: added.length,
    after: [...transactions, ...added.map((row, i) => ({ ...row, version: 1, sequence: last + 1 + i }))],
    statements: [
      ...insertTransactions(portfolio.id, await keyed(editing, added), last, null, now),
      ...appendAudit(db, portfolio.id, editing.actor, deeds, now),
    ],
  }
}
