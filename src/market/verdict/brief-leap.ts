import type { Day } from '../../portfolio/day.ts'
import type { Bar, Split } from '../../portfolio/instrument.ts'

/** A close that is more than this many times the one before it, or less than one such part of it, has leapt. */
const LEAP = 1.8
/** The next close has come back when it is within a quarter of the one before the leap. */
const BACK = 1.25

/**
 * True when a close leaps away from the one before it and the next close has come back, with no split on either day:
 * this is a mistake of the source (finance.md, "Doubtful prices"). False for the last bar, whose next close is not
 * known yet.
 */
export function isBriefLeap(before: Bar, bar: Bar, next: Bar | undefined, splits: readonly Split[]): boolean {
  if (!next || isWithin(before.close, bar.close, LEAP) || !isWithin(before.close, next.close, BACK))
    return false
  return !splits.some(({ day }) => day > before.day && day <= next.day)
}

/** Finds the first brief leap in these bars (oldest first), and returns the day of the bar before it. */
export function dayBeforeLeap(bars: readonly Bar[], splits: readonly Split[]): Day | null {
  const before = bars.find(
    (bar, i) => i + 1 < bars.length && isBriefLeap(bar, bars[i + 1]!, bars[i + 2], splits),
  )
  return before?.day ?? null
}

function isWithin(a: number, b: number, factor: number): boolean {
  return a <= b * factor && b <= a * factor
}
