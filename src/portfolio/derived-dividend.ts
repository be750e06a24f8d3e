import { transactionInBase } from './currency.ts'
import { type Decimal, ONE, rounded, times } from './decimal.ts'
import { type DividendProposal, dividendRow, nameOf, oldestFirst, openBySymbol } from './dividend-proposal.ts'
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
  const { withholding, dismissed } = rule
  const counted = openBySymbol(ledger, ledger.today).map((due) => {
    const rows = rowsOf(due, withholding)
    return rows.filter(
      ({ amount }, i) => amount > 0n && !(dismissed.size > 0 && dismissed.has(nameOf(due[i]!))),
    )
  })
  return oldestFirst(counted, ({ date }) => date).map((row) => transactionInBase(row, ledger))
}

/** A row for each dividend of one symbol. */
const rowsOf = remembered((due: readonly DividendProposal[], withholding: Decimal): Transaction[] =>
  due.map((each) => derivedRow(each, withholding)),
)

function derivedRow(due: DividendProposal, withholding: Decimal): Transaction {
  const { gross, amount, currency, isStated } = due
  return {
    ...dividendRow(due),
    id: `derived:${nameOf(due)}`,
    amount: withholding === 0n ? amount : rounded(times(gross, ONE - withholding), 2),
    currency: isStated ? currency : null,
    derived: true,
  }
}
