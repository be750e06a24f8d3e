import { type Chart, decimated } from '../metrics/chart.ts'
import { type DrawnLines, linesIn } from '../metrics/drawn-lines.ts'
import type { Day } from '../portfolio/day.ts'
import { text, toNumber } from '../portfolio/decimal.ts'
import { allocation } from './allocation.ts'
import type { Snapshot } from './snapshot.ts'
import { waterfall } from './waterfall.ts'

/**
 * What somebody sees who has a link to a portfolio. With percentages only, every amount is null here, so that no page or
 * picture made of it can have one; shares and prices are in neither.
 */
export type SharedView = {
  name: string
  asOf: Day
  /** The first day of the chart; null without one. */
  since: Day | null
  /** Null in a view of percentages. */
  currency: string | null
  value: string | null
  xirr: number | null
  twr: number | null
  day: { ratio: number | null; amount: string | null }
  benchmarks: SharedBenchmark[]
  holdings: SharedHolding[]
  /** How many of these are not cash. */
  positions: number
  kinds: SharedPart[]
  currencies: SharedPart[]
  /** In cents; in a view of percentages an index that begins at 100. */
  chart: DrawnLines
  /** Against the first benchmark; null where it is not known. */
  steps: SharedStep[] | null
}

export type SharedBenchmark = {
  symbol: string
  xirr: number | null
  /** The portfolio's value − what the same money in the benchmark is worth. */
  gap: string | null
  /** The same as a part of the latter: 0.31 is 31 % more. */
  lead: number | null
}

type SharedHolding = {
  symbol: string
  name: string
  weight: number | null
  value: string | null
  day: number | null
  totalReturn: number | null
  /** The total return − that of the first benchmark. */
  versus: number | null
}

type SharedPart = { name: string; ratio: number; value: string | null }

/** `part` is the amount ÷ the value of the portfolio. */
type SharedStep = { name: string; part: number; amount: string | null }

/** So many days does the picture need. */
const COLUMNS = 500

/** Makes the view of a snapshot and its whole chart. */
export function sharedView(snapshot: Snapshot, chart: Chart, isPercentOnly: boolean): SharedView {
  const { portfolio, summary } = snapshot
  const [benchmark] = portfolio.benchmarks
  const money = (amount: string | null) => (isPercentOnly ? null : amount)
  const { holdings: parts, kinds, currencies } = allocation(snapshot)
  const weights = new Map(parts.map(({ name, ratio }) => [name, ratio]))
  const part = ({ name, ratio, value }: (typeof parts)[number]) => ({
    name,
    ratio,
    value: money(text(value)),
  })
  const rows = new Map(snapshot.holdings.map((row) => [row.symbol, row]))
  const thin = decimated(chart, COLUMNS)
  return {
    name: portfolio.name,
    asOf: summary.as_of,
    since: chart.days[0] ?? null,
    currency: money(portfolio.base_currency),
    value: money(summary.value),
    xirr: summary.xirr,
    twr: summary.twr,
    day: { ratio: summary.today.ratio, amount: money(summary.today.change) },
    benchmarks: portfolio.benchmarks.map((symbol) => {
      const { value = null, gap = null, xirr = null } = summary.benchmarks[symbol] ?? {}
      return { symbol, xirr, gap: money(gap), lead: quotient(gap, value) }
    }),
    holdings: [
      ...parts.map(({ name }) => name),
      ...snapshot.holdings.flatMap(({ symbol, market_value }) => (market_value === null ? [symbol] : [])),
    ].map((symbol) => {
      const row = rows.get(symbol)
      return {
        symbol,
        name: row?.name ?? '',
        weight: weights.get(symbol) ?? null,
        value: money(row ? row.market_value : summary.cash),
        day: row?.day_change_ratio ?? null,
        totalReturn: row?.total_return ?? null,
        versus: benchmark === undefined ? null : (row?.vs[benchmark] ?? null),
      }
    }),
    positions: snapshot.holdings.length,
    kinds: kinds.map(part),
    currencies: currencies.map(part),
    chart: isPercentOnly ? indexed(linesIn(thin, 'percent')) : linesIn(thin, 'money'),
    steps: benchmark === undefined ? null : stepsTo(snapshot, benchmark, isPercentOnly),
  }
}

function stepsTo(snapshot: Snapshot, benchmark: string, isPercentOnly: boolean): SharedStep[] | null {
  const found = waterfall(snapshot, benchmark)
  if (typeof found === 'string' || found.end === 0n) return null
  return found.steps.map(({ name, amount }) => ({
    name,
    part: toNumber(amount) / toNumber(found.end),
    amount: isPercentOnly ? null : text(amount),
  }))
}

/** Cumulative returns as an index that begins at 100. */
function indexed({ days, lines }: DrawnLines): DrawnLines {
  const index = (ratio: number | null) => (ratio === null ? null : Math.round(1e4 * (1 + ratio)) / 100)
  return { days, lines: lines.map(({ symbol, values }) => ({ symbol, values: values.map(index) })) }
}

/** Null where one of the two is not known, and where the second is 0. */
function quotient(of: string | null, by: string | null): number | null {
  const divisor = Number(by ?? 0)
  return of === null || divisor === 0 ? null : Number(of) / divisor
}
