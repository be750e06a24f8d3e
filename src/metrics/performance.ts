import { totalReturn } from '../portfolio/benchmark.ts'
import { benchmarkOf } from '../portfolio/benchmark-spelling.ts'
import { leftOutRows, unconvertedBy } from '../portfolio/currency.ts'
import { type Day, daysBetween } from '../portfolio/day.ts'
import { type Money, stored, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { investorFlows } from './annual-rate.ts'
import { type BenchmarkGain, benchmarkGain } from './benchmark-gain.ts'
import { measureAll, type Measured } from './calculation.ts'
import { type Amounts, amounts, portfolioMetrics, type Rates, rates } from './catalog.ts'
import type { Inputs, Need } from './metric.ts'
import { matchedPeriod, netFlows, type Period, periodOf } from './period.ts'
import { twrIndex } from './twr.ts'
import { investedIn } from './worth.ts'
import type { Flow } from './xirr.ts'

/**
 * Every figure of a period, as the API shows it: money is decimal text, ratios and rates are numbers, and a figure
 * without an answer is null, with the reason under its name in `reasons`. The figures are those of the catalog.
 */
export type Performance = Amounts &
  Rates & {
    as_of: Day
    /** The day at whose close the period begins; null for the whole history. */
    from: Day | null
    benchmarks: Record<string, BenchmarkPerformance>
    /** Null when the period has no value to start from. */
    inputs: Inputs | null
    reasons: Record<string, string>
  }

/** The same flows invested in a benchmark. */
export type BenchmarkPerformance = BenchmarkGain & Rates

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
  const unconverted = unconvertedBy(ledger, asOf)
  const found = unconverted ?? periodOf(series, from)
  const period = typeof found === 'string' ? null : found
  const value = series.days.length > 0 ? (series.value.at(-1) ?? null) : 0n
  const before = from === null ? [] : holdings(ledger, from)
  const account = { ledger, series, valued, before, from, asOf, value, period, unconverted }
  const own = measureAll(amounts, account)
  const reasons: Record<string, string> = {
    ...(value === null && because(own.reasons.value!, 'value')),
    ...(typeof found === 'string' && because(found, 'period', 'value')),
    // this is a remark: the sums are right, but lack these rows
    ...because(leftOutRows(ledger, asOf), 'amounts'),
    ...own.reasons,
  }
  const rated = ratesOf(series, period, asOf, value)
  Object.assign(reasons, rated.reasons)
  return {
    as_of: asOf,
    from,
    ...own.figures,
    ...rated.figures,
    benchmarks: Object.fromEntries(
      ledger.benchmarks.map((symbol) => {
        const name = `benchmarks.${symbol}`
        const answer = period
          ? matchedFigures(ledger, symbol, period, value)
          : withoutBenchmark(found as string)
        if (answer.reason !== null) reasons[name] = answer.reason
        for (const [figure, reason] of Object.entries(answer.reasons)) reasons[`${name}.${figure}`] = reason
        return [symbol, answer.figures]
      }),
    ),
    inputs: period && ({ ...daysAndFlows(period, asOf), ...own.inputs } as Inputs),
    reasons,
  }
}

/** Returns the flows for which the XIRR of the portfolio or of a benchmark is solved; none when it has no XIRR. */
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

/** Gives the reason to every figure of the catalog that needs one of these inputs. */
function because(reason: string | null, ...missing: Need[]): Record<string, string> {
  if (reason === null) return {}
  const figures = Object.entries(portfolioMetrics).filter(([, { needs }]) => needs && missing.includes(needs))
  return Object.fromEntries(figures.map(([figure]) => [figure, reason]))
}

function lastOf(ledger: Ledger, series: Valuations): Day {
  return series.days.at(-1) ?? ledger.today
}

/** Returns the figures of a performance with those of a variant beside them, over the same period (finance.md, "What if"). */
export function withFigures<Own extends Performance>(own: Own, name: string, variant: Performance): Own {
  const { figures, reasons } = asBenchmark(own, variant)
  const named = Object.entries(reasons).map(([figure, reason]) => [`benchmarks.${name}.${figure}`, reason])
  return {
    ...own,
    benchmarks: { [name]: figures, ...own.benchmarks },
    reasons: { ...own.reasons, ...(Object.fromEntries(named) as Record<string, string>) },
  }
}

/**
 * Returns the figures of a variant of the ledger as those of a benchmark are shown, with the reasons of those that are not
 * known by their names (finance.md, "What if").
 */
function asBenchmark(
  own: Pick<Performance, 'value'>,
  variant: Performance,
): { figures: BenchmarkPerformance; reasons: Record<string, string> } {
  const names = Object.keys(noRates) as (keyof Rates)[]
  const figures = {
    value: variant.value,
    invested: variant.invested,
    gain: variant.total_gain,
    gap:
      own.value === null || variant.value === null ? null : text(stored(own.value) - stored(variant.value)),
    ...(Object.fromEntries(names.map((name) => [name, variant[name]])) as Rates),
  }
  const reasons = names.flatMap((name) => {
    const reason = variant.reasons[name]
    return reason === undefined ? [] : [[name, reason] as const]
  })
  return { figures, reasons: Object.fromEntries(reasons) }
}

type Answer<Figures> = { figures: Figures; reasons: Record<string, string> }

/** Every rate is null here, because nothing was measured. */
const noRates = measureAll(rates, {
  days: [],
  trading: [],
  index: [],
  opening: null,
  flows: [],
  end: { day: '', value: 0 },
  gain: null,
  putIn: 0n,
}).figures

function ratesOf(series: Valuations, period: Period | null, asOf: Day, value: Money | null): Answer<Rates> {
  if (!period || value === null) return { figures: noRates, reasons: {} }
  if (period.days.length === 0) {
    const { total_gain: _, ...reasons } = because('there are no transactions yet', 'value')
    return { figures: noRates, reasons }
  }
  const ends = series.value.slice(period.start).map((end) => (end === null ? null : toNumber(end)))
  return measureAll(rates, {
    ...measuredIn(period, value - investedIn(period)),
    index: twrIndex(ends, period.flows),
    flows: netFlows(period),
    end: { day: asOf, value: toNumber(value) },
  })
}

function measuredIn(
  { days, trading, opening, startValue, deposits }: Period,
  gain: Money,
): Pick<Measured, 'days' | 'trading' | 'opening' | 'gain' | 'putIn'> {
  return { days, trading, opening, gain, putIn: startValue + deposits }
}

/** The figures of a benchmark. A `reason` holds for all of them. */
type BenchmarkAnswer = Answer<BenchmarkPerformance> & { reason: string | null }

function withoutBenchmark(reason: string): BenchmarkAnswer {
  const none = { value: null, invested: null, gain: null, gap: null }
  return { figures: { ...none, ...noRates }, reason, reasons: {} }
}

/** Returns the rates of the benchmark over the same days, with the same flows. */
function matchedFigures(
  ledger: Ledger,
  symbol: string,
  period: Period,
  value: Money | null,
): BenchmarkAnswer {
  const asOf = period.days.at(-1)
  if (asOf === undefined) return withoutBenchmark('there are no transactions yet')
  const level = totalReturn(ledger, symbol)
  const { alternative, levels, flows } = matchedPeriod(period, level)
  const end = alternative.value.at(-1) ?? null
  if (end === null) return withoutBenchmark(`no price for ${symbol} on ${alternative.missing ?? asOf}`)
  const own = benchmarkGain(period, flows, end)
  const { figures, reasons } = measureAll(rates, {
    ...measuredIn(period, own.gain),
    index: levels,
    level,
    // the benchmark is bought at the first day's close and has no return of that day
    opening: null,
    flows: netFlows({ days: period.days, flows }),
    end: { day: asOf, value: end },
  })
  const { capped } = alternative
  const isFixed = benchmarkOf(symbol).kind === 'rate'
  return {
    figures: {
      value: text(own.value),
      invested: text(own.invested),
      gain: text(own.gain),
      gap: value === null ? null : text(value - own.value),
      ...figures,
      // a fixed rate grows by three days on a Monday, which is no up
      ...(isFixed && figures.volatility !== null && { volatility: 0 }),
    },
    reason: capped && `${symbol} would have run out of money on ${capped}, so its withdrawals are capped`,
    reasons,
  }
}

function daysAndFlows(period: Period, asOf: Day): Partial<Inputs> {
  const { days, trading, startValue, startCash, deposits, withdrawals } = period
  return {
    since: days[0] ?? null,
    days: days.length > 0 ? daysBetween(days[0]!, asOf) : 0,
    trading_days: trading.filter(Boolean).length,
    start_value: text(startValue),
    start_cash: text(startCash),
    deposits: text(deposits),
    withdrawals: text(withdrawals),
  }
}
