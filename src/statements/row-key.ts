import { text } from '../portfolio/decimal.ts'
import type { Booking } from '../portfolio/entry.ts'

/**
 * A key for each row of one file, in its order: what the row says in plain spelling, and which one it is
 * among the equal rows of that file: `buy|TSLA|2012-01-03|14.245014|28.08|0|USD#1`. Equal rows in one file
 * stay two (#1, #2), and the same file read again has the same keys. The note does not count. A row without a
 * currency has none in its key.
 *
 * Buy and sell have shares|price; dividend, deposit, withdrawal and fee their amount; a split its ratio,
 * `5:1`.
 */
export function rowKeys(transactions: readonly Booking[]): string[] {
  const seen = new Map<string, number>()
  return transactions.map((transaction) => {
    const row = plainRow(transaction)
    const ordinal = (seen.get(row) ?? 0) + 1
    seen.set(row, ordinal)
    return `${row}#${ordinal}`
  })
}

function plainRow({ type, symbol, date, shares, price, amount, ratio, fee, currency }: Booking): string {
  const what =
    shares !== null && price !== null
      ? [text(shares), text(price)]
      : [ratio ? `${ratio.numerator}:${ratio.denominator}` : text(amount)]
  return [type, symbol ?? '', date, ...what, text(fee), currency ?? ''].join('|')
}
