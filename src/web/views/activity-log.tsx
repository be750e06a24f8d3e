import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { LogEntry, LogView } from '../../storage/activity-log.ts'
import { day } from '../format.ts'
import type { Clock } from '../clock.ts'
import { ToAlerts } from './alerts.tsx'
import { Pager } from './pager.tsx'
import { addressOf, liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { Group } from './log-entry.tsx'
import { wordsOf } from './log-words.tsx'
import { type Label, t } from '../words/words.ts'

export const logViews: Record<Exclude<LogView, 'changes'>, Label> = {
  all: 'Everything',
  edits: 'Transactions',
  imports: 'Imports',
  settings: 'Settings',
  people: 'People',
  notices: 'Notifications',
  refreshes: 'Refreshes',
}

type Props = {
  snapshot: Snapshot
  clock: Clock
  /** The account of whoever reads the log. */
  you: string
  /** Who else may see the portfolio is its owner's to know. */
  isOwner: boolean
  view: LogView
  entries: LogEntry[]
  /** The cursors of this page and of the next; null at either end. */
  before: string | null
  next: string | null
}

/** Shows everything that was done to a portfolio and for it, as it was recorded at the time. */
export const ActivityLog = ({ snapshot, clock, you, isOwner, view, entries, before, next }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/activity`
  const query = { show: view === 'all' ? null : view }
  const days = Map.groupBy(folded(entries), ([first]) => dayAt(first!.at, TIME_ZONE))
  const words = wordsOf(snapshot, you)
  const views = (Object.keys(logViews) as (keyof typeof logViews)[]).filter(
    (key) => isOwner || key !== 'people',
  )
  return (
    <PortfolioPage
      title={t('Activity')}
      snapshot={snapshot}
      clock={clock}
      actions={<ToAlerts portfolio={portfolio} />}
    >
      <Tabs
        label={t('What to show')}
        tabs={views.map((key) => ({
          href: addressOf(path, { show: key === 'all' ? null : key }),
          name: t(logViews[key]),
          current: key === view,
        }))}
      />
      <div {...liveRegion('log', addressOf(path, { ...query, before }))} class="parts">
        {entries.length === 0 && (
          <section class="panel">
            <p class="aside">{before === null ? t('No entries yet.') : t('No older entries.')}</p>
          </section>
        )}
        {[...days].map(([date, groups]) => (
          <section class="panel log" aria-label={day(date)}>
            <h2>
              <time datetime={date}>{day(date)}</time>
            </h2>
            <ol>
              {groups.map((group) => (
                <Group group={group} words={words} />
              ))}
            </ol>
          </section>
        ))}
        <Pager
          label={t('Pages of the log')}
          before={before === null ? null : { href: addressOf(path, query), name: t('Newest') }}
          after={
            next === null ? null : { href: addressOf(path, { ...query, before: next }), name: t('Older') }
          }
        />
        <p class="aside">{t('Entries are never edited. Times are in New York time.')}</p>
      </div>
    </PortfolioPage>
  )
}

/**
 * Groups neighboring entries that one sentence can describe: refreshes without failures, and rows that were added
 * or deleted together.
 */
function folded(entries: readonly LogEntry[]): LogEntry[][] {
  const groups: { key: string | null; own: LogEntry[] }[] = []
  for (const entry of entries) {
    const key = foldKey(entry)
    const last = groups.at(-1)
    if (last && key !== null && last.key === key) last.own.push(entry)
    else groups.push({ key, own: [entry] })
  }
  return groups.map(({ own }) => own)
}

function foldKey(entry: LogEntry): string | null {
  if (entry.kind === 'audit') {
    const { change } = entry
    const isBatch =
      change.kind === 'transaction' && (change.action === 'create' || change.action === 'delete')
    return isBatch ? `${change.action} ${entry.at}` : null
  }
  if (entry.kind === 'notice') return null
  const { status, failed } = entry.refresh
  const isQuiet = status === 'done' && failed.length === 0
  return isQuiet ? `refresh ${dayAt(entry.at, TIME_ZONE)}` : null
}
