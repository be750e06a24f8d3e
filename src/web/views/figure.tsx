import { FEWEST } from '../../metrics/daily-returns.ts'
import { html, raw } from './html.ts'
import {
  arrows,
  fullTime,
  points,
  pointsTone,
  signedMoney,
  signedPercent,
  type Tone,
  tone,
  when,
} from '../format.ts'
import { t } from '../words/words.ts'

// Writes a figure as text and not as elements, because a table has a thousand of them, which would take half of its
// time.

type Marks = { live?: string; arrow?: boolean }

/**
 * Shows money won or lost with its sign and color, and an arrow if `arrow` is set. `live` names the figure, so that
 * it flashes when it changes.
 */
export const Gain = ({
  amount,
  currency,
  live,
  arrow,
}: { amount: string | null; currency: string } & Marks) => {
  const way = tone(amount)
  const mark = arrow && Arrow({ of: way })
  return html`<span class="gain-${way}" data-money${named(live)}>${mark}${signedMoney(amount, currency)}</span>`
}

export const Change = ({ ratio, live, arrow }: { ratio: number | null } & Marks) => {
  const way = tone(ratio)
  const mark = arrow && Arrow({ of: way })
  return html`<span class="gain-${way}"${named(live)}>${mark}${signedPercent(ratio)}</span>`
}

/** Shows a lead in percentage points: `▲ +4.1`. The unit is in the column head, or follows. */
export const Lead = ({ of, live }: { of: number | null; live?: string }) => {
  const way = pointsTone(of)
  return html`<span class="gain-${way}"${named(live)}>${Arrow({ of: way })}${points(of)}</span>`
}

/** Says from how few days a volatility is where a ratio of them would not be given at all. */
export const FewDays = ({ of: { volatility, inputs } }: { of: Volatility }) => {
  const n = inputs?.trading_days ?? 0
  return volatility !== null && n < FEWEST && <small>{t('from {n} trading days', { n })}</small>
}

type Volatility = { volatility: number | null; inputs: { trading_days: number } | null }

/** The arrow stands beside sign and color for readers who see neither well. */
export const Arrow = ({ of }: { of: Tone }) => marks[of]

const arrow = (of: Tone) => raw(`<span class="arrow" aria-hidden="true">${arrows[of]}</span>`)
const marks = { gain: arrow('gain'), loss: arrow('loss'), even: raw('') }

/** Whether a figure is too long for its place on a phone: it gets more, or is written smaller, because no figure breaks. */
export function isLong(figure: string): true | undefined {
  return figure.length > 13 || undefined
}

/** Shows an instant briefly, and in full on hover. */
export const Moment = ({ at, now }: { at: number; now: number }) => {
  const instant = `${new Date(at).toISOString().slice(0, 19)}Z`
  return html`<time datetime="${instant}" title="${fullTime(at)}">${when(at, now)}</time>`
}

function named(live: string | undefined) {
  return live === undefined ? '' : html` data-live="${live}"`
}

/** Beside a price that should have been renewed. */
export const Stale = () =>
  html`<mark class="stale" title="${t('This price is out of date. The next refresh will try again.')}">${t('stale')}</mark>`
