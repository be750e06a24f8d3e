import type { Transaction } from '../portfolio/transaction.ts'

/** So many transactions may one portfolio have: more than any account of a person, and what an object can hold. */
const MOST_TRANSACTIONS = 100_000

/** So many tickers may they name: each has its prices fetched, by all accounts' calls together. */
export const MOST_SYMBOLS = 500

/**
 * Says in a sentence what would be too much of with these transactions in place of those before; null for nothing. A
 * portfolio that is beyond a limit already may still become smaller.
 */
export function tooMuch(before: readonly Transaction[], after: readonly Transaction[]): string | null {
  if (after.length > MOST_TRANSACTIONS && after.length > before.length)
    return `a portfolio has at most ${MOST_TRANSACTIONS.toLocaleString('en-US')} transactions, and this would make ${after.length.toLocaleString('en-US')}`
  const symbols = symbolsIn(after)
  if (symbols > MOST_SYMBOLS && symbols > symbolsIn(before))
    return `a portfolio has at most ${MOST_SYMBOLS} tickers, and this would make ${symbols.toLocaleString('en-US')}`
  return null
}

function symbolsIn(transactions: readonly Transaction[]): number {
  const symbols = new Set<string>()
  for (const { symbol, terms } of transactions) {
    if (symbol !== null) symbols.add(symbol)
    if (terms?.newSymbol) symbols.add(terms.newSymbol)
  }
  return symbols.size
}
