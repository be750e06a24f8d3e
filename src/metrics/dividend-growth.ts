import { addDays, addYears, type Day, dayOf } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import { forOneShare } from '../portfolio/expected-dividend.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsBySymbol } from '../portfolio/own-rows.ts'
import { dividendsPaid, lastYearsPattern, type PaidDividend, SEASON } from '../portfolio/paid-dividend.ts'

/** What a share was paid in two years, or why that is not known. */
export type TwoYears = { thisYear: Money; lastYear: Money } | { reason: string }

/**
 * Returns what one share was paid in the year up to a day and in the year before it, in the ledger's currency at the last
 * rate; the reason where less than both years are known, or no rate is (finance.md, "Income ahead").
 */
export function twoYears(ledger: Ledger, symbol: string, asOf: Day): TwoYears {
  const yearBefore = addYears(asOf, -1)
  const since = knownSince(ledger, symbol, addDays(addYears(yearBefore, -1), -SEASON))
  if (since !== null) return { reason: `dividends of ${symbol} are known only since ${since}` }
  const paid = paidOf(ledger, symbol, asOf)
  const [thisYear, lastYear] = [asOf, yearBefore].map((day) =>
    forOneShare(ledger, lastYearsPattern(paid, day), asOf),
  )
  return thisYear == null || lastYear == null
    ? { reason: `no exchange rate for the dividends of ${symbol}` }
    : { thisYear, lastYear }
}

/** The day from which a symbol's dividends are known, where that is after the day that is needed; null where it is not. */
export function knownSince(ledger: Ledger, symbol: string, needed: Day): Day | null {
  const market = ledger.markets.get(symbol)
  const [firstClose] = (market?.foreign?.prices ?? market?.prices)?.days ?? []
  const known = [
    ...(firstClose === undefined ? [] : [dayOf(firstClose)]),
    ...(market?.dividends ?? []).slice(0, 1).map(({ day }) => day),
    ...(rowsBySymbol(ledger.transactions).get(symbol) ?? []).map(({ date }) => date),
  ]
  const [first] = known.toSorted()
  return first !== undefined && first > needed ? first : null
}

/** Returns what a symbol paid. In a group every member that has the symbol knows the same of it; what was recorded is that of the first. */
export function paidOf(ledger: Ledger, symbol: string, asOf: Day): PaidDividend[] {
  const own = ledger.members?.find((each) => rowsBySymbol(each.ledger.transactions).has(symbol))
  return dividendsPaid(own?.ledger ?? ledger, symbol, asOf)
}
