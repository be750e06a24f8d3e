import { type Chart, range } from '../metrics/chart.ts'
import { type Range, rangeStarts } from '../metrics/range.ts'
import { type Day, dayAt, isDay } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import type { Label } from './words/words.ts'

export const ranges: Record<Range, Label> = {
  '1m': '1M',
  '3m': '3M',
  ytd: 'YTD',
  '12m': '12M',
  '5y': '5Y',
  all: 'All',
}

/** The days that a chart shows: a named range, counted back from its last day, or given days. */
export type ChartRange = { named: Range } | { from: Day | null; to: Day | null }

export const wholeHistory: ChartRange = { named: 'all' }

type RangeParams = { range: string | undefined; from: string | undefined; to: string | undefined }

/** Reads the range of an address: null when it has none, and a sentence when the range is not valid. */
export function readRange({ range: name, from, to }: RangeParams): ChartRange | string | null {
  if (from || to) {
    for (const text of [from, to]) {
      if (text && !isDay(text)) return `“${text.slice(0, 40)}” is not a date such as 2024-03-01.`
    }
    if (from && to && from >= to) return `The start date (${from}) must be before the end date (${to}).`
    return { from: from || null, to: to || null }
  }
  if (name === undefined) return null
  return isNamed(name) ? { named: name } : `range must be one of ${Object.keys(ranges).join(', ')}.`
}

/** Two days that were asked for and cannot be shown, as they were typed, and the reason. */
export type RangeFault = { reason: string; from: string; to: string }

/** Says why given days have no point of a chart in them, whose first and last day these are; null when they have. */
export function nothingIn(of: ChartRange, first: Day | null, last: Day | null): string | null {
  if ('named' in of || first === null || last === null) return null
  if (of.from !== null && of.from > last)
    return `The start date (${of.from}) is after the last day of the chart (${last}).`
  if (of.to !== null && of.to < first)
    return `The end date (${of.to}) is before the first day of the chart (${first}).`
  return null
}

/** The query of an address or a cookie for a range. */
export function queryOf(of: ChartRange): string {
  return 'named' in of ? `range=${of.named}` : `from=${of.from ?? ''}&to=${of.to ?? ''}`
}

/** Reads the range that a cookie has stored; null when it has none. */
export function storedRange(query: string | undefined): ChartRange | null {
  const params = new URLSearchParams(query)
  const [name, from, to] = ['range', 'from', 'to'].map((key) => params.get(key) ?? undefined)
  const found = readRange({ range: name, from, to })
  return typeof found === 'string' ? null : found
}

export function inRange(whole: Chart, of: ChartRange): Chart {
  if (!('named' in of)) return range(whole, of.from, of.to)
  const last = whole.days.at(-1) ?? dayAt(Date.now(), TIME_ZONE)
  return range(whole, rangeStarts[of.named](last), null)
}

/** Returns the first and the last day of a range that ends on a day; null where it is open. */
export function daysOf(of: ChartRange, last: Day): { from: Day | null; to: Day | null } {
  return 'named' in of ? { from: rangeStarts[of.named](last), to: null } : of
}

export function isNamed(text: string): text is Range {
  return Object.hasOwn(ranges, text)
}
