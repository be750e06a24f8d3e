import type { Day } from './day.ts'
import type { Split } from './instrument.ts'
import { remembered } from './remembered.ts'
import type { Transaction } from './transaction.ts'

/** The transactions of one symbol, or of none, in the ledger's order. */
export type OwnRows = readonly Transaction[]

/**
 * Returns the transactions of each symbol, in the order in which a ledger first names them. A symbol whose rows are those
 * of an earlier ledger has the same list as there, so that what was calculated from it can be remembered by it.
 */
export function rowsBySymbol(transactions: readonly Transaction[]): Map<string, OwnRows> {
  return grouped(transactions).bySymbol
}

/** Returns the transactions that name no symbol, in the ledger's order. */
export function rowsWithoutSymbol(transactions: readonly Transaction[]): OwnRows {
  return grouped(transactions).others
}

const grouped = remembered((transactions: readonly Transaction[]) => {
  const found = new Map<string, Transaction[]>()
  const others: Transaction[] = []
  for (let i = 0; i < transactions.length; i++) {
    const transaction = transactions[i]!
    const { symbol } = transaction
    if (symbol === null) {
      others.push(transaction)
      continue
    }
    const own = found.get(symbol)
    if (own) own.push(transaction)
    else found.set(symbol, [transaction])
  }
  const bySymbol = new Map<string, OwnRows>()
  const isPast = pasts.has(transactions)
  for (const [symbol, own] of found) bySymbol.set(symbol, asBefore(own, isPast))
  return { bySymbol, others }
})

/** The last list that begins with a row: of recorded rows alone, and of a ledger that has derived ones too. */
const recorded = new WeakMap<Transaction, OwnRows>()
const complete = new WeakMap<Transaction, OwnRows>()

function asBefore(own: OwnRows, isPast: boolean): OwnRows {
  const lists = own.some(({ derived }) => derived) ? complete : recorded
  const before = lists.get(own[0]!)
  if (before?.length === own.length && before.every((row, i) => row === own[i])) return before
  // a look at a past day does not make the next recompute start anew
  if (!isPast) lists.set(own[0]!, own)
  return own
}

const pasts = new WeakSet<readonly Transaction[]>()

/** Says that the lists of some rows take the place of none: they are of a ledger that is looked at once. */
export function setAside(transactions: readonly Transaction[]): void {
  pasts.add(transactions)
}

/** Returns the rows of a ledger up to a day. Their lists take the place of none that a calculation remembers. */
export function rowsUpTo(transactions: Transaction[], day: Day): Transaction[] {
  const until = transactions.filter(({ date }) => date <= day)
  if (until.length === transactions.length) return transactions
  setAside(until)
  return until
}

/** Returns the symbols of some transactions, each once, in the order of these. */
export function symbolsAmong(
  transactions: readonly Transaction[],
  isMeant: (transaction: Transaction) => boolean,
): string[] {
  const found = new Set<string>()
  for (const transaction of transactions)
    if (transaction.symbol !== null && isMeant(transaction)) found.add(transaction.symbol)
  return [...found]
}

/** The same of a ledger's transactions, whose rows by symbol are known. */
export function symbolsOf(
  transactions: readonly Transaction[],
  isMeant: (transaction: Transaction) => boolean,
): string[] {
  const found: string[] = []
  for (const [symbol, own] of rowsBySymbol(transactions)) {
    const first = own.findIndex(isMeant)
    // where others come before the first that is meant, the order may be another
    if (first > 0) return symbolsAmong(transactions, isMeant)
    if (first === 0) found.push(symbol)
  }
  return found
}

/** True when all of some transactions, which are in order, had happened at the end of a day. */
export function areUpTo(transactions: readonly Transaction[], day: Day): boolean {
  const last = transactions.at(-1)
  return last === undefined || last.date <= day
}

/** The list of every symbol without splits, so that it is the same list at each reading. */
export const noSplits: readonly Split[] = []

/** Returns a symbol's splits, as a list that is the same while they are. */
export function splitsOf(market: { splits: readonly Split[] } | undefined): readonly Split[] {
  return market && market.splits.length > 0 ? market.splits : noSplits
}
