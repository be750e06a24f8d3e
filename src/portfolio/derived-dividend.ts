import { transactionInBase } from './currency.ts'
import { type Decimal, ONE, rounded, times } from './decimal.ts'
import { type DividendProposal, nameOf, openDividends } from './dividend-proposal.ts'
import type { LedgerAt } from './ledger.ts'
import { remembered } from './remembered.ts'
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
    const row = derivedRow(due, rule.withholding)
    if (row.amount <= 0n || (rule.dismissed.size > 0 && rule.dismissed.has(nameOf(due)))) return []
    return [transactionInBase(row, ledger)]
  })
}

const derivedRow = remembered((due: DividendProposal, withholding: Decimal): Transaction => ({
  id: `derived:${nameOf(due)}`,
  type: 'dividend',
  symbol: due.symbol,
  date: due.exDay,
  shares: null,
  price: null,
  fee: 0n,
  amount: rounded(times(due.gross, ONE - withholding), 2),
  currency: due.isStated ? due.currency : null,
  ratio: null,
  note: '',
  derived: true,
}))
