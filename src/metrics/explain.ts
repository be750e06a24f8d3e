import type { Day } from '../portfolio/day.ts'
import { fromFloat, text } from '../portfolio/decimal.ts'
import {
  benchmarkMetrics,
  benchmarkRisks,
  portfolioMetrics,
  portfolioRisks,
  type Risks,
  type RisksAgainst,
} from './catalog.ts'
import { type Basis, type Days, type Input, type Metric, minus, plus } from './metric.ts'
import type { Performance } from './performance.ts'
import type { Today } from './today.ts'
import type { Flow } from './xirr.ts'

/** The explanation of a figure: its formula, the inputs and the days, or the reason why there is no figure. */
export type Explanation = {
  figure: string
  formula: string
  method: string
  inputs: Input[]
  days: Days
  /**
   * For an XIRR, the flows it was solved for, positive towards the owner; a long list is cut, but for the last flow.
   */
  flows?: { day: Day; amount: string }[]
  flow_count?: number
  result: string | number | null
  /** The reason why there is no result, or a remark on it. */
  reason: string | null
}

/** The dashboard's figures, or those of a period, which have no `today`, or of its risk, which have more (risk.ts). */
export type Figures = Performance & { today?: Today }

/**
 * Explains a figure of the performance, such as `xirr` or `benchmarks.VOO.xirr`, by its entry in the catalog.
 * Nothing is calculated again, so that the explanation fits the figure that was shown. `flows` are listed for an XIRR
 * when the caller has them. Null for an unknown figure.
 */
export function explanation(figure: string, figures: Figures, flows?: readonly Flow[]): Explanation | null {
  const named = nameOf(figure)
  const found = subjectOf(named.benchmark, figures)?.look(named.name)
  if (!found) return null
  const { metric, inputs, days, result } = found
  return {
    figure,
    formula: metric.formula,
    method: metric.method,
    inputs,
    days,
    ...(flows && { flows: shown(flows), flow_count: flows.length }),
    result,
    reason: reasonOf(named, figures) ?? (result === null ? metric.missing : null),
  }
}

/** The names of all figures that can be explained. */
export function explainable(figures: Figures): string[] {
  const namesOf = (benchmark: string | null) => subjectOf(benchmark, figures)?.names ?? []
  return [
    ...namesOf(null),
    ...Object.keys(figures.benchmarks).flatMap((symbol) =>
      namesOf(symbol).map((name) => `benchmarks.${symbol}.${name}`),
    ),
  ]
}

/** The rate whose flows an explanation needs, of the portfolio or of a benchmark; null when the figure is no XIRR. */
export function requestedRate(figure: string): { benchmark: string | null } | null {
  const { name, benchmark } = nameOf(figure)
  return name === 'xirr' ? { benchmark } : null
}

/** The name and the unit of a figure in the catalog; null for an unknown one. */
export function calledIn(figure: string): Pick<Metric, 'name' | 'unit'> | null {
  const { name, benchmark } = nameOf(figure)
  const metrics: Record<string, Pick<Metric, 'name' | 'unit'>> = benchmark === null
    ? { ...portfolioMetrics, ...portfolioRisks }
    : { ...benchmarkMetrics, ...benchmarkRisks }
  return Object.hasOwn(metrics, name) ? metrics[name]! : null
}

type FigureName = { name: string; benchmark: string | null }

/** Splits the name of a figure. A symbol may itself contain dots. */
function nameOf(figure: string): FigureName {
  const match = /^benchmarks\.(.+)\.([a-z_]+)$/.exec(figure)
  return match ? { name: match[2]!, benchmark: match[1]! } : { name: figure, benchmark: null }
}

function reasonOf({ name, benchmark }: FigureName, { reasons }: Figures): string | null {
  if (benchmark === null) return reasons[name] ?? null
  return reasons[`benchmarks.${benchmark}.${name}`] ?? reasons[`benchmarks.${benchmark}`] ?? null
}

/** At most this many flows are listed. */
const MOST_FLOWS = 200

function shown(flows: readonly Flow[]): { day: Day; amount: string }[] {
  const some = flows.length > MOST_FLOWS ? [...flows.slice(0, MOST_FLOWS - 1), flows.at(-1)!] : flows
  return some.map(({ day, amount }) => ({ day, amount: text(fromFloat(amount)) }))
}

/** The portfolio or a benchmark, with its part of the catalog; null for a benchmark that is not measured. */
function subjectOf(benchmark: string | null, all: Figures) {
  const { inputs, today, value, dividends, interest, taxes } = all
  const portfolio = { value, dividends, interest, taxes }
  const period = { from: all.from, to: all.as_of, portfolio, inputs }
  if (benchmark === null) {
    const withdrawals = inputs?.withdrawals ?? null
    return subject({ ...portfolioMetrics, ...portfolioRisks }, all as Figures & Risks, {
      ...period,
      value,
      gain: all.total_gain,
      withdrawals,
    })
  }
  if (!Object.hasOwn(all.benchmarks, benchmark)) return null
  const own = all.benchmarks[benchmark]!
  const withdrawals = inputs && minus(plus(inputs.start_value, inputs.deposits), own.invested)
  return subject(
    { ...benchmarkMetrics, ...benchmarkRisks },
    {
      ...(own as typeof own & Risks & RisksAgainst),
      ...(today && { today: today.benchmarks[benchmark] ?? null }),
    },
    { ...period, value: own.value, gain: own.gain, withdrawals },
  )
}

/** Looks up only what an answer has. */
function subject<Own extends object>(metrics: Record<string, Metric<Own>>, own: Own, basis: Basis) {
  return {
    names: Object.keys(metrics).filter((name) => Object.hasOwn(own, name)),
    look(name: string) {
      const metric = Object.hasOwn(own, name) && Object.hasOwn(metrics, name) ? metrics[name] : undefined
      if (!metric) return null
      return {
        metric,
        inputs: metric.inputs(own, basis).filter((input) => input !== null),
        days: metric.days?.(basis, own) ?? { from: basis.inputs?.since ?? null, to: basis.to },
        result: resultOf(own[name as keyof Own]),
      }
    },
  }
}

/** A figure that has a day, a month or a change in money beside it is explained by its ratio. */
function resultOf(figure: unknown): string | number | null {
  const scalar = figure !== null && typeof figure === 'object' ? (figure as { ratio: unknown }).ratio : figure
  return (scalar ?? null) as string | number | null
}
