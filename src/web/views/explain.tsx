import { html, raw } from './html.ts'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { portfolioMetrics } from '../../metrics/catalog.ts'
import { type Explanation as Told, explanation } from '../../metrics/explain.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { figureText } from '../figure-text.ts'
import { day, sentence, worded } from '../format.ts'
import { liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { t, translated } from '../words/words.ts'

/**
 * The name of a figure, which opens its explanation. Fifteen of them are on a page, most of which nobody opens: the
 * explanation is fetched when its link comes into sight, and without script the link leads to a page.
 */
export const Explain = ({ of, name, snapshot }: ExplainProps) => {
  const called = name ?? calledOf(of)
  if (!explanation(of, snapshot.summary)) return <>{called}</>
  return Opening({ figure: of, called, path: explanationPath(snapshot, of) })
}

export function Opening({ figure, called, path }: { figure: string; called: Child; path: string }) {
  return html`<details id="explain-${figure}" name="explain" class="explain"><summary>${called}</summary><div class="explanation"><a href="${path}" hx-get="${path}" hx-trigger="revealed" hx-target="closest div">${t('How it is calculated')}</a></div></details>`
}

/** `name` replaces the catalog's. */
type ExplainProps = { name?: string; of: string; snapshot: Snapshot }

export function explanationPath({ portfolio }: Snapshot, figure: string): string {
  return `/portfolios/${portfolio.id}/figures/${encodeURIComponent(figure)}`
}

/** The explanation on a page of its own. */
export const ExplanationPage = ({
  of,
  title,
  snapshot,
  clock,
  children,
}: PropsWithChildren<{
  of: string
  title: string
  snapshot: Snapshot
  clock: Clock
}>) => (
  <PortfolioPage title={translated(title)} snapshot={snapshot} clock={clock}>
    <section class="panel explained" {...liveRegion('explained', explanationPath(snapshot, of))}>
      {children}
    </section>
  </PortfolioPage>
)

/** What a route has called a figure, in the language of the reader. */
export const Called = ({ name }: { name: string }) => <>{translated(name)}</>

export function calledOf(figure: string): string {
  return translated(portfolioMetrics[figure]?.name ?? figure)
}

/** The formula, the inputs and the days, of the portfolio and of each benchmark, or why there is no figure. */
export const Explanation = ({ of, snapshot: { portfolio, summary } }: { of: string; snapshot: Snapshot }) => {
  const own = explanation(of, summary)
  if (!own) return null
  const against = Object.hasOwn(beside, of) ? beside[of as keyof typeof beside] : null
  const theirs = portfolio.benchmarks.map((symbol) =>
    against === null ? null : explanation(`benchmarks.${symbol}.${against}`, summary),
  )
  return Explained({ name: calledOf(of), own, theirs, portfolio })
}

type ExplainedProps = {
  name: string
  /** Null of a figure that only benchmarks have. */
  own: Told | null
  /** One for each benchmark; null where it has no such figure. */
  theirs: readonly (Told | null)[]
  portfolio: Snapshot['portfolio']
}

/** A figure of the portfolio and of each benchmark, explained side by side. */
export const Explained = ({ name, own, theirs, portfolio }: ExplainedProps) => {
  const { benchmarks, base_currency: currency } = portfolio
  const all = [t('Portfolio'), ...benchmarks].map((title, series) => ({
    title,
    series,
    explained: series === 0 ? own : (theirs[series - 1] ?? null),
  }))
  const columns = all.filter((column): column is Column => column.explained !== null)
  const titled = columns.length > 1
  const groups = alike(columns).map((group, i) => {
    const { explained } = group[0]!
    const isNew = i === 0 || explained.formula !== columns[0]!.explained.formula
    return [isNew && formula(explained), inputs(group, titled, currency), reasons(group, titled)]
  })
  const days = columns[0] && span(columns[0].explained.days)
  return html`<p class="aside">${translated(name)}</p>${groups}<p class="aside">${days}</p>`
}

/** What explains a figure that no benchmark has beside it. */
export function Described({ explained, currency }: { explained: Told; currency: string }) {
  const column: Column = { title: '', series: 0, explained }
  return html`${formula(explained)}${inputs([column], false, currency)}${reasons([column], false)}`
}

/** Figures of the portfolio that a benchmark has too, with their names there. */
const beside = {
  value: 'value',
  today: 'today',
  total_gain: 'gain',
  simple_return: 'simple_return',
  xirr: 'xirr',
  twr: 'twr',
  modified_dietz: 'modified_dietz',
  volatility: 'volatility',
  max_drawdown: 'max_drawdown',
} as const

type Column = { title: string; series: number; explained: Told }

/** Neighbors with one formula and the same inputs stand in one table. */
function alike(columns: readonly Column[]): Column[][] {
  const kind = ({ explained }: Column) =>
    JSON.stringify([explained.formula, explained.inputs.map((input) => input.label)])
  const groups: Column[][] = []
  for (const column of columns) {
    const last = groups.at(-1)
    if (last && kind(last[0]!) === kind(column)) last.push(column)
    else groups.push([column])
  }
  return groups
}

// Written as text, not as elements, like the tables.

function formula({ formula: equation, method }: Told) {
  return html`<p class="formula">${translated(equation)}</p><p>${translated(method)}</p>`
}

function inputs(columns: readonly Column[], titled: boolean, currency: string) {
  const { inputs: first } = columns[0]!.explained
  if (first.length === 0 || columns.every(({ explained }) => explained.result === null)) return null
  const heads = columns.map(
    ({ title, series }) =>
      html`<th scope="col"><span class="swatch series-${series}" aria-hidden="true"></span>${title}</th>`,
  )
  const rows = first.map(({ label, unit }, i) => {
    const isMoney = unit === 'money' && raw(' data-money')
    const cells = columns.map(
      ({ explained: { inputs } }) =>
        html`<td${isMoney}>${figureText(inputs[i]!.value, inputs[i]!.unit, currency)}</td>`,
    )
    return html`<tr><th scope="row">${translated(label)}</th>${cells}</tr>`
  })
  return html`<table>${titled && html`<thead><tr><td></td>${heads}</tr></thead>`}<tbody>${rows}</tbody></table>`
}

function reasons(columns: readonly Column[], titled: boolean) {
  return columns
    .filter(({ explained }) => explained.reason !== null)
    .map(({ title, explained: { result, reason } }) => {
      const said =
        result === null ? t('unavailable: {reason}.', { reason: worded(reason!) }) : sentence(reason!)
      return html`<p>${titled && `${title}: `}${said}</p>`
    })
}

export function span({ from, to }: Told['days']): string {
  return from === null || from === to ? day(to) : t('{from} to {to}', { from: day(from), to: day(to) })
}
