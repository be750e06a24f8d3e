import type { Day } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { measureAll } from './calculation.ts'
import { type Risks, risks, type RisksAgainst, risksAgainst } from './catalog.ts'
import { dailyRate, dailyReturns, type IndexOfDays, pairedReturns } from './daily-returns.ts'
import { noValue } from './metric.ts'
import { type BenchmarkPerformance, type Performance, performance, withFigures } from './performance.ts'
import { periodOf } from './period.ts'
import { twrIndex } from './twr.ts'
import { variantYardstick, type Yardstick, yardsticks } from './yardstick.ts'

/**
 * The figures of a period, with those of risk among them: Sharpe and Sortino ratio of the portfolio and of each benchmark,
 * and under a benchmark those of the portfolio against it. One without an answer is null, with the reason in `reasons`.
 */
export type Risk = Performance &
  Risks & {
    benchmarks: Record<string, BenchmarkPerformance & BenchmarkRisk>
    /** A year, as it was given. */
    risk_free_rate: number
  }

type BenchmarkRisk = Risks & RisksAgainst

/** The daily series of the portfolio by a what-if, which is measured as a benchmark is. */
export type Rewritten = { name: string; ledger: Ledger; series: Valuations }

type Given = {
  /** The holdings at the end of the series, where the caller has them. */
  valued?: readonly Holding[]
  rewritten?: Rewritten | null
}

/**
 * Returns the figures at the end of `series` over all of it or from the close of a day on. The ratios of a benchmark, and
 * those against it, are of the trading days that both have (finance.md, "Risk against a benchmark"). A what-if comes first
 * among the benchmarks.
 */
export function risk(
  ledger: Ledger,
  series: Valuations,
  from: Day | null,
  riskFreeRate: number,
  { valued = holdings(ledger, series.days.at(-1) ?? ledger.today), rewritten = null }: Given = {},
): Risk {
  const alone = performance(ledger, series, from, valued)
  const figures =
    rewritten === null
      ? alone
      : withFigures(alone, rewritten.name, performance(rewritten.ledger, rewritten.series, from))
  const of = indexOf(series, from)
  const riskFree = dailyRate(riskFreeRate)
  // what has no return has no risk, for the same reason
  const missing = figures.twr === null ? (figures.reasons['twr'] ?? noValue) : null
  const { figures: own, reasons } = measureAll(risks, because(missing, dailyReturns(of, riskFree)))
  const against = figuresAgainst(yardsticksOf(ledger, rewritten), of, riskFree, missing)
  return {
    ...figures,
    ...own,
    benchmarks: Object.fromEntries(
      Object.entries(figures.benchmarks).map(([symbol, known]) => [
        symbol,
        { ...known, ...against[symbol]!.figures },
      ]),
    ),
    risk_free_rate: riskFreeRate,
    reasons: {
      ...figures.reasons,
      ...reasons,
      ...Object.fromEntries(
        Object.entries(against).flatMap(([symbol, answer]) =>
          Object.entries(answer.reasons).map(([figure, why]) => [`benchmarks.${symbol}.${figure}`, why]),
        ),
      ),
    },
  }
}

/** Returns what a portfolio is held against: a what-if, where one is looked at, and its benchmarks. */
export function yardsticksOf(ledger: Ledger, rewritten: Rewritten | null): Yardstick[] {
  const own = yardsticks(ledger)
  return rewritten === null ? own : [variantYardstick(rewritten.name, rewritten.series), ...own]
}

/** The TWR index of a period; of no days where it has no value to start from. */
function indexOf(series: Valuations, from: Day | null): IndexOfDays {
  const period = periodOf(series, from)
  if (typeof period === 'string') return { days: [], trading: [], opening: null, index: [] }
  const ends = series.value.slice(period.start).map((end) => (end === null ? null : toNumber(end)))
  const { days, trading, opening } = period
  return { days, trading, opening, index: twrIndex(ends, period.flows) }
}

function figuresAgainst(
  all: readonly Yardstick[],
  of: IndexOfDays,
  riskFree: number,
  missing: string | null,
) {
  return Object.fromEntries(
    all.map(({ name, index, sessions, rate }) => {
      const paired = pairedReturns(of, index, sessions(), riskFree)
      // its weekends would be ups and downs of a return a day
      const steady = rate === null ? paired.theirs : paired.theirs.map(() => dailyRate(rate))
      const pair = because(missing, { ...paired, theirs: steady })
      const theirs = measureAll(risks, { ...pair, returns: pair.theirs })
      const both = measureAll(risksAgainst, pair)
      const figures: BenchmarkRisk = { ...theirs.figures, ...both.figures }
      return [name, { figures, reasons: { ...theirs.reasons, ...both.reasons } }]
    }),
  )
}

function because<Of extends { fault: string | null }>(fault: string | null, returns: Of): Of {
  return fault === null ? returns : { ...returns, fault }
}
