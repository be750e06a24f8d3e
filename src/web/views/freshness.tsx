import type { MarketState } from '../../market/hours/trading-hours.ts'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { time, when } from '../format.ts'
import type { Clock } from '../clock.ts'
import { AnyDay, PastDay } from './any-day.tsx'
import { Moment } from './figure.tsx'
import { type Label, t, translated } from '../words/words.ts'

/** Shows how old the figures are and whether the market is open, with the Refresh button. One line on a phone. */
export const Freshness = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { id, name } = snapshot.portfolio
  if (snapshot.past !== undefined)
    return <PastDay past={snapshot.past} snapshot={snapshot} today={dayAt(clock.now, TIME_ZONE)} />
  return (
    <section
      id="freshness"
      class="freshness"
      aria-label={t('Freshness')}
      data-region={`/portfolios/${id}/freshness`}
      // the page asks again at this instant, when what it says of the time may change
      data-now={clock.now}
      data-until={clock.until}
      data-name={name}
    >
      <p>
        <Age clock={clock} snapshot={snapshot} />
        {others(snapshot)} <span data-progress>{clock.running && progress(clock.running)}</span>
      </p>
      <p class={`market market-${clock.market.phase}`}>
        {t(phases[clock.market.phase])}
        <span class="long">{next(clock)}</span>
      </p>
      {snapshot.transaction_count > 0 && <AnyDay snapshot={snapshot} />}
      <form
        method="post"
        action={`/portfolios/${id}/refreshes`}
        hx-post={`/portfolios/${id}/refreshes`}
        hx-swap="none"
      >
        <button class="button" aria-keyshortcuts="r" title={t('Get the latest prices (r)')}>
          {t('Refresh')}
        </button>
      </form>
    </section>
  )
}

const Age = ({
  clock: { asOf, now, fresh, running, trouble },
  snapshot: { holdings },
}: {
  clock: Clock
  snapshot: Snapshot
}) => {
  const waiting = running !== null || !fresh
  if (asOf === null)
    return (
      <>
        {!waiting
          ? holdings.some(({ price_from }) => price_from === 'own')
            ? t('Own prices')
            : t('No prices yet')
          : trouble
            ? t('No prices yet: {trouble}', { trouble: translated(trouble) })
            : t('No prices yet, loading…')}
      </>
    )
  return (
    <>
      <span class="long">{waiting ? t('Prices from') : t('Up to date as of')} </span>
      <Moment at={asOf} now={now} /> New York<span class="long">{t(' time')}</span>
      {trouble
        ? t('; couldn’t update: {trouble}', { trouble: translated(trouble) })
        : waiting && t(', refreshing…')}
    </>
  )
}

/** Adds `; 3 from Finnhub`, which stands in for the chosen source. */
function others({ holdings, benchmark_quotes, rate_sources }: Snapshot): string {
  const symbols = new Map(
    [...holdings, ...benchmark_quotes, ...rate_sources].map((row) => [row.symbol, row.price_source]),
  )
  const by = Map.groupBy(
    [...symbols.values()].flatMap((source) => source ?? []),
    (source) => source,
  )
  return [...by].map(([source, prices]) => t('; {n} from {source}', { n: prices.length, source })).join('')
}

function progress({ done, total }: { done: number; total: number }): string {
  return t('{done} of {total}', { done, total })
}

const phases: Record<MarketState['phase'], Label> = {
  pre: 'pre-market',
  open: 'market open',
  post: 'after hours',
  closed: 'market closed',
}

/** Adds ` · closes 16:00`, in the time zone that the line has named. */
function next({ market: { closes, nextOpen }, now }: Clock): string {
  if (closes !== null) return ` · ${t('closes {time}', { time: time(closes) })}`
  return nextOpen === null ? '' : ` · ${t('opens {time}', { time: when(nextOpen, now) })}`
}
