import type { Child } from 'hono/jsx'
import { paysDividends } from '../../portfolio/benchmark-spelling.ts'
import { stored, text } from '../../portfolio/decimal.ts'
import { readWhatIf, type WhatIf } from '../../portfolio/what-if-spelling.ts'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, money } from '../format.ts'
import { addressOf } from './portfolio-page.tsx'
import { parts, t } from '../words/words.ts'

/** The dashboard by a what-if. */
export function whatIfPath(portfolio: string, whatIf: string): string {
  return addressOf(`/portfolios/${portfolio}`, { what_if: whatIf })
}

/** Says in a sentence what a page shows by a what-if, what it would be worth, and what it would have taken. */
export const WhatIfNote = ({
  snapshot: { portfolio, look, summary, gaps },
  back,
}: {
  snapshot: Snapshot
  back: string
}) => {
  const rule = look?.whatIf == null ? null : readWhatIf(look.whatIf)
  if (rule === null || 'reason' in rule) return null
  const { spelling } = rule
  const { base_currency: currency } = portfolio
  const value = summary.benchmarks[spelling]?.value ?? null
  const amount = (of: bigint): Child => <span data-money>{money(text(of < 0n ? -of : of), currency)}</span>
  const gap = stored(summary.benchmarks[spelling]?.gap ?? '0')
  const putIn = stored(gaps[spelling]?.put_in ?? '0')
  return (
    <p class="look-note" role="status">
      <span>
        {t('What if {rule}?', { rule: wordsOf(rule) })}{' '}
        {value === null ? (
          t('That is not known.')
        ) : (
          <>
            {parts('The portfolio would be worth {amount}', {
              amount: <strong data-money>{money(value, currency)}</strong>,
            })}
            {gap !== 0n && (
              <>
                {parts(gap > 0n ? ', {amount} less than now' : ', {amount} more than now', {
                  amount: amount(gap),
                })}
              </>
            )}
            {putIn !== 0n && (
              <>
                {parts(putIn > 0n ? ', with {amount} less put in' : ', with {amount} more put in', {
                  amount: amount(putIn),
                })}
              </>
            )}
            .
          </>
        )}{' '}
        {t('Nothing is saved.')}
      </span>{' '}
      <a class="button small" href={back} data-leaves="what_if">
        {t('Back to what is')}
      </a>
    </p>
  )
}

function wordsOf(rule: WhatIf): string {
  switch (rule.kind) {
    case 'without':
      return t('I had not bought {symbol}', { symbol: rule.symbol })
    case 'instead':
      return t('I had put the money for {symbol} into {benchmark}{reinvested}', {
        symbol: rule.symbol,
        benchmark: rule.benchmark,
        reinvested: reinvested(rule.benchmark),
      })
    case 'kept':
      return rule.sold === null
        ? t('I had kept all {symbol} that I sold', { symbol: rule.symbol })
        : t('I had kept the {symbol} that I sold on {day}', { symbol: rule.symbol, day: day(rule.sold) })
    case 'each time':
      return t('I had put every deposit into {benchmark}{reinvested}', {
        benchmark: rule.benchmark,
        reinvested: reinvested(rule.benchmark),
      })
    case 'moved':
      return t('I had waited with the {symbol} trades of {from} until {to}', {
        symbol: rule.symbol,
        from: day(rule.from),
        to: day(rule.to),
      })
  }
}

function reinvested(benchmark: string): string {
  return paysDividends(benchmark) ? t(', dividends reinvested') : ''
}

/** On a symbol's page, what its owner may ask about it. */
export const WhatIfs = ({
  sheet: { symbol, sales, transactions },
  portfolio: { id, benchmarks },
  today,
}: {
  sheet: Factsheet
  portfolio: Snapshot['portfolio']
  today: string
}) => {
  const first = benchmarks.find((each) => each !== symbol) ?? 'VOO'
  const days = [
    ...new Set(transactions.filter(({ type }) => type === 'buy' || type === 'sell').map(({ date }) => date)),
  ]
  return (
    <section class="panel what-ifs" id="what-if" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{t('What if I had…')}</h2>
      <ul class="exports">
        <li>
          <a href={whatIfPath(id, `no ${symbol}`)}>{t('not bought it')}</a>
        </li>
        {[first, ...benchmarks.filter((each) => each !== symbol && each !== first)].map((benchmark) => (
          <li>
            <a href={whatIfPath(id, `${benchmark} for ${symbol}`)}>
              {t('put it into {benchmark}', { benchmark })}
            </a>
          </li>
        ))}
        {sales.length > 0 && (
          <li>
            <a href={whatIfPath(id, `${symbol} kept`)}>{t('kept it')}</a>
          </li>
        )}
        <li>
          <a href={whatIfPath(id, `${first} each time`)}>
            {t('put every deposit into {benchmark}', { benchmark: first })}
          </a>
        </li>
      </ul>
      {days.length > 0 && (
        <form action={`/portfolios/${id}`}>
          <label>
            <span>{t('waited with the trades of')}</span>
            <select name="what_if">
              {days.map((date) => (
                <option value={`${symbol} of ${date} on`}>{day(date)}</option>
              ))}
            </select>
          </label>
          <label>
            <span>{t('until')}</span>
            <input type="date" name="until" required max={today} />
          </label>
          <button class="button">{t('Show')}</button>
        </form>
      )}
    </section>
  )
}
