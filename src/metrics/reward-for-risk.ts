import type { Calculation } from './calculation.ts'
import { type Daily, isSteady, type Returns, lackOf, TRADING_DAYS } from './daily-returns.ts'
import { count, type Input, noValue, ratio } from './metric.ts'
import { deviation, mean } from './sample.ts'

type RewardForRisk = { sharpe: number | null; sortino: number | null }

/** Of the portfolio and of each benchmark (finance.md, "Risk against a benchmark"). */
export const rewardsForRisk = {
  measure({ returns, riskFree, fault }) {
    const lack = lackOf(returns, fault)
    const sharpe = lack ? null : sharpeRatio(returns, riskFree)
    const sortino = lack ? null : sortinoRatio(returns, riskFree)
    return {
      figures: { sharpe, sortino },
      reasons: {
        sharpe: sharpe === null ? (lack ?? 'the returns do not vary') : undefined,
        sortino: sortino === null ? (lack ?? 'no day was below the risk-free rate') : undefined,
      },
    }
  },
  metrics: {
    sharpe: {
      name: 'Sharpe ratio',
      unit: 'number',
      formula: '(mean return of a day − risk-free rate of a day) ÷ standard deviation of a day × √252',
      method:
        'What a year brought beyond the risk-free rate for each unit of its ups and downs, from simple returns on trading days.',
      inputs: ({ daily }) => [
        ...means(daily),
        ratio('Standard deviation of a day', daily && daily.deviation),
        count('Trading days', daily?.days),
      ],
      missing: noValue,
    },
    sortino: {
      name: 'Sortino ratio',
      unit: 'number',
      formula: '(mean return of a day − risk-free rate of a day) ÷ downside deviation of a day × √252',
      method:
        'As the Sharpe ratio, but only days below the risk-free rate count as risk: the downside deviation is √(Σ min(return − risk-free rate, 0)² ÷ days).',
      inputs: ({ sortino, daily }) => [
        ...means(daily),
        ratio(
          'Downside deviation of a day',
          daily && sortino && ((daily.mean - daily.risk_free) / sortino) * Math.sqrt(TRADING_DAYS),
        ),
        count('Trading days', daily?.days),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Returns, RewardForRisk, Daily>

function means(daily: Daily['daily']): Input[] {
  return [
    ratio('Mean return of a day', daily && daily.mean),
    ratio('Risk-free rate of a day', daily && daily.risk_free),
  ]
}

/**
 * Returns the mean return of a day beyond the risk-free one ÷ the sample standard deviation, × √252. Null where the
 * returns do not vary. Source: W. Sharpe, "The Sharpe Ratio" (1994).
 */
export function sharpeRatio(returns: readonly number[], riskFree: number): number | null {
  if (isSteady(returns)) return null
  return ((mean(returns) - riskFree) / deviation(returns)) * Math.sqrt(TRADING_DAYS)
}

/**
 * Returns the mean return of a day beyond the risk-free one ÷ the downside deviation, × √252. Null where no return is
 * below it. Source: F. Sortino and L. Price, "Performance Measurement in a Downside Risk Framework" (1994).
 */
export function sortinoRatio(returns: readonly number[], riskFree: number): number | null {
  const downside = Math.sqrt(mean(returns.map((each) => Math.min(each - riskFree, 0) ** 2)))
  if (!(downside > 1e-9)) return null
  return ((mean(returns) - riskFree) / downside) * Math.sqrt(TRADING_DAYS)
}
