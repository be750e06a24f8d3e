import type { TotalReturn } from '../portfolio/benchmark.ts'
import type { Day } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import type { Inputs, Metric } from './metric.ts'
import type { Period } from './period.ts'

/**
 * A calculation, and the catalog's entry for each figure that it answers. Their explanations may show figures of a
 * calculation that is always beside it.
 */
export type Calculation<Source, Figures, Beside = unknown> = {
  measure: (source: Source) => Answer<Figures>
  metrics: { [Figure in keyof Figures]?: Metric<Figures & Beside> }
}

/** A figure that cannot be calculated is null. Its reason says why; a reason beside a figure is a remark on it. */
export type Answer<Figures> = {
  figures: Figures
  reasons?: { [Figure in keyof Figures]?: string | undefined }
  /** Sums that an explanation shows. */
  inputs?: Partial<Inputs>
}

/** The input of the rates, of the portfolio and of a benchmark alike. */
export type Measured = {
  days: readonly Day[]
  /** For each day: false on weekends, on which only some symbols trade. */
  trading: readonly boolean[]
  /** For each day; null on a day without a value. */
  index: readonly (number | null)[]
  /** The index before the first day; null when the first day is only the base for the others. */
  opening: number | null
  /** The index of any day, of what also moves between the days. */
  level?: TotalReturn
  /** For each day: money in is positive, money out negative. The first flow includes the value at the start. */
  flows: readonly { day: Day; amount: number }[]
  end: { day: Day; value: number }
  gain: Money | null
  /** The value at the start + deposits. */
  putIn: Money
}

/**
 * Returns the days that have a return, and the base of the first return. With an `opening` the first day has a return;
 * without one it is the base of the next.
 */
export function returnDays({
  days,
  index,
  trading,
  opening,
}: Pick<Measured, 'days' | 'index' | 'trading' | 'opening'>) {
  const first = opening === null ? 1 : 0
  return {
    base: opening ?? index[0] ?? null,
    days: days.slice(first),
    index: index.slice(first),
    trading: trading.slice(first),
  }
}

/** The input of a portfolio's amounts. */
export type Account = {
  ledger: Ledger
  series: Valuations
  /** Every position ever held, at the end and at the start of the period; none at the start of the history. */
  valued: readonly Holding[]
  before: readonly Holding[]
  from: Day | null
  asOf: Day
  /** At the end, cash included; null when a price is missing. */
  value: Money | null
  /** Null when there is no value to start from. */
  period: Period | null
  /** Why an amount could not be converted to the portfolio's currency; null when all could. */
  unconverted: string | null
}

type Measure<Source> = {
  measure: (source: Source) => {
    figures: object
    reasons?: Record<string, string | undefined>
    inputs?: Partial<Inputs>
  }
}

/** Joins the figures of several calculations in one object type. */
export type FiguresOf<List> = List extends readonly [infer First, ...infer Others]
  ? (First extends { measure: (source: never) => { figures: infer Figures } } ? Figures : never) &
      FiguresOf<Others>
  : unknown

/** Makes all calculations of a list from one source. */
export function measureAll<Source, const List extends readonly Measure<Source>[]>(
  calculations: List,
  source: Source,
): { figures: FiguresOf<List>; reasons: Record<string, string>; inputs: Partial<Inputs> } {
  const figures = {}
  const inputs: Partial<Inputs> = {}
  const reasons: Record<string, string> = {}
  for (const calculation of calculations) {
    const answer = calculation.measure(source)
    Object.assign(figures, answer.figures)
    Object.assign(inputs, answer.inputs)
    for (const [figure, reason] of Object.entries(answer.reasons ?? {})) {
      if (reason !== undefined) reasons[figure] = reason
    }
  }
  return { figures: figures as FiguresOf<List>, reasons, inputs }
}

/** Returns the catalog entries of several calculations, by the name of the figure. */
export function metricsOf<Figures>(
  calculations: readonly { metrics: Record<string, Metric<NoInfer<Figures>>> }[],
): Record<string, Metric<Figures>> {
  return Object.assign({}, ...calculations.map(({ metrics }) => metrics)) as Record<string, Metric<Figures>>
}
