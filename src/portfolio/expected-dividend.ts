import { valueIn } from './currency.ts'
import { addDays, addYears, type Day, dayNumber } from './day.ts'
import {
  type Decimal,
  divide,
  fromNumber,
  type Money,
  ONE,
  over,
  type Shares,
  sum,
  times,
} from './decimal.ts'
import { nameOf, oldestFirst } from './dividend-proposal.ts'
import { trading } from './kind.ts'
import type { Dividend } from './instrument.ts'
import { type Ledger, positions, recordedSplits } from './ledger.ts'
import { type OwnRows, rowsBySymbol, splitsOf } from './own-rows.ts'
import { sharesAfter } from './position.ts'
import { recordedBetween } from './split.ts'

/** A dividend that the shares held on a day can be expected to pay in the twelve months after it. */
export type ExpectedDividend = {
  symbol: string
  exDay: Day
  /** The ex-date of the dividend of the last year that it repeats. */
  follows: Day
  /** Where it has been declared, the day on which it will be paid; null where only the pattern says it. */
  payDay: Day | null
  /** True when that dividend's day has come round without another one; it is then expected tomorrow. */
  isLate: boolean
  /** In today's units, as is `perShare`. */
  shares: Shares
  perShare: Decimal
  currency: string
  /** Less what is withheld, in the ledger's base currency at the last rate, not rounded; null when no rate is known. */
  amount: Money | null
}

/** What was paid for a share on an ex-date, in today's units. */
export type PaidDividend = {
  exDay: Day
  perShare: Decimal
  currency: string
  /** True for what an owner recorded: what is withheld has been taken off already. */
  isNet: boolean
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

/** So many days may lie between an ex-date and the day a year after the one of its season. */
export const SEASON = 30

/**
 * Returns the dividends that the shares held at the end of a day can be expected to pay in the twelve months after it,
 * by ex-date: those of the last year's pattern (finance.md, "Income ahead"). In a group each portfolio withholds its own
 * rate. A symbol that is not held, or has paid nothing for a year, has none.
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
    const expected = lastYearsPattern(paid, asOf)
      .map(({ exDay: follows, perShare, currency, isNet }) => {
        const gross = times(shares, perShare)
        const amount = valueIn(ledger, currency, isNet ? gross : times(gross, kept), asOf)
        const due = addYears(follows, 1)
        const isLate = due <= asOf
        const exDay = isLate ? addDays(asOf, 1) : due
        return { symbol, exDay, follows, isLate, shares, perShare, currency, amount }
      })
      .toSorted((a, b) => (a.exDay < b.exDay ? -1 : a.exDay > b.exDay ? 1 : 0))
    const payDay = nextPayDay(ledger, symbol, paid, asOf)
    const declared = expected.findLast(({ exDay }) => payDay !== null && mayBePaidOn(payDay, exDay))
    return expected.map((each) => ({ ...each, payDay: each === declared ? payDay : null }))
  })
  return oldestFirst(lists, ({ exDay }) => exDay)
}

/**
 * The day on which a declared dividend that is yet to go ex will be paid; null where the source names none, and on a past
 * day. One that has just gone ex is no longer ahead.
 */
function nextPayDay(ledger: Ledger, symbol: string, paid: readonly PaidDividend[], asOf: Day): Day | null {
  const payDay = ledger.markets.get(symbol)?.quote?.payDay ?? null
  if (payDay === null || payDay <= asOf || asOf < ledger.today || ledger.isPast) return null
  const since = addDays(payDay, -SEASON)
  return paid.some(({ exDay }) => exDay > since) ? null : payDay
}

/** Dividends are paid up to two months after their ex-date. */
function mayBePaidOn(payDay: Day, exDay: Day): boolean {
  return exDay <= payDay && addDays(exDay, 60) >= payDay
}

/** So many days before the last two years is looked for what a dividend of these repeats. */
const EARLIER = 3 * SEASON

/**
 * Returns what a symbol paid in about two years up to a day, oldest first: what the source lists, without what the owner has dismissed; where
 * it lists nothing, what was recorded (finance.md, "Income ahead").
 */
export function dividendsPaid(ledger: Ledger, symbol: string, asOf: Day): PaidDividend[] {
  const market = ledger.markets.get(symbol)
  const since = addDays(addYears(asOf, -2), -EARLIER)
  const listed = (market?.dividends ?? []).filter(({ day }) => day > since && day <= asOf)
  const paid =
    listed.length === 0 ? recordedOf(ledger, symbol, { since, asOf }) : listedOf(ledger, symbol, listed)
  const splits = recordedSplits(ledger).filter((each) => each.symbol === symbol)
  // what was paid before a split of which only the ledger knows was for the old shares
  return splits.length === 0
    ? paid
    : paid.map((each) => {
        const before = addDays(each.exDay, -1)
        const { numerator, denominator } = recordedBetween(splits, splitsOf(market), before, asOf)
        return { ...each, perShare: divide(each.perShare * denominator, numerator) }
      })
}

function listedOf(ledger: Ledger, symbol: string, listed: readonly Dividend[]): PaidDividend[] {
  const dismissed = ledger.dividendRule?.dismissed
  const traded = ledger.markets.get(symbol)?.instrument?.currency ?? ledger.baseCurrency
  return listed
    .filter(({ day: exDay }) => !dismissed?.has(nameOf({ symbol, exDay })))
    .map(({ day: exDay, amount, currency = traded }) => ({
      exDay,
      perShare: fromNumber(amount),
      currency,
      isNet: false,
    }))
    .toSorted((a, b) => (a.exDay < b.exDay ? -1 : 1))
}

/** What was received ÷ the shares held at the close before, day by day. */
function recordedOf(
  ledger: Ledger,
  symbol: string,
  { since, asOf }: { since: Day; asOf: Day },
): PaidDividend[] {
  const own = rowsBySymbol(ledger.transactions).get(symbol) ?? []
  const paid: PaidDividend[] = []
  for (const { type, date: exDay, amount, fee, recorded, derived, unconverted } of own) {
    if (type !== 'dividend' || derived || exDay <= since || exDay > asOf) continue
    if (unconverted !== undefined && !recorded) continue
    const shares = sharesBefore(ledger, symbol, own, exDay)
    if (shares === 0n) continue
    const { currency = ledger.baseCurrency, ...received } = recorded ?? { amount, fee }
    paid.push({ exDay, perShare: over(received.amount - received.fee, shares), currency, isNet: true })
  }
  return paid
}

function sharesBefore(ledger: Ledger, symbol: string, own: OwnRows, day: Day): Shares {
  const splits = splitsOf(ledger.markets.get(symbol))
  return own
    .filter(({ type, date }) => trading.has(type) && date < day)
    .reduce<Shares>((shares, trade) => sharesAfter(shares, trade, splits), 0n)
}

/**
 * Returns the dividends of about the last year up to a day that no later one has repeated: one for each season, however
 * the ex-dates move. Takes those of one symbol, oldest first.
 */
export function lastYearsPattern(paid: readonly PaidDividend[], asOf: Day): PaidDividend[] {
  const known = paid.filter(({ exDay }) => exDay <= asOf)
  const repeated = repeatedAmong(known)
  const since = addDays(asOf, -SEASON)
  return known.filter((each) => !repeated.has(each) && addYears(each.exDay, 1) > since)
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

/** Returns the total of a year's dividends for one share at the rates of a day; null when one is not known. */
export function forOneShare(ledger: Ledger, paid: readonly PaidDividend[], asOf: Day): Money | null {
  return sum(paid.map(({ perShare, currency }) => valueIn(ledger, currency, perShare, asOf)))
}

function repeatedAmong(paid: readonly PaidDividend[]): Set<PaidDividend | null> {
  return new Set(ofTheYearBefore(paid))
}

/** For each, the one of its season a year before; null where there was none. */
function ofTheYearBefore(paid: readonly PaidDividend[]): (PaidDividend | null)[] {
  const days = paid.map(({ exDay }) => dayNumber(exDay))
  return paid.map(({ exDay }) => {
    const then = dayNumber(addYears(exDay, -1))
    let nearest: PaidDividend | null = null
    let least = SEASON + 1
    for (const [i, day] of days.entries()) {
      const distance = Math.abs(then - day)
      if (distance < least) [nearest, least] = [paid[i]!, distance]
    }
    return nearest
  })
}

/** The source rounds what splits divide. */
function isLower(now: PaidDividend, before: PaidDividend): boolean {
  return now.perShare * 1000n < before.perShare * 999n
}
