import type { Child } from 'hono/jsx'
import type { LogEntry } from '../../storage/activity-log.ts'
import type { AuditRecord, LoggedPortfolio } from '../../storage/audit.ts'
import { exact, fullTime, sentence, sentenceOn, time } from '../format.ts'
import { accessWords } from './access-words.ts'
import { actionVerbs } from './recent-activity.tsx'
import { costBases, dividendCountings, percentText } from './portfolio-form.tsx'
import { Changes, differences, type Field } from './differences.tsx'
import type { Words } from './log-words.tsx'
import { mayEdit } from './shown-to.ts'

export const Group = ({ group, words }: { group: LogEntry[]; words: Words }) => {
  const [first, last] = [group[0]!, group.at(-1)!]
  const { what, details } = describe(group, words)
  return (
    <li id={`entry-${first.kind}-${first.id}`}>
      <time datetime={new Date(first.at).toISOString()} title={fullTime(first.at)}>
        {time(last.at) === time(first.at) ? time(first.at) : `${time(last.at)} – ${time(first.at)}`}
      </time>
      <div>
        <p>{what}</p>
        {details}
      </div>
    </li>
  )
}

type Described = { what: Child; details?: Child }

function describe(group: LogEntry[], words: Words): Described {
  const [first] = group
  if (first!.kind === 'refresh') return refreshes(group as Refreshed[])
  if (group.length > 1) return recordings(group as Changed[], words)
  return changed(first as Changed, words)
}

type Refreshed = Extract<LogEntry, { kind: 'refresh' }>
type Changed = Extract<LogEntry, { kind: 'audit' }>

const causes: Record<string, string> = {
  create: 'for the new portfolio',
  edit: 'after an edit',
  import: 'after an import',
  opened: 'when the page was opened',
  button: 'on request',
  rates: 'for exchange rates',
  recovery: 'after an interruption',
}

function refreshes(group: Refreshed[]): Described {
  if (group.length > 1) {
    const symbols = group.reduce((sum, { refresh }) => sum + refresh.done, 0)
    return {
      what: `Refreshed ${group.length} times: ${symbols === 0 ? 'everything was current' : `${counted(symbols, 'price or history', 'prices and histories')} updated`}.`,
      details: (
        <details id={`more-refresh-${group[0]!.id}`}>
          <summary>Show details</summary>
          <ul>
            {group.map((each) => (
              <li>
                {time(each.at)}: {refreshes([each]).what}
              </li>
            ))}
          </ul>
        </details>
      ),
    }
  }
  const { status, reason, done, total, failed, startedAt, finishedAt } = group[0]!.refresh
  const why = causes[reason] ?? `(${reason})`
  const took = `${((finishedAt - startedAt) / 1000).toFixed(1)} s`
  if (total === 0) return { what: `Refresh ${why}: everything was current.` }
  return {
    what: `${status === 'failed' ? 'Refresh failed' : 'Refreshed'} ${why}: ${done} of ${total} updated in ${took}.`,
    details: failed.length > 0 && (
      <ul class="failures">
        {failed.map(({ symbol, reason: own }) => (
          <li>
            <span class="symbol">{symbol}</span>: {sentenceOn(symbol, own)}
          </li>
        ))}
      </ul>
    ),
  }
}

function recordings(group: Changed[], words: Words): Described {
  const changes = group.flatMap(({ change }) => (change.kind === 'transaction' ? [change] : []))
  const rows = changes.flatMap(({ before, after }) => after ?? before ?? [])
  const noun = rows.every(({ type }) => type === 'dividend') ? 'dividends' : 'transactions'
  return {
    what: `${words.actor(group[0]!)} ${actionVerbs[changes[0]!.action]} ${group.length} ${noun}.`,
    details: (
      <details id={`more-entry-${group[0]!.id}`}>
        <summary>Show details</summary>
        <ul>
          {rows.map((row) => (
            <li>{words.transaction(row)}</li>
          ))}
        </ul>
      </details>
    ),
  }
}

function changed(entry: Changed, words: Words): Described {
  const { change } = entry
  const actor = words.actor(entry)
  switch (change.kind) {
    case 'portfolio':
      return portfolioChange(actor, change)
    case 'transaction':
      return transactionChange(actor, change, words)
    case 'import': {
      const { action, id, format, accepted, duplicates, rejected } = change
      if (action === 'delete')
        return {
          what: `${actor} undid an import of ${counted(accepted, 'row', 'rows')} (format: ${format}).`,
        }
      const left = [
        duplicates ? `${counted(duplicates, 'duplicate was', 'duplicates were')} skipped` : null,
        rejected ? `${counted(rejected, 'row was', 'rows were')} rejected` : null,
      ].filter((part) => part !== null)
      return {
        what: (
          <>
            {actor} imported {counted(accepted, 'row', 'rows')} (format: {format}).
            {mayEdit() && (
              <>
                {' '}
                <a href={words.importPage(id)}>View or undo</a>
              </>
            )}
          </>
        ),
        details: left.length > 0 && <p class="aside">{sentence(left.join('; '))}</p>,
      }
    }
    case 'share units': {
      const { recognized: count } = change
      return {
        what: `${actor} checked ${counted(count, 'trade', 'trades')} against that day’s closing price to see whether ${count === 1 ? 'it was' : 'they were'} already split-adjusted.`,
      }
    }
    case 'access':
      return { what: `${actor} ${accessWords(change, entry)}.` }
    case 'unknown':
      // unknown actions are shown verbatim and never interpreted
      return { what: `${actor}: ${change.action} ${change.subject}.` }
  }
}

type Change<Kind> = Extract<AuditRecord, { kind: Kind }>

function portfolioChange(actor: string, { action, before, after }: Change<'portfolio'>): Described {
  if (action === 'create' && after) {
    const { name, baseCurrency, benchmarks } = after
    return {
      what: (
        <>
          {actor} created the portfolio “{name}” in {baseCurrency}, compared with{' '}
          {benchmarks.join(', ') || 'no benchmark'}.
        </>
      ),
    }
  }
  return {
    what: action === 'delete' ? `${actor} deleted the portfolio.` : `${actor} changed the settings.`,
    details: before && after && <Changes differences={differences(before, after, settingFields)} />,
  }
}

function transactionChange(
  actor: string,
  { action, before, after }: Change<'transaction'>,
  words: Words,
): Described {
  const row = action === 'update' || action === 'delete' ? before : after
  return {
    what: (
      <>
        {actor} {actionVerbs[action]}: {row && words.transaction(row)}
      </>
    ),
    details: before && after && (
      <Changes differences={differences(before, after, words.fields(before, after))} />
    ),
  }
}

const settingFields: Field<LoggedPortfolio>[] = [
  { label: 'Name', value: ({ name }) => name },
  { label: 'Description', value: ({ description }) => description },
  { label: 'Currency', value: ({ baseCurrency }) => baseCurrency },
  { label: 'Benchmarks', value: ({ benchmarks }) => benchmarks.join(', ') },
  { label: 'Cost basis', value: ({ costBasis }) => costBases[costBasis] },
  { label: 'Dividends', value: ({ dividends }) => (dividends ? dividendCountings[dividends] : null) },
  { label: 'Tax withheld', value: ({ withholding }) => (withholding ? percentText(withholding) : null) },
  { label: 'Risk-free rate', value: ({ riskFreeRate }) => (riskFreeRate ? percentText(riskFreeRate) : null) },
  { label: 'Targets', value: ({ targets }) => targets ?? null },
  {
    label: 'Dismissed dividends',
    value: ({ dismissedDividends }) => dismissedDividends?.join(', ') ?? null,
  },
]

function counted(count: number, one: string, many: string): string {
  return `${exact(String(count))} ${count === 1 ? one : many}`
}
