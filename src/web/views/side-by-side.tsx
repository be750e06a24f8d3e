import type { Child } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, money, percent, points, pointsTone, signedMoney } from '../format.ts'
import { Comparison } from './comparison.tsx'
import { Explain } from './explain.tsx'
import { Change, FewDays, Gain, isLong } from './figure.tsx'
import { t } from '../words/words.ts'

/** The portfolio's figures beside those of each benchmark, and what only the portfolio has. */
export const SideBySide = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const largest = [summary.invested, summary.unrealized_gain]
  return (
    <div class="figures">
      <header>
        <h2>{t('Side by side')}</h2>
        {summary.inputs?.since && <p class="aside">{t('since {day}', { day: day(summary.inputs.since) })}</p>}
      </header>
      <Compared snapshot={snapshot} />
      <dl class="facts" data-long={largest.some((each) => isLong(signedMoney(each, currency))) || undefined}>
        <Fact live="invested" of="invested" snapshot={snapshot}>
          {money(summary.invested, currency)}
        </Fact>
        <Fact live="cash" of="cash" snapshot={snapshot}>
          {money(summary.cash, currency)}
        </Fact>
        <Fact live="dividends" of="dividends" snapshot={snapshot}>
          {money(summary.dividends, currency)}
        </Fact>
        {summary.interest !== '0' && (
          <Fact live="interest" of="interest" snapshot={snapshot}>
            {money(summary.interest, currency)}
          </Fact>
        )}
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
    <Comparison caption={t('The portfolio beside the same money in each benchmark')} benchmarks={benchmarks}>
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
  return <small class={`gain-${pointsTone(own - other)}`}>{t('{n} pp', { n: points(own - other) })}</small>
}

type FigureProps = { of: string; snapshot: Snapshot }

const Figure = ({ of, snapshot }: FigureProps) => (
  <th scope="row">
    <Explain of={of} snapshot={snapshot} />
    {of === 'volatility' && <FewDays of={snapshot.summary} />}
  </th>
)
