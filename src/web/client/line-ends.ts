import uPlot from 'uplot'
import { points } from '../format.ts'
import { locales } from '../reader.ts'
import type { Line, Unit } from './line.ts'
import { hidden } from './plot-axis.ts'
import { seriesColor } from './plot-color.ts'
import { t } from '../words/words.ts'

/**
 * Writes the name at the end of each line, with the portfolio's lead below a benchmark's name. Labels that would
 * overlap are moved apart.
 */
export function labelEnds(
  u: uPlot,
  element: HTMLElement,
  lines: readonly Line[],
  font: string,
  words: (gap: number) => string,
): void {
  const { ctx } = u
  const ratio = uPlot.pxRatio
  const line = 1.25 * parseFloat(font) * ratio
  const lastOf = (i: number) => {
    const values = u.data[i + 1] as (number | null)[]
    const at = values.findLastIndex((value) => value !== null)
    return at < 0 ? null : { at, value: values[at]! }
  }
  // the values come from the drawn data, because `lines` may belong to another range
  const own = lastOf(0)
  const ends = lines.flatMap(({ name }, i) => {
    const last = lastOf(i)
    if (!last) return []
    // both values must be of the same day: a portfolio without a price ends earlier
    const gap = i > 0 && own?.at === last.at ? words(own.value - last.value) : ''
    return [
      {
        rows: gap === '' ? [brief(name)] : [brief(name), gap],
        color: seriesColor(element, i),
        x: u.data[0][last.at]!,
        y: u.valToPos(last.value, 'y', true),
      },
    ]
  })
  ends.sort((a, b) => a.y - b.y)
  const half = ({ rows }: (typeof ends)[number]) => (rows.length * line) / 2
  for (let i = 1; i < ends.length; i++) {
    const [before, end] = [ends[i - 1]!, ends[i]!]
    end.y = Math.max(end.y, before.y + half(before) + half(end))
  }
  const bottom = u.bbox.top + u.bbox.height
  for (let i = ends.length - 1; i >= 0; i--) {
    const [end, next] = [ends[i]!, ends[i + 1]]
    end.y = Math.min(end.y, (next ? next.y - half(next) : bottom + line / 2) - half(end))
  }
  ctx.save()
  const write = (weight: number) =>
    (ctx.font = `${weight} ${font.replace(/^\d+/, (size) => String(Number(size) * ratio))}`)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const end of ends) {
    ctx.fillStyle = end.color
    end.rows.forEach((row, i) => {
      write(i === 0 ? 600 : 400)
      const y = end.y - half(end) + (i + 0.5) * line
      ctx.fillText(row, u.valToPos(end.x, 'x', true) + 8 * ratio, y)
    })
  }
  ctx.restore()
}

/** A blend's whole name would take the room of the lines; it stands above the chart. */
function brief(name: string): string {
  return name.length > 15 ? `${name.slice(0, 14).trimEnd()}…` : name
}

/** Writes the portfolio's lead over a benchmark briefly. */
export function gapWords(gap: number, unit: Unit, currency: string): string {
  if (unit === 'percent') return t('{points} pp', { points: points(gap) })
  if (unit !== 'money' || hidden(unit)) return ''
  const format = new Intl.NumberFormat(locales().numbers, {
    style: 'currency',
    currency,
    notation: 'compact',
    // `+$609` and `+$71.9K`
    maximumFractionDigits: Math.abs(gap) < 1000 ? 0 : 1,
    signDisplay: 'exceptZero',
  })
  return format.format(gap).replace('-', '−')
}

export function widest(lines: readonly Line[], font: string): number {
  const context = document.createElement('canvas').getContext('2d')!
  context.font = `600 ${font}`
  const words = [...lines.map(({ name }) => brief(name)), ...(lines.length > 1 ? ['+$999.9K'] : [])]
  return Math.ceil(Math.max(...words.map((each) => context.measureText(each).width)))
}
