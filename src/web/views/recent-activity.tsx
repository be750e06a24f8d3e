import type { SystemLogRow, RefreshFacts, Snapshot } from '../../snapshot/snapshot.ts'
import { exact } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Moment } from './figure.tsx'

/** Shows the end of the log in one line: the latest refresh and the changes before it. */
export const RecentActivity = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, refresh, deeds: entries } = snapshot
  const last = refreshed(refresh)
  const lines = [
    ...(last && refresh.finished_at !== null ? [{ at: refresh.finished_at, what: last }] : []),
    ...grouped(entries).map((entry) => ({ at: entry.at, what: sentenceOf(entry) })),
  ]
  return (
    <section
      id="log"
      class="log-line"
      aria-label="System log"
      data-region={`/portfolios/${portfolio.id}/log`}
    >
      <h2>System log</h2>
      <ol>
        {lines.slice(0, 3).map(({ at, what }) => (
          <li>
            <Moment at={at} now={clock.now} /> {what}
          </li>
        ))}
      </ol>
      <a href={`/portfolios/${portfolio.id}/activity`}>View all</a>
    </section>
  )
}

/** Joins neighboring entries that say the same, and adds up their counts. */
function grouped(entries: readonly SystemLogRow[]): SystemLogRow[] {
  const groups: SystemLogRow[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (entry.subject === 'share units' && last?.subject === entry.subject) {
      groups[groups.length - 1] = { ...last, count: (last.count ?? 0) + (entry.count ?? 0) }
    } else groups.push(entry)
  }
  return groups
}

function refreshed({ status, total, done, failed, finished_at }: RefreshFacts): string | null {
  if (finished_at === null || total === 0) return null
  if (status === 'queued' || status === 'running') return `Refreshing: ${done} of ${total}`
  const without = failed.map(({ symbol }) => symbol)
  const rest = without.length > 3 ? `${without.slice(0, 3).join(', ')} and others` : without.join(', ')
  return `Updated ${counted(total - without.length, 'price')}${rest && `; none for ${rest}`}`
}

function sentenceOf({ action, subject, type, symbol, count }: SystemLogRow): string {
  if (subject === 'portfolio') return portfolioActions[action]
  if (subject.startsWith('import:'))
    return action === 'delete'
      ? `Undid an import of ${counted(count ?? 0, 'row')}`
      : `Imported ${counted(count ?? 0, 'row')}`
  if (subject === 'share units') {
    const trades = count === null ? 'trades' : counted(count, 'trade')
    return `Matched ${trades} to split-adjusted prices`
  }
  const did = `${actionVerbs[action].charAt(0).toUpperCase()}${actionVerbs[action].slice(1)}`
  if (!subject.startsWith('transaction:')) return `${did} ${subject}`
  return `${did} ${symbol === null ? '' : `${symbol} `}${type ?? 'transaction'}`
}

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}

/** The words for what was done to a row, here and in the whole log (activity-log.tsx). */
export const actionVerbs: Record<SystemLogRow['action'], string> = {
  create: 'added',
  update: 'edited',
  delete: 'deleted',
  restore: 'restored',
  import: 'imported',
}

const portfolioActions: Record<SystemLogRow['action'], string> = {
  create: 'Portfolio created',
  update: 'Portfolio settings changed',
  delete: 'Portfolio deleted',
  restore: 'Portfolio restored',
  import: 'Imported',
}
