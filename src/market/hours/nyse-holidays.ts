import { addDays, weekday } from '../../portfolio/day.ts'
import type { Day } from '../../portfolio/day.ts'

/**
 * True when the New York Stock Exchange is closed on a weekday: its yearly holidays, and the days of mourning, storms
 * and attacks since 1994. Half days are no holidays.
 */
export function isHoliday(day: Day): boolean {
  const year = +day.slice(0, 4)
  let days = byYear.get(year)
  if (!days) {
    days = holidaysOf(year)
    byYear.set(year, days)
  }
  return days.has(day)
}

const byYear = new Map<number, Set<Day>>()

/** When a session closes, in minutes past midnight in New York: 16:00, or 13:00 before some holidays. */
export function closesAt(day: Day): number {
  return (closesEarly(day) ? 13 : 16) * 60
}

function closesEarly(day: Day): boolean {
  const date = day.slice(5)
  const week = weekday(day)
  if (date === '12-24') return week >= 1 && week <= 4
  if (date === '07-03') return week === 1 || week === 2 || week === 4 || (week === 3 && day >= '2013')
  return day === addDays(thanksgiving(+day.slice(0, 4)), 1)
}

function holidaysOf(year: number): Set<Day> {
  const newYear = `${year}-01-01`
  const days = [
    // a New Year's Day on a Saturday is not observed, because the Friday before is in the old year
    weekday(newYear) === 0 ? addDays(newYear, 1) : newYear,
    nth(3, 1, year, 2), // Washington's Birthday
    addDays(easter(year), -2), // Good Friday
    addDays(nth(1, 1, year, 6), -7), // Memorial Day: the last Monday of May
    observed(`${year}-07-04`),
    nth(1, 1, year, 9), // Labor Day
    thanksgiving(year),
    observed(`${year}-12-25`),
    ...closures.filter((day) => day.startsWith(`${year}-`)),
  ]
  if (year >= 1998) days.push(nth(3, 1, year, 1)) // Martin Luther King Jr. Day
  if (year >= 2022) days.push(observed(`${year}-06-19`)) // Juneteenth
  return new Set(days)
}

/** Days on which the exchange was closed for mourning, storms and attacks. */
const closures: Day[] = [
  '1994-04-27', // Nixon
  '2001-09-11',
  '2001-09-12',
  '2001-09-13',
  '2001-09-14',
  '2004-06-11', // Reagan
  '2007-01-02', // Ford
  '2012-10-29', // hurricane Sandy
  '2012-10-30',
  '2018-12-05', // G. H. W. Bush
  '2025-01-09', // Carter
]

/** A holiday on a Saturday is observed on Friday, one on a Sunday on Monday. */
function observed(day: Day): Day {
  const week = weekday(day)
  return week === 6 ? addDays(day, -1) : week === 0 ? addDays(day, 1) : day
}

function thanksgiving(year: number): Day {
  return nth(4, 4, year, 11)
}

/** Returns the nth such weekday of a month. */
function nth(n: number, week: number, year: number, month: number): Day {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  return addDays(first, ((week - weekday(first) + 7) % 7) + (n - 1) * 7)
}

/** Easter Sunday by the anonymous Gregorian computus; the letters are those of the published algorithm. */
function easter(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return `${year}-0${month}-${String(day).padStart(2, '0')}`
}
