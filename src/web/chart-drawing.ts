import { type Chart, decimated } from '../metrics/chart.ts'
import { type ChartUnit, chartUnits, linesIn } from '../metrics/drawn-lines.ts'
import { remembered } from '../portfolio/remembered.ts'
import { type ChartRange, inRange } from './chart-range.ts'
import { packed } from './packed-lines.ts'

/** How chart.json is asked to write a chart: for a picture of so many pixel columns, or with every day. */
type Drawing = { unit: ChartUnit | null; every: boolean; width: number }

/** The columns of a picture whose width nobody gave, and the most there are. */
const USUAL_WIDTH = 1000
const WIDEST = 8000

/** Reads `unit`, `width` and `days=every`; a sentence when one of them is not valid. */
export function readDrawing({ unit, width, days }: Record<string, string | undefined>): Drawing | string {
  if (unit !== undefined && !isUnit(unit)) return `unit must be one of ${chartUnits.join(', ')}.`
  if (days !== undefined && days !== 'every') return 'days must be “every”, or left out.'
  const columns = width === undefined ? USUAL_WIDTH : Number(width)
  if (!Number.isInteger(columns) || columns < 1 || columns > WIDEST) {
    return `width must be a whole number of pixels from 1 to ${WIDEST}.`
  }
  return { unit: unit ?? null, every: days === 'every', width: columns }
}

/**
 * Writes a range of a chart as JSON: its lines in one unit, packed unless every day was asked for; without a unit worth and
 * returns, in plain columns. What was written of a chart is kept with it, since all pages that show it ask for the same.
 */
export function drawn(chart: Chart, range: ChartRange, drawing: Drawing): string {
  const known = pictures(chart)
  const asked = JSON.stringify([range, drawing])
  let text = known.get(asked)
  if (text === undefined) {
    text = JSON.stringify(linesOf(inRange(chart, range), drawing))
    if (known.size >= MOST_PICTURES) known.clear()
    known.set(asked, text)
  }
  return text
}

const MOST_PICTURES = 8

const pictures = remembered((_chart: Chart) => new Map<string, string>())

function linesOf(chart: Chart, { unit, every, width }: Drawing): object {
  if (unit !== null) return every ? linesIn(chart, unit) : packed(linesIn(chart, unit), width)
  const { invested: _unseen, ...lines } = every ? chart : decimated(chart, width)
  return lines
}

function isUnit(text: string): text is ChartUnit {
  return (chartUnits as readonly string[]).includes(text)
}
