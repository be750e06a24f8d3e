import { type Day, dayAt } from '../../portfolio/day.ts'
import { type Decimal, fromNumber, text } from '../../portfolio/decimal.ts'
import type { Dividend, Split } from '../../portfolio/instrument.ts'
import { inMajorUnit, inOrder, instant, isPrice, record, type Unsure } from './field.ts'

/**
 * The dividends of a chart, oldest first, in the major unit of the listing's currency. `closes` are the chart's own, by
 * day, in the units of its prices (`divisor` of them make one major unit).
 *
 * Two of one day, a regular and a special one, become their sum, because storage has one row for a symbol, day and
 * kind. A fund's distributions of capital gains are dividends too (finance.md, "Dividends").
 */
export function dividendsOf(
  events: Unsure,
  timeZone: string,
  divisor: number,
  closes: ReadonlyMap<Day, number>,
): Dividend[] {
  const dividends = amountsByDay(events.dividends, timeZone)
  for (const [day, gains] of amountsByDay(events.capitalGains, timeZone)) {
    const dividend = dividends.get(day) ?? 0n
    if (!isContained(Number(text(gains)), Number(text(dividend)), day, closes))
      dividends.set(day, dividend + gains)
  }
  return inOrder(
    [...dividends].map(([day, amount]) => ({
      day,
      amount: Number(text(inMajorUnit(Number(text(amount)), divisor))),
    })),
  )
}

/**
 * The splits of a chart, oldest first. Two of one day become one, their ratios multiplied, because storage has one row
 * for a symbol, day and kind. Ratios are whole numbers in lowest terms, whatever Yahoo writes (1.5:1 is 3:2).
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

function amountsByDay(events: unknown, timeZone: string): Map<Day, Decimal> {
  const amounts = new Map<Day, Decimal>()
  for (const event of Object.values(record(events)).map(record)) {
    const at = instant(event.date)
    if (at === null || !isPrice(event.amount)) continue
    const day = dayAt(at, timeZone)
    amounts.set(day, (amounts.get(day) ?? 0n) + fromNumber(event.amount))
  }
  return amounts
}

/**
 * True when the dividend of a day already contains its capital gains. Yahoo lists some funds' distributions twice: whole
 * as a dividend, and the gains in it once more. A dividend smaller than the gains cannot contain them; otherwise the fall
 * of the price on the ex-date decides which of the two was paid, the dividend or both. Without a fall it was the
 * dividend.
 */
function isContained(gains: number, dividend: number, day: Day, closes: ReadonlyMap<Day, number>): boolean {
  if (dividend < gains) return false
  let [before, after] = [Number.NaN, Number.NaN]
  for (const [each, close] of closes) {
    if (each < day) before = close
    else if (Number.isNaN(after)) after = close
  }
  const fall = before - after
  return !(Math.abs(fall - (dividend + gains)) < Math.abs(fall - dividend))
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
