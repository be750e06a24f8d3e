import type { Day } from './day.ts'
import type { TransactionDraft } from './entry.ts'
import { kinds } from './kind.ts'
import { isMove, sourcesOf } from './oversale.ts'
import { firstDayOf } from './terms.ts'

/**
 * Returns what finds the purchases whose lots a symbol has of a day, in the order of the rows: those of symbols whose shares
 * became its own too. The second of them is what `2024-01-02#2` names (terms.ts).
 */
export function purchasesIn<Row extends TransactionDraft>(
  rows: readonly Row[],
): (symbol: string, day: Day) => Row[] {
  const moves = rows.filter(isMove)
  const byDay = Map.groupBy(
    rows.filter(({ type }) => kinds[type].shares === 'in'),
    firstDayOf,
  )
  return (symbol, day) => {
    const from = sourcesOf(moves, symbol)
    return (byDay.get(day) ?? []).filter((row) => from.has(row.symbol!))
  }
}
