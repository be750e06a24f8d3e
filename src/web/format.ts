import { DAY } from '../portfolio/time.ts'
import { moment, numbers, written } from './intl-text.ts'
import type { Reader } from './reader.ts'
import { translated } from './words/words.ts'

/** The sign for a figure without an answer, which is never 0. */
export const none = '—'

/** `$1,234.50`. Money too small for the currency's decimals keeps its significant digits. */
export function money(amount: string | null, currency: string, reader?: Reader): string {
  return inCurrency(amount, currency, 'negative', reader)
}

/** Money with an explicit sign: `+$812.40`, `−$3.10`. */
export function signedMoney(amount: string | null, currency: string): string {
  return inCurrency(amount, currency, 'exceptZero')
}

/** `$`, for the head of a column; a code that is no currency is written as it is. */
export function currencySymbol(currency: string): string {
  const style = { ...currencyStyle(currency), currencyDisplay: 'narrowSymbol' } as const
  const parts = numbers(style).format.formatToParts(0)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency
}

/** `$120K`, for an axis. */
export function compactMoney(amount: number, currency: string): string {
  const { style } = moneyStyle(currency, 'negative')
  return written(String(amount), { ...style, ...compact })
}

/** Writes the price of a share; below 1 with four significant digits. */
export function price(amount: string | null, currency: string, reader?: Reader): string {
  if (amount === null) return none
  const { style } = moneyStyle(currency, 'negative')
  return written(
    amount,
    isBelowOne(amount) ? { ...style, minimumFractionDigits: 2, ...fourDigits(amount) } : style,
    reader,
  )
}

/** What one share was paid, four decimals in every row of a column; below that its four digits: `$0.6870`. */
export function perShare(amount: string, currency: string, reader?: Reader): string {
  const { style } = moneyStyle(currency, 'negative')
  const smallest = Number(amount) > 0 && Number(amount) < 0.001 ? fourDigits(amount) : fourFixed
  return written(amount, { ...style, ...smallest }, reader)
}

/** `1,204.5678`: four decimals; below 1, down to the fourth significant digit. */
export function shares(count: string | null, reader?: Reader): string {
  if (count === null) return none
  return written(count, isBelowOne(count) ? fourDigits(count) : fourDecimals, reader)
}

/** Writes every digit, to explain a rounded figure. */
export function exact(count: string, reader?: Reader): string {
  return written(count, allDecimals, reader)
}

/** `25.40%` from 0.254. */
export function percent(ratio: number | null | undefined, reader?: Reader): string {
  return asPercent(ratio, 'negative', reader)
}

/** `1.41`, `−0.20`: a figure without a unit, such as beta. */
export function coefficient(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none
  return written(String(value), plainDecimals)
}

/** `46%`: a share of some hundred rows is no more exact than that. */
export function wholePercent(ratio: number): string {
  return written(String(ratio), wholeStyle)
}

/** `+63%`, and `+735%` where two decimals would not fit; below 100 % as precise as ever. */
export function shortPercent(ratio: number | null): string {
  if (ratio === null || Math.abs(ratio) < 1) return signedPercent(ratio)
  return written(String(ratio), { ...wholeStyle, signDisplay: 'exceptZero' })
}

/** `+0.81%`, `−1.20%`. */
export function signedPercent(ratio: number | null | undefined, reader?: Reader): string {
  return asPercent(ratio, 'exceptZero', reader)
}

/** `13.3`, with one decimal. */
export function tenths(value: number): string {
  return written(value.toFixed(1), oneFixed)
}

/** The difference of two percentages in percentage points: `+4.1`. */
export function points(difference: number | null, reader?: Reader): string {
  if (difference === null || !Number.isFinite(difference)) return none
  return written(String(difference * 100), oneDecimal, reader)
}

/**
 * Translates a reason, and writes its days, such as `2026-11-20`, as the page writes others. What is quoted stays, and
 * an example of what to type.
 */
export function worded(reason: string): string {
  return translated(reason).replaceAll(/“[^”]*”|„[^“]*“|(?:such as|wie) \S+|\b\d{4}-\d\d-\d\d\b/g, (each) =>
    /^\d/.test(each) && !Number.isNaN(Date.parse(each)) ? day(each) : each,
  )
}

/** Makes a sentence of a reason, in the reader’s language. */
export function sentence(reason: string): string {
  const text = worded(reason)
  const ended = /[.!?…]$/.test(text) ? text : `${text}.`
  return ended.charAt(0).toUpperCase() + ended.slice(1)
}

/** Makes a sentence that follows the name of a symbol, with which the source's reason often begins. */
export function sentenceOn(symbol: string, text: string): string {
  return sentence(text.startsWith(`${symbol}: `) ? text.slice(symbol.length + 2) : text)
}

export type Tone = 'gain' | 'loss' | 'even'

/** The tone of money (text) or of a ratio (number). A ratio that is written as 0.00% is even. */
export function tone(value: string | number | null | undefined, smallest = 0.00005): Tone {
  const number = Number(value ?? 0)
  if (typeof value === 'number' && Math.abs(number) < smallest) return 'even'
  return number > 0 ? 'gain' : number < 0 ? 'loss' : 'even'
}

/** The tone of a difference that `points` writes with one decimal. */
export function pointsTone(difference: number | null): Tone {
  return tone(difference, 0.0005)
}

export const arrows: Record<Tone, string> = { gain: '▲', loss: '▼', even: '' }

/** `Nov 20, 2026` of a calendar day. */
export function day(date: string, reader?: Reader): string {
  return moment(Date.parse(date), mediumDay, { ...reader, timeZone: 'UTC' })
}

/** `Nov 20` of the year it is at `now`, `12/30/25` of another. */
export function shortDay(date: string, now: number): string {
  const isThisYear = date.slice(0, 4) === new Date(now).toISOString().slice(0, 4)
  return moment(Date.parse(date), isThisYear ? monthAndDay : shortDate, { timeZone: 'UTC' })
}

/** `Nov 2026` of a month such as `2026-11`. */
export function monthOf(month: string, reader?: Reader): string {
  return moment(Date.parse(`${month}-01`), monthAndYear, { ...reader, timeZone: 'UTC' })
}

/** `Nov`. */
export function shortMonth(month: string): string {
  return moment(Date.parse(`${month}-01`), monthAlone, { timeZone: 'UTC' })
}

/** `14:05`. */
export function time(instant: number, reader?: Reader): string {
  return moment(instant, hourAndMinute, reader)
}

/**
 * An instant as short as `now` allows: `14:05` on the same day, `Mon 09:30` within a week, `Oct 30, 16:00`
 * within a year, `Oct 30, 2025` beyond.
 */
export function when(instant: number, now: number, reader?: Reader): string {
  const date = (at: number) => moment(at, shortDate, reader)
  if (date(instant) === date(now)) return time(instant, reader)
  if (Math.abs(instant - now) < 6 * DAY) {
    return `${moment(instant, shortWeekday, reader)} ${time(instant, reader)}`
  }
  if (Math.abs(instant - now) > 300 * DAY) return moment(instant, mediumDay, reader)
  return `${moment(instant, monthAndDay, reader)}, ${time(instant, reader)}`
}

/** `Friday, November 20, 2026, 14:05:09 EST`. */
export function fullTime(instant: number): string {
  return `${moment(instant, fullDate)}, ${moment(instant, longTime)}`
}

// One object for each, because a format is looked up by its options object.
const twoDecimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const
const plainDecimals = { ...twoDecimals, signDisplay: 'negative' } as const
const fourDecimals = { maximumFractionDigits: 4 } as const
const fourFixed = { minimumFractionDigits: 4, maximumFractionDigits: 4 } as const
const compact = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 } as const
const allDecimals = { maximumFractionDigits: 20 } as const
const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const
const oneFixed = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false } as const
const shortDate = { dateStyle: 'short' } as const
const mediumDay = { dateStyle: 'medium' } as const
const fullDate = { dateStyle: 'full' } as const
const monthAndDay = { month: 'short', day: 'numeric' } as const
const monthAndYear = { month: 'short', year: 'numeric' } as const
const monthAlone = { month: 'short' } as const
const shortWeekday = { weekday: 'short' } as const
const hourAndMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const longTime = { timeStyle: 'long', hourCycle: 'h23' } as const

function isBelowOne(amount: string): boolean {
  return Math.abs(Number(amount)) < 1
}

function fourDigits(amount: string): { maximumFractionDigits: number } {
  const firstDigit = Math.floor(-Math.log10(Math.abs(Number(amount)) || 1)) + 1
  return upToDecimals[Math.min(firstDigit + 3, 20)]!
}

const upToDecimals = Array.from({ length: 21 }, (_, decimals) => ({ maximumFractionDigits: decimals }))

type SignDisplay = 'negative' | 'exceptZero'

function inCurrency(
  amount: string | null,
  currency: string,
  signDisplay: SignDisplay,
  reader?: Reader,
): string {
  if (amount === null) return none
  const { style, smallest } = moneyStyle(currency, signDisplay)
  const size = Math.abs(Number(amount))
  if (size > 0 && size < smallest / 2)
    return written(amount, { ...style, maximumSignificantDigits: 3 }, reader)
  return written(amount, style, reader)
}

type MoneyStyle = { style: Intl.NumberFormatOptions; smallest: number }
const moneyStyles = new Map<string, MoneyStyle>()

/** Cached, because asking a format for its decimals costs more than writing a number with it. */
function moneyStyle(currency: string, signDisplay: SignDisplay): MoneyStyle {
  const key = currency + signDisplay
  let known = moneyStyles.get(key)
  if (!known) {
    const style = { ...currencyStyle(currency), signDisplay }
    // the number of decimals of a currency is the same in every locale
    const decimals = numbers(style).format.resolvedOptions().maximumFractionDigits ?? 2
    // a power of ten is another number in some engines
    known = { style, smallest: Number(`1e-${decimals}`) }
    moneyStyles.set(key, known)
  }
  return known
}

function currencyStyle(currency: string): Intl.NumberFormatOptions {
  return /^[A-Z]{3}$/.test(currency) ? { style: 'currency', currency } : twoDecimals
}

function asPercent(ratio: number | null | undefined, signDisplay: SignDisplay, reader?: Reader): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return none
  return written(String(ratio), percentStyles[signDisplay], reader)
}

const wholeStyle = { style: 'percent', maximumFractionDigits: 0 } as const
const percentStyles: Record<SignDisplay, Intl.NumberFormatOptions> = {
  negative: { style: 'percent', ...twoDecimals, signDisplay: 'negative' },
  exceptZero: { style: 'percent', ...twoDecimals, signDisplay: 'exceptZero' },
}
