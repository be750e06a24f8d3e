import { html } from 'hono/html'
import type { Months, PartOfTime } from '../../metrics/months.ts'
import { none, points, pointsTone, signedPercent } from '../format.ts'
import { tintOf } from './tint.ts'

type MonthTableProps = {
  months: Months
  /** What a cell shows of a month, and how that is said in full. */
  of: (part: PartOfTime) => number | null
  inFull: (figure: number | null) => string
  /** The sizes from which a month counts as middling and as large. */
  steps: readonly [number, number]
  caption: string
}

/**
 * A row for each year, the latest first, and a column for each month. The color only repeats what sign and size say.
 * Written as text, as the other tables are.
 */
export const MonthTable = ({ months: { months, years }, of, inFull, steps, caption }: MonthTableProps) => {
  const known = new Map(months.map((month) => [month.name, month]))
  const heads = MONTHS.map(
    (name) => html`<th scope="col"><abbr title="${name}">${name.slice(0, 3)}</abbr></th>`,
  )
  const cell = (part: PartOfTime | undefined, name: string) => {
    if (part === undefined) return html`<td></td>`
    const figure = of(part)
    const words = figure === null ? none : points(figure)
    return html`<td class="${tintOf(figure, steps, pointsTone(figure))}" title="${name}: ${inFull(figure)}">${words}</td>`
  }
  const rows = years.toReversed().map((year) => {
    const own = MONTHS.map((name, i) =>
      cell(known.get(`${year.name}-${String(i + 1).padStart(2, '0')}`), `${name} ${year.name}`),
    )
    const whole = of(year)
    return html`<tr><th scope="row">${year.name}</th>${own}<td class="whole" title="${year.name}: ${inFull(whole)}">${whole === null ? none : points(whole)}</td></tr>`
  })
  return html`<div class="scroll always" tabindex="0" role="group" aria-label="${caption}"><table class="grid months"><caption class="visually-hidden">${caption}</caption><thead><tr><th scope="col">Year</th>${heads}<th scope="col">Whole year</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `+4.12%`, and of a difference `+4.1 pp`. */
export const inPercent = signedPercent
export const inPoints = (figure: number | null): string => (figure === null ? none : `${points(figure)} pp`)
