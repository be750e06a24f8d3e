import { html } from './html.ts'
import type { Explanation } from '../../metrics/explain.ts'
import { text } from '../../portfolio/decimal.ts'
import { centsAddingUp, positionInCents } from '../../snapshot/gap-in-cents.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { Described, explanationPath, Opening } from './explain.tsx'
import { trailPath } from './gap-path.ts'
import { t } from '../words/words.ts'

/** A position and what it is held against. */
export type Lead = { position: HoldingRow; benchmark: string }

/** The name of its explanation, which opens it. */
export const ExplainLead = ({ of, snapshot }: { of: Lead; snapshot: Snapshot }) => {
  const figure = `${of.position.symbol}-vs-${of.benchmark}`
  const series = snapshot.portfolio.benchmarks.indexOf(of.benchmark) + 1
  const called = html`<span class="swatch series-${series}" aria-hidden="true"></span>${t('vs {benchmark}', { benchmark: of.benchmark })}`
  return Opening({ figure, called, path: explanationPath(snapshot, figure) })
}

/** `TSLA vs VOO`. */
export function leadTitle({ position, benchmark }: Lead): string {
  return t('{symbol} vs {benchmark}', { symbol: position.symbol, benchmark })
}

/** The lead that the name of a figure means; null when the portfolio never had the position, or is not measured against that. */
export function leadNamed(name: string, { portfolio, holdings, closed }: Snapshot): Lead | null {
  const [symbol, benchmark = ''] = name.split('-vs-')
  const position = [...holdings, ...closed].find((each) => each.symbol === symbol)
  return position && portfolio.benchmarks.includes(benchmark) ? { position, benchmark } : null
}

/** How a position's two leads over a benchmark are calculated, with the way to every flow. */
export const LeadExplanation = ({ of, snapshot }: { of: Lead; snapshot: Snapshot }) => {
  const { portfolio } = snapshot
  const both = explanations(of, snapshot)
  const path = trailPath(portfolio.id, of.benchmark, of.position.symbol)
  return html`<p class="aside">${leadTitle(of)}</p>${both.map((explained) => Described({ explained, currency: portfolio.base_currency }))}<p><a href="${path}">${t('Every flow, day and index value')}</a></p>`
}

function explanations({ position, benchmark }: Lead, snapshot: Snapshot): Explanation[] {
  const { symbol, market_value, reasons, total_return, vs, vs_money } = position
  const theirs = position.benchmarks[benchmark] ?? null
  const gap = positionInCents(snapshot, benchmark, symbol)
  const [value] = centsAddingUp([market_value], null)
  const days = { from: null, to: snapshot.summary.as_of }
  const inPoints: Explanation = {
    figure: `vs.${benchmark}`,
    formula: t('total return − return of the same money in {benchmark}', { benchmark }),
    method: t('In percentage points: of the open lots, from the day of each purchase, dividends reinvested.'),
    inputs: [
      { label: t('Total return'), value: total_return, unit: 'ratio' },
      { label: benchmark, value: theirs, unit: 'ratio' },
    ],
    days,
    result: vs[benchmark] ?? null,
    reason:
      reasons['total_return'] ??
      (theirs === null ? t('{benchmark} has no price on the day of a purchase', { benchmark }) : null),
  }
  const inMoney: Explanation = {
    figure: `vs_money.${benchmark}`,
    formula: t('value + Σ cash flow × {benchmark} now ÷ {benchmark} on its day', { benchmark }),
    method: t(
      'Every purchase, fee and tax (−), sale, dividend and interest (+) is carried to now at {benchmark}’s growth: what it has added to the gap.',
      { benchmark },
    ),
    inputs: [
      { label: t('Value'), value: text(value!), unit: 'money' },
      {
        label: t('Its flows, carried'),
        value: text(gap === null || value == null ? null : gap - value),
        unit: 'money',
      },
      { label: t('Together'), value: text(gap), unit: 'money' },
    ],
    days,
    result: text(gap) ?? vs_money[benchmark] ?? null,
    reason: gap === null ? (reasons[`vs_money.${benchmark}`] ?? null) : null,
  }
  return Number(position.shares) > 0 ? [inPoints, inMoney] : [inMoney]
}
