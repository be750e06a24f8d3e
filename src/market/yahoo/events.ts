import { type Day, dayAt } from '../../portfolio/day.ts'
import { type Decimal, divide, fromNumber, text } from '../../portfolio/decimal.ts'
import type { Bar, Dividend, Split } from '../../portfolio/instrument.ts'
import { currencyOf, inMajorUnit, inOrder, instant, isPrice, record, type Unsure } from '../field.ts'

/** What reading a dividend needs: the chart's closes and adjusted closes, by day, in the quoted unit. */
export type Quoting = {
  timeZone: string
  /** For the prices: the major currency, and how many of their units make one of it. */
  currency: { code: string; divisor: number }
  closes: ReadonlyMap<Day, number>
  adjusted: ReadonlyMap<Day, number>
}

/**
 * Returns the dividends of a chart, oldest first, in major units (finance.md, "Dividends" and "Currencies").
 *
 * Two dividends of one day, such as a regular and a special one, become their sum, because storage has one row for
 * each symbol, day and kind. A fund's distributions of capital gains are dividends too. An event that states a
 * currency is in that currency. Any other event is in the unit of the prices, unless the adjusted closes say
 * otherwise.
 */
export function dividendsOf(events: Unsure, quoting: Quoting): Dividend[] {
  const dividends = amountsByDay(events.dividends, quoting.timeZone)
  for (const [day, gains] of amountsByDay(events.capitalGains, quoting.timeZone)) {
    const dividend = dividends.get(day) ?? { ...gains, amount: 0n }
    if (isContained(gains.amount, dividend.amount, fallOn(day, quoting.closes))) continue
    dividends.set(day, { ...dividend, amount: dividend.amount + gains.amount })
  }
  return inOrder([...dividends].map(([day, paid]) => dividendOf(day, paid, quoting)))
}

/**
 * Returns the splits of a chart, oldest first. Two splits of one day become one with their ratios multiplied, because
 * storage has one row for each symbol, day and kind. Ratios become whole numbers in lowest terms, whatever Yahoo
 * writes (1.5:1 is 3:2).
 */
export function splitsOf(events: unknown, timeZone: string): Split[] {
  const ratios = new Map<Day, { numerator: bigint; denominator: bigint }>()
  for (const event of Object.values(record(events)).map(record)) {
    const at = instant(event.date)
    const { numerator, denominator } = event
    if (at === null || !isPrice(numerator) || !isPrice(denominator)) continue
    const day = dayAt(at, timeZone)
    const before = ratios.get(day) ?? { numerator: 1n, denominator: 1n }
    ratios.set(day, {
      numerator: before.numerator * fromNumber(numerator),
      denominator: before.denominator * fromNumber(denominator),
    })
  }
  return inOrder([...ratios].flatMap(([day, ratio]) => inLowestTerms(day, ratio) ?? []))
}

/** The amount paid on a day, and the currency that the source states for it. */
type Paid = { amount: Decimal; currency: ReturnType<typeof currencyOf> }

function amountsByDay(events: unknown, timeZone: string): Map<Day, Paid> {
  const paid = new Map<Day, Paid>()
  for (const event of Object.values(record(events)).map(record)) {
    const at = instant(event.date)
    if (at === null || !isPrice(event.amount)) continue
    const day = dayAt(at, timeZone)
    const before = paid.get(day)
    const currency = before ? before.currency : currencyOf(event.currency)
    paid.set(day, { currency, amount: (before?.amount ?? 0n) + fromNumber(event.amount) })
  }
  return paid
}

function dividendOf(day: Day, { amount, currency: own }: Paid, quoting: Quoting): Dividend {
  const { code, divisor } = quoting.currency
  const listed = Number(text(amount))
  if (own !== null) {
    const major = Number(text(inMajorUnit(listed, own.divisor)))
    return { day, amount: major, ...(own.code !== code && { currency: own.code }) }
  }
  const factor = hundredthOr(listed, day, quoting)
  const paid = Number(text(divide(amount * BigInt(factor * 100), BigInt(divisor * 100))))
  if (factor === 1) return { day, amount: paid }
  const times = factor < 1 ? 'a hundredfold' : 'a hundredth'
  return { day, amount: paid, note: `listed as ${listed}, which is ${times} of what the adjusted closes say` }
}

/**
 * Returns the factor for an amount without a currency: 1, or 0.01 or 100 where the adjusted closes show that the
 * amount is a hundred times too large or too small. Yahoo lists some London dividends in pounds while the prices are
 * in pence.
 */
function hundredthOr(listed: number, day: Day, { closes, adjusted }: Quoting): 1 | 0.01 | 100 {
  const [before, after] = around(day, closes)
  if (!before || !after) return 1
  const [first, second] = [adjusted.get(before.day), adjusted.get(after.day)]
  if (first === undefined || second === undefined) return 1
  // adj(before) ÷ adj(after) = (1 − dividend ÷ close(before)) × close(before) ÷ close(after)
  const paid = before.close - (first / second) * after.close
  if (paid < before.close * LEAST_TOLD) return 1
  const ratio = listed / paid
  if (ratio > 100 / NEAR && ratio < 100 * NEAR) return 0.01
  return ratio > 0.01 / NEAR && ratio < 0.01 * NEAR ? 100 : 1
}

/** A smaller part of the price proves nothing, because the adjusted closes are rounded. */
const LEAST_TOLD = 1e-5
/** The ratio may differ from a hundred by up to this factor. */
const NEAR = 3

/**
 * True when the dividend of a day already contains its capital gains. Yahoo lists some funds' distributions twice: in
 * full as a dividend, and the gains in it once more. A dividend smaller than the gains cannot contain them. Otherwise
 * the fall of the price on the ex-date decides whether the dividend alone or both were paid. Without a fall it was
 * the dividend alone.
 */
function isContained(gains: Decimal, dividend: Decimal, fall: number | null): boolean {
  if (dividend < gains) return false
  const [one, both] = [Number(text(dividend)), Number(text(dividend + gains))]
  return fall === null || Math.abs(fall - both) >= Math.abs(fall - one)
}

/** Returns how much the price fell from the close before a day to the first close from that day on. */
function fallOn(day: Day, closes: ReadonlyMap<Day, number>): number | null {
  const [before, after] = around(day, closes)
  return before && after ? before.close - after.close : null
}

/** Returns the last close before a day, and the first one from that day on. */
function around(day: Day, closes: ReadonlyMap<Day, number>): [before: Bar | null, after: Bar | null] {
  let before: Bar | null = null
  for (const [each, close] of closes) {
    if (each >= day) return [before, { day: each, close }]
    before = { day: each, close }
  }
  return [before, null]
}

function inLowestTerms(
  day: Day,
  { numerator, denominator }: { numerator: bigint; denominator: bigint },
): Split | null {
  let [divisor, rest] = [numerator, denominator]
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  if (numerator === 0n || denominator === 0n) return null
  const split = { day, numerator: Number(numerator / divisor), denominator: Number(denominator / divisor) }
  return Number.isSafeInteger(split.numerator) && Number.isSafeInteger(split.denominator) ? split : null
}
