import { html } from './html.ts'
import type { Months, PartOfTime } from '../../metrics/months.ts'
import { day, none, points, pointsTone, signedPercent } from '../format.ts'
import { tintOf } from './tint.ts'
import { t } from '../words/words.ts'

/** The return of each month, and the same less a benchmark's. */
export const MonthsPanel = ({
  months,
  vs,
  portfolio,
}: {
  months: Months
  vs: string | null
  portfolio: string
}) => (
  <section class="panel" aria-labelledby="months-title">
    <header>
      <h2 id="months-title">{t('Months')}</h2>
      <p class="aside">
        {months.since
          ? t('time-weighted, in percent, of the whole history, from {day}', { day: day(months.since) })
          : t('time-weighted, in percent, of the whole history')}
      </p>
      <a class="aside" href={`/portfolios/${portfolio}/export/months.csv`}>
        {t('Export')}
      </a>
    </header>
    <MonthTable
      {...months}
      of={({ twr }) => twr}
      inFull={signedPercent}
      steps={[0.02, 0.05]}
      caption={t('Return of each month, in percent')}
    />
    {vs !== null && (
      <>
        <h3 class="less">{t('vs {symbol}', { symbol: vs })}</h3>
        <p class="aside">{t('in percentage points: above 0 the portfolio did better')}</p>
        <MonthTable
          {...months}
          of={({ excess }) => excess[vs] ?? null}
          inFull={inPoints}
          steps={[0.01, 0.03]}
          caption={t('Return of each month less that of {benchmark}, in percentage points', {
            benchmark: vs,
          })}
        />
      </>
    )}
  </section>
)

type MonthTableProps = {
  months: readonly PartOfTime[]
  /** What the last column shows; without them there is none. */
  years?: readonly PartOfTime[]
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
export const MonthTable = ({ months, years, of, inFull, steps, caption }: MonthTableProps) => {
  const names = [...new Set(months.map(({ name }) => name.slice(0, 4)))]
  const whole = new Map(years?.map((year) => [year.name, of(year)]))
  const known = new Map(months.map((month) => [month.name, month]))
  const named = MONTHS.map((name) => t(name))
  const heads = named.map(
    (name) => html`<th scope="col"><abbr title="${name}">${name.slice(0, 3)}</abbr></th>`,
  )
  const cell = (part: PartOfTime | undefined, name: string) => {
    if (part === undefined) return html`<td></td>`
    const figure = of(part)
    const words = figure === null ? none : points(figure)
    return html`<td class="${tintOf(figure, steps, pointsTone(figure))}" title="${name}: ${inFull(figure)}">${words}</td>`
  }
  const rows = names.toReversed().map((year) => {
    const own = named.map((name, i) =>
      cell(known.get(`${year}-${String(i + 1).padStart(2, '0')}`), `${name} ${year}`),
    )
    const all = whole.get(year) ?? null
    const last =
      years &&
      html`<td class="whole" title="${year}: ${inFull(all)}">${all === null ? none : points(all)}</td>`
    return html`<tr><th scope="row">${year}</th>${own}${last}</tr>`
  })
  return html`<div class="scroll always" tabindex="0" role="group" aria-label="${caption}"><table class="grid monthly"><caption class="visually-hidden">${caption}</caption><thead><tr><th scope="col">${t('Year')}</th>${heads}${years && html`<th scope="col">${t('Whole year')}</th>`}</tr></thead><tbody>${rows}</tbody></table></div>`
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
] as const

/** `+4.1 pp`. */
export const inPoints = (figure: number | null): string =>
  figure === null ? none : t('{n} pp', { n: points(figure) })
