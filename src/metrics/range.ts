import { addDays, type Day } from '../portfolio/day.ts'

export type Range = '1m' | '3m' | 'ytd' | '12m' | '5y' | 'all'

/**
 * For each range of a chart, the day at whose close it begins, counted back from its last day; null is the first day.
 */
export const rangeStarts: Record<Range, (last: Day) => Day | null> = {
  '1m': (last) => addDays(last, -31),
  '3m': (last) => addDays(last, -92),
  ytd: (last) => addDays(`${last.slice(0, 4)}-01-01`, -1),
  '12m': (last) => addDays(last, -365),
  '5y': (last) => addDays(last, -1826),
  all: () => null,
}

/** The ranges over which risk is measured, the longest first: a quarter has too few days. */
export const longRanges = ['all', '5y', '3y', '12m', 'ytd'] as const
export type LongRange = (typeof longRanges)[number]

/** For each, the day at whose close it begins, as above. */
export function startOf(range: LongRange, last: Day): Day | null {
  return range === '3y' ? addDays(last, -1096) : rangeStarts[range](last)
}
