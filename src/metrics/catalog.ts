import { xirrs } from './annual-rate.ts'
import { type BenchmarkGain, benchmarkGainMetrics } from './benchmark-gain.ts'
import { extremes } from './best-and-worst.ts'
import { type FiguresOf, metricsOf } from './calculation.ts'
import { yields } from './dividend-yield.ts'
import { gains } from './gains.ts'
import { drawdowns } from './max-drawdown.ts'
import type { Metric } from './metric.ts'
import { modifiedDietzReturns } from './modified-dietz.ts'
import { simpleReturns } from './simple-return.ts'
import { benchmarkTodayMetric, type Today, todayMetric } from './today.ts'
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

export type Amounts = FiguresOf<typeof amounts>
export type Rates = FiguresOf<typeof rates>

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
