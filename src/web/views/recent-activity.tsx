import type { SystemLogRow, RefreshFacts, Snapshot } from '../../snapshot/snapshot.ts'
import { exact } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Moment } from './figure.tsx'
import { type Label, t, translated } from '../words/words.ts'

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
      aria-label={t('System log')}
      data-region={`/portfolios/${portfolio.id}/log`}
    >
      <h2>{t('System log')}</h2>
      <ol>
        {lines.slice(0, 3).map(({ at, what }) => (
          <li>
            <Moment at={at} now={clock.now} /> {what}
          </li>
        ))}
      </ol>
      <a href={`/portfolios/${portfolio.id}/activity`}>{t('View all')}</a>
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
  if (status === 'queued' || status === 'running') return t('Refreshing: {done} of {total}', { done, total })
  const without = failed.map(({ symbol }) => symbol)
  const rest =
    without.length > 3
      ? t('{symbols} and others', { symbols: without.slice(0, 3).join(', ') })
      : without.join(', ')
  const updated = total - without.length
  const n = exact(String(updated))
  if (rest === '') return t(updated === 1 ? 'Updated {n} price' : 'Updated {n} prices', { n })
  return t(
    updated === 1 ? 'Updated {n} price; none for {symbols}' : 'Updated {n} prices; none for {symbols}',
    { n, symbols: rest },
  )
}

function sentenceOf({ action, subject, type, symbol, count }: SystemLogRow): string {
  if (subject === 'portfolio') return t(portfolioActions[action])
  const n = exact(String(count ?? 0))
  if (subject.startsWith('import:')) {
    const rows = t(count === 1 ? '{n} row' : '{n} rows', { n })
    return action === 'delete' ? t('Undid an import of {rows}', { rows }) : t('Imported {rows}', { rows })
  }
  if (subject === 'share units') {
    if (count === null) return t('Matched trades to split-adjusted prices')
    return t(
      count === 1
        ? 'Matched {n} trade to split-adjusted prices'
        : 'Matched {n} trades to split-adjusted prices',
      { n },
    )
  }
  const verb = t(actionVerbs[action])
  const did = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
  if (!subject.startsWith('transaction:')) return t('{did} {what}', { did, what: subject })
  const kind = type === null ? t('transaction') : translated(type)
  return t('{did} {what}', { did, what: symbol === null ? kind : t('{symbol} {kind}', { symbol, kind }) })
}

/** The words for what was done to a row, here and in the whole log (activity-log.tsx). */
export const actionVerbs: Record<SystemLogRow['action'], Label> = {
  create: 'added',
  update: 'edited',
  delete: 'deleted',
  restore: 'restored',
  import: 'imported',
}

const portfolioActions: Record<SystemLogRow['action'], Label> = {
  create: 'Portfolio created',
  update: 'Portfolio settings changed',
  delete: 'Portfolio deleted',
  restore: 'Portfolio restored',
  import: 'Imported',
}
