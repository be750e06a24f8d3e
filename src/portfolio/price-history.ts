import { dayNumber } from './day.ts'
import { fromNumber, type Price } from './decimal.ts'
import type { Bar } from './instrument.ts'

/** Closes by day, oldest first, in two columns of one length. Days count from 1970-01-01. */
export type PriceHistory = {
  days: number[]
  closes: Price[]
}

export const noPrices: PriceHistory = { days: [], closes: [] }

/** A close is carried forward however old; one that is older than so many days is stale (finance.md, "Prices"). */
export const STALE_DAYS = 7

/** Makes a history of bars that are oldest first; each close is converted to a decimal once. */
export function priceHistory(bars: readonly Bar[]): PriceHistory {
  return { days: bars.map((bar) => dayNumber(bar.day)), closes: bars.map((bar) => fromNumber(bar.close)) }
}

/**
 * Returns the index of the last close on or before a day, −1 when there is none. A caller that walks forward passes
 * the last answer as `hint`, so that only the days in between are read.
 */
export function lastIndexUpTo(history: PriceHistory, day: number, hint = -1): number {
  const { days } = history
  if (hint >= 0) {
    let i = hint
    while (i + 1 < days.length && days[i + 1]! <= day) i++
    return i
  }
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}
