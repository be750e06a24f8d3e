import type { TotalReturn } from '../portfolio/benchmark.ts'
import type { Day } from '../portfolio/day.ts'
import { type Calculation, type Measured, returnDays } from './calculation.ts'
import { type Metric, onDay } from './metric.ts'
import { change, monthOf, returnsBy } from './months.ts'

export const extremes = {
  measure(measured) {
    const { base, days, index, trading } = returnDays(measured)
    return { figures: bestAndWorst(days, index, trading, base, measured.level) }
  },
  metrics: {
    best_day: ofDays('best_day', 'Best day', 'highest'),
    worst_day: ofDays('worst_day', 'Worst day', 'lowest'),
    best_month: ofMonths('best_month', 'Best month', 'highest'),
    worst_month: ofMonths('worst_month', 'Worst month', 'lowest'),
  },
} satisfies Calculation<Measured, BestAndWorst>

type Which = 'highest' | 'lowest'

function ofDays(figure: 'best_day' | 'worst_day', name: string, which: Which): Metric<BestAndWorst> {
  return {
    name,
    unit: 'ratio',
    formula: 'index at the day’s end ÷ index at the end of the trading day before − 1',
    method:
      which === 'highest'
        ? 'The highest time-weighted return of a trading day.'
        : 'The lowest time-weighted return of a trading day.',
    inputs: (own) => [onDay('Day', own[figure]?.day)],
    missing: 'needs a value on two trading days in a row',
  }
}

function ofMonths(figure: 'best_month' | 'worst_month', name: string, which: Which): Metric<BestAndWorst> {
  return {
    name,
    unit: 'ratio',
    formula: 'index at the month’s end ÷ index at the end of the month before − 1',
    method:
      which === 'highest'
        ? 'The highest time-weighted return of a calendar month; the first and the last may be partial.'
        : 'The lowest time-weighted return of a calendar month; the first and the last may be partial.',
    inputs: (own) => [{ label: 'Month', value: own[figure]?.month ?? null, unit: 'month' }],
    missing: 'needs a value at the end of two months in a row',
  }
}

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
 * Returns the trading days and the calendar months with the highest and the lowest return: the TWR index at the end
 * of each ÷ the index at the end of the one before − 1. Deposits and withdrawals do not change it. Of equal returns,
 * the earlier one counts (finance.md, "Best and worst").
 *
 * Days, index and trading marks have one length, oldest first; `opening` is the index before the first day. A change
 * on a weekend (of a symbol that trades then) counts for Monday. The first and the last month may be parts of one.
 * When a value is missing, the day or month that ends there has no return, and neither has the one that begins there.
 * A figure is null when no day or month has a return.
 */
export function bestAndWorst(
  days: readonly Day[],
  index: readonly (number | null)[],
  trading: readonly boolean[],
  opening: number | null,
  level?: TotalReturn,
): BestAndWorst {
  const found: BestAndWorst = { best_day: null, worst_day: null, best_month: null, worst_month: null }
  let dayBefore = opening
  for (let i = 0; i < days.length; i++) {
    if (!trading[i]) continue
    const day = days[i]!
    const now = index[i] ?? null
    const ratio = change(dayBefore, now)
    if (ratio !== null) {
      if (!found.best_day || ratio > found.best_day.ratio) found.best_day = { day, ratio }
      if (!found.worst_day || ratio < found.worst_day.ratio) found.worst_day = { day, ratio }
    }
    dayBefore = now
  }
  for (const { name: month, ratio } of returnsBy(monthOf, days, index, opening, level)) {
    if (ratio === null) continue
    if (!found.best_month || ratio > found.best_month.ratio) found.best_month = { month, ratio }
    if (!found.worst_month || ratio < found.worst_month.ratio) found.worst_month = { month, ratio }
  }
  return found
}
