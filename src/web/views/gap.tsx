import { html, raw } from 'hono/html'
import { type Step, type Waterfall, waterfall } from '../../snapshot/waterfall.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { type Money, text, toNumber } from '../../portfolio/decimal.ts'
import type { Clock } from '../clock.ts'
import { money, sentence, signedMoney, tone } from '../format.ts'
import { Gain } from './figure.tsx'
import { addressOf, liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { instrumentPath } from './symbol.tsx'

type GapProps = {
  snapshot: Snapshot
  clock: Clock
  /** One of the portfolio's; null when it has none. */
  benchmark: string | null
}

/** Why the portfolio is ahead of a benchmark, or behind: steps from the benchmark's value to the portfolio's. */
export const GapPage = ({ snapshot, clock, benchmark }: GapProps) => {
  const { id, benchmarks } = snapshot.portfolio
  const found = benchmark === null ? 'this portfolio has no benchmark' : waterfall(snapshot, benchmark)
  const address = (symbol: string) => addressOf(`/portfolios/${id}/gap`, { benchmark: symbol })
  return (
    <PortfolioPage title={gapTitle(snapshot, benchmark)} snapshot={snapshot} clock={clock}>
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: address(symbol),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <section class="panel" aria-label="Steps" {...liveRegion('gap', address(benchmark ?? ''))}>
        {typeof found === 'string' ? (
          <p class="aside">{sentence(found)}</p>
        ) : (
          <Steps of={found} snapshot={snapshot} />
        )}
      </section>
    </PortfolioPage>
  )
}

/** `Why ahead of VOO`. */
export function gapTitle(snapshot: Snapshot, benchmark: string | null): string {
  const found = benchmark === null ? null : waterfall(snapshot, benchmark)
  if (found === null || typeof found === 'string') return 'Why ahead or behind'
  return `Why ${verdicts[tone(text(found.gap))]} ${benchmark}`
}

const verdicts = { gain: 'ahead of', loss: 'behind', even: 'level with' }

const Steps = ({ of, snapshot }: { of: Waterfall; snapshot: Snapshot }) => {
  const { id, base_currency: currency, benchmarks } = snapshot.portfolio
  const scale = scaleOf(of)
  const largest = Math.max(...of.steps.map(({ amount }) => Math.abs(toNumber(amount))), 0.01)
  const series = benchmarks.indexOf(of.benchmark) + 1
  return (
    <>
      <p>
        <Verdict of={of} currency={currency} />
      </p>
      <table class="waterfall">
        <caption class="visually-hidden">From the value of {of.benchmark} to that of the portfolio</caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Bar</th>
            <th scope="col">Adds</th>
          </tr>
        </thead>
        <tbody>
          {end(`${of.benchmark}, same money`, of.start, scale, series, currency)}
          {of.steps.map((step) => row(step, { id, scale, largest, currency }))}
          {end('Portfolio', of.end, scale, 0, currency)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Gap to {of.benchmark}</th>
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

/** `You are $72,122.49 ahead. TSLA and V helped most; JPM and AAPL held you back.` */
const Verdict = ({ of, currency }: { of: Waterfall; currency: string }) => {
  const { gap, helped, hurt } = of
  const size = <span data-money>{money(text(gap < 0n ? -gap : gap), currency)}</span>
  const phrases = [
    helped.length > 0 && `${helped.join(' and ')} helped most`,
    hurt.length > 0 && `${hurt.join(' and ')} held you back`,
  ].filter((phrase) => phrase !== false)
  return (
    <>
      {gap === 0n ? (
        `You are level with ${of.benchmark}`
      ) : (
        <>
          You are {size} {gap > 0n ? 'ahead' : 'behind'}
        </>
      )}
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
  // the shorter end bar keeps a third of the width of all steps, and the signs have room at both ends
  const from = Math.min(least, Math.max(0, least - spread / 3))
  const to = most + spread / 20
  return { at: (value) => Math.round((1000 * (toNumber(value) - from)) / (to - from)), isBroken: from > 0 }
}

// Written as text, not as elements, like the tables. A bar is one path in a box of 1000 × 24 that is stretched to its cell.

function end(name: string, value: Money, { at, isBroken }: Scale, series: number, currency: string) {
  const bar = html`<svg viewBox="0 0 1000 24" preserveAspectRatio="none" class="${isBroken && 'faded '}series-${series}"><path d="${box(0, at(value))}"/></svg>`
  return html`<tr class="end"><th scope="row">${name}</th><td class="long">${bar}</td><td><span data-money>${money(text(value), currency)}</span></td></tr>`
}

type Shown = { id: string; scale: Scale; largest: number; currency: string }

function row({ name, kind, amount, from, to, isLarge }: Step, { id, scale, largest, currency }: Shown) {
  const written = text(amount)
  const way = tone(written)
  const [a, b] = [scale.at(from), scale.at(to)]
  // from one middle line, for a screen that is too narrow for steps
  const half = Math.round((500 * toNumber(amount)) / largest)
  const apart = isLarge && html`<path d="M500 0v24${box(500, 500 + half)}"/>`
  // a hair line leads from the step before and to the next
  const bar = html`<svg viewBox="0 0 1000 24" preserveAspectRatio="none" class="step-${kind === 'line' ? kind : way}"><path d="M${a} 0v4M${b} 20v4${box(a, b)}"/>${apart}</svg>`
  const page =
    kind === 'holding' ? instrumentPath(id, name) : kind === 'others' ? `/portfolios/${id}#holdings` : null
  const called = page === null ? name : html`<a href="${page}">${name}</a>`
  return html`<tr${!isLarge && raw(' class="small"')}><th scope="row">${called}</th><td class="long">${bar}</td><td><span class="gain-${way}" data-money>${signedMoney(written, currency)}</span></td></tr>`
}

/** A bar between two places, at least a hair wide. */
function box(from: number, to: number): string {
  return `M${from} 4h${to - from || 2}v16H${from}z`
}
