import type { Child } from 'hono/jsx'
import { benchmarkMetrics, portfolioMetrics } from '../../metrics/catalog.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { money, none, percent, sentence, sentenceOn, signedMoney, signedPercent, tone } from '../format.ts'
import { endsOf } from './chart.tsx'
import type { Clock } from '../clock.ts'
import { Comparison } from './comparison.tsx'
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
        <p class="total" aria-live="polite" data-money data-live="value">
          {money(summary.value, currency)}
        </p>
        <ul class="gaps">
          {portfolio.benchmarks.map((symbol, i) => (
            <Gap symbol={symbol} gap={ends[i + 1]?.gap ?? null} currency={currency} series={i + 1} />
          ))}
        </ul>
        <p class="today">
          <span>
            Today{' '}
            <strong>
              <Gain amount={summary.today.change} currency={currency} live="today" arrow />{' '}
              {summary.today.ratio !== null && (
                <>
                  (<Change ratio={summary.today.ratio} live="today-ratio" />)
                </>
              )}
            </strong>
          </span>
          {portfolio.benchmarks.map((symbol) => (
            <span>
              {symbol}{' '}
              <Change ratio={summary.today.benchmarks[symbol] ?? null} live={`today-hero-${symbol}`} />
            </span>
          ))}
        </p>
        <p class="today">
          <span>
            XIRR <strong data-live="hero-xirr">{percent(summary.xirr)}</strong>
          </span>
          {portfolio.benchmarks.map((symbol) => (
            <span>
              {symbol}{' '}
              <span data-live={`hero-xirr-${symbol}`}>{percent(summary.benchmarks[symbol]?.xirr)}</span>
            </span>
          ))}
        </p>
      </div>
      <div class="figures">
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

type GapProps = { symbol: string; gap: string | null; currency: string; series: number }

const Gap = ({ symbol, gap, currency, series }: GapProps) => (
  <li class={`gap gap-${tone(gap)}`}>
    <span class={`swatch series-${series}`} aria-hidden="true"></span>vs {symbol}{' '}
    {gap === null ? (
      none
    ) : (
      <>
        <strong data-money data-live={`gap-${symbol}`}>
          {signedMoney(gap, currency)}
        </strong>{' '}
        <Arrow of={tone(gap)} />
        {verdicts[tone(gap)]}
      </>
    )}
  </li>
)

const verdicts = { gain: 'ahead', loss: 'behind', even: 'level' }

type FactProps = { live: string; of: string; snapshot: Snapshot; children: Child }

const Fact = ({ live, of, snapshot, children }: FactProps) => (
  <div>
    <dt>
      <Explain of={of} snapshot={snapshot} />
    </dt>
    <dd data-money data-live={live}>
      {children}
    </dd>
  </div>
)

/** The same figures of the portfolio and of each benchmark, side by side: a column each. */
const Compared = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const { benchmarks } = portfolio
  const of = (symbol: string) => summary.benchmarks[symbol]
  return (
    <Comparison caption="The portfolio against the same money in each benchmark" benchmarks={benchmarks}>
      <tr>
        <Figure of="value" snapshot={snapshot} />
        <td data-money>{money(summary.value, currency)}</td>
        {benchmarks.map((symbol) => (
          <td data-money data-live={`value-${symbol}`}>
            {money(of(symbol)?.value ?? null, currency)}
          </td>
        ))}
      </tr>
      <tr>
        <Figure of="total_gain" against="gain" snapshot={snapshot} />
        <td>
          <Gain amount={summary.total_gain} currency={currency} live="gain" />
        </td>
        {benchmarks.map((symbol) => (
          <td>
            <Gain amount={of(symbol)?.gain ?? null} currency={currency} live={`gain-${symbol}`} />
          </td>
        ))}
      </tr>
      <tr>
        <Figure of="simple_return" snapshot={snapshot} />
        <td>
          <Change ratio={summary.simple_return} live="gain-ratio" />
        </td>
        {benchmarks.map((symbol) => (
          <td>
            <Change ratio={of(symbol)?.simple_return ?? null} live={`gain-ratio-${symbol}`} />
          </td>
        ))}
      </tr>
      <tr>
        <th scope="row">Today</th>
        <td>
          <Gain amount={summary.today.change} currency={currency} live="today-money" />
        </td>
        {benchmarks.map((symbol) => (
          <td>
            <Gain
              amount={summary.today.benchmark_changes[symbol] ?? null}
              currency={currency}
              live={`today-money-${symbol}`}
            />
          </td>
        ))}
      </tr>
      <tr>
        <Figure of="today" snapshot={snapshot} />
        <td>
          <Change ratio={summary.today.ratio} live="today-portfolio" />
        </td>
        {benchmarks.map((symbol) => (
          <td>
            <Change ratio={summary.today.benchmarks[symbol] ?? null} live={`today-${symbol}`} />
          </td>
        ))}
      </tr>
      <tr>
        <Figure of="xirr" snapshot={snapshot} />
        <td data-live="xirr">{percent(summary.xirr)}</td>
        {benchmarks.map((symbol) => (
          <td data-live={`xirr-${symbol}`}>{percent(of(symbol)?.xirr)}</td>
        ))}
      </tr>
      <tr>
        <Figure of="twr" snapshot={snapshot} />
        <td data-live="twr">{signedPercent(summary.twr)}</td>
        {benchmarks.map((symbol) => (
          <td data-live={`twr-${symbol}`}>{signedPercent(of(symbol)?.twr)}</td>
        ))}
      </tr>
      {ratios.map((figure) => (
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

const ratios = ['modified_dietz', 'volatility', 'max_drawdown'] as const

type FigureProps = { of: string; against?: string; snapshot: Snapshot }

const Figure = ({ of, against = of, snapshot }: FigureProps) => (
  <th scope="row">
    <Explain of={of} against={against} snapshot={snapshot} />
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
                ? `Prices of ${named(alike)} are on their way; until they are here, figures that need them show ${none}.`
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
              <li>Today leaves out {unpriced.join(', ')}: one of its last two prices is missing.</li>
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
