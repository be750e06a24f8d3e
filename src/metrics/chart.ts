import { matched, totalReturn } from '../portfolio/benchmark.ts'
import { firstUnconverted } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { chartUnits, daysDrawn, linesIn } from './drawn-lines.ts'
import { twrIndex } from './twr.ts'

/**
 * The daily lines, in columns of one length. Money is in whole cents, so that a stored chart is small and has no
 * float noise; `twr` is the cumulative return since before the first day (0.254 = 25.4 %).
 */
export type Chart = {
  days: Day[]
  value: (number | null)[]
  /** Null from the day of the first amount that could not be converted. */
  invested: (number | null)[]
  twr: (number | null)[]
  benchmarks: Record<string, { value: (number | null)[]; twr: (number | null)[] }>
}

/**
 * Returns the lines of a daily series; each benchmark gets the same flows. A day without a value is null. The `twr`
 * of a benchmark begins at 0 on the first day with a price (finance.md, "TWR" and "Benchmark, cash-flow matched").
 */
export function chart(ledger: Ledger, series: Valuations): Chart {
  const flows = series.days.map((_, i) => ({
    deposits: toNumber(series.deposits[i]!),
    withdrawals: toNumber(series.withdrawals[i]!),
  }))
  const value = series.value.map((end) => (end === null ? null : toNumber(end)))
  const unconverted = firstUnconverted(ledger)?.date
  const known = series.days.map((day) => unconverted === undefined || day < unconverted)
  return {
    days: series.days,
    value: value.map((end) => (end === null ? null : cents(end))),
    invested: series.invested.map((invested, i) => (known[i] ? cents(toNumber(invested)) : null)),
    twr: twrIndex(value, flows).map((index) => (index === null ? null : ratio(index - 1))),
    benchmarks: Object.fromEntries(
      ledger.benchmarks.map((symbol) => {
        const index = totalReturn(ledger, symbol)
        const levels = series.days.map((day) => index(day))
        const first = levels.find((level) => level !== null) ?? null
        return [
          symbol,
          {
            value: matched(series.days, flows, index).value.map((value, i) =>
              value === null || !known[i] ? null : cents(value),
            ),
            twr: levels.map((level) => (level === null || first === null ? null : ratio(level / first - 1))),
          },
        ]
      }),
    ),
  }
}

/**
 * Returns a chart with the line of another one as its first benchmark, on the same days: one that the other lacks has what
 * it had on the day before.
 */
export function withLine(chart: Chart, name: string, other: Chart): Chart {
  let at = -1
  const places = chart.days.map((day) => {
    while (at + 1 < other.days.length && other.days[at + 1]! <= day) at++
    return at
  })
  const line = {
    value: places.map((i) => other.value[i] ?? null),
    twr: places.map((i) => other.twr[i] ?? null),
  }
  return { ...chart, benchmarks: { [name]: line, ...chart.benchmarks } }
}

/** Splits off the last day of a chart, which moves with every quote; the rest is the part that is stored. */
export function splitLastDay(whole: Chart): { settled: Chart; last: Chart } {
  const end = Math.max(whole.days.length - 1, 0)
  return {
    settled: columns(whole, (column) => column.slice(0, end)),
    last: columns(whole, (column) => column.slice(end)),
  }
}

/** Joins the two parts again. A day that is in both is taken from the later part. */
export function concat(settled: Chart, last: Chart): Chart {
  const kept =
    last.days.length === 0 ? settled.days.length : settled.days.filter((day) => day < last.days[0]!).length
  const join = <T>(a: readonly T[], b: readonly T[]) => [...a.slice(0, kept), ...b]
  return {
    days: join(settled.days, last.days),
    value: join(settled.value, last.value),
    invested: join(settled.invested, last.invested),
    twr: join(settled.twr, last.twr),
    benchmarks: Object.fromEntries(
      Object.keys(last.benchmarks).map((symbol) => {
        const before = settled.benchmarks[symbol] ?? blank(settled.days.length)
        const { value, twr } = last.benchmarks[symbol]!
        return [symbol, { value: join(before.value, value), twr: join(before.twr, twr) }]
      }),
    ),
  }
}

/** Returns the days from `from` to `to`, both optional and inclusive. Returns start at 0 on the first of them. */
export function range(whole: Chart, from: Day | null, to: Day | null): Chart {
  const start = from === null ? 0 : whole.days.findIndex((day) => day >= from)
  const end = to === null ? whole.days.length : whole.days.findLastIndex((day) => day <= to) + 1
  const cut = columns(whole, (column) => (start < 0 ? [] : column.slice(start, Math.max(start, end))))
  if (start === 0) return cut
  return {
    ...cut,
    twr: rebase(cut.twr),
    benchmarks: mapValues(cut.benchmarks, (line) => ({ ...line, twr: rebase(line.twr) })),
  }
}

/**
 * Returns the days of a chart that a picture of so many pixel columns needs, whatever unit it is drawn in. Returns are
 * rounded to a hundredth of a percent, as they are shown.
 */
export function decimated(whole: Chart, width: number): Chart {
  const lines = chartUnits.flatMap((unit) => linesIn(whole, unit).lines)
  const kept = daysDrawn(
    whole.days,
    lines.map(({ values }) => values),
    width,
  )
  const thin = columns(whole, (column) => kept.map((i) => column[i]!))
  const short = (twr: (number | null)[]) => twr.map((value) => value && Math.round(value * 1e4) / 1e4)
  return {
    ...thin,
    twr: short(thin.twr),
    benchmarks: mapValues(thin.benchmarks, ({ value, twr }) => ({ value, twr: short(twr) })),
  }
}

/** Applies one function to every column. */
function columns(whole: Chart, of: <T>(column: readonly T[]) => T[]): Chart {
  return {
    days: of(whole.days),
    value: of(whole.value),
    invested: of(whole.invested),
    twr: of(whole.twr),
    benchmarks: mapValues(whole.benchmarks, (line) => ({ value: of(line.value), twr: of(line.twr) })),
  }
}

function blank(days: number): { value: null[]; twr: null[] } {
  return { value: Array(days).fill(null), twr: Array(days).fill(null) }
}

function rebase(column: (number | null)[]): (number | null)[] {
  const first = column.find((value) => value !== null)
  // no return can be measured after a total loss
  if (first === -1) return column.map(() => null)
  return column.map((value) =>
    value === null || first == null ? value : ratio((1 + value) / (1 + first) - 1),
  )
}

function mapValues<A, B>(record: Record<string, A>, of: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]))
}

function cents(amount: number): number {
  return Math.round(amount * 100)
}

/** Rounds to eight decimals, more than a chart can show. */
function ratio(value: number): number {
  return Math.round(value * 1e8) / 1e8
}
