import { type Explanation, explanation, type Input } from '../../metrics/explain.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { day, exact, money, none, percent, sentence } from '../format.ts'

/**
 * The name of a figure; opened, what the figure is: its formula, what was put into it, over which days, or why it is
 * missing. `of` names the figure in the portfolio, `against` the same one of each benchmark.
 */
export const Explain = ({ name, of, against, snapshot }: ExplainProps) => {
  const { portfolio, summary } = snapshot
  const own = explanation(of, summary)
  if (!own) return <>{name}</>
  const columns: Column[] = [{ title: 'Portfolio', series: 0, told: own }]
  for (const [i, title] of portfolio.benchmarks.entries()) {
    const told = against === undefined ? null : explanation(`benchmarks.${title}.${against}`, summary)
    if (told) columns.push({ title, series: i + 1, told })
  }
  return (
    <details id={`explain-${of}`} name="explain" class="explain">
      <summary>{name}</summary>
      <div class="explanation">
        {alike(columns).map((group, i) => (
          <>
            {(i === 0 || group[0]!.told.formula !== own.formula) && <Formula told={group[0]!.told} />}
            <Inputs columns={group} titled={columns.length > 1} currency={portfolio.base_currency} />
            <Reasons columns={group} titled={columns.length > 1} />
          </>
        ))}
        <p class="aside">{span(own.days)}</p>
      </div>
    </details>
  )
}

type ExplainProps = { name: string; of: string; against?: string; snapshot: Snapshot }
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

const Formula = ({ told }: { told: Explanation }) => (
  <>
    <p class="formula">{told.formula}</p>
    <p>{told.method}</p>
  </>
)

const Inputs = ({ columns, titled, currency }: { columns: Column[]; titled: boolean; currency: string }) => {
  const { inputs } = columns[0]!.told
  if (inputs.length === 0 || columns.every(({ told }) => told.result === null)) return null
  return (
    <table>
      {titled && (
        <thead>
          <tr>
            <td></td>
            {columns.map(({ title, series }) => (
              <th scope="col">
                <span class={`swatch series-${series}`} aria-hidden="true"></span>
                {title}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {inputs.map(({ label, unit }, i) => (
          <tr>
            <th scope="row">{label}</th>
            {columns.map(({ told }) => (
              <td data-money={unit === 'money' ? '' : undefined}>{written(told.inputs[i]!, currency)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Reasons = ({ columns, titled }: { columns: Column[]; titled: boolean }) => (
  <>
    {columns.map(
      ({ title, told: { result, reason } }) =>
        reason !== null && (
          <p>
            {titled && `${title}: `}
            {result === null ? `unavailable: ${reason}.` : sentence(reason)}
          </p>
        ),
    )}
  </>
)

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
