import { html } from './html.ts'
import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import { incomeExplanation, type IncomeFigure, incomeFigures } from '../../metrics/income-figures.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { Described, explanationPath, Opening, span } from './explain.tsx'
import { translated } from '../words/words.ts'

/** The name of a figure of the income ahead, which opens its explanation. */
export const ExplainIncome = ({ of, snapshot }: { of: IncomeFigure; snapshot: Snapshot }) => {
  const figure = `${PREFIX}${of}`
  return Opening({
    figure,
    called: translated(incomeFigures[of].name),
    path: explanationPath(snapshot, figure),
  })
}

/** Told apart by it from the figures of the dashboard. */
const PREFIX = 'income-'

/** The figure of the income ahead that a name in an address means; null when it means none. */
export function incomeFigureNamed(name: string): IncomeFigure | null {
  const figure = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : ''
  return Object.hasOwn(incomeFigures, figure) ? (figure as IncomeFigure) : null
}

type Props = { of: IncomeFigure; snapshot: Snapshot; income: IncomeAhead }

export const IncomeExplanation = ({ of, snapshot, income }: Props) => {
  const explained = incomeExplanation(of, income)!
  const { base_currency: currency } = snapshot.portfolio
  return html`<p class="aside">${translated(incomeFigures[of].name)}</p>${Described({ explained, currency })}<p class="aside">${span(explained.days)}</p>`
}
