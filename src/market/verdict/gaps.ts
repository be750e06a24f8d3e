import type { Day } from '../../portfolio/day.ts'
import type { Bar } from '../../portfolio/instrument.ts'
import { type Hours, isSession, nextSession } from '../hours/trading-hours.ts'

/**
 * The stored bars of one symbol, oldest first, and the sessions for which the source has confirmed that it has no
 * bar.
 */
export type BarsToCheck = {
  symbol: string
  exchange: string
  hours: Hours
  bars: readonly Bar[]
  missingAtSource: readonly Day[]
}

/** A holiday never lasts this many sessions in a row. */
const NO_HOLIDAY = 3

/**
 * Returns, by symbol, the day of the last bar before its first gap; symbols without a gap are absent. Where the
 * holidays are not known, a session without a bar counts as a gap when most other symbols of the exchange have a bar,
 * or when the neighboring sessions are missing too.
 */
export function gaps(stored: readonly BarsToCheck[]): Map<string, Day> {
  const held = new Map(stored.map(({ symbol, bars }) => [symbol, new Set(bars.map(({ day }) => day))]))
  const found = new Map<string, Day>()
  for (const one of stored) {
    const others = stored.filter((other) => other !== one && other.exchange === one.exchange)
    const traded = (day: Day) => {
      const then = others.filter(({ bars }) => bars[0]! && bars[0].day <= day && bars.at(-1)!.day >= day)
      return then.filter(({ symbol }) => held.get(symbol)!.has(day)).length > then.length / 2
    }
    const missing = runs(one)
      .filter((days) => knowsHolidays(one.hours) || days.length >= NO_HOLIDAY || days.some(traded))
      .flat()
    const gap = missing.find((day) => !one.missingAtSource.includes(day))
    if (gap) found.set(one.symbol, one.bars.findLast(({ day }) => day < gap)!.day)
  }
  return found
}

/**
 * Returns the sessions without a bar, from the first bar (or from the day `since`) to the last bar. Empty when there
 * are no bars.
 */
export function missingSessions(bars: readonly Bar[], hours: Hours, since?: Day): Day[] {
  const first = since ?? bars[0]?.day
  const last = bars.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const there = new Set(bars.map(({ day }) => day))
  const missing: Day[] = []
  for (let day = isSession(first, hours) ? first : nextSession(first, hours); day < last;) {
    if (!there.has(day)) missing.push(day)
    day = nextSession(day, hours)
  }
  return missing
}

/** Groups missing sessions that follow each other. */
function runs({ bars, hours }: BarsToCheck): Day[][] {
  const found: Day[][] = []
  let before: Day | null = null
  for (const day of missingSessions(bars, hours)) {
    if (before !== null && nextSession(before, hours) === day) found.at(-1)!.push(day)
    else found.push([day])
    before = day
  }
  return found
}

/** Currencies rest on some holidays too, and other exchanges have their own. */
function knowsHolidays(hours: Hours): boolean {
  return hours === 'nyse' || hours === 'always'
}
