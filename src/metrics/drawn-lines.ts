import { type Day, dayNumber } from '../portfolio/day.ts'
import type { Chart } from './chart.ts'
import { underwater } from './underwater.ts'

export const chartUnits = ['money', 'percent', 'drawdown'] as const

/** The unit of a chart's lines: value in cents, cumulative return, or drawdown from the peak. */
export type ChartUnit = (typeof chartUnits)[number]

export type Column = (number | null)[]

/** The lines of a chart in one unit, the portfolio's first, each with a figure for each of the days. */
export type DrawnLines = { days: Day[]; lines: DrawnLine[] }

/** A benchmark's line, or the portfolio's, which has no symbol. */
export type DrawnLine = { symbol: string | null; values: Column }

/** Returns the lines of a chart in one unit. A drawdown counts from the peak of all days, not only of those drawn. */
export function linesIn(chart: Chart, unit: ChartUnit): DrawnLines {
  const column = columns[unit]
  const benchmarks = Object.entries(chart.benchmarks)
  return {
    days: chart.days,
    lines: [
      { symbol: null, values: column(chart) },
      ...benchmarks.map(([symbol, line]) => ({ symbol, values: column(line) })),
    ],
  }
}

const columns: Record<ChartUnit, (line: Pick<Chart, 'value' | 'twr'>) => Column> = {
  money: ({ value }) => value,
  percent: ({ twr }) => twr,
  drawdown: ({ twr }) =>
    underwater(
      twr.map((value) => (value === null ? null : 1 + value)),
      1,
    ),
}

/**
 * Returns the positions of the days that a picture of so many pixel columns needs, in order: of the days that share a
 * column, those on which a line has its first, last, least and greatest figure, and one on which it has none. The
 * line through them covers the same pixels as the line through all (M4, Jugel et al., "M4: A Visualization-Oriented
 * Time Series Data Aggregation", 2014).
 */
export function daysDrawn(days: readonly Day[], lines: readonly Column[], width: number): number[] {
  const numbers = days.map(dayNumber)
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0]
  const columnOf = (i: number) => Math.floor(((numbers[i]! - first) / (last - first + 1)) * width)
  const isKept = new Uint8Array(days.length)
  for (let start = 0, end = 0; start < days.length; start = end) {
    for (end = start + 1; end < days.length && columnOf(end) === columnOf(start);) end++
    for (const line of lines) {
      let [least, greatest, none] = [-1, -1, -1]
      for (let i = start; i < end; i++) {
        const figure = line[i] ?? null
        if (figure === null) none = i
        else {
          if (least < 0 || figure < line[least]!) least = i
          if (greatest < 0 || figure > line[greatest]!) greatest = i
        }
      }
      for (const i of [start, end - 1, least, greatest, none]) if (i >= 0) isKept[i] = 1
    }
  }
  const kept: number[] = []
  isKept.forEach((is, i) => is === 1 && kept.push(i))
  return kept
}
