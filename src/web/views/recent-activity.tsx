import type { SystemLogRow, RefreshFacts, Snapshot } from '../../snapshot/snapshot.ts'
import { exact } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Moment } from './figure.tsx'

/** What the system did: the latest refresh and the last deeds of the log. */
export const RecentActivity = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, refresh, deeds } = snapshot
  const last = refreshed(refresh)
  return (
    <section
      id="log"
      class="panel log"
      aria-label="What the system did"
      hx-get={`/portfolios/${portfolio.id}/log`}
      hx-trigger="changed-log from:body"
      hx-swap="outerMorph"
    >
      <header>
        <h2>What the system did</h2>
        <a class="aside" href={`/portfolios/${portfolio.id}/activity`}>
          All of it
        </a>
      </header>
      <ol>
        {last && refresh.finished_at !== null && (
          <li>
            <Moment at={refresh.finished_at} now={clock.now} />
            <span>{last}</span>
          </li>
        )}
        {deeds.map((deed) => (
          <li>
            <Moment at={deed.at} now={clock.now} />
            <span>{told(deed)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function refreshed({ status, total, done, failed, finished_at }: RefreshFacts): string | null {
  if (finished_at === null || total === 0) return null
  if (status === 'queued' || status === 'running') return `Refreshing, ${done} of ${total} so far`
  const without = failed.map(({ symbol }) => symbol)
  const rest = without.length > 3 ? `${without.slice(0, 3).join(', ')} and others` : without.join(', ')
  const count = total - without.length
  return `Refreshed ${count === 1 ? 'one price' : `${count} prices`}${rest && `; none for ${rest}`}`
}

function told({ action, subject, type, symbol, count }: SystemLogRow): string {
  if (subject === 'portfolio') return portfolioDeeds[action]
  if (subject.startsWith('import:'))
    return `Imported ${count === 1 ? 'one row' : `${exact(String(count ?? 0))} rows`}`
  if (subject === 'share units') return 'Recognised trades that were adjusted for splits'
  const did = `${deedVerbs[action].charAt(0).toUpperCase()}${deedVerbs[action].slice(1)}`
  if (!subject.startsWith('transaction:')) return `${did} ${subject}`
  return `${did} a ${type ?? 'transaction'}${symbol === null ? '' : ` of ${symbol}`}`
}

/** What was done to a row, here and in the whole log (activity-log.tsx). */
export const deedVerbs: Record<SystemLogRow['action'], string> = {
  create: 'recorded',
  update: 'edited',
  delete: 'deleted',
  restore: 'brought back',
  import: 'imported',
}

const portfolioDeeds: Record<SystemLogRow['action'], string> = {
  create: 'The portfolio was made',
  update: 'The portfolio’s settings were changed',
  delete: 'The portfolio was deleted',
  restore: 'The portfolio was brought back',
  import: 'Imported',
}
