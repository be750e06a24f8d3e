import { html, raw } from 'hono/html'
import { portfolioMetrics } from '../../metrics/catalog.ts'
import { type Explanation, explanation } from '../../metrics/explain.ts'
import type { Input } from '../../metrics/metric.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, none, percent, sentence } from '../format.ts'

/**
 * The name of a figure, which opens its explanation: the formula, the inputs and the days, or why there is no figure.
 * `of` is the figure of the portfolio, `against` the same figure of each benchmark. `name` replaces the
 * catalogue's, which is then inside.
 */
export const Explain = ({ of, name: other, against, snapshot }: ExplainProps) => {
  const called = portfolioMetrics[of]?.name ?? of
  const name = other ?? called
  const { portfolio, summary } = snapshot
  const own = explanation(of, summary)
  if (!own) return <>{name}</>
  const columns: Column[] = [{ title: 'Portfolio', series: 0, told: own }]
  for (const [i, title] of portfolio.benchmarks.entries()) {
    const told = against === undefined ? null : explanation(`benchmarks.${title}.${against}`, summary)
    if (told) columns.push({ title, series: i + 1, told })
  }
  const { base_currency: currency } = portfolio
  const titled = columns.length > 1
  const groups = alike(columns).map((group, i) => {
    const { told } = group[0]!
    const isNew = i === 0 || told.formula !== own.formula
    return [isNew && formula(told), inputs(group, titled, currency), reasons(group, titled)]
  })
  return html`<details id="explain-${of}" name="explain" class="explain"><summary>${name}</summary><div class="explanation">${name !== called && html`<p class="aside">${called}</p>`}${groups}<p class="aside">${span(own.days)}</p></div></details>`
}

type ExplainProps = { name?: string; of: string; against?: string; snapshot: Snapshot }
type Column = { title: string; series: number; told: Explanation }

/** Neighbours with one formula and the same inputs stand in one table. */
function alike(columns: readonly Column[]): Column[][] {
  const kind = ({ told }: Column) => JSON.stringify([told.formula, told.inputs.map((input) => input.label)])
  const groups: Column[][] = []
  for (const column of columns) {
    const last = groups.at(-1)
    if (last && kind(last[0]!) === kind(column)) last.push(column)
    else groups.push([column])
  }
  return groups
}

// Written as text, not as elements: fifteen of them are on a page, most of which nobody opens.

function formula({ formula: equation, method }: Explanation) {
  return html`<p class="formula">${equation}</p><p>${method}</p>`
}

function inputs(columns: readonly Column[], titled: boolean, currency: string) {
  const { inputs: first } = columns[0]!.told
  if (first.length === 0 || columns.every(({ told }) => told.result === null)) return null
  const heads = columns.map(
    ({ title, series }) =>
      html`<th scope="col"><span class="swatch series-${series}" aria-hidden="true"></span>${title}</th>`,
  )
  const rows = first.map(({ label, unit }, i) => {
    const isMoney = unit === 'money' && raw(' data-money')
    const cells = columns.map(({ told }) => html`<td${isMoney}>${written(told.inputs[i]!, currency)}</td>`)
    return html`<tr><th scope="row">${label}</th>${cells}</tr>`
  })
  return html`<table>${titled && html`<thead><tr><td></td>${heads}</tr></thead>`}<tbody>${rows}</tbody></table>`
}

function reasons(columns: readonly Column[], titled: boolean) {
  return columns
    .filter(({ told }) => told.reason !== null)
    .map(({ title, told: { result, reason } }) => {
      const said = result === null ? `unavailable: ${reason}.` : sentence(reason!)
      return html`<p>${titled && `${title}: `}${said}</p>`
    })
}

function written({ value, unit }: Input, currency: string): string {
  if (value === null) return none
  switch (unit) {
    case 'money':
      return money(String(value), currency)
    case 'ratio':
      return percent(Number(value))
    case 'count':
      return exact(String(value))
    case 'day':
      return day(String(value))
    case 'month':
      return String(value)
  }
}

function span({ from, to }: Explanation['days']): string {
  return from === null || from === to ? day(to) : `${day(from)} to ${day(to)}`
}
