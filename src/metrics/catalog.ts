import { xirrs } from './annual-rate.ts'
import { betas } from './beta.ts'
import { type BenchmarkGain, benchmarkGainMetrics } from './benchmark-gain.ts'
import { extremes } from './best-and-worst.ts'
import { captures } from './capture.ts'
import { type FiguresOf, metricsOf } from './calculation.ts'
import { commons, dailies } from './daily-returns.ts'
import { yields } from './dividend-yield.ts'
import { gains } from './gains.ts'
import { drawdowns } from './max-drawdown.ts'
import type { Metric } from './metric.ts'
import { modifiedDietzReturns } from './modified-dietz.ts'
import { rewardsForRisk } from './reward-for-risk.ts'
import { simpleReturns } from './simple-return.ts'
import { benchmarkTodayMetric, type Today, todayMetric } from './today.ts'
import { trackingErrors } from './tracking-error.ts'
import { dividendsAndFees } from './turnover.ts'
import { benchmarkTwr, twrs } from './twr.ts'
import { volatilities } from './volatility.ts'
import { worth } from './worth.ts'

// The catalog of figures. A new metric is a file with its calculation and its entry, and one line here.

/** The amounts of a portfolio, and what only a portfolio has. */
export const amounts = [worth, gains, dividendsAndFees, yields] as const

/** The rates of a portfolio and of each benchmark, by the same calculation. */
export const rates = [
  simpleReturns,
  xirrs,
  twrs,
  modifiedDietzReturns,
  volatilities,
  drawdowns,
  extremes,
] as const

/** What daily returns say of the risk of a portfolio and of each benchmark; no part of the dashboard (risk.ts). */
export const risks = [dailies, rewardsForRisk] as const

/** … and of a portfolio against a benchmark. */
export const risksAgainst = [commons, betas, trackingErrors, captures] as const

export type Amounts = FiguresOf<typeof amounts>
export type Rates = FiguresOf<typeof rates>
export type Risks = FiguresOf<typeof risks>
export type RisksAgainst = FiguresOf<typeof risksAgainst>

/** Every figure of the portfolio, by its name in the answer. */
export const portfolioMetrics: Record<string, Metric<Amounts & Rates & { today?: Today }>> = {
  // first, in the order in which the API lists them
  value: worth.metrics.value,
  total_gain: worth.metrics.total_gain,
  today: todayMetric,
  ...metricsOf<Amounts>(amounts),
  ...metricsOf<Rates>(rates),
}

/** Every figure of a benchmark. Its TWR is that of the fund itself. */
export const benchmarkMetrics: Record<string, Metric<BenchmarkGain & Rates>> = {
  ...benchmarkGainMetrics,
  today: benchmarkTodayMetric,
  ...metricsOf<Rates>(rates),
  twr: benchmarkTwr,
}

/** Every figure of risk: of the portfolio by its name, and of a benchmark, with those of the portfolio against it. */
export const portfolioRisks: Record<string, Metric<Risks>> = metricsOf<Risks>(risks)
export const benchmarkRisks: Record<string, Metric<Risks & RisksAgainst>> = {
  ...portfolioRisks,
  ...metricsOf<RisksAgainst>(risksAgainst),
}
