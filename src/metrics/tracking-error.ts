import type { Calculation } from './calculation.ts'
import {
  type Common,
  commonDays,
  isSteady,
  type PairedReturns,
  lackOf,
  TRADING_DAYS,
} from './daily-returns.ts'
import { count, noValue, ratio } from './metric.ts'
import { deviation, mean } from './sample.ts'

type TrackingError = { tracking_error: number | null; information_ratio: number | null }

/** How far the portfolio strays from a benchmark, and what that brought (finance.md, "Risk against a benchmark"). */
export const trackingErrors = {
  measure({ own, theirs, fault }) {
    const lack = lackOf(own, fault)
    const information = lack ? null : informationRatio(own, theirs)
    return {
      figures: {
        tracking_error: lack ? null : trackingError(own, theirs),
        information_ratio: information,
      },
      reasons: {
        tracking_error: lack,
        information_ratio:
          information === null ? (lack ?? 'the difference to the benchmark does not vary') : undefined,
      },
    }
  },
  metrics: {
    tracking_error: {
      name: 'Tracking error',
      unit: 'ratio',
      formula: 'standard deviation of (return of a day − the benchmark’s) × √252',
      method:
        'How far the portfolio strays from the benchmark, a year; 0 for one that follows it day by day.',
      inputs: ({ tracking_error, common }) => [
        ratio(
          'Standard deviation of a day',
          tracking_error === null ? null : tracking_error / Math.sqrt(TRADING_DAYS),
        ),
        count('Days that both have', common?.days),
      ],
      days: commonDays,
      missing: noValue,
    },
    information_ratio: {
      name: 'Information ratio',
      unit: 'number',
      formula: 'mean of (return of a day − the benchmark’s) × 252 ÷ tracking error',
      method: 'What straying from the benchmark brought for each unit of it.',
      inputs: ({ tracking_error, common }) => [
        ratio('Mean return of a day', common && common.means.portfolio),
        ratio('Of the benchmark', common && common.means.benchmark),
        ratio('Tracking error', tracking_error),
        count('Days that both have', common?.days),
      ],
      days: commonDays,
      missing: noValue,
    },
  },
} satisfies Calculation<PairedReturns, TrackingError, Common>

/** Returns the sample standard deviation of the daily differences, × √252. */
export function trackingError(own: readonly number[], theirs: readonly number[]): number {
  const lead = leads(own, theirs)
  return isSteady(lead) ? 0 : deviation(lead) * Math.sqrt(TRADING_DAYS)
}

/** Returns the mean daily difference × 252 ÷ the tracking error. Null where that is 0. */
export function informationRatio(own: readonly number[], theirs: readonly number[]): number | null {
  const strayed = trackingError(own, theirs)
  return strayed === 0 ? null : (mean(leads(own, theirs)) * TRADING_DAYS) / strayed
}

function leads(own: readonly number[], theirs: readonly number[]): number[] {
  return own.map((each, i) => each - theirs[i]!)
}
