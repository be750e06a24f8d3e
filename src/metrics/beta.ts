import type { Calculation } from './calculation.ts'
import {
  type Common,
  commonDays,
  isSteady,
  type PairedReturns,
  lackOf,
  TRADING_DAYS,
} from './daily-returns.ts'
import { count, type Input, noValue, number, ratio } from './metric.ts'
import { covariance, deviation, mean } from './sample.ts'

type Beta = { beta: number | null; alpha: number | null; correlation: number | null }

/** How the portfolio moves with a benchmark (finance.md, "Risk against a benchmark"). */
export const betas = {
  measure({ own, theirs, riskFree, fault }) {
    const lack = lackOf(own, fault)
    const slope = lack ? null : beta(own, theirs)
    const line = lack ? null : alpha(own, theirs, riskFree)
    const together = lack ? null : correlation(own, theirs)
    const steady = lack ?? 'the benchmark’s returns do not vary'
    return {
      figures: { beta: slope, alpha: line, correlation: together },
      reasons: {
        beta: slope === null ? steady : undefined,
        alpha: line === null ? steady : undefined,
        correlation: together === null ? (lack ?? 'the returns of one of the two do not vary') : undefined,
      },
    }
  },
  metrics: {
    beta: {
      name: 'Beta',
      unit: 'number',
      formula: 'covariance of the daily returns of both ÷ variance of the benchmark’s',
      method:
        'How far the portfolio moves when the benchmark moves by 1: correlation × the deviation of the portfolio ÷ that of the benchmark, on the trading days that both have.',
      inputs: ({ correlation, common }) => [number('Correlation', correlation), ...deviations(common)],
      days: commonDays,
      missing: noValue,
    },
    alpha: {
      name: 'Alpha',
      unit: 'ratio',
      formula:
        '(mean return − risk-free rate − beta × (mean return of the benchmark − risk-free rate)) × 252',
      method:
        'What the portfolio brought a year beyond what its beta explains; all rates are those of a day.',
      inputs: ({ beta, common }) => [
        ratio('Mean return of a day', common && common.means.portfolio),
        ratio('Of the benchmark', common && common.means.benchmark),
        ratio('Risk-free rate of a day', common && common.risk_free),
        number('Beta', beta),
        count('Days that both have', common?.days),
      ],
      days: commonDays,
      missing: noValue,
    },
    correlation: {
      name: 'Correlation',
      unit: 'number',
      formula:
        'covariance of the daily returns of both ÷ (deviation of the portfolio’s × that of the benchmark’s)',
      method:
        '1 where both always move together, 0 where they have nothing in common, −1 where they are opposed.',
      inputs: ({ common }) => deviations(common),
      days: commonDays,
      missing: noValue,
    },
  },
} satisfies Calculation<PairedReturns, Beta, Common>

function deviations(common: Common['common']): Input[] {
  return [
    ratio('Standard deviation of a day', common && common.deviations.portfolio),
    ratio('Of the benchmark', common && common.deviations.benchmark),
    count('Days that both have', common?.days),
  ]
}

/** Returns cov(own, theirs) ÷ var(theirs), of daily returns. Null where the benchmark's do not vary. */
export function beta(own: readonly number[], theirs: readonly number[]): number | null {
  return isSteady(theirs) ? null : covariance(own, theirs) / covariance(theirs, theirs)
}

/**
 * Returns the return a year beyond that of beta times the benchmark: Jensen's alpha, from means of a day × 252. Null
 * without a beta. Source: M. Jensen, "The Performance of Mutual Funds" (1968).
 */
export function alpha(own: readonly number[], theirs: readonly number[], riskFree: number): number | null {
  const slope = beta(own, theirs)
  if (slope === null) return null
  return (mean(own) - riskFree - slope * (mean(theirs) - riskFree)) * TRADING_DAYS
}

/** Returns Pearson's correlation of the daily returns. Null where one of the two does not vary. */
export function correlation(own: readonly number[], theirs: readonly number[]): number | null {
  if (isSteady(own) || isSteady(theirs)) return null
  // not beyond 1 by the rounding of doubles
  return Math.max(-1, Math.min(1, covariance(own, theirs) / (deviation(own) * deviation(theirs))))
}
