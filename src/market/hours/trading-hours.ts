import { addDays, dayAt, dayNumber, weekday } from '../../portfolio/day.ts'
import type { Day } from '../../portfolio/day.ts'
import type { Trading } from '../../portfolio/symbol-state.ts'
import { DAY, HOUR, MINUTE, TIME_ZONE } from '../../portfolio/time.ts'
import { closesAt, isHoliday } from './nyse-holidays.ts'

/** When something trades: in an exchange's sessions, always, or from Sunday to Friday 17:00 New York time. */
export type Hours = Sessions | 'always' | 'weekdays'

/** New York's sessions with its holidays and half days, or those of another exchange in its own time zone. */
export type Sessions = 'nyse' | ExchangeHours

/** The regular session of every trading day, in minutes past midnight. Holidays of these exchanges are not known. */
type ExchangeHours = { timeZone: string; opens: number; closes: number }

/** The state of a market at one instant. Instants are milliseconds since 1970. */
export type MarketState = {
  phase: 'pre' | 'open' | 'post' | 'closed'
  /** When this phase began; null when it never ends. */
  since: number | null
  /** When this phase ends; null when it never does. */
  until: number | null
  /** When the session that is open closes; null when none is open or when it never closes. */
  closes: number | null
  /** The next opening after now; null when it never closes. */
  nextOpen: number | null
  /** The last close that has passed; null when it never closes. */
  lastClose: number | null
}

export type Session = { opens: number; closes: number }

/**
 * How long after a close the last price is not yet the closing price: auctions take minutes, and some exchanges are
 * shown a quarter of an hour late. In milliseconds.
 */
export const SETTLING = 30 * MINUTE

/** The state of a market at an instant in milliseconds. */
export function marketState(hours: Hours, now: number): MarketState {
  if (hours === 'always') {
    return { phase: 'open', since: null, until: null, closes: null, nextOpen: null, lastClose: null }
  }
  if (latest.now !== now) latest = { now, states: new Map() }
  const key = typeof hours === 'string' ? hours : `${hours.timeZone} ${hours.opens} ${hours.closes}`
  let state = latest.states.get(key)
  if (!state) {
    state = hours === 'weekdays' ? weekdaysState(now) : sessionsState(hours, now)
    latest.states.set(key, state)
  }
  return state
}

/** A page needs the states of one instant for all holdings. */
let latest = { now: 0, states: new Map<string, MarketState>() }

/**
 * Returns the hours in which an instrument trades: New York's by our own calendar, another exchange's by the trading
 * period that the source sends with a chart. Futures trade like currencies except for an hour a day. An unknown
 * exchange counts as New York's. One whose period is not known yet counts as open from 08:00 to 18:00, which costs a
 * call too many but hides no price that moved.
 */
export function hoursOf({ kind, timeZone, session: own }: Trading): Hours {
  if (kind === 'crypto') return 'always'
  if (kind === 'currency' || kind === 'future') return 'weekdays'
  if (timeZone === null || timeZone === TIME_ZONE) return 'nyse'
  return { timeZone, opens: own?.opens ?? 8 * 60, closes: own?.closes ?? 18 * 60 }
}

/**
 * Returns the last day whose bar is final, in the instrument's time zone, and since when (milliseconds): half an hour
 * after its session, or after midnight for instruments without sessions.
 */
export function lastFinalBar(trading: Trading, now: number): { day: Day; since: number } {
  const hours = hoursOf(trading)
  const timeZone = trading.timeZone ?? TIME_ZONE
  for (let day = dayAt(now, timeZone); ; day = addDays(day, -1)) {
    if (!isSession(day, hours)) continue
    const ends =
      hours === 'always' || hours === 'weekdays'
        ? instantAt(addDays(day, 1), 0, timeZone)
        : session(day, hours)!.closes
    if (ends + SETTLING <= now) return { day, since: ends + SETTLING }
  }
}

/** True when there is trading on that day, even if only until 13:00 in New York. */
export function isSession(day: Day, hours: Hours = 'nyse'): boolean {
  if (hours === 'always') return true
  const week = weekday(day)
  if (typeof hours === 'object' && fromSunday.has(hours.timeZone)) return week <= 4
  return week !== 0 && week !== 6 && (hours !== 'nyse' || !isHoliday(day))
}

/**
 * Returns the opening and the close of that day's session as instants in milliseconds; null when the exchange is
 * closed.
 */
export function session(day: Day, hours: Sessions = 'nyse'): Session | null {
  const key = hours === 'nyse' ? day : `${day} ${hours.timeZone} ${hours.opens} ${hours.closes}`
  let found = sessions.get(key)
  if (found === undefined) {
    const own = hours === 'nyse' ? { timeZone: TIME_ZONE, opens: 9.5 * 60, closes: closesAt(day) } : hours
    found = isSession(day, hours) ? usual(day, own) : null
    sessions.set(key, found)
  }
  return found
}

/** Returns the session that these hours would have on that day, whether or not it is a trading day. */
export function usual(day: Day, { timeZone, opens, closes }: ExchangeHours): Session {
  return { opens: instantAt(day, opens, timeZone), closes: instantAt(day, closes, timeZone) }
}

/** Returns the last session strictly before that day. */
export function previousSession(day: Day, hours: Hours = 'nyse'): Day {
  let previous = addDays(day, -1)
  while (!isSession(previous, hours)) previous = addDays(previous, -1)
  return previous
}

/** Returns the first session strictly after that day. */
export function nextSession(day: Day, hours: Hours = 'nyse'): Day {
  let next = addDays(day, 1)
  while (!isSession(next, hours)) next = addDays(next, 1)
  return next
}

/**
 * Returns the instant, in milliseconds, at which clocks in that time zone show that day and so many minutes past
 * midnight.
 */
export function instantAt(day: Day, minutes: number, timeZone: string): number {
  const wall = dayNumber(day) * DAY + minutes * MINUTE
  const guess = wall - offsetAt(wall, timeZone)
  return wall - offsetAt(guess, timeZone)
}

function sessionsState(hours: Sessions, now: number): MarketState {
  const day = dayAt(now, hours === 'nyse' ? TIME_ZONE : hours.timeZone)
  const today = session(day, hours)
  const last = today && now >= today.closes ? today : session(previousSession(day, hours), hours)!
  const nextOpen = today && now < today.opens ? today.opens : session(nextSession(day, hours), hours)!.opens
  const lastClose = last.closes
  const quiet = lastClose + afterHours(hours)
  if (today && now >= today.opens && now < today.closes) {
    const { opens, closes } = today
    return { phase: 'open', since: opens, until: closes, closes, nextOpen, lastClose }
  }
  const wakes = hours === 'nyse' ? instantAt(dayAt(nextOpen, TIME_ZONE), 4 * 60, TIME_ZONE) : nextOpen
  if (now >= wakes) return { phase: 'pre', since: wakes, until: nextOpen, closes: null, nextOpen, lastClose }
  if (now < quiet) return { phase: 'post', since: lastClose, until: quiet, closes: null, nextOpen, lastClose }
  return { phase: 'closed', since: quiet, until: wakes, closes: null, nextOpen, lastClose }
}

/**
 * Trading after hours lasts until 20:00 in New York, and until 17:00 after an early close. Elsewhere the close has to
 * settle.
 */
function afterHours(hours: Sessions): number {
  return hours === 'nyse' ? 4 * HOUR : SETTLING
}

// currencies rest on weekends only; the quiet days of Christmas and New Year do not justify a table
function weekdaysState(now: number): MarketState {
  const day = dayAt(now, TIME_ZONE)
  const sunday = addDays(day, -weekday(day))
  const at17 = (daysAfterSunday: number) => instantAt(addDays(sunday, daysAfterSunday), 17 * 60, TIME_ZONE)
  if (now < at17(0)) {
    return closedFrom(at17(-2), at17(0))
  }
  if (now < at17(5)) {
    const closes = at17(5)
    return { phase: 'open', since: at17(0), until: closes, closes, nextOpen: at17(7), lastClose: at17(-2) }
  }
  return closedFrom(at17(5), at17(7))
}

function closedFrom(since: number, until: number): MarketState {
  return { phase: 'closed', since, until, closes: null, nextOpen: until, lastClose: since }
}

/** The time zones of exchanges whose week runs from Sunday to Thursday. */
const fromSunday = new Set(['Asia/Riyadh', 'Asia/Qatar', 'Asia/Kuwait', 'Africa/Cairo'])

const sessions = new Map<string, Session | null>()

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Returns how far clocks in that time zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  let clock = clocks.get(timeZone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    clocks.set(timeZone, clock)
  }
  // '3/9/2026, GMT-04:00', and plain 'GMT' at zero
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(clock.format(instant))!
  const minutes = +(match[2] ?? 0) * 60 + +(match[3] ?? 0)
  return (match[1] === '-' ? -minutes : minutes) * MINUTE
}
