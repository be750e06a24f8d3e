import { DAY, MINUTE } from './time.ts'

/** A calendar day `YYYY-MM-DD` on the exchange's own clock. Days compare as text. */
export type Day = string

const ZERO = 48

/** True for a day that exists: 2024-02-29 does, 2023-02-29 does not. Years before 100 are slips of the pen. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0100') return false
  const year = Number(text.slice(0, 4))
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * Days since 1970-01-01. Years are counted from March, so that a leap day is the last day of its year and the months
 * before it have 153 days in five; `Date.UTC` would take four times as long.
 */
export function dayNumber(day: Day): number {
  const month = twoDigits(day, 5)
  const year = 100 * twoDigits(day, 0) + twoDigits(day, 2) - (month < 3 ? 1 : 0)
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  const sinceMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoDigits(day, 8) - 1
  return 365 * year + leapDays + sinceMarch - MARCH_OF_YEAR_0
}

/** The days from the first of March of the year 0 to 1970-01-01. */
const MARCH_OF_YEAR_0 = 719_468

/** Reads digit by digit: taking substrings would cost more than all the rest. */
function twoDigits(day: Day, at: number): number {
  return 10 * (day.charCodeAt(at) - ZERO) + day.charCodeAt(at + 1) - ZERO
}

/**
 * The day of a day number. The days of up to 2079 are written once: each series of a portfolio has thousands, and they are
 * then the same texts in all of them.
 */
export function dayOf(number: number): Day {
  return number >= 0 && number < days.length ? (days[number] ??= written(number)) : written(number)
}

const days = Array<Day | undefined>(40_000).fill(undefined)

/** `toISOString` would take five times as long. */
function written(number: number): Day {
  const date = new Date(number * DAY)
  return `${padded(date.getUTCFullYear(), 4)}-${padded(date.getUTCMonth() + 1, 2)}-${padded(date.getUTCDate(), 2)}`
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}

/** The day that is `days` calendar days later; earlier when `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days)
}

/** The same day of another year; February 29 becomes the 28th where there is none. */
export function addYears(day: Day, years: number): Day {
  const there = `${padded(Number(day.slice(0, 4)) + years, 4)}${day.slice(4)}`
  return !day.endsWith('-02-29') || isDay(there) ? there : `${there.slice(0, 8)}28`
}

/** Calendar days from one to the other; negative when `to` is the earlier one. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** The day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7
}

/** The latest day anywhere on earth at an instant: that of UTC+14. Nobody's trade is later than this. */
export function latestDay(instant: number): Day {
  return dayAt(instant, 'Pacific/Kiritimati')
}

/** The earliest day anywhere on earth at an instant: that of UTC−12. No clock has yet to reach it. */
export function earliestDay(instant: number): Day {
  return dayAt(instant, 'Etc/GMT+12')
}

/** The calendar day that a clock in this IANA time zone shows at an instant (milliseconds since 1970). */
export function dayAt(instant: number, timeZone: string): Day {
  const minute = Math.floor(instant / MINUTE)
  const clock = clocks.get(timeZone) ?? clockOf(timeZone)
  const known = clock.days.get(minute)
  if (known !== undefined) return known
  const day = clock.format.format(instant)
  // until 1972 there were clocks that differed by seconds, so a day may begin within a minute
  if (minute >= WHOLE_MINUTES) {
    if (clock.days.size === MOST_KNOWN) clock.days.clear()
    clock.days.set(minute, day)
  }
  return day
}

const WHOLE_MINUTES = Date.UTC(1973, 0, 1) / MINUTE
/** The sessions of forty years. */
const MOST_KNOWN = 10_000

/**
 * What each clock has shown: every page asks for today, the rows of a statement for the same day, and the bars of an
 * exchange open at the same minutes, whosever they are.
 */
const clocks = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, Day> }>()

function clockOf(timeZone: string) {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const clock = { format: new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }), days: new Map() }
  clocks.set(timeZone, clock)
  return clock
}
