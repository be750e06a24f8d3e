import { totalReturn } from '../portfolio/benchmark.ts'
import { unconvertedBy } from '../portfolio/currency.ts'
import { type Day, daysBetween } from '../portfolio/day.ts'
import { type Money, fromFloat, rounded, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { annualRate, investorFlows } from './annual-rate.ts'
import { dividendYields } from './dividend-yield.ts'
import { modifiedDietz } from './modified-dietz.ts'
import { matchedPeriod, netFlows, type Period, periodOf } from './period.ts'
import { noRisk, type Risk, risk } from './risk.ts'
import { simpleReturn } from './simple-return.ts'
import { type DayFlow, twrIndex } from './twr.ts'
import type { Flow } from './xirr.ts'

/**
 * Every figure of a period, as the API shows it: money is decimal text, ratios and rates are numbers, and a figure
 * without an answer is null, with the reason under its name in `reasons`.
 */
export type Performance = Returns &
  Risk & {
    as_of: Day
    /** The day at whose close the period begins; null for the whole history. */
    from: Day | null
    value: string | null
    cash: string | null
    /** Σ deposits − Σ withdrawals; for a period, the value at its start + its flows. */
    invested: string | null
    /** value − invested = realized + unrealized + dividends − fees that belong to no trade. */
    total_gain: string | null
    realized_gain: string | null
    unrealized_gain: string | null
    /** realized + unrealized gain = price gain + currency gain (portfolio/holding.ts). */
    price_gain: string | null
    currency_gain: string | null
    dividends: string | null
    fees: string | null
    dividend_yield: number | null
    yield_on_cost: number | null
    benchmarks: Record<string, BenchmarkPerformance>
    /** Null when the period has no value to start from. */
    inputs: Inputs | null
    reasons: Record<string, string>
  }

/** The returns of the money in the portfolio, or in a benchmark. */
type Returns = {
  /** Gain ÷ money put in. */
  simple_return: number | null
  xirr: number | null
  twr: number | null
  modified_dietz: number | null
  /** The denominator of the Modified Dietz, to the cent. */
  average_capital: string | null
}

/** The same flows invested in a benchmark. `gap` is the portfolio's value − the benchmark's. */
export type BenchmarkPerformance = Returns &
  Risk & {
    value: string | null
    /** The invested money of the portfolio, except for withdrawals that the benchmark could not pay. */
    invested: string | null
    gain: string | null
    gap: string | null
  }

/** The inputs of the figures: the sums and days of the period, which explain.ts shows. */
export type Inputs = {
  /** The first day that counts; null while there is none. */
  since: Day | null
  /** From that day to `as_of`. */
  days: number
  /** The days of the series that are not on a weekend. */
  trading_days: number
  /** The value at the close of the day on which the period begins; 0 for the whole history. */
  start_value: string
  start_cash: string
  deposits: string
  withdrawals: string
  /** Purchases, with their fees. */
  purchases: string
  /** Sales, less their fees. */
  sales: string
  /** Fees that belong to no trade. */
  other_fees: string
  market_value: string | null
  /** The cost of the open lots. */
  cost_basis: string
  /** The dividends of the last 365 days, of holdings that are still open. */
  dividends_last_year: string
}

/**
 * Returns the figures at the end of `series`, whose last day is the day of valuation, over all of it or from the
 * close of a day on (finance.md, "Periods").
 */
export function performance(
  ledger: Ledger,
  series: Valuations,
  from: Day | null = null,
  valued: readonly Holding[] = holdings(ledger, lastOf(ledger, series)),
): Performance {
  const asOf = lastOf(ledger, series)
  const reasons: Record<string, string> = {}
  const unknown = unconvertedBy(ledger, asOf)
  const found = unknown ?? periodOf(series, from)
  const period = typeof found === 'string' ? null : found
  const value = series.days.length > 0 ? (series.value.at(-1) ?? null) : 0n
  const cash = series.cash.at(-1) ?? 0n
  const traded = tradedSince(ledger, valued, from, asOf)
  const dividends = dividendYields(ledger, valued, asOf).total

  if (value === null) {
    reasons.value = series.reasons.get(series.days.length - 1) ?? `no value on ${asOf}`
    for (const figure of needsValue) reasons[figure] = reasons.value
  }
  if (typeof found === 'string') for (const figure of ['invested', ...needsValue]) reasons[figure] = found
  if (unknown) for (const figure of needsAmounts) reasons[figure] = unknown
  Object.assign(reasons, dividends.reasons)
  if (traded.unrealizedGain === null) reasons.unrealized_gain = traded.reason
  if (traded.currencyGain === null) {
    reasons.price_gain = reasons.currency_gain =
      traded.reason || 'the exchange rate of a purchase is not known'
  }
  const known = (amount: Money | null) => (unknown ? null : text(amount))

  const invested = period ? investedIn(period) : (series.invested.at(-1) ?? 0n)
  const totalGain = value === null || !period ? null : value - invested
  const rates = period && value !== null ? ratesOf(series, period, asOf, value, reasons) : noRates
  return {
    as_of: asOf,
    from,
    value: text(value),
    cash: known(cash),
    invested: known(invested),
    total_gain: known(totalGain),
    realized_gain: known(traded.realizedGain),
    unrealized_gain: known(traded.unrealizedGain),
    price_gain: known(traded.priceGain),
    currency_gain: known(traded.currencyGain),
    dividends: known(traded.dividends),
    fees: known(traded.fees),
    simple_return: period && returnOn(totalGain, period, (reason) => (reasons.simple_return ??= reason)),
    ...rates,
    dividend_yield: dividends.dividend_yield,
    yield_on_cost: dividends.yield_on_cost,
    benchmarks: Object.fromEntries(
      ledger.benchmarks.map((symbol) => [
        symbol,
        period
          ? vsBenchmark(ledger, symbol, period, value, reasons)
          : unmeasured(symbol, found as string, reasons),
      ]),
    ),
    inputs: period && {
      since: period.days[0] ?? null,
      days: period.days.length > 0 ? daysBetween(period.days[0]!, asOf) : 0,
      trading_days: period.trading.filter(Boolean).length,
      start_value: text(period.startValue),
      start_cash: text(period.startCash),
      deposits: text(period.deposits),
      withdrawals: text(period.withdrawals),
      purchases: text(traded.purchases),
      sales: text(traded.sales),
      other_fees: text(traded.otherFees),
      market_value: value === null ? null : text(value - cash),
      cost_basis: text(sum(valued.map((holding) => holding.position.cost))),
      dividends_last_year: text(dividends.paid),
    },
    reasons,
  }
}

/** The flows that the XIRR of the portfolio or of a benchmark is solved for; empty when there is none. */
export function xirrFlows(
  ledger: Ledger,
  series: Valuations,
  from: Day | null,
  benchmark: string | null,
): Flow[] {
  const period = periodOf(series, from)
  const day = lastOf(ledger, series)
  if (typeof period === 'string') return []
  if (benchmark === null) {
    const value = series.value.at(-1)
    return value == null ? [] : investorFlows(netFlows(period), { day, value: toNumber(value) })
  }
  const { alternative, flows } = matchedPeriod(period, totalReturn(ledger, benchmark))
  const value = alternative.value.at(-1)
  return value == null ? [] : investorFlows(netFlows({ days: period.days, flows }), { day, value })
}

const needsAmounts = ['cash', 'realized_gain', 'unrealized_gain', 'dividends', 'fees'] as const

const needsValue = [
  'total_gain',
  'simple_return',
  'xirr',
  'twr',
  'modified_dietz',
  'volatility',
  'max_drawdown',
] as const

function lastOf(ledger: Ledger, series: Valuations): Day {
  return series.days.at(-1) ?? ledger.today
}

const noRates: Rates = { ...noRisk, xirr: null, twr: null, modified_dietz: null, average_capital: null }

const noBenchmark: BenchmarkPerformance = {
  ...noRates,
  value: null,
  invested: null,
  gain: null,
  gap: null,
  simple_return: null,
}

function unmeasured(symbol: string, reason: string, reasons: Record<string, string>): BenchmarkPerformance {
  reasons[`benchmarks.${symbol}`] = reason
  return noBenchmark
}

function investedIn({ startValue, deposits, withdrawals }: Period): Money {
  return startValue + deposits - withdrawals
}

function returnOn(
  gain: Money | null,
  { startValue, deposits }: Period,
  because: (reason: string) => void,
): number | null {
  const ratio = simpleReturn(gain, startValue + deposits)
  if (ratio === null) because('no money was put in')
  return ratio
}

type Rates = Omit<Returns, 'simple_return'> & Risk

type Because = (figure: string, reason: string) => void

function ratesOf(
  series: Valuations,
  period: Period,
  asOf: Day,
  value: Money,
  reasons: Record<string, string>,
): Rates {
  if (period.days.length === 0) {
    for (const figure of needsValue) {
      if (figure !== 'total_gain') reasons[figure] = 'there are no transactions yet'
    }
    return noRates
  }
  const index = twrIndex(
    series.value.slice(period.start).map((end) => (end === null ? null : toNumber(end))),
    period.flows,
  )
  const end = { day: asOf, value: toNumber(value) }
  return cashFlowRates(period, index, netFlows(period), end, (figure, reason) => (reasons[figure] = reason))
}

/** The rates of an index by day and of the money that went in and out; the same for the portfolio and a benchmark. */
function cashFlowRates(
  { days, trading, opening }: Period,
  index: readonly (number | null)[],
  flows: { day: Day; amount: number }[],
  end: { day: Day; value: number },
  because: Because,
): Rates {
  const { ratio, capital } = modifiedDietz(flows, end)
  const xirr = annualRate(flows, end, ratio)
  const risks = risk(days, index, trading, opening)
  if (ratio === null) because('modified_dietz', 'needs money invested over at least one day')
  if (xirr.reason !== null) because('xirr', xirr.reason)
  if (risks.volatility === null) because('volatility', 'needs a return on each of at least two trading days')
  const before = opening ?? index[0] ?? null
  const now = index.at(-1) ?? null
  return {
    xirr: xirr.rate,
    twr: now !== null && before !== null && before !== 0 ? now / before - 1 : null,
    modified_dietz: ratio,
    average_capital: capital === null ? null : text(rounded(fromFloat(capital), 2)),
    ...risks,
  }
}

/** The performance of the benchmark over the same days, with the same flows. */
function vsBenchmark(
  ledger: Ledger,
  symbol: string,
  period: Period,
  value: Money | null,
  reasons: Record<string, string>,
): BenchmarkPerformance {
  const name = `benchmarks.${symbol}`
  const asOf = period.days.at(-1)
  if (asOf === undefined) {
    reasons[name] = 'there are no transactions yet'
    return noBenchmark
  }
  const { alternative, levels, flows } = matchedPeriod(period, totalReturn(ledger, symbol))
  const worth = alternative.value.at(-1) ?? null
  if (worth === null) {
    reasons[name] = `no price for ${symbol} on ${alternative.missing ?? asOf}`
    return noBenchmark
  }
  if (alternative.capped) {
    reasons[name] = `${symbol} would have run out on ${alternative.capped}: the withdrawals were capped`
  }
  const because: Because = (figure, reason) => (reasons[`${name}.${figure}`] = reason)
  const end = { day: asOf, value: worth }
  const paid = netFlows({ days: period.days, flows })
  // it is bought at the first day's close and has no return of that day
  const rates = cashFlowRates({ ...period, opening: null }, levels, paid, end, because)
  const money = fromFloat(worth)
  const invested = investedIn(period) + unpaid(period, flows)
  const gain = money - invested
  return {
    value: text(money),
    invested: text(invested),
    gain: text(gain),
    gap: value === null ? null : text(value - money),
    simple_return: returnOn(gain, period, (reason) => because('simple_return', reason)),
    ...rates,
  }
}

/** The withdrawals that the benchmark could not pay; they remain invested in it. */
function unpaid({ flows: wanted }: Period, paid: readonly DayFlow[]): Money {
  return sum(wanted.map(({ withdrawals }, i) => fromFloat(withdrawals) - fromFloat(paid[i]!.withdrawals)))
}

type Traded = {
  realizedGain: Money
  unrealizedGain: Money | null
  priceGain: Money | null
  currencyGain: Money | null
  reason: string
  dividends: Money
  fees: Money
  otherFees: Money
  purchases: Money
  sales: Money
}

/** Gains, dividends, fees and turnover of the trades in a period. */
function tradedSince(ledger: Ledger, valued: readonly Holding[], from: Day | null, asOf: Day): Traded {
  const before = from === null ? [] : holdings(ledger, from)
  const realized = (all: readonly Holding[]) => sum(all.map((holding) => holding.position.realizedGain))
  const unrealized = (all: readonly Holding[]) => sum(all.map((holding) => holding.unrealizedGain))
  const now = unrealized(valued)
  const then = unrealized(before)
  const realizedGain = realized(valued) - realized(before)
  const unrealizedGain = now === null || then === null ? null : now - then
  const currencyGain = sum([...valued.map(currency), ...before.map(currency).map(negative)])
  return {
    realizedGain,
    unrealizedGain,
    priceGain:
      unrealizedGain === null || currencyGain === null ? null : realizedGain + unrealizedGain - currencyGain,
    currencyGain,
    reason: [...valued, ...before].find((holding) => holding.reason)?.reason ?? '',
    ...turnover(ledger, from, asOf),
  }
}

const currency = ({ currencyGain }: Holding) => currencyGain
const negative = (amount: Money | null) => amount && -amount

function turnover(
  { transactions }: Ledger,
  from: Day | null,
  asOf: Day,
): Pick<Traded, 'dividends' | 'fees' | 'otherFees' | 'purchases' | 'sales'> {
  const total = { dividends: 0n, fees: 0n, otherFees: 0n, purchases: 0n, sales: 0n }
  for (const { type, date, amount, fee } of transactions) {
    if (date > asOf) break
    if (from !== null && date <= from) continue
    total.fees += type === 'fee' ? amount : fee
    if (type === 'dividend') total.dividends += amount
    else if (type === 'fee') total.otherFees += amount
    else if (type === 'buy') total.purchases += amount + fee
    else if (type === 'sell') total.sales += amount - fee
  }
  return total
}
