import type { Market } from './ledger.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns the currency of a row's amounts: its own, else the one that its symbol traded in when the row was entered, else
 * the one that it trades in now (`listing`). Undefined when none is known, which means the base currency (finance.md,
 * "Transactions").
 */
export function currencyOf(
  { currency, listingCurrency }: Pick<Transaction, 'currency' | 'listingCurrency'>,
  listing: string | undefined,
): string | undefined {
  return currency ?? listingCurrency ?? listing
}

/** True for a row whose amounts are in the currency of its listing, whichever that is. */
export function followsListing({ type, symbol, currency }: Omit<Transaction, 'id'>): boolean {
  return symbol !== null && currency === null && type !== 'split'
}

/** The currency of the listing of one row, which the row keeps from now on. */
export type Listed = { transaction: string; currency: string }

/** Returns the rows that were entered before it was known in what their symbol trades, and for which it is known now. */
export function newlyListed(
  transactions: readonly Transaction[],
  markets: ReadonlyMap<string, Pick<Market, 'instrument'>>,
): Listed[] {
  const found: Listed[] = []
  for (let i = 0; i < transactions.length; i++) {
    const row = transactions[i]!
    if (row.listingCurrency !== undefined || !followsListing(row)) continue
    const currency = markets.get(row.symbol!)?.instrument?.currency
    if (currency !== undefined) found.push({ transaction: row.id, currency })
  }
  return found
}
