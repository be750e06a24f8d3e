import { text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import { storedTerms } from '../portfolio/terms.ts'
import type { Transaction } from '../portfolio/transaction.ts'

/**
 * Returns a key for each row, in their order: the content of the row in plain spelling, and its number among equal
 * rows: `buy|TSLA|2012-01-03|14.245014|28.08|0|USD#1`. Equal rows in one file stay two (#1, #2), and the same file
 * read again has the same keys. Keys in `taken` are skipped.
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
 * Returns, for each row of a file, whether the ledger has it already. A row of the ledger matches what it says now
 * and, when it was edited, what it said when it was entered (its key), so that neither our own export nor the
 * broker's file adds it again. Of equal rows, as many match as the ledger has; any more are new.
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
  if (there.size === 0) return rows.map(() => false)
  return rows.map((transaction) => {
    const row = rowOf(transaction)
    const left = there.get(row) ?? 0
    there.set(row, left - 1)
    return left > 0
  })
}

/**
 * Returns a key without its number. The note does not count, nor do the share units of a trade. A row without a
 * currency has none in its key.
 *
 * A buy or sell has shares|price in its key; a dividend, deposit, withdrawal or fee its amount; a split its ratio,
 * `5:1`. What only some kinds have comes last.
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
  terms,
}: TransactionDraft): string {
  const what =
    shares !== null
      ? [text(shares), ...(price === null ? [] : [text(price)])]
      : [ratio ? `${ratio.numerator}:${ratio.denominator}` : text(amount)]
  const cash = type === 'exchange' ? [text(amount)] : []
  const more = [...cash, ...(terms ? [JSON.stringify(storedTerms(terms))] : [])]
  return [type, symbol ?? '', date, ...what, text(fee), currency ?? '', ...more].join('|')
}
