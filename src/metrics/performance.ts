import { matched, totalReturn } from '../portfolio/benchmark.ts'
import { type Day, daysBetween, weekday } from '../portfolio/day.ts'
import { fromNumber, type Money, rounded, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { annualized } from './annualized.ts'
import { type DayFlow, growth } from './growth.ts'
import { maxDrawdown } from './max-drawdown.ts'
import { modifiedDietz } from './modified-dietz.ts'
import { volatility } from './volatility.ts'
import { type Flow, xirr } from './xirr.ts'

/**
 * Every figure of a period, as the API shows it: money as decimal text, ratios and rates as numbers, null where
 * there is no answer, with a sentence under the same name in `reasons`.
 */
export type Performance = {
  as_of: Day
  /** The day at whose close the period begins; null for the whole history. */
  from: Day | null
  value: string | null
  cash: string
  /** Σ deposits − Σ withdrawals; of a period, the value at its start + its flows. */
  invested: string
  /** value − invested = realized + unrealized + dividends − fees that belong to no trade. */
  total_gain: string | null
  realized_gain: string
  unrealized_gain: string | null
  dividends: string
  fees: string
  /** Total gain ÷ money put in. */
  simple_return: number | null
  xirr: number | null
  twr: number | null
  modified_dietz: number | null
  volatility: number | null
  max_drawdown: number | null
  benchmarks: Record<string, BenchmarkPerformance>
  reasons: Record<string, string>
}

/** The same flows, spent on an index fund instead. `gap` is the portfolio's value − the benchmark's. */
export type BenchmarkPerformance = {
  value: string | null
  gain: string | null
  gap: string | null
  xirr: number | null
  twr: number | null
}

/** What a period is measured on: its days, the money in and out of them, and what it started with. */
type Period = {
  start: number
  days: Day[]
  /** One entry a day: money in and out. The first day's money in includes what the period started with. */
  flows: DayFlow[]
  invested: Money
  putIn: Money
}

/**
 * The figures at the end of `series` (its last day is the valuation day), over all of it or from the close of a
 * day on. FINANCE.md section 2.
 */
export function performance(
  ledger: Ledger,
  series: Valuations,
  from: Day | null = null,
  valued: readonly Holding[] = holdings(ledger, lastOf(ledger, series)),
): Performance {
  const asOf = lastOf(ledger, series)
  const reasons: Record<string, string> = {}
  const period = periodOf(series, from)
  const value = series.days.length > 0 ? (series.value.at(-1) ?? null) : 0n
  const traded = tradedSince(ledger, valued, from, asOf)

  if (value === null) {
    reasons.value = series.reasons.get(series.days.length - 1) ?? `no value on ${asOf}`
    for (const figure of ['total_gain', 'xirr', 'twr', 'modified_dietz']) reasons[figure] = reasons.value
  }
  if (typeof period === 'string') {
    for (const figure of ['invested', 'total_gain', 'xirr', 'twr', 'modified_dietz']) reasons[figure] = period
  }
  const rates =
    typeof period === 'string' || value === null ? noRates : ratesOf(series, period, asOf, value, reasons)
  const invested = typeof period === 'string' ? (series.invested.at(-1) ?? 0n) : period.invested
  const totalGain = value === null || typeof period === 'string' ? null : value - invested
  if (traded.unrealizedGain === null) reasons.unrealized_gain = traded.reason

  return {
    as_of: asOf,
    from,
    value: value === null ? null : text(value),
    cash: text(series.cash.at(-1) ?? 0n),
    invested: text(invested),
    total_gain: totalGain === null ? null : text(totalGain),
    realized_gain: text(traded.realizedGain),
    unrealized_gain: traded.unrealizedGain === null ? null : text(traded.unrealizedGain),
    dividends: text(traded.dividends),
    fees: text(traded.fees),
    simple_return:
      totalGain === null || typeof period === 'string' || period.putIn <= 0n
        ? null
        : toNumber(totalGain) / toNumber(period.putIn),
    ...rates,
    benchmarks: Object.fromEntries(
      ledger.benchmarks.map((symbol) => [
        symbol,
        typeof period === 'string' ? noBenchmark : against(ledger, symbol, series, period, value, reasons),
      ]),
    ),
    reasons,
  }
}

function lastOf(ledger: Ledger, series: Valuations): Day {
  return series.days.at(-1) ?? ledger.today
}

const noRates = { xirr: null, twr: null, modified_dietz: null, volatility: null, max_drawdown: null }
const noBenchmark: BenchmarkPerformance = { value: null, gain: null, gap: null, xirr: null, twr: null }

/** Or a sentence, when the period has no value to start from. */
function periodOf(series: Valuations, from: Day | null): Period | string {
  const flows = series.days.map((_, i) => ({
    deposits: toNumber(series.deposits[i]!),
    withdrawals: toNumber(series.withdrawals[i]!),
  }))
  const start = from === null ? 0 : series.days.findLastIndex((day) => day <= from)
  if (from === null || start < 0) {
    return {
      start: 0,
      days: series.days,
      flows,
      invested: series.invested.at(-1) ?? 0n,
      putIn: sum(series.deposits),
    }
  }
  const opening = series.value[start]
  if (opening === null || opening === undefined) return series.reasons.get(start) ?? `no value on ${from}`
  return {
    start,
    days: [from, ...series.days.slice(start + 1)],
    flows: [{ deposits: toNumber(opening), withdrawals: 0 }, ...flows.slice(start + 1)],
    invested: opening + (series.invested.at(-1) ?? 0n) - series.invested[start]!,
    putIn: opening + sum(series.deposits.slice(start + 1)),
  }
}

function ratesOf(
  series: Valuations,
  period: Period,
  asOf: Day,
  value: Money,
  reasons: Record<string, string>,
): typeof noRates | { [figure in keyof typeof noRates]: number | null } {
  const days = period.days
  if (days.length === 0) {
    for (const figure of Object.keys(noRates)) reasons[figure] = 'there are no transactions yet'
    return noRates
  }
  const index = growth(series.value.slice(period.start), period.flows)
  const known = days.flatMap((day, i) => (index[i] == null ? [] : [{ day, index: index[i] }]))
  const drawdown = maxDrawdown(
    known.map(({ day }) => day),
    known.map(({ index }) => index),
  )
  const figures = {
    twr: index.at(-1)! - 1,
    modified_dietz: dietz(period, asOf, toNumber(value)),
    // the days that a 24/7 symbol adds on weekends are not trading days, and a gap is not one day's return
    volatility:
      known.length < days.length
        ? null
        : volatility(known.flatMap(({ day, index }) => (weekday(day) % 6 === 0 ? [] : [index]))),
    max_drawdown: drawdown && drawdown.ratio,
  }
  if (figures.modified_dietz === null) reasons.modified_dietz = 'needs money invested over at least one day'
  if (figures.volatility === null) reasons.volatility = 'needs a value on each of at least three trading days'
  return {
    ...figures,
    xirr: rateOf(period, asOf, toNumber(value), (reason) => (reasons.xirr = reason)),
  }
}

function dietz(period: Period, asOf: Day, value: number): number | null {
  const [first, ...rest] = period.days.map((day, i) => ({
    day,
    amount: period.flows[i]!.deposits - period.flows[i]!.withdrawals,
  }))
  return modifiedDietz({ day: first!.day, value: first!.amount }, { day: asOf, value }, rest)
}

/** XIRR of a period, or null with its reason: annualised figures are not shown under 365 days of history. */
function rateOf(period: Period, asOf: Day, value: number, because: (reason: string) => void): number | null {
  const span = daysBetween(period.days[0]!, asOf)
  if (span < 365) {
    because(`an annual rate needs 365 days of history, this has ${span}`)
    return null
  }
  const flows: Flow[] = period.days.flatMap((day, i) => {
    const amount = period.flows[i]!.withdrawals - period.flows[i]!.deposits
    return amount === 0 ? [] : [{ day, amount }]
  })
  const plain = dietz(period, asOf, value)
  const solved = xirr(
    [...flows, { day: asOf, amount: value }],
    (plain === null ? null : annualized(plain, span)) ?? undefined,
  )
  if (!solved) because('no rate makes the money put in worth what is there now')
  else if (solved.roots > 1) {
    because(`${solved.roots} rates solve these flows; shown is the one nearest the Modified Dietz`)
  }
  return solved && solved.rate
}

/** The benchmark over the same days, with the same flows. */
function against(
  ledger: Ledger,
  symbol: string,
  series: Valuations,
  period: Period,
  value: Money | null,
  reasons: Record<string, string>,
): BenchmarkPerformance {
  const name = `benchmarks.${symbol}`
  const { days } = period
  if (days.length === 0) return noBenchmark
  const asOf = days.at(-1)!
  const index = totalReturn(ledger, symbol)
  const alternative = matched(days, period.flows, index)
  const worth = alternative.value.at(-1) ?? null
  if (worth === null) {
    reasons[name] = `no price for ${symbol} on ${alternative.missing ?? asOf}`
    return noBenchmark
  }
  if (alternative.capped)
    reasons[name] = `${symbol} would have run out on ${alternative.capped}: the withdrawals were capped`
  const capped: Period = {
    ...period,
    flows: period.flows.map((flow, i) => ({
      deposits: flow.deposits,
      withdrawals: alternative.withdrawn[i]!,
    })),
  }
  const then = index(days[0]!)
  const now = index(asOf)
  const money = rounded(fromNumber(worth), 6)
  const invested = period.invested + missingWithdrawals(period, capped)
  return {
    value: text(money),
    gain: text(money - invested),
    gap: value === null ? null : text(value - money),
    xirr: rateOf(capped, asOf, worth, (reason) => (reasons[`${name}.xirr`] = reason)),
    twr: then !== null && now !== null ? now / then - 1 : null,
  }
}

/** What the benchmark could not pay out was not withdrawn from it either. */
function missingWithdrawals(period: Period, capped: Period): Money {
  let missing = 0
  for (const [i, flow] of period.flows.entries()) missing += flow.withdrawals - capped.flows[i]!.withdrawals
  return rounded(fromNumber(missing), 6)
}

/** Gains, dividends and fees of the trades in a period. */
function tradedSince(
  ledger: Ledger,
  valued: readonly Holding[],
  from: Day | null,
  asOf: Day,
): { realizedGain: Money; unrealizedGain: Money | null; reason: string; dividends: Money; fees: Money } {
  const before = from === null ? null : holdings(ledger, from)
  const inPeriod = ledger.transactions.filter((t) => t.date <= asOf && (from === null || t.date > from))
  const realized = (all: readonly Holding[]) => sum(all.map((holding) => holding.position.realizedGain))
  const unrealized = (all: readonly Holding[] | null) =>
    all?.some((holding) => holding.unrealizedGain === null)
      ? null
      : sum((all ?? []).map((h) => h.unrealizedGain!))
  const now = unrealized(valued)
  const then = unrealized(before)
  return {
    realizedGain: realized(valued) - realized(before ?? []),
    unrealizedGain: now === null || then === null ? null : now - then,
    reason: [...valued, ...(before ?? [])].find((holding) => holding.reason)?.reason ?? '',
    dividends: sum(inPeriod.filter((t) => t.type === 'dividend').map((t) => t.amount)),
    fees: sum(inPeriod.map((t) => (t.type === 'fee' ? t.amount : t.fee))),
  }
}
