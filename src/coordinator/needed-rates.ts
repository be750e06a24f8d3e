import { currencyPairs } from '../portfolio/currency.ts'
import { type Portfolio, symbolsOf } from '../storage/portfolios.ts'
import { trackSymbols, untracked } from '../storage/tracked.ts'
import type { Home } from './home.ts'
import type { LedgerCache, PreparedRead } from './ledger-cache.ts'

/**
 * Has the exchange rates tracked that a ledger needs, and says whether some of them were not: a new history may say that
 * its symbol trades in another currency, whose rates are then needed too. `shown` is what a group consisted of when it was
 * last published.
 */
export async function trackRates(
  { db, id }: Home,
  ledgers: LedgerCache,
  portfolio: Portfolio,
  { ledger, transactions, members, currencies }: PreparedRead,
  shown: string | undefined,
): Promise<boolean> {
  // what a group needs is what its members need, and nobody else writes it down
  const isNewGroup = members !== undefined && members !== shown
  const pairs = currencyPairs(ledger)
  if (!isNewGroup && (pairs.length === 0 || (await untracked(db, id, pairs)).length === 0)) return false
  const asked = await ledgers.asked(portfolio)
  await ledgers.write(trackSymbols(portfolio, symbolsOf(asked, transactions, currencies)), {})
  return true
}
