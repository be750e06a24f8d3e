import { notesOn } from './benchmark-notes.tsx'
import { raw } from './html.ts'
import { PROMPT_DAYS } from '../../portfolio/track-record.ts'
import type { RecordSummary } from '../../storage/track-record.ts'
import type { SharedBenchmark, SharedView } from '../../snapshot/shared-view.ts'
import { day, money, signedMoney, signedPercent, tone, wholePercent } from '../format.ts'
import type { Reader } from '../reader.ts'
import { Arrow, Change, Gain, isLong } from './figure.tsx'
import { Mark } from './mark.tsx'
import { SharedChart } from './shared-chart.tsx'
import { SharedHoldings } from './shared-holdings.tsx'
import { part, Sums } from './sums.tsx'
import { parts, t, translated } from '../words/words.ts'

type SharedPageProps = {
  view: SharedView
  /** What was recorded before the results; null for nothing. */
  record: RecordSummary | null
  assets: { css: string; shared: string }
  /** The address of the preview picture, with the host. */
  picture: string
  reader: Reader
}

/** Trades that were entered when nobody could know what would come of them; the hash is of the last row. */
const Recorded = ({ record: { trades, prompt, closes, since, hash } }: { record: RecordSummary }) => (
  <p>
    {parts(
      'Recorded before the results: {percent} of {trades} within {n} days, at {closes} since {day}. Later changes are recorded as such. Note this to check it later: {hash}',
      {
        percent: wholePercent(prompt / trades),
        trades: trades === 1 ? t('1 trade') : t('{n} trades', { n: trades }),
        n: PROMPT_DAYS,
        closes: closes === 1 ? t('one close') : t('{n} closes', { n: closes }),
        day: day(since),
        hash: <code>{hash}</code>,
      },
    )}
  </p>
)

/** What a link shows: a document of its own, without the app's frame, script and menus. */
export const SharedPage = ({ view, record, assets, picture, reader }: SharedPageProps) => {
  const said = summaryOf(view)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={reader.language ?? 'en'} data-locale={reader.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{`${view.name} · Yardstick`}</title>
          <meta name="description" content={said} />
          <meta property="og:title" content={view.name} />
          <meta property="og:description" content={said} />
          <meta property="og:type" content="website" />
          <meta property="og:image" content={picture} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta name="twitter:card" content="summary_large_image" />
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={assets.shared} />
          <link rel="stylesheet" href={assets.css} />
        </head>
        <body class="shared">
          <header>
            <span class="brand">
              <Mark />
              <span>Yardstick</span>
            </span>
            <span class="aside">
              {view.currency === null ? t('Shared with you, in percentages') : t('Shared with you')}
            </span>
          </header>
          <main id="main">
            <Hero view={view} />
            <section class="panel" aria-labelledby="chart-title">
              <header>
                <h2 id="chart-title">{view.currency === null ? t('Growth of 100') : t('Value')}</h2>
                <Legend view={view} />
              </header>
              <SharedChart view={view} />
            </section>
            <SharedHoldings view={view} />
            <div class="beside">
              <Steps view={view} />
              <Parts view={view} />
            </div>
          </main>
          <footer class="aside">
            {record && record.trades > 0 && <Recorded record={record} />}
            <p>
              {view.benchmarks.length > 0 &&
                `${t('The comparison puts the same money into {benchmarks} on the same days, with dividends reinvested.', { benchmarks: view.benchmarks.map(({ symbol }) => symbol).join(t(' and ')) })} `}
              {view.benchmarks.flatMap(({ symbol }) => notesOn(symbol)).join(' ')}{' '}
              {t('A year’s rate is the money-weighted return (XIRR). As of {day}. Not investment advice.', {
                day: day(view.asOf),
              })}
            </p>
          </footer>
        </body>
      </html>
    </>
  )
}

/** `+15.35% a year against +8.99% in VOO`. */
export function summaryOf({ xirr, benchmarks }: SharedView): string {
  const [first] = benchmarks
  const own = t('{percent} a year', { percent: signedPercent(xirr) })
  return first
    ? t('{own} against {percent} in {symbol}', {
        own,
        percent: signedPercent(first.xirr),
        symbol: first.symbol,
      })
    : own
}

const Hero = ({ view }: { view: SharedView }) => {
  const { name, currency, xirr, benchmarks, day: today, since } = view
  const value = view.value === null || view.currency === null ? null : money(view.value, view.currency)
  return (
    <section class="hero" aria-label={t('Summary')}>
      <h1>{name}</h1>
      <p class="total" data-long={isLong(value ?? '')}>
        {value ?? (
          <>
            {signedPercent(xirr)} <small>{t('a year')}</small>
          </>
        )}
      </p>
      <ul class="gaps">
        {benchmarks.map((each, i) => (
          <Against of={each} view={view} series={i + 1} />
        ))}
      </ul>
      <p class="today">
        {t('Today')} <Change ratio={today.ratio} arrow />
        {today.amount !== null && currency !== null && (
          <>
            {' '}
            (<Gain amount={today.amount} currency={currency} />)
          </>
        )}
        {since !== null && ` · ${t('since {day}', { day: day(since) })}`}
      </p>
    </section>
  )
}

type AgainstProps = { of: SharedBenchmark; view: SharedView; series: number }

/** `▲ 31.40% ahead of the same money in VOO · +15.35% a year against +8.99%`. */
const Against = ({ of: { symbol, xirr, gap, lead }, view, series }: AgainstProps) => {
  const way = tone(lead)
  const size = gap !== null && view.currency !== null ? signedMoney(gap, view.currency) : signedPercent(lead)
  return (
    <li class={`gap gap-${way}`}>
      <span class={`swatch series-${series}`} aria-hidden="true"></span>
      {lead === null ? (
        t('The comparison with {symbol} is not known', { symbol })
      ) : (
        <>
          <Arrow of={way} />
          {parts(verdicts[way], { size: <strong>{size}</strong>, symbol })}
        </>
      )}{' '}
      {(view.xirr !== null || xirr !== null) && (
        <span class="rate">
          <span class="dot">· </span>
          {t('{percent} a year against {theirs}', {
            percent: signedPercent(view.xirr),
            theirs: signedPercent(xirr),
          })}
        </span>
      )}
    </li>
  )
}

const verdicts = {
  loss: '{size} behind the same money in {symbol}',
  gain: '{size} ahead of the same money in {symbol}',
  even: '{size} level with the same money in {symbol}',
} as const

const Legend = ({ view: { chart, currency } }: { view: SharedView }) => (
  <ul class="legend">
    {chart.lines.map(({ symbol, values }, i) => {
      const last = values.at(-1) ?? null
      const words =
        last === null
          ? ''
          : currency === null
            ? signedPercent(last / 100 - 1)
            : money((last / 100).toFixed(2), currency)
      return (
        <li>
          <span class={`swatch series-${i}`} aria-hidden="true"></span>
          {symbol ?? t('Portfolio')} <strong>{words}</strong>
        </li>
      )
    })}
  </ul>
)

/** Why the portfolio is ahead of its first benchmark, or behind. */
const Steps = ({ view: { steps, benchmarks, currency } }: { view: SharedView }) => {
  const [benchmark] = benchmarks
  if (steps === null || steps.length === 0 || !benchmark || benchmark.lead === null) return null
  const largest = Math.max(...steps.map((step) => Math.abs(step.part)))
  return (
    <section class="panel" aria-labelledby="why-title">
      <header>
        <h2 id="why-title">
          {t(benchmark.lead < 0 ? 'Why behind {symbol}' : 'Why ahead of {symbol}', {
            symbol: benchmark.symbol,
          })}
        </h2>
        {currency === null && <p class="aside">{t('In percent of the portfolio’s value')}</p>}
      </header>
      <table class="sums">
        <tbody>
          {steps.map(({ name, part: ratio, amount }) => (
            <tr>
              <th scope="row">{translated(name)}</th>
              <td class="long">
                <svg class={`bar step-${tone(ratio)}`} width="100%" height="8" aria-hidden="true">
                  <rect width={part(Math.abs(ratio) / (largest || 1))} height="8" rx="1" />
                </svg>
              </td>
              <td>
                {amount !== null && currency !== null ? (
                  <Gain amount={amount} currency={currency} />
                ) : (
                  <Change ratio={ratio} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Parts = ({ view: { kinds, currencies, currency } }: { view: SharedView }) => (
  <section class="panel" aria-labelledby="parts-title">
    <header>
      <h2 id="parts-title">{t('Allocation')}</h2>
    </header>
    <Sums
      title={t('By type')}
      parts={kinds.map((kind) => ({ ...kind, name: translated(kind.name) }))}
      currency={currency}
    />
    <Sums title={t('By currency')} parts={currencies} currency={currency} />
  </section>
)
