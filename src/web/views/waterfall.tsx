import { html, raw } from './html.ts'
import { type Money, text, toNumber } from '../../portfolio/decimal.ts'
import type { PortfolioFacts } from '../../snapshot/snapshot.ts'
import type { Step, Waterfall } from '../../snapshot/waterfall.ts'
import { day, money, signedMoney, tone } from '../format.ts'
import { Gain } from './figure.tsx'
import { trailPath } from './gap-path.ts'
import { instrumentPath } from './symbol.tsx'
import { parts, t, translated } from '../words/words.ts'

type StepsProps = {
  of: Waterfall
  portfolio: PortfolioFacts
  /** The page that has every step. With it, only the five largest are shown where the screen is too narrow for all. */
  whole?: string
}

/** From a benchmark's value to the portfolio's: a sentence, and a table with a bar for each step. */
export const Steps = ({ of, portfolio, whole }: StepsProps) => {
  const { base_currency: currency, benchmarks } = portfolio
  const scale = scaleOf(of)
  const largest = Math.max(...of.steps.map(({ amount }) => Math.abs(toNumber(amount))), 0.01)
  const series = benchmarks.indexOf(of.benchmark) + 1
  const about = { portfolio, benchmark: of.benchmark, scale, largest, whole }
  return (
    <>
      <p>
        <Verdict of={of} currency={currency} />
      </p>
      <table class="waterfall">
        <caption class="visually-hidden">
          {t('From the value of {benchmark} to that of the portfolio', { benchmark: of.benchmark })}
        </caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('Step')}</th>
            <th scope="col">{t('Bar')}</th>
            <th scope="col">{t('Adds')}</th>
          </tr>
        </thead>
        <tbody>
          {end(startName(of), of.start, scale, series, currency)}
          {of.steps.map((step) => row(step, about))}
          {end(t('Portfolio'), of.end, scale, 0, currency)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('Gap to {benchmark}', { benchmark: of.benchmark })}</th>
            <td></td>
            <td>
              Σ = <Gain amount={text(of.gap)} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
    </>
  )
}

function startName({ benchmark, isVariant, since }: Waterfall): string {
  if (!isVariant) return t('{benchmark}, same money', { benchmark })
  return since == null ? benchmark : t('{benchmark}, from the same value', { benchmark })
}

/** `The portfolio is $72,122.49 ahead. TSLA and V helped most; JPM and AAPL held it back.` */
const Verdict = ({ of, currency }: { of: Waterfall; currency: string }) => {
  const { gap, helped, hurt } = of
  const size = <span data-money>{money(text(gap < 0n ? -gap : gap), currency)}</span>
  const phrases = [
    helped.length > 0 && t('{symbols} helped most', { symbols: helped.join(t(' and ')) }),
    hurt.length > 0 && t('{symbols} held it back', { symbols: hurt.join(t(' and ')) }),
  ].filter((phrase) => phrase !== false)
  return (
    <>
      {gap === 0n
        ? t('The portfolio is level with {benchmark}', { benchmark: of.benchmark })
        : parts(gap > 0n ? 'The portfolio is {size} ahead' : 'The portfolio is {size} behind', { size })}
      .{phrases.length > 0 && ` ${phrases.join('; ')}.`}
    </>
  )
}

/** Returns where an amount stands on the axis, of 1000. The axis begins near the smallest value, not at 0. */
type Scale = { at: (value: Money) => number; isBroken: boolean }

function scaleOf({ start, end, steps }: Waterfall): Scale {
  const values = [start, end, ...steps.map(({ to }) => to)].map(toNumber)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const spread = most - least || Math.abs(most) || 1
  // the shorter end bar keeps a third of the width of all steps
  const from = Math.min(least, Math.max(0, least - spread / 3))
  return { at: (value) => Math.round((1000 * (toNumber(value) - from)) / (most - from)), isBroken: from > 0 }
}

// Written as text, not as elements, like the tables. A bar is one path in a box of 1000 × 24 that is stretched to its
// cell: whole numbers and no attribute that a style sheet can say, because the first visit pays for every byte of it.

function end(name: string, value: Money, { at, isBroken }: Scale, series: number, currency: string) {
  const bar = html`<svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true" class="${isBroken && 'faded '}series-${series}"><path d="${box(0, at(value))}"/></svg>`
  return html`<tr class="end"><th scope="row">${name}</th><td class="long">${bar}</td><td><span data-money>${money(text(value), currency)}</span></td></tr>`
}

type About = {
  portfolio: PortfolioFacts
  benchmark: string
  scale: Scale
  largest: number
  whole: string | undefined
}

function row({ name, kind, part, lot, date, amount, from, to, isLarge }: Step, about: About) {
  const { portfolio, benchmark, scale, largest, whole } = about
  const written = text(amount)
  const way = tone(written)
  const [a, b] = [scale.at(from), scale.at(to)]
  // from one middle line, for a screen that is too narrow for steps
  const half = Math.round((500 * toNumber(amount)) / largest)
  const isShown = isLarge || whole === undefined
  const apart = isShown && html`<path d="M500 0v24${box(500, 500 + half)}"/>`
  // a hair line leads from the step before and to the next
  const bar = html`<svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true" class="step-${kind === 'line' ? kind : way}"><path d="M${a} 0v4M${b} 20v4${box(a, b)}"/>${apart}</svg>`
  const page =
    kind === 'holding' || kind === 'purchase'
      ? instrumentPath(portfolio.id, name)
      : kind === 'others'
        ? whole
        : undefined
  const said = kind === 'holding' || kind === 'purchase' ? name : translated(name)
  const when = date ? html` <small>${day(date)}</small>` : ''
  const called = page === undefined ? html`${said}${when}` : html`<a href="${page}">${said}</a>${when}`
  const added = html`<span class="gain-${way}" data-money>${signedMoney(written, portfolio.base_currency)}</span>`
  const trail =
    part === null ? added : html`<a href="${trailPath(portfolio.id, benchmark, part, { lot })}">${added}</a>`
  return html`<tr${!isShown && raw(' class="small"')}><th scope="row">${called}</th><td class="long">${bar}</td><td>${trail}</td></tr>`
}

/** A bar between two places, at least a hair wide. */
function box(from: number, to: number): string {
  return `M${from} 4h${to - from || 2}v16H${from}z`
}
