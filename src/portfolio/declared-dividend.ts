import { addDays, addYears, type Day, daysBetween } from './day.ts'
import { type Decimal, decimal, divide } from './decimal.ts'
import { type PaidDividend, SEASON } from './paid-dividend.ts'
import type { Quote } from './instrument.ts'

/** The dividend of the last year that a declared one repeats, and what the source says of the latter; null what it does not. */
export type DeclaredDividend = {
  follows: PaidDividend
  exDay: Day | null
  payDay: Day | null
  /** In today's units, before anything is withheld, in the currency of the one that it repeats. */
  perShare: Decimal | null
}

/** What a quote says of dividends, beside the currency that it is in. */
type Declaration = Pick<Quote, 'currency' | 'exDay' | 'payDay' | 'dividendRate'>

/**
 * Returns the dividend that has been declared on a day and is yet to go ex; null where the source names none. `pattern`
 * are those of the last year that are expected again, and `paid` all, oldest first (finance.md, "Income ahead").
 */
export function declaredDividend(
  quote: Declaration,
  pattern: readonly PaidDividend[],
  paid: readonly PaidDividend[],
  asOf: Day,
): DeclaredDividend | null {
  const exDay = later(quote.exDay, asOf)
  const payDay = later(quote.payDay, exDay === null ? asOf : addDays(exDay, -1))
  const follows = exDay === null ? paidOn(payDay, quote.exDay, pattern, paid, asOf) : nearest(pattern, exDay)
  return follows && { follows, exDay, payDay, perShare: perShareOf(quote, follows, pattern) }
}

function later(day: Day | null | undefined, than: Day): Day | null {
  return day != null && day > than ? day : null
}

/** The one of the season of an ex-date. */
function nearest(pattern: readonly PaidDividend[], exDay: Day): PaidDividend | null {
  const apart = (each: PaidDividend) => Math.abs(daysBetween(addYears(each.exDay, 1), exDay))
  const [first] = pattern.toSorted((a, b) => apart(a) - apart(b))
  return first && apart(first) <= SEASON ? first : null
}

/** Dividends are paid up to so many days after their ex-date. */
const LATEST_PAYMENT = 60

/** The one that is paid on a day, of which no ex-date is known; null where that has gone ex already. */
function paidOn(
  payDay: Day | null,
  latestExDay: Day | null | undefined,
  pattern: readonly PaidDividend[],
  paid: readonly PaidDividend[],
  asOf: Day,
): PaidDividend | null {
  if (payDay === null) return null
  if (latestExDay != null && addDays(latestExDay, LATEST_PAYMENT) >= payDay) return null
  const since = addDays(payDay, -SEASON)
  if (paid.some(({ exDay }) => exDay > since)) return null
  const due = (each: PaidDividend) => {
    const day = addYears(each.exDay, 1)
    return day <= asOf ? addDays(asOf, 1) : day
  }
  const isBefore = (each: PaidDividend) => due(each) <= payDay && addDays(due(each), LATEST_PAYMENT) >= payDay
  return (
    pattern
      .filter(isBefore)
      .toSorted((a, b) => (due(a) < due(b) ? -1 : 1))
      .at(-1) ?? null
  )
}

/** So often a year does a dividend come that has a rate a year. */
const RHYTHMS = [1, 2, 4, 12]

/**
 * The rate a year ÷ the dividends of a year. It is that of the declared one only where a year's are alike: the rate of who
 * pays a small and a large one is their sum. What is not near the one that it repeats is in other units or of another time.
 */
function perShareOf(
  { currency, dividendRate }: Declaration,
  follows: PaidDividend,
  pattern: readonly PaidDividend[],
): Decimal | null {
  const rate = dividendRate == null ? null : decimal(dividendRate)
  const amounts = pattern.map(({ perShare }) => perShare)
  if (rate === null || !RHYTHMS.includes(amounts.length)) return null
  if (pattern.some((each) => each.isNet || each.currency !== currency)) return null
  const [least, most] = [amounts.reduce((a, b) => (a < b ? a : b)), amounts.reduce((a, b) => (a > b ? a : b))]
  if (2n * most > 3n * least) return null
  const each = divide(rate, BigInt(amounts.length))
  return 2n * each > follows.perShare && each < 2n * follows.perShare ? each : null
}

/** What the source says of a declared dividend beside the day of its payment. */
export type Said = { ex_date: boolean; per_share: boolean }

/** Nothing is said where nothing is declared. */
export function saidOf(declared: DeclaredDividend | null): Said {
  return { ex_date: declared?.exDay != null, per_share: declared?.perShare != null }
}

/** Says on what an expected dividend rests: `declared; last year’s amount`, `last year’s pattern`. */
export function basisOf({ basis, declares }: { basis: 'declared' | 'last_year'; declares: Said }): string {
  if (basis === 'last_year') return 'last year’s pattern'
  if (declares.per_share) return declares.ex_date ? 'declared' : 'declared; last year’s ex-date'
  return declares.ex_date ? 'declared; last year’s amount' : 'declared; last year’s amount and ex-date'
}
