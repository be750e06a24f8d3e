import { dayAt, type Day } from '../portfolio/day.ts'
import type { Instrument } from '../portfolio/instrument.ts'
import {
  hoursOf,
  instantAt,
  isSession,
  previousSession,
  session,
  usual,
  type Session,
} from '../market/hours/trading-hours.ts'

/**
 * Returns the session of a listing on a day: its exchange's or, as Yahoo has it for currencies, the whole day in its
 * own time zone.
 */
export function hours(instrument: Instrument, day: Day): Session {
  const { timeZone } = instrument
  const kept = hoursOf(instrument)
  if (kept === 'always' || kept === 'weekdays') {
    return { opens: instantAt(day, 0, timeZone), closes: instantAt(day, 24 * 60 - 1, timeZone) }
  }
  const plain = kept === 'nyse' ? { timeZone, opens: 9.5 * 60, closes: 16 * 60 } : kept
  return session(day, kept) ?? usual(day, plain)
}

export function opens(instrument: Instrument, day: Day): number {
  return hours(instrument, day).opens
}

/** Returns today's session or, on a day without one, the last one. */
export function currentPeriod(instrument: Instrument, now: number): Session {
  const today = dayAt(now, instrument.timeZone)
  const kept = hoursOf(instrument)
  const trades = kept === 'weekdays' || isSession(today, kept)
  return hours(instrument, trades ? today : previousSession(today, kept))
}

/** Returns how many seconds the clock is ahead of UTC. */
export function gmtOffset(now: number, timeZone: string): number {
  const day = dayAt(now, timeZone)
  return (Date.parse(day) - instantAt(day, 0, timeZone)) / 1000
}

export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
