import { dayNumber } from '../../portfolio/day.ts'
import type { SharedView } from '../../snapshot/shared-view.ts'
import type { Point } from './canvas.ts'

/** The edges of where lines are drawn. */
export type Frame = { left: number; right: number; top: number; bottom: number }

/** The portfolio's line and that of its first benchmark, from edge to edge; none of fewer than two values. */
export function viewLines(
  { chart: { days, lines } }: SharedView,
  { left, right, top, bottom }: Frame,
): Point[][] {
  const shown = lines.slice(0, 2)
  const values = shown.flatMap((line) => line.values.filter((value) => value !== null))
  if (values.length < 2) return []
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const [first, last] = [dayNumber(days[0]!), dayNumber(days.at(-1)!)]
  return shown.map((line) =>
    days.flatMap((day, i): Point[] => {
      const value = line.values[i] ?? null
      if (value === null) return []
      const x = left + ((right - left) * (dayNumber(day) - first)) / (last - first || 1)
      return [[x, bottom - ((bottom - top) * (value - least)) / (most - least || 1)]]
    }),
  )
}
