import type { Day } from '../../portfolio/day.ts'
import type { Bar } from '../../portfolio/instrument.ts'
import { type Hours, isSession, nextSession } from '../hours/trading-hours.ts'

/** One symbol's stored bars, oldest first, and the sessions of which the source has said to have no bar either. */
export type BarsToCheck = {
  symbol: string
  exchange: string
  hours: Hours
  bars: readonly Bar[]
  missingAtSource: readonly Day[]
}

/** So many sessions in a row without a bar are no holiday. */
const NO_HOLIDAY = 3

/**
 * By symbol, the day of the last bar before the first gap in what is stored; a symbol without a gap is not in it. Where
 * the holidays are not known, a session without a bar is a gap when most others of the exchange have one, or when
 * those beside it are missing as well.
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
 * The sessions without a bar, from the first bar (or from a day on, `since`) to the last one; none where there are no
 * bars.
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

/** The missing sessions, those together that follow each other. */
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

/** Currencies rest on some holidays as well; other exchanges keep their own. */
function knowsHolidays(hours: Hours): boolean {
  return hours === 'nyse' || hours === 'always'
}
