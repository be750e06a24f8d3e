import { addDays, type Day } from '../portfolio/day.ts'
import { rounded, text } from '../portfolio/decimal.ts'
import { expectedDividends } from '../portfolio/expected-dividend.ts'
import type { Ledger } from '../portfolio/ledger.ts'

/** An ex-date that is declared, or expected, in the next weeks. Whoever holds the shares the day before has the dividend. */
export type ComingExDate = {
  symbol: string
  ex_date: Day
  /** In the portfolio's currency, less what is withheld, to the cent; null when no rate is known. */
  expected: string | null
  /** True when the day of last year has come round without a dividend. */
  late: boolean
  declared: boolean
  /** The day on which a declared one will be paid. */
  pay_date: Day | null
}

/** So many days does the dashboard look ahead. */
const WEEKS = 28

/** Returns the ex-dates of the four weeks after a day, the nearest first (finance.md, "Income ahead"). */
export function comingExDates(ledger: Ledger, asOf: Day): ComingExDate[] {
  const until = addDays(asOf, WEEKS)
  return expectedDividends(ledger, asOf)
    .filter(({ exDay }) => exDay <= until)
    .map(({ symbol, exDay, amount, isLate, declared }) => ({
      symbol,
      ex_date: exDay,
      expected: text(amount === null ? null : rounded(amount, 2)),
      late: isLate,
      declared: declared !== null,
      pay_date: declared?.payDay ?? null,
    }))
}
