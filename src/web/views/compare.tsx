import type { Child } from 'hono/jsx'
import { dayAt } from '../../portfolio/day.ts'
import { type AskedWhatIf, isKindOfWhatIf } from '../../portfolio/what-if-spelling.ts'
import { suggestedBenchmarks } from '../../portfolio/benchmark-suggestions.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { sentence } from '../format.ts'
import { addressOf, PortfolioPage } from './portfolio-page.tsx'
import { parts, t, translated } from '../words/words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  /** What was asked and cannot be answered, and why not; null of a page that asks. */
  asked: AskedWhatIf | null
  fault: string | null
}

/** Chooses what the dashboard also shows, for a look: another benchmark, or what would be by a what-if. */
export const Compare = ({ snapshot, clock, asked, fault }: Props) => (
  <PortfolioPage title={t('Compare')} snapshot={snapshot} clock={clock}>
    <div class="halves compare">
      <Against portfolio={snapshot.portfolio} />
      <WhatIf
        snapshot={snapshot}
        asked={asked}
        fault={fault}
        today={snapshot.past ?? dayAt(clock.now, 'UTC')}
      />
    </div>
  </PortfolioPage>
)

const Against = ({ portfolio: { id, benchmarks } }: { portfolio: Snapshot['portfolio'] }) => (
  <section class="panel" aria-labelledby="against-title">
    <h2 id="against-title">{t('Against anything')}</h2>
    <p class="aside">
      {t(
        'Shows the dashboard with one more benchmark. Nothing is saved: the address can be sent, and the settings keep up to five.',
      )}
    </p>
    <form class="form" action={`/portfolios/${id}`}>
      <div class="field">
        <label for="vs">{t('A ticker, a blend or a yearly rate')}</label>
        <input
          id="vs"
          name="vs"
          data-ticker="benchmarks"
          required
          maxlength={200}
          placeholder={'60 VOO + 40 BND'}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
      </div>
      <div class="actions">
        <button class="button">{t('Compare')}</button>
      </div>
    </form>
    <ul class="exports" aria-label={t('Suggestions')}>
      {suggestedBenchmarks('')
        .filter(({ spelling }) => !benchmarks.includes(spelling))
        .map(({ spelling, name }) => (
          <li>
            <a href={addressOf(`/portfolios/${id}`, { vs: spelling })} title={spelling}>
              {translated(name)}
            </a>
          </li>
        ))}
    </ul>
  </section>
)

type WhatIfProps = { snapshot: Snapshot; asked: AskedWhatIf | null; fault: string | null; today: string }

/** Every kind of what-if as a form of its own, which needs no script. */
const WhatIf = ({ snapshot: { portfolio, holdings, closed }, asked, fault, today }: WhatIfProps) => {
  const { id, benchmarks } = portfolio
  const symbols = [...holdings, ...closed].map(({ symbol }) => symbol)
  const into = asked?.into || (benchmarks[0] ?? 'VOO')
  const form = (had: AskedWhatIf['had'], fields: Child) => (
    <li>
      <form action={`/portfolios/${id}/compare`}>
        <input type="hidden" name="had" value={had} />
        {fields}
        <button class="button small">{t('Show')}</button>
        {asked?.had === had && <Fault of={fault} />}
      </form>
    </li>
  )
  const symbol = (label: string) => (
    <select name="symbol" aria-label={label}>
      {symbols.map((each) => (
        <option selected={each === asked?.symbol}>{each}</option>
      ))}
    </select>
  )
  const date = (name: 'from' | 'until', label: string, required = true) => (
    <input
      type="date"
      name={name}
      aria-label={label}
      value={asked?.[name] ?? ''}
      max={today}
      required={required}
    />
  )
  const benchmark = (label: string) => (
    <input
      name="into"
      aria-label={label}
      value={into}
      required
      maxlength={120}
      size={12}
      data-ticker="benchmarks"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck={false}
    />
  )
  return (
    <section class="panel what-ifs" id="what-if" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{t('What if I had…')}</h2>
      <p class="aside">
        {t(
          'Shows what the portfolio would be worth, and why it is worth more or less. Nothing is saved: the address can be sent.',
        )}
      </p>
      {asked !== null && !isKindOfWhatIf(asked.had) && <Fault of={fault} />}
      <ul class="questions">
        {symbols.length > 0 && (
          <>
            {form('without', <>{parts('not bought {symbol}', { symbol: symbol(t('Not bought')) })}</>)}
            {form(
              'instead',
              <>
                {parts('put the money for {symbol} into {benchmark}', {
                  symbol: symbol(t('Instead of')),
                  benchmark: benchmark(t('Put into')),
                })}
              </>,
            )}
            {form(
              'kept',
              <>
                {parts('kept the {symbol} that I sold, on {date} or any day', {
                  symbol: symbol(t('Kept')),
                  date: date('from', t('Sold on; any day when empty'), false),
                })}
              </>,
            )}
          </>
        )}
        {form(
          'each time',
          <>
            {parts('bought {benchmark} with every deposit', { benchmark: benchmark(t('Bought each time')) })}
          </>,
        )}
        {symbols.length > 0 &&
          form(
            'moved',
            <>
              {parts('waited with the trades of {symbol} of {date} until {until}', {
                symbol: symbol(t('Waited with')),
                date: date('from', t('Traded on')),
                until: date('until', t('Until')),
              })}
            </>,
          )}
      </ul>
      <form class="form" action={`/portfolios/${id}`}>
        <div class="field">
          <label for="what_if">{t('Or in a few words')}</label>
          <input
            id="what_if"
            name="what_if"
            required
            maxlength={200}
            placeholder="VOO for TSLA"
            autocomplete="off"
            spellcheck={false}
          />
          <small>
            {t(
              'no TSLA · VOO for TSLA · TSLA kept · VOO each time · TSLA of 2024-03-01 on 2024-06-03, which means that I had waited',
            )}
          </small>
        </div>
        <div class="actions">
          <button class="button">{t('Show')}</button>
        </div>
      </form>
    </section>
  )
}

const Fault = ({ of }: { of: string | null }) =>
  of === null ? null : (
    <p class="fault" role="alert">
      {sentence(of)}
    </p>
  )
