import { valueIn } from './currency.ts'
import { addDays, addYears, type Day } from './day.ts'
import { type Decimal, type Money, ONE, type Shares, sum, times } from './decimal.ts'
import { type DeclaredDividend, declaredDividend } from './declared-dividend.ts'
import { oldestFirst } from './dividend-proposal.ts'
import { type Ledger, positions } from './ledger.ts'
import {
  dividendsPaid,
  lastYearsPattern,
  ofTheYearBefore,
  type PaidDividend,
  SEASON,
} from './paid-dividend.ts'

/** A dividend that the shares held on a day can be expected to pay in the twelve months after it. */
export type ExpectedDividend = {
  symbol: string
  exDay: Day
  /** The dividend of the last year that it repeats. */
  follows: PaidDividend
  /** What the source has said of it; null where only the pattern says it. */
  declared: DeclaredDividend | null
  /** True when that dividend's day has come round without another one; it is then expected tomorrow. */
  isLate: boolean
  /** In today's units, as is `perShare`. */
  shares: Shares
  perShare: Decimal
  currency: string
  /** Less what is withheld, in the ledger's base currency at the last rate, not rounded; null when no rate is known. */
  amount: Money | null
}

/** A dividend that is lower than that of its season the year before. */
export type DividendCut = {
  symbol: string
  /** Its ex-date; for one that never came, a year after the one before. */
  exDay: Day
  /** 0 when none came. */
  perShare: Decimal
  before: PaidDividend
}

/**
 * Returns the dividends that the shares held at the end of a day can be expected to pay in the twelve months after it,
 * by ex-date: those of the last year's pattern, with what has been declared (finance.md, "Income ahead"). In a group
 * each portfolio withholds its own rate. A symbol that is not held, or has paid nothing for a year, has none.
 */
export function expectedDividends(ledger: Ledger, asOf: Day): ExpectedDividend[] {
  if (ledger.members) {
    const lists = ledger.members.map((each) => expectedDividends(each.ledger, asOf))
    return oldestFirst(lists, ({ exDay }) => exDay)
  }
  const kept = ONE - (ledger.dividendRule?.withholding ?? 0n)
  const held = positions(ledger, asOf).filter(({ shares }) => shares > 0n)
  const lists = held.map(({ symbol, shares }) => {
    const paid = dividendsPaid(ledger, symbol, asOf)
    const pattern = lastYearsPattern(paid, asOf)
    const ahead = declaredOf(ledger, symbol, pattern, paid, asOf)
    return pattern
      .map((follows) => {
        const declared = ahead?.follows === follows ? ahead : null
        const { currency, isNet } = follows
        const perShare = declared?.perShare ?? follows.perShare
        const gross = times(shares, perShare)
        const amount = valueIn(ledger, currency, isNet ? gross : times(gross, kept), asOf)
        const due = declared?.exDay ?? addYears(follows.exDay, 1)
        const isLate = due <= asOf
        const exDay = isLate ? addDays(asOf, 1) : due
        return { symbol, exDay, follows, declared, isLate, shares, perShare, currency, amount }
      })
      .toSorted((a, b) => (a.exDay < b.exDay ? -1 : a.exDay > b.exDay ? 1 : 0))
  })
  return oldestFirst(lists, ({ exDay }) => exDay)
}

/** What the source says now; it keeps only the latest, so that nothing is declared on a past day. */
function declaredOf(
  ledger: Ledger,
  symbol: string,
  pattern: readonly PaidDividend[],
  paid: readonly PaidDividend[],
  asOf: Day,
): DeclaredDividend | null {
  const quote = ledger.markets.get(symbol)?.quote
  if (!quote || asOf < ledger.today || ledger.isPast) return null
  return declaredDividend(quote, pattern, paid, asOf)
}

/** Returns the cuts of the last twelve months up to a day, newest first. Takes what one symbol paid, oldest first. */
export function dividendCuts(symbol: string, paid: readonly PaidDividend[], asOf: Day): DividendCut[] {
  const known = paid.filter(({ exDay }) => exDay <= asOf)
  const since = addYears(asOf, -1)
  const befores = ofTheYearBefore(known)
  const lower = known.flatMap((each, i): DividendCut[] => {
    const before = each.exDay > since ? befores[i] : null
    return before && before.currency === each.currency && isLower(each, before)
      ? [{ symbol, exDay: each.exDay, perShare: each.perShare, before }]
      : []
  })
  const repeated = new Set(befores)
  const missing = known
    .map((before) => ({ symbol, exDay: addYears(before.exDay, 1), perShare: 0n, before }))
    .filter(({ exDay, before }) => exDay > since && exDay <= addDays(asOf, -SEASON) && !repeated.has(before))
  return [...lower, ...missing].toSorted((a, b) => (a.exDay > b.exDay ? -1 : 1))
}

/** Returns the cuts that are announced: what is declared to pay less than what it repeats, in the order of the dividends. */
export function announcedCuts(expected: readonly ExpectedDividend[]): DividendCut[] {
  // the portfolios of a group expect the same of a symbol
  const cuts = new Map<string, DividendCut>()
  for (const { symbol, exDay, perShare, follows, declared } of expected)
    if (declared?.perShare != null && isLower({ perShare }, follows))
      cuts.set(symbol, { symbol, exDay, perShare, before: follows })
  return [...cuts.values()]
}

/** Returns the total of a year's dividends for one share at the rates of a day; null when one is not known. */
export function forOneShare(ledger: Ledger, paid: readonly PaidDividend[], asOf: Day): Money | null {
  return sum(paid.map(({ perShare, currency }) => valueIn(ledger, currency, perShare, asOf)))
}

/** The source rounds what splits divide. */
function isLower(now: Pick<PaidDividend, 'perShare'>, before: PaidDividend): boolean {
  return now.perShare * 1000n < before.perShare * 999n
}
