import type { Child } from 'hono/jsx'
import { paysDividends } from '../../portfolio/benchmark-spelling.ts'
import { stored, text } from '../../portfolio/decimal.ts'
import { readWhatIf, type WhatIf } from '../../portfolio/what-if-spelling.ts'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, money } from '../format.ts'
import { addressOf } from './portfolio-page.tsx'

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
        What if {wordsOf(rule)}?{' '}
        {value === null ? (
          'That is not known.'
        ) : (
          <>
            You would have <strong data-money>{money(value, currency)}</strong>
            {gap !== 0n && (
              <>
                , {amount(gap)} {gap > 0n ? 'less' : 'more'} than you have
              </>
            )}
            {putIn !== 0n && (
              <>
                , and would have put in {amount(putIn)} {putIn > 0n ? 'less' : 'more'}
              </>
            )}
            .
          </>
        )}{' '}
        Nothing is saved.
      </span>{' '}
      <a class="button small" href={back} data-leaves="what_if">
        Back to what is
      </a>
    </p>
  )
}

function wordsOf(rule: WhatIf): string {
  switch (rule.kind) {
    case 'without':
      return `I had not bought ${rule.symbol}`
    case 'instead':
      return `I had put the money for ${rule.symbol} into ${rule.benchmark}${reinvested(rule.benchmark)}`
    case 'kept':
      return rule.sold === null
        ? `I had kept all ${rule.symbol} that I sold`
        : `I had kept the ${rule.symbol} that I sold on ${day(rule.sold)}`
    case 'each time':
      return `I had put every deposit into ${rule.benchmark}${reinvested(rule.benchmark)}`
    case 'moved':
      return `I had waited with the ${rule.symbol} trades of ${day(rule.from)} until ${day(rule.to)}`
  }
}

function reinvested(benchmark: string): string {
  return paysDividends(benchmark) ? ', dividends reinvested' : ''
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
      <h2 id="what-if-title">What if</h2>
      <p>What if I had…</p>
      <ul class="exports">
        <li>
          <a href={whatIfPath(id, `no ${symbol}`)}>not bought it</a>
        </li>
        {[first, ...benchmarks.filter((each) => each !== symbol && each !== first)].map((benchmark) => (
          <li>
            <a href={whatIfPath(id, `${benchmark} for ${symbol}`)}>put it into {benchmark}</a>
          </li>
        ))}
        {sales.length > 0 && (
          <li>
            <a href={whatIfPath(id, `${symbol} kept`)}>kept it</a>
          </li>
        )}
        <li>
          <a href={whatIfPath(id, `${first} each time`)}>put every deposit into {first}</a>
        </li>
      </ul>
      {days.length > 0 && (
        <form action={`/portfolios/${id}`}>
          <label>
            <span>waited with the trades of</span>
            <select name="what_if">
              {days.map((date) => (
                <option value={`${symbol} of ${date} on`}>{day(date)}</option>
              ))}
            </select>
          </label>
          <label>
            <span>until</span>
            <input type="date" name="until" required max={today} />
          </label>
          <button class="button">Show</button>
        </form>
      )}
    </section>
  )
}
