import { type CashDay, cashDays } from './cash.ts'
import type { Day } from './day.ts'
import { foreignCash, type Revaluation } from './foreign-cash.ts'
import type { Ledger } from './ledger.ts'
import { areUpTo } from './own-rows.ts'
import { remembered } from './remembered.ts'
import { inOneOrder, type Transaction } from './transaction.ts'

/**
 * Returns the running cash of a ledger up to a day, in its currency (finance.md, "Cash and deposits"); where a portfolio
 * of a group keeps its cash in another currency, with what exchange rates did to it (finance.md, "Groups").
 */
export function cashBook(ledger: Ledger, to: Day): readonly CashDay[] {
  const foreign = foreignCash(ledger)
  const transactions = foreign ? withDeposits(ledger.transactions, foreign.deposits) : ledger.transactions
  const revaluations = foreign?.revaluations ?? ledger.revaluations
  if (areUpTo(transactions, to) && (revaluations?.at(-1)?.day ?? '') <= to)
    return wholeBook(transactions, revaluations)
  return cashDays(
    transactions.filter(({ date }) => date <= to),
    revaluations?.filter(({ day }) => day <= to),
  )
}

const wholeBook = remembered((transactions: readonly Transaction[], revaluations?: readonly Revaluation[]) =>
  cashDays(transactions, revaluations),
)

const withDeposits = remembered((transactions: readonly Transaction[], deposits: readonly Transaction[]) =>
  deposits.length === 0 ? transactions : inOneOrder([deposits, transactions]),
)
