import type { MarketState } from '../../market/hours/trading-hours.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { time, when } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Moment } from './figure.tsx'

/** How old the figures are, whether the market is open, and the way to newer ones. */
export const Freshness = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { id, name } = snapshot.portfolio
  return (
    <section
      id="freshness"
      class="freshness"
      aria-label="Freshness"
      hx-get={`/portfolios/${id}/freshness`}
      hx-trigger="changed-freshness from:body"
      hx-swap="outerMorph"
      // what is said here of time is right for so long
      data-now={clock.now}
      data-until={clock.until}
      data-name={name}
    >
      <p>
        <Age clock={clock} /> <span data-progress>{clock.running && progress(clock.running)}</span>
      </p>
      <p class={`market market-${clock.market.phase}`}>{market(clock)}</p>
      <form
        method="post"
        action={`/portfolios/${id}/refreshes`}
        hx-post={`/portfolios/${id}/refreshes`}
        hx-swap="none"
      >
        <button class="button" aria-keyshortcuts="r" title="Fetch newer prices (r)">
          Refresh
        </button>
      </form>
    </section>
  )
}

const Age = ({ clock: { asOf, now, fresh, running, trouble } }: { clock: Clock }) => {
  const waiting = running !== null || !fresh
  const then = trouble ? `; no newer ones: ${trouble}` : waiting ? ', refreshing…' : ''
  if (asOf === null)
    return <>{waiting ? `No prices yet${trouble ? `: ${trouble}` : ', fetching them…'}` : 'No prices yet'}</>
  return (
    <>
      {waiting ? 'Showing cached data from' : 'Up to date as of'} <Moment at={asOf} now={now} />
      {then}
    </>
  )
}

function progress({ done, total }: { done: number; total: number }): string {
  return `${done} of ${total}`
}

const phases: Record<MarketState['phase'], string> = {
  pre: 'before hours',
  open: 'market open',
  post: 'after hours',
  closed: 'market closed',
}

/** `market open · closes 16:00 New York`. */
function market({ market: { phase, closes, nextOpen }, now }: Clock): string {
  const next =
    closes !== null ? `closes ${time(closes)}` : nextOpen !== null ? `opens ${when(nextOpen, now)}` : null
  return next === null ? phases[phase] : `${phases[phase]} · ${next} New York`
}
