import { transactionInBase } from './currency.ts'
import { ONE, rounded, times } from './decimal.ts'
import { nameOf, openDividends } from './dividend-proposal.ts'
import type { LedgerAt } from './ledger.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns the dividends that count by themselves: each that the source lists up to the ledger's today for shares held
 * the day before its ex-date, as cash on the ex-date, less what is withheld, at that day's rate. None where the
 * portfolio counts recorded dividends only; and no longer one for which a recorded dividend stands, or that the owner
 * has dismissed (finance.md, "Dividends"). Like an inferred deposit they are made anew with each reading.
 */
export function derivedDividends(ledger: LedgerAt<'in share units'>): Transaction[] {
  const rule = ledger.dividendRule
  if (rule?.counting !== 'automatic') return []
  return openDividends(ledger, ledger.today).flatMap((due): Transaction[] => {
    const name = nameOf(due)
    const amount = rounded(times(due.gross, ONE - rule.withholding), 2)
    if (amount <= 0n || rule.dismissed.has(name)) return []
    const row: Transaction = {
      id: `derived:${name}`,
      type: 'dividend',
      symbol: due.symbol,
      date: due.exDay,
      shares: null,
      price: null,
      fee: 0n,
      amount,
      currency: due.isStated ? due.currency : null,
      ratio: null,
      note: '',
      derived: true,
    }
    return [transactionInBase(row, ledger)]
  })
}
