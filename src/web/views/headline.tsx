import type { Child } from 'hono/jsx'
import { benchmarkMetrics, portfolioMetrics } from '../../metrics/catalog.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import {
  day,
  exact,
  money,
  none,
  percent,
  points,
  pointsTone,
  sentence,
  sentenceOn,
  signedMoney,
  signedPercent,
  tone,
} from '../format.ts'
import { endsOf } from './chart.tsx'
import type { Clock } from '../clock.ts'
import { Comparison } from './comparison.tsx'
import { CountThem } from './count-them.tsx'
import { Explain } from './explain.tsx'
import { Arrow, Change, Gain } from './figure.tsx'

/** How am I doing, and against what? */
export const Headline = ({ snapshot }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const ends = endsOf(snapshot)
  return (
    <section
      id="headline"
      class="headline"
      aria-label="Summary"
      hx-get={`/portfolios/${portfolio.id}/headline`}
      hx-trigger="changed-headline from:body"
      hx-swap="outerMorph"
    >
      <div class="hero">
        <div class="aside">
          <Explain of="value" snapshot={snapshot} />
        </div>
        <p class="total" aria-live="polite">
          <span data-money data-live="value">
            {money(summary.value, currency)}
          </span>
        </p>
        <ul class="gaps">
          {portfolio.benchmarks.map((symbol, i) => (
            <Gap snapshot={snapshot} symbol={symbol} gap={ends[i + 1]?.gap ?? null} series={i + 1} />
          ))}
          {portfolio.benchmarks.length === 0 && (
            <li class="gap">
              <Rate snapshot={snapshot} />
            </li>
          )}
        </ul>
        <Day snapshot={snapshot} />
        <Uncounted snapshot={snapshot} />
      </div>
      <div class="figures">
        <header>
          <h2>Side by side</h2>
          {summary.inputs?.since && <p class="aside">since {day(summary.inputs.since)}</p>}
        </header>
        <Compared snapshot={snapshot} />
        <dl class="facts">
          <Fact live="invested" of="invested" snapshot={snapshot}>
            {money(summary.invested, currency)}
          </Fact>
          <Fact live="cash" of="cash" snapshot={snapshot}>
            {money(summary.cash, currency)}
          </Fact>
          <Fact live="dividends" of="dividends" snapshot={snapshot}>
            {money(summary.dividends, currency)}
          </Fact>
          <Fact live="realized" of="realized_gain" snapshot={snapshot}>
            {signedMoney(summary.realized_gain, currency)}
          </Fact>
          <Fact live="unrealized" of="unrealized_gain" snapshot={snapshot}>
            {signedMoney(summary.unrealized_gain, currency)}
          </Fact>
          {summary.currency_gain !== '0' && (
            <>
              <Fact live="price-gain" of="price_gain" snapshot={snapshot}>
                {signedMoney(summary.price_gain, currency)}
              </Fact>
              <Fact live="currency-gain" of="currency_gain" snapshot={snapshot}>
                {signedMoney(summary.currency_gain, currency)}
              </Fact>
            </>
          )}
        </dl>
      </div>
      <Remarks snapshot={snapshot} />
    </section>
  )
}

type GapProps = { snapshot: Snapshot; symbol: string; gap: string | null; series: number }

/** `▲ +$72,122.49 ahead of VOO · +15.35% a year against +8.99%`. */
const Gap = ({ snapshot, symbol, gap, series }: GapProps) => {
  const { portfolio, summary } = snapshot
  const theirs = summary.benchmarks[symbol]?.xirr ?? null
  return (
    <li class={`gap gap-${tone(gap)}`}>
      <span class={`swatch series-${series}`} aria-hidden="true"></span>
      {gap === null ? (
        `${none} against ${symbol}`
      ) : (
        <>
          <Arrow of={tone(gap)} />
          <strong data-money data-live={`gap-${symbol}`}>
            {signedMoney(gap, portfolio.base_currency)}
          </strong>{' '}
          {verdicts[tone(gap)]}{' '}
          <a href={`/portfolios/${portfolio.id}/gap?benchmark=${encodeURIComponent(symbol)}`} title="Why?">
            {symbol}
          </a>
        </>
      )}{' '}
      <span class="rate">
        <span class="dot">· </span>
        {series === 1 ? <Rate snapshot={snapshot} /> : `${signedPercent(summary.xirr)} a year`} against{' '}
        <span data-live={`hero-xirr-${symbol}`}>{signedPercent(theirs)}</span>
      </span>
    </li>
  )
}

const verdicts = { gain: 'ahead of', loss: 'behind', even: 'level with' }

/** The XIRR under the name that says what it is; opened, it says the other. */
const Rate = ({ snapshot }: { snapshot: Snapshot }) => (
  <>
    <strong data-live="hero-xirr">{signedPercent(snapshot.summary.xirr)}</strong>{' '}
    <Explain name="a year" of="xirr" snapshot={snapshot} />
  </>
)

const Day = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const { change, ratio, benchmarks } = summary.today
  return (
    <div class="today">
      <span>
        <Explain name="Today" of="today" snapshot={snapshot} />{' '}
        <strong>
          <Gain amount={change} currency={portfolio.base_currency} live="today" arrow />{' '}
          {ratio !== null && (
            <>
              (<Change ratio={ratio} live="today-ratio" />)
            </>
          )}
        </strong>
      </span>
      {portfolio.benchmarks.map((symbol) => (
        <span>
          {symbol} <Change ratio={benchmarks[symbol] ?? null} live={`today-${symbol}`} />
        </span>
      ))}
    </div>
  )
}

/** Benchmarks reinvest theirs: dividends that are not recorded make the portfolio look worse than it is. */
const Uncounted = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, unrecorded_dividends: unrecorded } = snapshot
  if (unrecorded.count === 0) return null
  const { count, amount, gap } = unrecorded
  const currency = portfolio.base_currency
  const [symbol] = portfolio.benchmarks
  const change = symbol === undefined ? null : (gap[symbol] ?? null)
  return (
    <div class="today uncounted">
      <span>
        {count === 1 ? 'One dividend' : `${exact(String(count))} dividends`}
        {amount !== null && (
          <>
            {' worth '}
            <span data-money>{money(amount, currency)}</span>
          </>
        )}{' '}
        {count === 1 ? 'is' : 'are'} not counted
        {change !== null && (
          <>
            {`; counting ${count === 1 ? 'it' : 'them'} moves you `}
            <span data-money>{signedMoney(change, currency)}</span>
            {` against ${symbol}`}
          </>
        )}
        . <a href={`/portfolios/${portfolio.id}/dividends`}>Review</a>
      </span>
      <CountThem portfolio={portfolio.id} />
    </div>
  )
}

type FactProps = { live: string; of: string; snapshot: Snapshot; children: Child }

const Fact = ({ live, of, snapshot, children }: FactProps) => (
  <div>
    <dt>
      <Explain of={of} snapshot={snapshot} />
    </dt>
    <dd>
      <span data-money data-live={live}>
        {children}
      </span>
    </dd>
  </div>
)

/** The same figures of the portfolio and of each benchmark: a column each, under a benchmark's the distance to it. */
const Compared = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const { benchmarks } = portfolio
  const of = (symbol: string) => summary.benchmarks[symbol]
  return (
    <Comparison caption="The portfolio beside the same money in each benchmark" benchmarks={benchmarks}>
      <tr>
        <Figure of="total_gain" snapshot={snapshot} />
        <td>
          <Gain amount={summary.total_gain} currency={currency} live="gain" />
        </td>
        {benchmarks.map((symbol) => (
          <td>
            <Gain amount={of(symbol)?.gain ?? null} currency={currency} live={`gain-${symbol}`} />
          </td>
        ))}
      </tr>
      {returns.map(([figure, live]) => (
        <tr>
          <Figure of={figure} snapshot={snapshot} />
          <td>
            <Change ratio={summary[figure]} live={live} arrow />
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <Change ratio={of(symbol)?.[figure] ?? null} live={`${live}-${symbol}`} arrow />
              <Lead own={summary[figure]} other={of(symbol)?.[figure] ?? null} />
            </td>
          ))}
        </tr>
      ))}
      {risks.map((figure) => (
        <tr>
          <Figure of={figure} snapshot={snapshot} />
          <td data-live={figure}>{percent(summary[figure])}</td>
          {benchmarks.map((symbol) => (
            <td data-live={`${figure}-${symbol}`}>{percent(of(symbol)?.[figure])}</td>
          ))}
        </tr>
      ))}
    </Comparison>
  )
}

/** Of the portfolio and of each benchmark by one name, with a name for the flash on change. */
const returns = [
  ['simple_return', 'gain-ratio'],
  ['twr', 'twr'],
  ['modified_dietz', 'modified_dietz'],
] as const

/** More of it is neither better nor worse. */
const risks = ['volatility', 'max_drawdown'] as const

const Lead = ({ own, other }: { own: number | null; other: number | null }) => {
  if (own === null || other === null) return null
  return <small class={`gain-${pointsTone(own - other)}`}>{points(own - other)} pp</small>
}

type FigureProps = { of: string; snapshot: Snapshot }

const Figure = ({ of, snapshot }: FigureProps) => (
  <th scope="row">
    <Explain of={of} snapshot={snapshot} />
  </th>
)

/** What the owner must know to trust the figures: whole sentences, nothing swallowed. */
const Remarks = ({ snapshot: { summary, missing, warnings } }: { snapshot: Snapshot }) => {
  const reasons = grouped(summary.reasons)
  const unpriced = summary.today.left_out
  return (
    <div class="remarks">
      {(warnings.length > 0 || missing.length > 0) && (
        <ul class="warnings">
          {warnings.map((warning) => (
            <li>{sentence(warning)}</li>
          ))}
          {[...Map.groupBy(missing, whyMissing)].map(([why, alike]) => (
            <li>
              {why === null
                ? `Loading prices for ${named(alike)}. Figures that depend on them show ${none} until then.`
                : `No prices for ${named(alike)}: ${why}`}
            </li>
          ))}
        </ul>
      )}
      {(reasons.length > 0 || unpriced.length > 0) && (
        <details id="reasons" class="aside">
          <summary>Why some figures are missing</summary>
          <ul>
            {reasons.map(([reason, figures]) => (
              <li>
                {figures.join(', ')}: {sentence(reason)}
              </li>
            ))}
            {unpriced.length > 0 && (
              <li>Today doesn’t include {unpriced.join(', ')}: one of the last two prices is missing.</li>
            )}
          </ul>
        </details>
      )}
    </div>
  )
}

type Missing = Snapshot['missing'][number]

const whyMissing = ({ symbol, reason }: Missing) => (reason === null ? null : sentenceOn(symbol, reason))

/** The rows of the holdings name them all: hundreds, after an import. */
function named(missing: readonly Missing[]): string {
  const symbols = missing.map(({ symbol }) => symbol)
  if (symbols.length <= 10) return symbols.join(', ')
  return `${symbols.slice(0, 8).join(', ')} and ${symbols.length - 8} others`
}

/** The figures of this section, whose missing values it gives the reasons for. */
const shown: ReadonlySet<string> = new Set([
  'value',
  'total_gain',
  'invested',
  'cash',
  'dividends',
  'realized_gain',
  'unrealized_gain',
  'currency_gain',
  'simple_return',
  'xirr',
  'twr',
  'modified_dietz',
  'volatility',
  'max_drawdown',
])

/** The names of these figures, grouped by the reason they share. */
function grouped(reasons: Record<string, string>): [string, string[]][] {
  const by = new Map<string, string[]>()
  for (const [figure, reason] of Object.entries(reasons)) {
    const name = figureName(figure)
    if (name) by.set(reason, [...(by.get(reason) ?? []), name])
  }
  return [...by]
}

/** `benchmarks.VOO.xirr` is `VOO XIRR`. A symbol may itself contain dots. */
function figureName(key: string): string | undefined {
  const benchmark = /^benchmarks\.(.+?)(?:\.([a-z_]+))?$/.exec(key)
  if (!benchmark) return shown.has(key) ? portfolioMetrics[key]?.name : undefined
  const [, symbol, figure] = benchmark
  if (figure === undefined) return symbol
  return shown.has(figure) ? `${symbol} ${benchmarkMetrics[figure]?.name}` : undefined
}
