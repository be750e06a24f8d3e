import type { Day } from './day.ts'
import type { Bar, Split } from './instrument.ts'

/** What became of the stored bars, oldest first, and the days whose close was told otherwise than it was stored. */
type Continued = { bars: Bar[]; corrected: Day[] }

/** Closes that differ by less say the same: the source rounds them now this way, now that. */
const ROUNDING = 1e-6

/**
 * Stored bars continued and corrected by those that the source gives now. A close within rounding stays as it is
 * stored. A day that the source does not give takes nothing away: its answers have holes. `news` are splits that have
 * happened since the bars were stored; what is not given anew is brought to their share units.
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
  // ten decimals, as every close is stored
  return Number(value.toFixed(10))
}

function isRounding(a: number, b: number): boolean {
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b))
}
