import { plainLetters } from './plain-letters.ts'
import { type Day, dayOf, dayNumber, isDay } from '../portfolio/day.ts'

/** Which part of `03/04/2024` is the day; of years with two digits, `24-03-04` may begin with the year. */
export type DayOrder = 'dmy' | 'mdy' | 'ymd'

export const dayOrders: readonly DayOrder[] = ['dmy', 'mdy', 'ymd']

/**
 * Reads a day as any program writes it, once the order of its parts is known: `2024-03-25`, `20240325;202000`,
 * `25.03.2024 10:15`, `2024年3月25日`, `3/25/24`, `15-Jan-2024`, `Jan 15, 2024`, `15. März 2024`, `2024-02-01T15:00:00.123Z`, a
 * spreadsheet's number (45306), seconds or milliseconds since 1970 (in UTC), and of `03/04/2024 as of 03/01/2024` the second. Dots mean that the day comes first.
 * Two digits of a year are 2000–2069 and 1970–1999. Null for what is no day in that order.
 */
export function dayIn(cell: string, order: DayOrder): Day | null {
  return inOrder(partsOf(cell), order)
}

/** The day that a cell is in each order, null where it is none; `differ` when it is not the same in all of them. */
export function daysOf(cell: string): { days: Readonly<Record<DayOrder, Day | null>>; differ: boolean } {
  const parts = partsOf(cell)
  if (parts === null || typeof parts === 'string')
    return { days: { dmy: parts, mdy: parts, ymd: parts }, differ: false }
  const days = { dmy: inOrder(parts, 'dmy'), mdy: inOrder(parts, 'mdy'), ymd: inOrder(parts, 'ymd') }
  return { days, differ: days.dmy !== days.mdy || days.dmy !== days.ymd }
}

function inOrder(parts: Parts | Day | null, order: DayOrder): Day | null {
  if (parts === null || typeof parts === 'string') return parts
  const [a, b, c] = parts.numbers
  if (parts.dotted || order === 'dmy') return calendarDay(c, b, a)
  if (order === 'mdy') return calendarDay(c, a, b)
  return parts.allShort ? calendarDay(a, b, c) : null
}

/** True for a number by which a spreadsheet may mean a day of our time (1982 to 2064), or a program an instant (1998 to 2065). */
export function isSerialDay(cell: string): boolean {
  return /^(?:[34]\d|5\d)\d{3}(?:\.\d+)?$/.test(cell) || INSTANT.test(cell)
}

/** Seconds or milliseconds since 1970. */
const INSTANT = /^(?:9\d|[12]\d\d)\d{7}(?:\d{3}|\.\d+)?$/

type Parts = { numbers: [string, string, string]; dotted: boolean; allShort: boolean }

/** No day is longer, with its time and zone in words: `Mon Jan 15 2024 15:30:00 GMT+0100 (Central European Standard Time)`. */
const LONGEST = 80

function partsOf(cell: string): Day | Parts | null {
  if (cell.length > LONGEST || !/\d/.test(cell)) return null
  // most files write days as we do
  if (isDay(cell)) return cell
  const asOf = cell.toLowerCase().indexOf('as of ')
  const text = (asOf < 0 ? cell : cell.slice(asOf + 6)).replace(/年 ?|月 ?/g, '-').replace('日', '')
  const packed = /^(\d{4})(\d{2})(\d{2})(?:$|[;T ,.[]|\d{6})/.exec(text)
  if (packed) return calendarDay(packed[1]!, packed[2]!, packed[3]!)
  if (/^[2-6]\d{4}(?:\.\d+)?$/.test(text)) return ofSpreadsheet(Math.floor(Number(text)))
  if (INSTANT.test(text))
    return dayOf(Math.floor(Number(text) / (/^\d{12,}/.test(text) ? 86_400_000 : 86_400)))
  const numeric = /^(\d{1,4})([./\- ])\s?(\d{1,2})([./\- ])\s?(\d{1,4})(?:$|\.$|[T ,;:])/.exec(text)
  if (numeric) {
    const [, a = '', first, b = '', second, c = ''] = numeric
    if (first !== second) return null
    if (a.length === 4) return c.length <= 2 ? calendarDay(a, b, c) : null
    if (a.length > 2 || c.length === 3 || c.length === 1) return null
    return { numbers: [a, b, c], dotted: first === '.', allShort: c.length === 2 && first === '-' }
  }
  return named(text)
}

/** `15 Jan 2024`, `Jan 15, 2024`, `2024-Jan-15`, `Mon, 15. März 2024 10:15`, `15 de enero de 2024`. */
function named(text: string): Day | null {
  const words = (
    plainLetters(text)
      .toLowerCase()
      .match(/\d+|\p{L}+/gu) ?? []
  )
    .slice(0, 8)
    .filter((word) => !beside.has(word))
  const at = words.findIndex((word) => monthOf(word) !== null)
  if (at < 0 || at > 1) return null
  const month = String(monthOf(words[at]!)!)
  const [first, second] = at === 0 ? [words[1], words[2]] : [words[0], words[2]]
  if (!first || !second || !/^\d+$/.test(first) || !/^\d+$/.test(second)) return null
  if (first.length === 4) return second.length <= 2 ? calendarDay(first, month, second) : null
  if (first.length > 2 || (second.length !== 2 && second.length !== 4)) return null
  return calendarDay(second, month, first)
}

const beside = new Set(
  'de del of the th st nd rd den le mon monday tue tuesday tues wed wednesday thu thursday thur fri friday sat saturday sun sunday mo di mi do fr sa so'.split(
    ' ',
  ),
)

/** 1–12 by the first letters of the month's name, in most languages of Europe. */
function monthOf(word: string): number | null {
  if (word.length < 3) return null
  for (const [i, starts] of months.entries()) if (starts.test(word)) return i + 1
  return null
}

const months = [
  /^(?:jan|gen(?:n|$)|ene|sty|ian|jaa|tam|oca|led|sij|янв|ιαν|січ)/,
  /^(?:feb|fev|lut|uno(?:r|$)|hel|vee|velj|sub|фев|φεβ|лют)/,
  // marraskuu is November
  /^(?:mar(?!ras)|mrz|maer|mrt|maa|bre|ozu|мар|μαρ|бер)/,
  /^(?:apr|avr|abr|kwi|dub|trav|huh|nis|апр|απρ|кві)/,
  /^(?:may(?:$|i)|mai(?:$|[jo])|mei$|maj$|mag(?:g|$)|mayo|kve|svi|tou|ма[ия]$|μαι|тра)/,
  /^(?:jun|juin|juun|giu|cze|iun|lip(?:nj|anj)|cerv(?:en(?!ec|c)|n|$)|kes|haz|июн|ιουν|чер)/,
  /^(?:jul|juil|juul|lug|lip(?!nj|anj)|srp(?:nj|anj)|iul|cerven(?:ec|c)|hei|tem|июл|ιουλ|лип)/,
  /^(?:aug|aout|ago|agu|aou|sie|srp(?!nj|anj)|kol|avg|elo|авг|αυγ|сер)/,
  /^(?:sep|set(?:[tei]|$)|wrz|zar|ruj|szep|syy|eyl|сен|σεπ|вер)/,
  /^(?:oct|okt|ott|out(?:u|$)|paz|rij|lok|eki|окт|οκτ|жов)/,
  // and listopada, which is October in Croatia, and is not to be told from Poland's
  /^(?:nov|lis|stu|noi|noe|marras|kas|ноя|νοε)/,
  /^(?:dec|dez|dic|des(?:$|e)|det|gru|pro(?:s|$)|jou|ara|дек|δεκ|гру)/,
]

function calendarDay(year: string, month: string, day: string): Day | null {
  const full = year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : null
}

/** Spreadsheets count days from 1899-12-30, since one of them took 1900 for a leap year. */
function ofSpreadsheet(serial: number): Day {
  return dayOf(dayNumber('1899-12-30') + serial)
}
