import { daysBetween } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { contentOf, rowOf } from './row-key.ts'

/**
 * Returns, for each row of a file, the trade of the ledger that it resembles: of the same type, symbol and shares, at most
 * three days from it and within a hundredth of its price. Null for the others. A trade that is equal to a row of the file,
 * or was when it was entered (its key), is that row's, and each of the rest is resembled by one row.
 */
export function similarRows(
  rows: readonly TransactionDraft[],
  ledger: readonly Transaction[],
  keys: ReadonlyMap<string, string>,
): (Transaction | null)[] {
  const equal = new Set(rows.map(rowOf))
  const left = ledger.filter(
    (each) =>
      each.shares !== null &&
      each.price !== null &&
      !equal.has(rowOf(each)) &&
      !equal.has(contentOf(keys.get(each.id) ?? '')),
  )
  const byTrade = Map.groupBy(left, tradeOf)
  return rows.map((row) => {
    if (row.shares === null || row.price === null) return null
    const same = byTrade.get(tradeOf(row)) ?? []
    const at = same.findIndex(
      (each) => Math.abs(daysBetween(each.date, row.date)) <= 3 && isNear(each.price!, row.price!),
    )
    return at < 0 ? null : same.splice(at, 1)[0]!
  })
}

function tradeOf({ type, symbol, shares }: TransactionDraft): string {
  return [type, symbol ?? '', text(shares)].join('|')
}

/** Within a hundredth of the larger. */
function isNear(a: bigint, b: bigint): boolean {
  const [less, more] = a < b ? [a, b] : [b, a]
  return (more - less) * 100n <= more
}
