import type { Calculation } from './calculation.ts'
import { type Common, commonDays, type OfBoth, type PairedReturns, lackOf } from './daily-returns.ts'
import { count, type Metric, noValue, ratio } from './metric.ts'
import { mean } from './sample.ts'

type Captures = {
  up_capture: number | null
  down_capture: number | null
  /** What they are made of: the days, and the means of the portfolio and of the benchmark on them. */
  captured: Record<Way, Captured> | null
}
type Way = 'up' | 'down'
type Captured = { days: number; means: OfBoth | null }

/** What the portfolio takes of a benchmark's good and bad days (finance.md, "Risk against a benchmark"). */
export const captures = {
  measure({ own, theirs, fault }) {
    const lack = lackOf(own, fault)
    const [up, down] = [captured(own, theirs, 'up'), captured(own, theirs, 'down')]
    const [inUp, inDown] = lack ? [null, null] : [capture(own, theirs, 'up'), capture(own, theirs, 'down')]
    return {
      figures: { up_capture: inUp, down_capture: inDown, captured: { up, down } },
      reasons: {
        up_capture: inUp === null ? (lack ?? 'the benchmark did not rise on any day') : undefined,
        down_capture: inDown === null ? (lack ?? 'the benchmark did not fall on any day') : undefined,
      },
    }
  },
  metrics: {
    up_capture: entry('up', 'Up capture', {
      formula: 'mean return of a day ÷ the benchmark’s, over the days on which it rose',
      method: 'Above 100% the portfolio rose more than the benchmark. On the trading days that both have.',
      days: 'Days on which it rose',
    }),
    down_capture: entry('down', 'Down capture', {
      formula: 'mean return of a day ÷ the benchmark’s, over the days on which it fell',
      method: 'Below 100% the portfolio fell less than the benchmark. On the trading days that both have.',
      days: 'Days on which it fell',
    }),
  },
} satisfies Calculation<PairedReturns, Captures, Common>

type Says = { formula: string; method: string; days: string }

function entry(way: Way, name: string, { formula, method, days }: Says): Metric<Captures & Common> {
  return {
    name,
    unit: 'ratio',
    formula,
    method,
    inputs: ({ captured: of }) => [
      ratio('Mean return of these days', of?.[way].means?.portfolio ?? null),
      ratio('Of the benchmark', of?.[way].means?.benchmark ?? null),
      count(days, of?.[way].days),
    ],
    days: commonDays,
    missing: noValue,
  }
}

/**
 * Returns the mean of the portfolio's returns ÷ the mean of the benchmark's, over the days on which the benchmark rose, or
 * fell; null when there was none.
 */
export function capture(own: readonly number[], theirs: readonly number[], way: Way): number | null {
  const { means } = captured(own, theirs, way)
  return means && means.portfolio / means.benchmark
}

function captured(own: readonly number[], theirs: readonly number[], way: Way): Captured {
  const days = [...theirs.keys()].filter((i) => (way === 'up' ? theirs[i]! > 0 : theirs[i]! < 0))
  if (days.length === 0) return { days: 0, means: null }
  return {
    days: days.length,
    means: {
      portfolio: mean(days.map((i) => own[i]!)),
      benchmark: mean(days.map((i) => theirs[i]!)),
    },
  }
}
