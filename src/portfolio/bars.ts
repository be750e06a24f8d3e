import type { Day } from './day.ts'
import type { Bar, Split } from './instrument.ts'

/**
 * Result of merging new bars into the stored ones: all bars, oldest first, and the days whose close was corrected.
 */
type Continued = { bars: Bar[]; corrected: Day[] }

/** Closes that differ by less than this part are equal: the source does not always round them the same way. */
const ROUNDING = 1e-6

/**
 * Merges the bars that the source gives now into the stored ones. A close that differs by rounding only stays as it
 * is stored. A day that the source leaves out keeps its stored close, because the source's answers have holes. `news`
 * are the splits since the bars were stored: stored closes that are not given again are converted to the new share
 * units.
 */
export function mergeBars(
  stored: readonly Bar[],
  given: readonly Bar[],
  news: readonly Split[] = [],
): Continued {
  const closes = new Map(stored.map(({ day, close }) => [day, inNewUnits(day, close, news)]))
  const corrected: Day[] = []
  for (const { day, close } of given) {
    const before = closes.get(day)
    if (before !== undefined && isRounding(before, close)) continue
    if (before !== undefined) corrected.push(day)
    closes.set(day, close)
  }
  const bars = [...closes].map(([day, close]) => ({ day, close }))
  return { bars: bars.toSorted((a, b) => (a.day < b.day ? -1 : 1)), corrected }
}

function inNewUnits(day: Day, close: number, news: readonly Split[]): number {
  const later = news.filter((split) => split.day > day)
  if (later.length === 0) return close
  const value = later.reduce((left, { numerator, denominator }) => (left * denominator) / numerator, close)
  // every close is stored with ten decimals
  return Number(value.toFixed(10))
}

function isRounding(a: number, b: number): boolean {
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b))
}
