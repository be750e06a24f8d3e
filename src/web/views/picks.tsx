import type { TransactionsRead } from '../../coordinator/listed-reports.ts'
import { paysDividends } from '../../portfolio/benchmark-spelling.ts'
import { day, exact, money, none, tenths, wholePercent } from '../format.ts'
import { listOf } from '../transaction-query.ts'
import { Comparison } from './comparison.tsx'
import { Change, Gain } from './figure.tsx'
import { t } from '../words/words.ts'

/** Shows how the picks did, and the whole portfolio beside the same money in each benchmark. */
export const Picks = ({ read }: { read: TransactionsRead }) => {
  const { picks, summary, portfolio } = read
  const currency = portfolio.base_currency
  const { benchmarks } = portfolio
  return (
    <div class="picks">
      {benchmarks.map((symbol, i) => {
        // the ledger may be newer than the snapshot, and compare with others
        const known = picks.beat[symbol]
        if (!known) return null
        const { beat, of, share } = known
        return (
          <div class="card" id={`picks-${symbol.replaceAll(' ', '-')}`}>
            <h2
              title={t(
                'Buys whose total return is above the benchmark’s since the same day, dividends reinvested on both sides',
              )}
            >
              <span class={`swatch series-${i + 1}`} aria-hidden="true"></span>
              {t('Picks that beat {symbol}', { symbol })}
            </h2>
            <p class="figure" data-live="share">
              {share === null ? none : wholePercent(share)}
            </p>
            <p class="aside">
              {of === 0
                ? t('No buys to compare yet')
                : t(of === 1 ? '{n} of {of} buy' : '{n} of {of} buys', { n: beat, of: exact(String(of)) })}
            </p>
          </div>
        )
      })}
      <MultiBaggers read={read} />
      <Comparison
        caption={t('The portfolio beside the same money in each benchmark')}
        benchmarks={benchmarks}
        card
      >
        <tr>
          <th scope="row">{t('Invested')}</th>
          <td>
            <span data-money>{money(summary.invested, currency)}</span>
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <span data-money>{money(summary.benchmarks[symbol]?.invested ?? null, currency)}</span>
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('Dividends')}</th>
          <td>
            <span data-money>{money(summary.dividends, currency)}</span>
          </td>
          {benchmarks.map((symbol) => (
            <td class="aside">{paysDividends(symbol) ? t('reinvested') : t('none')}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('Gain')}</th>
          <td>
            <Gain amount={summary.total_gain} currency={currency} />
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <Gain amount={summary.benchmarks[symbol]?.gain ?? null} currency={currency} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row" title={t('Gain ÷ the money put in')}>
            {t('Gain %')}
          </th>
          <td>
            <Change ratio={summary.simple_return} arrow />
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <Change ratio={summary.benchmarks[symbol]?.simple_return ?? null} arrow />
            </td>
          ))}
        </tr>
      </Comparison>
    </div>
  )
}

const NAMED = 3

const MultiBaggers = ({ read }: { read: TransactionsRead }) => {
  const { count, best } = read.picks.multi_baggers
  const named = best.slice(0, NAMED).map(({ symbol, multiple }) => `${symbol} ${times(multiple)}`)
  return (
    <div class="card" id="multi-baggers">
      <h2 title={t('Buys worth at least twice what they cost')}>{t('Multi-baggers')}</h2>
      <p class="figure" data-live="count">
        {count}
      </p>
      {count === 0 ? (
        <p class="aside">{t('None has doubled yet')}</p>
      ) : count <= NAMED ? (
        <p class="aside">{named.join(', ')}</p>
      ) : (
        <details class="baggers" id="best-baggers">
          <summary class="aside">{named.join(', ')}, …</summary>
          <ol>
            {best.map(({ symbol, date, multiple }) => (
              <li>
                <span class="symbol">{symbol}</span> <time datetime={date}>{day(date)}</time>{' '}
                <span>{times(multiple)}</span>
              </li>
            ))}
            {count > best.length && (
              <li>
                <a href={`${listOf(read)}?show=buys&sort=gain_ratio`}>
                  {t('and {n} more', { n: count - best.length })}
                </a>
              </li>
            )}
          </ol>
        </details>
      )}
    </div>
  )
}

function times(multiple: number): string {
  return `${tenths(multiple)}×`
}
