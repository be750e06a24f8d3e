import { suggestedBenchmarks } from '../../portfolio/benchmark-suggestions.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { addressOf, PortfolioPage } from './portfolio-page.tsx'
import { whatIfPath } from './what-if.tsx'

type Props = { snapshot: Snapshot; clock: Clock }

/** Chooses what the dashboard also shows, for a look: another benchmark, or what would be by a what-if. */
export const Compare = ({ snapshot, clock }: Props) => (
  <PortfolioPage title="Compare" snapshot={snapshot} clock={clock}>
    <div class="halves">
      <Against portfolio={snapshot.portfolio} />
      <WhatIf snapshot={snapshot} />
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

/** So many of the largest holdings are named. */
const NAMED = 10

const WhatIf = ({ snapshot: { portfolio, holdings } }: { snapshot: Snapshot }) => {
  const { id, benchmarks } = portfolio
  return (
    <section class="panel" aria-labelledby="what-if-title">
      <h2 id="what-if-title">What if I had…</h2>
      <p class="aside">
        Shows what you would have, and why you have more or less. The page of each symbol asks more of it.
      </p>
      <form class="form" action={`/portfolios/${id}`}>
        <div class="field">
          <label for="what_if">In a few words</label>
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
      <ul class="exports" aria-label="Put every deposit into">
        {benchmarks.map((benchmark) => (
          <li>
            <a href={whatIfPath(id, `${benchmark} each time`)}>{benchmark} each time</a>
          </li>
        ))}
        {holdings.slice(0, NAMED).map(({ symbol }) => (
          <li>
            <a href={whatIfPath(id, `no ${symbol}`)}>no {symbol}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
