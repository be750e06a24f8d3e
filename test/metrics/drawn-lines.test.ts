import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chart } from '../../src/metrics/chart.ts'
import { daysDrawn, linesIn } from '../../src/metrics/drawn-lines.ts'
import { daysOf, picture } from './random-lines.ts'

type Column = (number | null)[]

/** What a line covers in each pixel column: where it enters and leaves, how far it reaches, and whether it breaks. */
const covered = (line: Column, days: readonly string[], all: readonly string[], width: number) => {
  const columns = new Map<number, Column>()
  for (const [i, day] of days.entries()) {
    const column = Math.floor((all.indexOf(day) / all.length) * width)
    columns.set(column, [...(columns.get(column) ?? []), line[i]!])
  }
  return [...columns].map(([column, figures]) => {
    const known = figures.filter((each) => each !== null)
    return [
      column,
      figures[0],
      figures.at(-1),
      Math.min(...known),
      Math.max(...known),
      known.length < figures.length,
    ]
  })
}

describe('the days that a picture needs', () => {
  it('cover the same pixels as all days, in every column and for every line', () => {
    fc.assert(
      fc.property(picture, ({ days, width, lines }) => {
        const kept = daysDrawn(days, lines, width)
        const shown = kept.map((i) => days[i]!)
        for (const line of lines) {
          const thin = kept.map((i) => line[i]!)
          expect(covered(thin, shown, days, width)).toEqual(covered(line, days, days, width))
        }
      }),
    )
  })

  it('are at most five for each line and column, besides the first and the last day', () => {
    const days = daysOf(300)
    const line = days.map((_, i) => Math.sin(i))
    expect(daysDrawn(days, [line], 10).length).toBeLessThanOrEqual(50)
    expect(daysDrawn([], [[]], 10)).toEqual([])
  })
})

it('a drawdown is measured from the highest of all days, whichever are drawn', () => {
  const chart: Chart = {
    days: daysOf(3),
    value: [100, 150, 75],
    invested: [100, 100, 100],
    twr: [0, 0.5, -0.25],
    benchmarks: {},
  }
  expect(linesIn(chart, 'drawdown').lines).toEqual([{ symbol: null, values: [0, 0, -0.5] }])
  expect(linesIn(chart, 'money').lines[0]!.values).toEqual([100, 150, 75])
})
