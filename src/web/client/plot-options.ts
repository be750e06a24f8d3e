import uPlot from 'uplot'
import type { Line, Unit } from './line.ts'
import { LANE } from './trade-lane.ts'
import { followTouch } from './crosshair.ts'
import { lastPoint, place } from './last-point.ts'
import { gapWords, labelEnds, widest } from './line-ends.ts'
import { amounts, dates, hidden, incrs } from './plot-axis.ts'
import { colorOf, seriesColor } from './plot-color.ts'

type About = { unit: Unit; against: number | null; figure: HTMLElement; lane: Lane | null }

export type Lane = { draw: (u: uPlot, colorOf: (className: string) => string) => void }

export function optionsOf(
  element: HTMLElement,
  lines: readonly Line[],
  { unit, against, figure, lane }: About,
  point: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(element)
  // the font follows the reader's text size
  const size = Math.round(0.6875 * parseFloat(getComputedStyle(document.documentElement).fontSize))
  const font = `${size}px ${style.fontFamily}`
  const currency = figure.dataset.currency!
  const shaded = unit === 'money' || unit === 'percent' ? against : null
  // a canvas cannot read style sheets, so an element lends it the colors
  const muted = () => getComputedStyle(element).color
  const rule = () => getComputedStyle(element).borderTopColor
  const end = lastPoint()
  return {
    ...sizeOf(element),
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [unit === 'drawdown' ? 20 : 8, widest(lines, font) + 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      y: {
        range: (_u, min, max) =>
          unit === 'drawdown' ? [Math.min(min * 1.08, -0.01), 0] : uPlot.rangeNum(min, max, 0.08, true),
      },
    },
    series: [
      {},
      ...lines.map((_line, i): uPlot.Series => ({
        stroke: () => seriesColor(element, i),
        width: i === 0 ? 2 : 1.5,
        points: { show: false },
        ...(i > 0 && { dash: [5, 4] }),
        ...(i === 0 &&
          shaded === null && {
            fill: (u) => shade(u, seriesColor(element, 0)),
            fillTo: (u) => (unit === 'drawdown' ? 0 : (u.scales.y!.min ?? 0)),
          }),
      })),
    ],
    // the gap is filled in one color where the portfolio leads and in another where the benchmark does
    bands:
      shaded === null
        ? []
        : [
            { series: [1, shaded + 1], fill: () => tint(colorOf(element, 'gain-gain')) },
            { series: [shaded + 1, 1], fill: () => tint(colorOf(element, 'gain-loss')) },
          ],
    axes: [
      {
        font,
        stroke: muted,
        grid: { show: false },
        ticks: { stroke: rule, width: 1, size: 4 },
        values: dates,
        incrs,
        space: element.clientWidth < 500 ? 46 : 72,
        gap: 5 + (lane ? LANE : 0),
        size: 19 + size + (lane ? LANE : 0),
      },
      {
        font,
        stroke: muted,
        grid: { stroke: rule, width: 1 },
        ticks: { show: false },
        gap: 8,
        space: 40,
        size: (_u, values) => 16 + 0.6 * size * Math.max(0, ...(values ?? []).map((value) => value.length)),
        values: (_u, splits) => (hidden(unit) ? splits.map(() => '•••') : amounts(splits, unit, currency)),
      },
    ],
    hooks: {
      ready: [(u) => u.over.append(end), (u) => followTouch(u)],
      setCursor: [(u) => point(u.cursor.idx ?? null)],
      draw: [
        (u) => labelEnds(u, element, lines, font, (gap) => gapWords(gap, unit, currency)),
        (u) => place(end, u),
        (u) => lane?.draw(u, (name) => colorOf(element, name)),
      ],
    },
  }
}

export function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight }
}

function tint(color: string): string {
  return color.replace('rgb(', 'rgba(').replace(')', ', 0.13)')
}

/** Fades the line's color to nothing. Computed colors read `rgb(27, 26, 23)`. */
function shade(u: uPlot, color: string): CanvasGradient {
  const { top, height } = u.bbox
  const gradient = u.ctx.createLinearGradient(0, top, 0, top + height)
  gradient.addColorStop(0, color.replace('rgb(', 'rgba(').replace(')', ', 0.14)'))
  gradient.addColorStop(1, color.replace('rgb(', 'rgba(').replace(')', ', 0)'))
  return gradient
}
