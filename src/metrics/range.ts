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
