import type { Day } from '../portfolio/day.ts'

/** A return of one day, or of one calendar month `2024-03`: 0.012 is 1.2 %. */
type DayReturn = { day: Day; ratio: number }
type MonthReturn = { month: string; ratio: number }

export type BestAndWorst = {
  best_day: DayReturn | null
  worst_day: DayReturn | null
  best_month: MonthReturn | null
  worst_month: MonthReturn | null
}

/**
 * The trading days and the calendar months with the highest and the lowest return: the TWR index at the end of
 * each over that at the end of the one before, less 1. Of equals the earlier. What was paid in or out moves none
 * of them.
 *
 * Days, index and the marks of trading days go together, oldest first; `opening` is the index before the first of
 * them. A weekend's change (of a symbol that trades then) is Monday's. The first and the last month may be parts
 * of one. Where a value is missing, the day or month that ends there has no return, nor has the one that begins
 * there; null when none has.
 *
 * finance.md, "Best and worst".
 */
export function bestAndWorst(
  days: readonly Day[],
  index: readonly (number | null)[],
  trading: readonly boolean[],
  opening: number | null,
): BestAndWorst {
  const found: BestAndWorst = { best_day: null, worst_day: null, best_month: null, worst_month: null }
  let dayBefore = opening
  let monthBefore = opening
  for (const [i, day] of days.entries()) {
    const now = index[i] ?? null
    if (trading[i]) {
      const ratio = change(dayBefore, now)
      if (ratio !== null) {
        if (!found.best_day || ratio > found.best_day.ratio) found.best_day = { day, ratio }
        if (!found.worst_day || ratio < found.worst_day.ratio) found.worst_day = { day, ratio }
      }
      dayBefore = now
    }
    const month = day.slice(0, 7)
    if (days[i + 1]?.startsWith(month)) continue
    const ratio = change(monthBefore, now)
    if (ratio !== null) {
      if (!found.best_month || ratio > found.best_month.ratio) found.best_month = { month, ratio }
      if (!found.worst_month || ratio < found.worst_month.ratio) found.worst_month = { month, ratio }
    }
    monthBefore = now
  }
  return found
}

/** After a total loss there is nothing to measure from. */
function change(before: number | null, now: number | null): number | null {
  return before === null || now === null || before === 0 ? null : now / before - 1
}
