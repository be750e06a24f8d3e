import { text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { Transaction } from '../portfolio/transaction.ts'

/**
 * A key for each row, in their order: what the row says in plain spelling, and which one it is among its equals:
 * `buy|TSLA|2012-01-03|14.245014|28.08|0|USD#1`. Equal rows in one file stay two (#1, #2), and the same file read
 * again has the same keys. Keys that are `taken` are passed over.
 */
export function rowKeys(
  transactions: readonly TransactionDraft[],
  taken: ReadonlySet<string> = new Set(),
): string[] {
  const seen = new Map<string, number>()
  return transactions.map((transaction) => {
    const row = rowOf(transaction)
    let ordinal = (seen.get(row) ?? 0) + 1
    while (taken.has(`${row}#${ordinal}`)) ordinal++
    seen.set(row, ordinal)
    return `${row}#${ordinal}`
  })
}

/**
 * For each row of a file, whether the ledger has it already. A row of the ledger answers for what it says now and,
 * when it was edited, for what it said when it was entered (its key): neither our own export nor the broker's file
 * adds it again. Of equal rows so many are there as the ledger has; more of them are new.
 */
export function knownRows(
  rows: readonly TransactionDraft[],
  ledger: readonly Transaction[],
  keys: ReadonlyMap<string, string>,
): boolean[] {
  const there = new Map<string, number>()
  for (const transaction of ledger) {
    const entered = keys.get(transaction.id)?.replace(/#\d+$/, '')
    for (const row of new Set([rowOf(transaction), entered]))
      if (row !== undefined) there.set(row, (there.get(row) ?? 0) + 1)
  }
  return rows.map((transaction) => {
    const row = rowOf(transaction)
    const left = there.get(row) ?? 0
    there.set(row, left - 1)
    return left > 0
  })
}

/**
 * A key without its ordinal. The note does not count, nor in which share units a trade turned out to be. A row
 * without a currency has none in its key.
 *
 * Buy and sell have shares|price; dividend, deposit, withdrawal and fee their amount; a split its ratio,
 * `5:1`.
 */
export function rowOf({
  type,
  symbol,
  date,
  shares,
  price,
  amount,
  ratio,
  fee,
  currency,
}: TransactionDraft): string {
  const what =
    shares !== null && price !== null
      ? [text(shares), text(price)]
      : [ratio ? `${ratio.numerator}:${ratio.denominator}` : text(amount)]
  return [type, symbol ?? '', date, ...what, text(fee), currency ?? ''].join('|')
}
