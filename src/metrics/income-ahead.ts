import { addDays, addYears, type Day } from '../portfolio/day.ts'
import { type Said, saidOf } from '../portfolio/declared-dividend.ts'
import { type Money, ratioOf, sum, text, times, toNumber } from '../portfolio/decimal.ts'
import {
  announcedCuts,
  type DividendCut,
  dividendCuts,
  type ExpectedDividend,
  expectedDividends,
} from '../portfolio/expected-dividend.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { knownSince, paidOf, type TwoYears, twoYears } from './dividend-growth.ts'

/**
 * What the shares held on a day can be expected to pay in the twelve months after it. Money is decimal text in the
 * portfolio's currency, a ratio is a number; what cannot be said is null, and `reasons` says why.
 */
export type IncomeAhead = {
  as_of: Day
  until: Day
  /** What is expected in the twelve months: the sum of `months`, and that of `holdings`. */
  expected: string
  yield: number | null
  yield_on_cost: number | null
  /** This year's dividends of today's shares ÷ last year's − 1. */
  growth: number | null
  reasons: Partial<Record<'yield' | 'yield_on_cost' | 'growth', string>>
  inputs: { market_value: string; cost_basis: string; this_year: string; last_year: string }
  /** Every month from that of the day after to that of `until`, by ex-date: twelve, or thirteen with two in part. */
  months: MonthAhead[]
  /** The open holdings that are expected to pay something, the largest first. */
  holdings: IncomeOfHolding[]
  /** By ex-date. */
  dividends: DividendAhead[]
  /** Newest first; one whose ex-date is still to come is announced. */
  cuts: CutRow[]
  /** What no sum includes. */
  left_out: { symbol: string; reason: string }[]
}

/** `declared` is the part of what is expected whose dividends have been declared. */
type MonthAhead = { month: string; expected: string; declared: string }

export type IncomeOfHolding = {
  symbol: string
  name: string
  shares: string
  expected: string
  yield: number | null
  yield_on_cost: number | null
  growth: number | null
  reasons: IncomeAhead['reasons']
  /** The day from which its dividends are known, where that is less than a year. */
  known_since: Day | null
}

export type DividendAhead = {
  symbol: string
  name: string
  ex_date: Day
  shares: string
  per_share: string
  currency: string
  /** In the portfolio's currency, less what is withheld. */
  expected: string | null
  /** A declared one is sure to come. */
  basis: 'declared' | 'last_year'
  /** Of a declared one, what the source says of it; what it does not say is last year's. */
  declares: Said
  /** The day on which a declared one will be paid. */
  pay_date: Day | null
  /** The ex-date of the dividend that it repeats, and what that paid for a share. */
  follows: Day
  follows_per_share: string
  late: boolean
}

export type CutRow = {
  symbol: string
  name: string
  ex_date: Day
  per_share: string
  before_ex_date: Day
  before_per_share: string
  currency: string
  /** −0.25 is a quarter less, −1 none at all. */
  change: number
}

/**
 * Returns the income ahead at the end of a day, with growth and cuts (finance.md, "Income ahead"). `valued` are the
 * holdings of that day, where the caller has them.
 */
export function incomeAhead(
  ledger: Ledger,
  asOf: Day,
  valued: readonly Holding[] = holdings(ledger, asOf),
): IncomeAhead {
  const all = expectedDividends(ledger, asOf)
  const bySymbol = Map.groupBy(all, ({ symbol }) => symbol)
  const open = valued.filter(({ position }) => position.shares > 0n)
  const unknown = new Set(all.flatMap(({ symbol, amount }) => (amount === null ? [symbol] : [])))
  const known = all.filter(({ symbol }) => !unknown.has(symbol))
  const years = new Map(open.map(({ symbol }) => [symbol, twoYears(ledger, symbol, asOf)]))
  const paying = open.flatMap((holding): (Sums & { holding: Holding })[] => {
    const own = bySymbol.get(holding.symbol)
    if (!own || unknown.has(holding.symbol)) return []
    return [{ holding, ...sumsOf([holding], own, years) }]
  })
  const valuable = open.filter(({ symbol, value }) => value !== null && !unknown.has(symbol))
  const inTotal = new Set(valuable.map(({ symbol }) => symbol))
  const total = sumsOf(
    valuable,
    known.filter(({ symbol }) => inTotal.has(symbol)),
    years,
  )
  const until = addYears(asOf, 1)
  const nameOf = (symbol: string) => ledger.markets.get(symbol)?.instrument?.name ?? symbol
  return {
    as_of: asOf,
    until,
    expected: text(sum(known.map(({ amount }) => amount!))),
    ...ratiosOf(total, open.length === 0 ? 'no shares are held' : 'no holding has a price'),
    inputs: {
      market_value: text(total.value ?? 0n),
      cost_basis: text(total.cost ?? 0n),
      this_year: text(total.thisYear),
      last_year: text(total.lastYear),
    },
    months: monthsOf(known, addDays(asOf, 1), until),
    holdings: paying
      .toSorted((a, b) => Number(b.expected - a.expected) || (a.holding.symbol < b.holding.symbol ? -1 : 1))
      .map(({ holding: { symbol, position, reason }, ...sums }) => ({
        symbol,
        name: nameOf(symbol),
        shares: text(position.shares),
        expected: text(sums.expected),
        ...ratiosOf(sums, reason ?? `no price for ${symbol}`),
        known_since: knownSince(ledger, symbol, addYears(asOf, -1)),
      })),
    dividends: all.map((each) => ({
      symbol: each.symbol,
      name: nameOf(each.symbol),
      ex_date: each.exDay,
      shares: text(each.shares),
      per_share: text(each.perShare),
      currency: each.currency,
      expected: text(each.amount),
      basis: each.declared ? 'declared' : 'last_year',
      declares: saidOf(each.declared),
      pay_date: each.declared?.payDay ?? null,
      follows: each.follows.exDay,
      follows_per_share: text(each.follows.perShare),
      late: each.isLate,
    })),
    cuts: [
      ...announcedCuts(all),
      ...open.flatMap(({ symbol }) => dividendCuts(symbol, paidOf(ledger, symbol, asOf), asOf)),
    ]
      .toSorted((a, b) => (a.exDay > b.exDay ? -1 : a.exDay < b.exDay ? 1 : 0))
      .map((cut) => ({ name: nameOf(cut.symbol), ...cutRow(cut) })),
    left_out: [...unknown].map((symbol) => ({
      symbol,
      reason: `no exchange rate from ${bySymbol.get(symbol)!.find(({ amount }) => amount === null)!.currency} to ${ledger.baseCurrency}`,
    })),
  }
}

/** What a yield or a growth is a quotient of, of one holding or of all. */
type Sums = {
  expected: Money
  /** Null without a price. */
  value: Money | null
  /** Null where a purchase could not be converted. */
  cost: Money | null
  /** What the shares of now were paid in the year up to the day, and in the year before, of symbols known for both. */
  thisYear: Money
  lastYear: Money
  /** Why a holding has no growth; null where one has. */
  unknownGrowth: string | null
}

function sumsOf(
  some: readonly Holding[],
  expected: readonly ExpectedDividend[],
  years: ReadonlyMap<string, TwoYears>,
): Sums {
  const compared = some.flatMap(({ symbol, position: { shares } }) => {
    const own = years.get(symbol)!
    return 'reason' in own
      ? []
      : [{ thisYear: times(shares, own.thisYear), lastYear: times(shares, own.lastYear) }]
  })
  const [first] = some.flatMap(({ symbol }) => {
    const own = years.get(symbol)!
    return 'reason' in own ? [own.reason] : []
  })
  return {
    expected: sum(expected.map(({ amount }) => amount!)),
    value: some.length === 0 ? null : sum(some.map(({ value }) => value)),
    cost:
      some.length === 0
        ? null
        : sum(some.map(({ position }) => (position.unknown.cost === undefined ? position.cost : null))),
    thisYear: sum(compared.map(({ thisYear }) => thisYear)),
    lastYear: sum(compared.map(({ lastYear }) => lastYear)),
    unknownGrowth: compared.length === 0 ? (first ?? null) : null,
  }
}

function ratiosOf(
  { expected, value, cost, thisYear, lastYear, unknownGrowth }: Sums,
  unpriced: string,
): Pick<IncomeAhead, 'yield' | 'yield_on_cost' | 'growth' | 'reasons'> {
  const reasons: IncomeAhead['reasons'] = {}
  if (value === null) reasons.yield = unpriced
  else if (value <= 0n) reasons.yield = 'the shares are worth nothing'
  if (cost === null) reasons.yield_on_cost = unpriced
  else if (cost <= 0n) reasons.yield_on_cost = 'the shares cost nothing'
  if (lastYear <= 0n) reasons.growth = unknownGrowth ?? 'nothing was paid in the year before'
  return {
    yield: ratioOf(expected, value),
    yield_on_cost: ratioOf(expected, cost),
    growth: lastYear <= 0n ? null : toNumber(thisYear) / toNumber(lastYear) - 1,
    reasons,
  }
}

function monthsOf(some: readonly ExpectedDividend[], from: Day, until: Day): IncomeAhead['months'] {
  const byMonth = Map.groupBy(some, ({ exDay }) => exDay.slice(0, 7))
  const months: MonthAhead[] = []
  for (
    let month = from.slice(0, 7);
    month <= until.slice(0, 7);
    month = addDays(`${month}-28`, 4).slice(0, 7)
  )
    months.push({
      month,
      expected: sumOf(byMonth.get(month)),
      declared: sumOf(byMonth.get(month), isDeclared),
    })
  return months
}

const isDeclared = ({ declared }: ExpectedDividend) => declared !== null

function sumOf(
  some: readonly ExpectedDividend[] = [],
  counts: (each: ExpectedDividend) => boolean = () => true,
) {
  return text(sum(some.filter(counts).map(({ amount }) => amount!)))
}

function cutRow({ symbol, exDay, perShare, before }: DividendCut): Omit<CutRow, 'name'> {
  return {
    symbol,
    ex_date: exDay,
    per_share: text(perShare),
    before_ex_date: before.exDay,
    before_per_share: text(before.perShare),
    currency: before.currency,
    change: toNumber(perShare) / toNumber(before.perShare) - 1,
  }
}
