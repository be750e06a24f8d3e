import type { Snapshot } from '../../snapshot/snapshot.ts'
import { exact, money, none, signedMoney, signedPercent, tone } from '../format.ts'
import { endsOf } from './chart.tsx'
import type { Clock } from '../clock.ts'
import { CountThem } from './count-them.tsx'
import { DueReviews } from './due-reviews.tsx'
import { Explain } from './explain.tsx'
import { Arrow, Change, Gain, isLong } from './figure.tsx'
import { GroupParts } from './group-parts.tsx'
import { gapPath } from './gap-path.ts'
import { LookNote } from './look.tsx'
import { Remarks } from './remarks.tsx'
import { SideBySide } from './side-by-side.tsx'
import { mayEdit } from './shown-to.ts'
import { parts, t } from '../words/words.ts'

/** How am I doing, and against what? */
export const Headline = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const ends = endsOf(snapshot)
  const value = money(summary.value, currency)
  return (
    <section
      id="headline"
      class="headline"
      aria-label={t('Summary')}
      data-region={`/portfolios/${portfolio.id}/headline`}
    >
      <div class="hero">
        <LookNote snapshot={snapshot} />
        <div class="aside">
          <Explain of="value" snapshot={snapshot} />
        </div>
        <p class="total" data-long={isLong(value)} aria-live="polite">
          <span data-money data-live="value">
            {value}
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
        <DueReviews snapshot={snapshot} clock={clock} />
      </div>
      <SideBySide snapshot={snapshot} />
      <GroupParts snapshot={snapshot} />
      <Remarks snapshot={snapshot} />
    </section>
  )
}

type GapProps = { snapshot: Snapshot; symbol: string; gap: string | null; series: number }

/** `▲ +$72,122.49 ahead of VOO · +15.35% a year against +8.99%`. */
const Gap = ({ snapshot, symbol, gap, series }: GapProps) => {
  const { portfolio, summary } = snapshot
  const theirs = summary.benchmarks[symbol]?.xirr ?? null
  const hasRate = summary.xirr !== null || theirs !== null
  return (
    <li class={`gap gap-${tone(gap)}`}>
      <span class={`swatch series-${series}`} aria-hidden="true"></span>
      {gap === null ? (
        t('{none} against {symbol}', { none, symbol })
      ) : (
        <>
          <Arrow of={tone(gap)} />
          {parts(verdicts[tone(gap)], {
            amount: (
              <strong data-money data-live={`gap-${symbol}`}>
                {signedMoney(gap, portfolio.base_currency)}
              </strong>
            ),
            benchmark: (
              <a href={gapPath(portfolio.id, symbol)} title={t('Why?')}>
                {symbol}
              </a>
            ),
          })}
        </>
      )}{' '}
      {hasRate ? (
        <span class="rate">
          <span class="dot">· </span>
          {parts('{rate} against {other}', {
            rate:
              series === 1 ? (
                <Rate snapshot={snapshot} />
              ) : (
                t('{rate} a year', { rate: signedPercent(summary.xirr) })
              ),
            other: <span data-live={`hero-xirr-${symbol}`}>{signedPercent(theirs)}</span>,
          })}
        </span>
      ) : (
        series === 1 && (
          <span class="rate">
            <span class="dot">· </span>
            <Explain name={t('no yearly rate yet')} of="xirr" snapshot={snapshot} />
          </span>
        )
      )}
    </li>
  )
}

const verdicts = {
  gain: '{amount} ahead of {benchmark}',
  loss: '{amount} behind {benchmark}',
  even: '{amount} level with {benchmark}',
} as const

/** The XIRR under the name that says what it is; opened, it says the other. */
const Rate = ({ snapshot }: { snapshot: Snapshot }) => (
  <>
    <strong data-live="hero-xirr">{signedPercent(snapshot.summary.xirr)}</strong>{' '}
    <Explain name={t('a year')} of="xirr" snapshot={snapshot} />
  </>
)

const Day = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const { change, ratio, benchmarks } = summary.today
  return (
    <div class="today">
      <span>
        <Explain
          name={t(snapshot.past === undefined ? 'Today' : 'That day')}
          of="today"
          snapshot={snapshot}
        />{' '}
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
        {amount === null
          ? t(count === 1 ? 'One dividend is not counted' : '{n} dividends are not counted', {
              n: exact(String(count)),
            })
          : parts(
              count === 1
                ? 'One dividend worth {amount} is not counted'
                : '{n} dividends worth {amount} are not counted',
              {
                n: exact(String(count)),
                amount: <span data-money>{money(amount, currency)}</span>,
              },
            )}
        {change !== null &&
          parts(
            count === 1
              ? '; counting it moves the portfolio {change} against {symbol}'
              : '; counting them moves the portfolio {change} against {symbol}',
            { change: <span data-money>{signedMoney(change, currency)}</span>, symbol: symbol! },
          )}
        . <a href={`/portfolios/${portfolio.id}/dividends`}>{t('Review')}</a>
      </span>
      {mayEdit() && <CountThem portfolio={portfolio.id} />}
    </div>
  )
}
