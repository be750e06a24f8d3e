import { html, raw } from './html.ts'
import { dayNumber } from '../../portfolio/day.ts'
import type { SharedView } from '../../snapshot/shared-view.ts'
import { compactMoney, day, exact } from '../format.ts'
import { t } from '../words/words.ts'

/** The lines of a shared portfolio as a picture that needs no script; its words keep their size at any width. */
export const SharedChart = ({ view }: { view: SharedView }) => {
  const { chart, currency, since, asOf } = view
  const scale = scaleOf(chart.lines.flatMap(({ values }) => values.filter((value) => value !== null)))
  if (!scale || since === null) return <p class="aside">{t('There is no chart yet.')}</p>
  const [first, last] = [dayNumber(chart.days[0]!), dayNumber(chart.days.at(-1)!)]
  const x = chart.days.map((each) => Math.round((WIDTH * (dayNumber(each) - first)) / (last - first || 1)))
  const label = t('From {from} to {to}', { from: day(since), to: day(asOf) })
  // the portfolio's line is drawn last, above the others
  const paths = chart.lines
    .map(
      ({ values }, i) =>
        html`<path class="series-${i}" d="${raw(
          pathOf(
            values.map((value) => (value === null ? null : y(value, scale))),
            x,
          ),
        )}"/>`,
    )
    .toReversed()
  return (
    <figure class="shared-chart">
      <svg role="img" aria-label={label}>
        {scale.ticks.map((tick) => {
          const at = `${((100 * y(tick, scale)) / HEIGHT).toFixed(1)}%`
          const words = currency === null ? exact(String(tick)) : compactMoney(tick / 100, currency)
          return html`<line x1="0" x2="100%" y1="${at}" y2="${at}"/><text x="0" y="${at}" dy="-5">${words}</text>`
        })}
        {html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${paths}</svg>`}
      </svg>
      <figcaption>
        <span>{day(since)}</span>
        <span>{day(asOf)}</span>
      </figcaption>
    </figure>
  )
}

const [WIDTH, HEIGHT] = [1000, 400]

type Scale = { least: number; most: number; ticks: number[] }

/** About four round values across the lines, with some room; null without a line. */
export function scaleOf(values: readonly number[]): Scale | null {
  if (values.length === 0) return null
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const spread = most - least || Math.abs(most) || 1
  const rough = spread / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough)!
  const from = Math.ceil(least / step)
  const count = Math.floor(most / step) - from + 1
  const ticks = Array.from({ length: Math.max(count, 0) }, (_, i) =>
    Number(((from + i) * step).toPrecision(12)),
  )
  return { least: least - spread * 0.05, most: most + spread * 0.08, ticks }
}

function y(value: number, { least, most }: Scale): number {
  return Math.round(HEIGHT * (1 - (value - least) / (most - least)))
}

/** Lifts the pen where a line has no figure. */
function pathOf(ys: readonly (number | null)[], xs: readonly number[]): string {
  return ys
    .map((at, i) => (at === null ? '' : `${i > 0 && ys[i - 1] !== null ? 'L' : 'M'}${xs[i]} ${at}`))
    .join('')
}
