import type { Child } from 'hono/jsx'
import type { LogEntry } from '../../storage/activity-log.ts'
import type { AuditRecord, LoggedPortfolio } from '../../storage/audit.ts'
import { exact, fullTime, sentence, sentenceOn, tenths, time } from '../format.ts'
import { accessWords } from './access-words.ts'
import { actionVerbs } from './recent-activity.tsx'
import { costBases, dividendCountings, percentText } from './portfolio-form.tsx'
import { Changes, differences, type Field } from './differences.tsx'
import type { LogWords } from './log-words.tsx'
import { mayEdit } from './shown-to.ts'
import { type Label, parts, t, translated } from '../words/words.ts'
import { toldEntry } from './told-entry.tsx'

export const Group = ({ group, words }: { group: LogEntry[]; words: LogWords }) => {
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

function describe(group: LogEntry[], words: LogWords): Described {
  const [first] = group
  if (first!.kind === 'notice') return toldEntry(first!.notice)
  if (first!.kind === 'refresh') return refreshes(group as Refreshed[])
  if (group.length > 1) return recordings(group as Changed[], words)
  return changed(first as Changed, words)
}

type Refreshed = Extract<LogEntry, { kind: 'refresh' }>
type Changed = Extract<LogEntry, { kind: 'audit' }>

const causes: Record<string, Label> = {
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
    const n = group.length
    return {
      what:
        symbols === 0
          ? t('Refreshed {n} times: everything was current.', { n })
          : symbols === 1
            ? t('Refreshed {n} times: 1 price or history updated.', { n })
            : t('Refreshed {n} times: {symbols} prices and histories updated.', {
                n,
                symbols: exact(String(symbols)),
              }),
      details: (
        <details id={`more-refresh-${group[0]!.id}`}>
          <summary>{t('Show details')}</summary>
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
  const cause = causes[reason]
  const why = cause === undefined ? `(${reason})` : t(cause)
  const took = `${tenths((finishedAt - startedAt) / 1000)} s`
  if (total === 0) return { what: t('Refresh {why}: everything was current.', { why }) }
  return {
    what: t(
      status === 'failed'
        ? 'Refresh failed {why}: {done} of {total} updated in {took}.'
        : 'Refreshed {why}: {done} of {total} updated in {took}.',
      { why, done, total, took },
    ),
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

function recordings(group: Changed[], words: LogWords): Described {
  const changes = group.flatMap(({ change }) => (change.kind === 'transaction' ? [change] : []))
  const rows = changes.flatMap(({ before, after }) => after ?? before ?? [])
  const n = group.length
  return {
    what: t('{actor} {did} {what}.', {
      actor: words.actor(group[0]!),
      did: t(actionVerbs[changes[0]!.action]),
      what: t(rows.every(({ type }) => type === 'dividend') ? '{n} dividends' : '{n} transactions', { n }),
    }),
    details: (
      <details id={`more-entry-${group[0]!.id}`}>
        <summary>{t('Show details')}</summary>
        <ul>
          {rows.map((row) => (
            <li>{words.transaction(row)}</li>
          ))}
        </ul>
      </details>
    ),
  }
}

function changed(entry: Changed, words: LogWords): Described {
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
          what: t('{actor} undid an import of {rows} (format: {format}).', {
            actor,
            rows: counted(accepted),
            format: translated(format),
          }),
        }
      const left = [
        duplicates
          ? t(duplicates === 1 ? '{n} duplicate was skipped' : '{n} duplicates were skipped', {
              n: exact(String(duplicates)),
            })
          : null,
        rejected
          ? t(rejected === 1 ? '{n} row was rejected' : '{n} rows were rejected', {
              n: exact(String(rejected)),
            })
          : null,
      ].filter((part) => part !== null)
      return {
        what: (
          <>
            {t('{actor} imported {rows} (format: {format}).', {
              actor,
              rows: counted(accepted),
              format: translated(format),
            })}
            {mayEdit() && (
              <>
                {' '}
                <a href={words.importPage(id)}>{t('View or undo')}</a>
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
        what: t(
          count === 1
            ? '{actor} checked {n} trade against that day’s closing price to see whether it was already split-adjusted.'
            : '{actor} checked {n} trades against that day’s closing price to see whether they were already split-adjusted.',
          { actor, n: exact(String(count)) },
        ),
      }
    }
    case 'access':
      return { what: t('{actor} {deed}.', { actor, deed: accessWords(change, entry) }) }
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
          {t('{actor} created the portfolio “{name}” in {currency}, compared with {benchmarks}.', {
            actor,
            name,
            currency: baseCurrency,
            benchmarks: benchmarks.join(', ') || t('no benchmark'),
          })}
        </>
      ),
    }
  }
  return {
    what:
      action === 'delete'
        ? t('{actor} deleted the portfolio.', { actor })
        : t('{actor} changed the settings.', { actor }),
    details: before && after && <Changes differences={differences(before, after, settingFields())} />,
  }
}

function transactionChange(
  actor: string,
  { action, before, after }: Change<'transaction'>,
  words: LogWords,
): Described {
  const row = action === 'update' || action === 'delete' ? before : after
  return {
    what: (
      <>
        {parts('{actor} {did}: {row}', {
          actor,
          did: t(actionVerbs[action]),
          row: row && words.transaction(row),
        })}
      </>
    ),
    details: before && after && (
      <Changes differences={differences(before, after, words.fields(before, after))} />
    ),
  }
}

const settingFields = (): Field<LoggedPortfolio>[] => [
  { label: t('Name'), value: ({ name }) => name },
  { label: t('Description'), value: ({ description }) => description },
  { label: t('Currency'), value: ({ baseCurrency }) => baseCurrency },
  { label: t('Benchmarks'), value: ({ benchmarks }) => benchmarks.join(', ') },
  { label: t('Cost basis'), value: ({ costBasis }) => t(costBases[costBasis]) },
  { label: t('Dividends'), value: ({ dividends }) => (dividends ? t(dividendCountings[dividends]) : null) },
  { label: t('Tax withheld'), value: ({ withholding }) => (withholding ? percentText(withholding) : null) },
  {
    label: t('Risk-free rate'),
    value: ({ riskFreeRate }) => (riskFreeRate ? percentText(riskFreeRate) : null),
  },
  { label: t('Targets'), value: ({ targets }) => targets ?? null },
  {
    label: t('Dismissed dividends'),
    value: ({ dismissedDividends }) => dismissedDividends?.join(', ') ?? null,
  },
  {
    label: t('Dismissed proposals'),
    value: ({ dismissedActions }) => dismissedActions?.join(', ') ?? null,
  },
  {
    label: t('Priced by their owner'),
    value: ({ ownInstruments }) => ownInstruments?.join(', ') ?? null,
  },
]

function counted(rows: number): string {
  return t(rows === 1 ? '{n} row' : '{n} rows', { n: exact(String(rows)) })
}
