import type { Child } from 'hono/jsx'
import { dayAt } from '../../portfolio/day.ts'
import { type AskedWhatIf, isKindOfWhatIf } from '../../portfolio/what-if-spelling.ts'
import { suggestedBenchmarks } from '../../portfolio/benchmark-suggestions.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { sentence } from '../format.ts'
import { addressOf, PortfolioPage } from './portfolio-page.tsx'

type Props = {
  snapshot: Snapshot
  clock: Clock
  /** What was asked and cannot be answered, and why not; null of a page that asks. */
  asked: AskedWhatIf | null
  fault: string | null
}

/** Chooses what the dashboard also shows, for a look: another benchmark, or what would be by a what-if. */
export const Compare = ({ snapshot, clock, asked, fault }: Props) => (
  <PortfolioPage title="Compare" snapshot={snapshot} clock={clock}>
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
    <h2 id="against-title">Against anything</h2>
    <p class="aside">
      Shows the dashboard with one more benchmark. Nothing is saved: the address can be sent, and the settings
      keep up to five.
    </p>
    <form class="form" action={`/portfolios/${id}`}>
      <div class="field">
        <label for="vs">A ticker, a blend or a yearly rate</label>
        <input
          id="vs"
          name="vs"
          data-ticker="benchmarks"
          required
          maxlength={200}
          placeholder="60 VOO + 40 BND"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
      </div>
      <div class="actions">
        <button class="button">Compare</button>
      </div>
    </form>
    <ul class="exports" aria-label="Suggestions">
      {suggestedBenchmarks('')
        .filter(({ spelling }) => !benchmarks.includes(spelling))
        .map(({ spelling, name }) => (
          <li>
            <a href={addressOf(`/portfolios/${id}`, { vs: spelling })} title={spelling}>
              {name}
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
        <button class="button small">Show</button>
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
      <h2 id="what-if-title">What if I had…</h2>
      <p class="aside">
        Shows what you would have, and why you have more or less. Nothing is saved: the address can be sent.
      </p>
      {asked !== null && !isKindOfWhatIf(asked.had) && <Fault of={fault} />}
      <ul class="questions">
        {symbols.length > 0 && (
          <>
            {form('without', <>not bought {symbol('Not bought')}</>)}
            {form(
              'instead',
              <>
                put the money for {symbol('Instead of')} into {benchmark('Put into')}
              </>,
            )}
            {form(
              'kept',
              <>
                kept the {symbol('Kept')} that I sold, on {date('from', 'Sold on; any day when empty', false)}{' '}
                or any day
              </>,
            )}
          </>
        )}
        {form('each time', <>bought {benchmark('Bought each time')} with every deposit</>)}
        {symbols.length > 0 &&
          form(
            'moved',
            <>
              waited with the trades of {symbol('Waited with')} of {date('from', 'Traded on')} until{' '}
              {date('until', 'Until')}
            </>,
          )}
      </ul>
      <form class="form" action={`/portfolios/${id}`}>
        <div class="field">
          <label for="what_if">Or in a few words</label>
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
            no TSLA · VOO for TSLA · TSLA kept · VOO each time · TSLA of 2024-03-01 on 2024-06-03, which means
            that I had waited
          </small>
        </div>
        <div class="actions">
          <button class="button">Show</button>
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
