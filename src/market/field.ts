import { minorUnit } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { type Decimal, divide, fromNumber, text } from '../portfolio/decimal.ts'

/** A value from a source's JSON, about which nothing is certain. */
export type Unsure = Record<string, unknown>

/** Returns an object whose fields may be read; a value that is no object becomes an empty one. */
export function record(value: unknown): Unsure {
  return typeof value === 'object' && value !== null ? (value as Unsure) : {}
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Returns the first text that is not blank, trimmed; null when there is none. */
export function words(...candidates: unknown[]): string | null {
  for (const candidate of candidates) {
    const found = typeof candidate === 'string' ? plain(candidate) : ''
    if (found !== '') return found
  }
  return null
}

/** The longest name of a fund has 120 characters. */
const LONGEST = 200
const LINE_ENDS = /[\p{Cc}\u2028\u2029]+/gu
/** Also the marks that turn the direction of all that follows. */
const UNSEEN = /\p{Cf}+/gu

/** A text as a page can show it in a line. What is longer by far than any name is cut before it is looked through. */
function plain(text: string): string {
  return text
    .slice(0, 2 * LONGEST)
    .toWellFormed()
    .replace(LINE_ENDS, ' ')
    .replace(UNSEEN, '')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed()
    .trim()
}

/** Converts a currency quoted in pence and the like to its major unit. Null when it is no currency. */
export function currencyOf(currency: unknown): { code: string; divisor: number } | null {
  if (typeof currency !== 'string' || !/^[A-Za-z]{3}$/.test(currency)) return null
  const minor = minorUnit(currency)
  return minor ? { code: minor.major, divisor: minor.divisor } : { code: currency.toUpperCase(), divisor: 1 }
}

export function inOrder<T extends { day: Day }>(dated: T[]): T[] {
  return dated.toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

export function priceText(value: unknown, divisor: number): string | null {
  if (!isPrice(value)) return null
  const price = inMajorUnit(value, divisor)
  return price === 0n ? null : text(price)
}

/** Rounds to ten decimals. */
export function rounded(value: number, divisor: number): number {
  return Number(text(inMajorUnit(value, divisor)))
}

/**
 * Divides as a decimal, because a double's quotient would end in noise (1234567.8910000001 for 123456789.1 pence).
 */
export function inMajorUnit(value: number, divisor: number): Decimal {
  return divide(fromNumber(value), BigInt(divisor))
}

/** Above a quadrillion a number is no price in any currency, and does not fit our decimals. */
export function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1e15
}

/** Converts seconds, or the Date that a source's library has already made of them, to milliseconds. */
export function instant(value: unknown): number | null {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : Number.NaN
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : null
}
