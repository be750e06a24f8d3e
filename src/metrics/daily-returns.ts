import type { TotalReturn } from '../portfolio/benchmark.ts'
import type { Day } from '../portfolio/day.ts'
import { type Calculation, type Measured, returnDays } from './calculation.ts'
import type { Basis, Days } from './metric.ts'
import { deviation, mean } from './sample.ts'

/** The number of trading days in a year, by the convention of the trade. */
export const TRADING_DAYS = 252

/** The input of the ratios of one series: its simple returns on trading days, oldest first. */
export type Returns = {
  /** The day at whose close the first return begins; null when it begins before the first day. */
  since: Day | null
  returns: readonly number[]
  /** The risk-free rate, a day. */
  riskFree: number
  /** Why nothing can be said of them; null when something can. */
  fault: string | null
}

/** The input of the ratios of a portfolio against a benchmark: the returns of both on the days that both have. */
export type PairedReturns = {
  /** The day at whose close the first return begins. */
  since: Day | null
  own: readonly number[]
  theirs: readonly number[]
  riskFree: number
  fault: string | null
}

/** What the ratios of one series are made of, for their explanations. */
export type Daily = {
  daily: {
    since: Day | null
    days: number
    mean: number
    deviation: number
    risk_free: number
  } | null
}

/** What the ratios of two series are made of. */
export type Common = {
  common: {
    since: Day | null
    days: number
    means: OfBoth
    deviations: OfBoth
    risk_free: number
  } | null
}

/** A figure of the portfolio and the same of the benchmark. */
export type OfBoth = { portfolio: number; benchmark: number }

export const dailies = {
  measure: ({ since, returns, riskFree }) => ({
    figures: {
      daily: isEmpty(returns)
        ? null
        : {
            since,
            days: returns.length,
            mean: mean(returns),
            deviation: deviation(returns),
            risk_free: riskFree,
          },
    },
  }),
  metrics: {},
} satisfies Calculation<Returns, Daily>

export const commons = {
  measure: ({ since, own, theirs, riskFree }) => ({
    figures: {
      common: isEmpty(own)
        ? null
        : {
            since,
            days: own.length,
            means: { portfolio: mean(own), benchmark: mean(theirs) },
            deviations: { portfolio: deviation(own), benchmark: deviation(theirs) },
            risk_free: riskFree,
          },
    },
  }),
  metrics: {},
} satisfies Calculation<PairedReturns, Common>

/** Whether there is no deviation. */
const isEmpty = ({ length }: readonly number[]) => length < 2

/** The days of a ratio of two series, which may begin later than the period. */
export function commonDays({ from, to }: Basis, { common }: Common): Days {
  return { from: common?.since ?? from, to }
}

/** Returns the rate of a day that makes the yearly one in a year of trading days. */
export function dailyRate(yearly: number): number {
  return (1 + yearly) ** (1 / TRADING_DAYS) - 1
}

/** Under so many days a ratio of daily returns says nothing. */
export const FEWEST = 60

/** Returns why returns have no ratios; undefined where they have. */
export function lackOf({ length }: readonly number[], fault: string | null): string | undefined {
  return fault ?? (length < FEWEST ? `needs ${FEWEST} trading days; there are ${length}` : undefined)
}

/** Whether returns stray so little that it may be the rounding of doubles. */
export function isSteady(returns: readonly number[]): boolean {
  return !(deviation(returns) > 1e-9)
}

/**
 * Returns the simple returns of trading days; what a weekend did is in Monday's. There are none where a day has no value,
 * because a return across a gap is not that of one day, and where everything was lost (finance.md, "Risk against a
 * benchmark").
 */
export function dailyReturns({ days, index, trading, opening }: IndexOfDays, riskFree: number): Returns {
  const counted = returnDays({ days, index, trading, opening })
  const figures = [counted.base, ...counted.index.filter((_, i) => counted.trading[i])]
  const returns = quotients(figures as number[])
  const fault = faultOf(index, returns)
  const since = opening === null ? (days[0] ?? null) : null
  return { since, returns: fault === null ? returns : [], riskFree, fault }
}

/**
 * Returns the simple returns of a portfolio and of a benchmark from the first close of a period that both have, on the
 * trading days of the portfolio on which the benchmark has a close of its own, each since the one before. There are none
 * where the portfolio has none (finance.md, "Risk against a benchmark").
 */
export function pairedReturns(
  { days, index, trading }: IndexOfDays,
  level: TotalReturn,
  isTraded: (day: Day) => boolean,
  riskFree: number,
): PairedReturns {
  const levels = days.map((day) => level(day))
  const first = levels.findIndex((each) => each !== null)
  const both = [...days.keys()].filter(
    (i) => first >= 0 && (i === first || (i > first && trading[i] && isTraded(days[i]!))),
  )
  const own = quotients(both.map((i) => index[i]!))
  const fault = faultOf(index, own)
  const known = fault === null ? both : []
  return {
    since: days[first] ?? null,
    own: known.length > 0 ? own : [],
    theirs: quotients(known.map((i) => levels[i]!)),
    riskFree,
    fault,
  }
}

/** A time-weighted index by days. */
export type IndexOfDays = Pick<Measured, 'days' | 'index' | 'trading' | 'opening'>

function faultOf(index: IndexOfDays['index'], returns: readonly number[]): string | null {
  if (index.includes(null)) return 'a day in between has no value'
  return returns.every(Number.isFinite) ? null : 'nothing can be measured after a total loss'
}

function quotients(figures: readonly number[]): number[] {
  return figures.slice(1).map((figure, i) => figure / figures[i]! - 1)
}
