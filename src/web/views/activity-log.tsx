import type { Child } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { LogEntry, LogView } from '../../storage/activity-log.ts'
import type { AuditRecord, LoggedPortfolio, LoggedTransaction } from '../../storage/audit.ts'
import { day, exact, fullTime, money, none, price, sentence, sentenceOn, shares, time } from '../format.ts'
import type { Clock } from '../clock.ts'
import { deedVerbs } from './recent-activity.tsx'
import { Pager } from './pager.tsx'
import { costBases } from './portfolio-form.tsx'
import { addressOf, liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'

export const logViews: Record<LogView, string> = {
  all: 'Everything',
  edits: 'Transactions',
  imports: 'Imports',
  settings: 'Settings',
  refreshes: 'Refreshes',
}

type Props = {
  snapshot: Snapshot
  clock: Clock
  view: LogView
  entries: LogEntry[]
  /** The cursor of this page and of the next; null at either end. */
  before: string | null
  next: string | null
}

/** Everything that was done to a portfolio, and for it, as it was kept at the time. */
export const ActivityLog = ({ snapshot, clock, view, entries, before, next }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/activity`
  const query = { show: view === 'all' ? null : view }
  const days = Map.groupBy(folded(entries), ([first]) => dayAt(first!.at, TIME_ZONE))
  const words = wordsOf(snapshot)
  return (
    <PortfolioPage title="Activity" snapshot={snapshot} clock={clock}>
      <Tabs
        label="What to show"
        tabs={(Object.keys(logViews) as LogView[]).map((key) => ({
          href: addressOf(path, { show: key === 'all' ? null : key }),
          name: logViews[key],
          current: key === view,
        }))}
      />
      <div {...liveRegion('log', addressOf(path, { ...query, before }))} class="parts">
        {entries.length === 0 && (
          <section class="panel">
            <p class="aside">{before === null ? 'No entries yet.' : 'No older entries.'}</p>
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
          label="Pages of the log"
          before={before === null ? null : { href: addressOf(path, query), name: 'Newest' }}
          after={next === null ? null : { href: addressOf(path, { ...query, before: next }), name: 'Older' }}
        />
        <p class="aside">Entries are never edited. Times are in New York time.</p>
      </div>
    </PortfolioPage>
  )
}

const Group = ({ group, words }: { group: LogEntry[]; words: Words }) => {
  const [first, last] = [group[0]!, group.at(-1)!]
  const { what, details } = told(group, words)
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

/** Neighbours that one sentence can tell: refreshes without failures, and rows recorded in one go. */
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
    return change.kind === 'transaction' && change.action === 'create' ? `create ${entry.at}` : null
  }
  const { status, failed } = entry.refresh
  const isQuiet = status === 'done' && failed.length === 0
  return isQuiet ? `refresh ${dayAt(entry.at, TIME_ZONE)}` : null
}

type Told = { what: Child; details?: Child }

function told(group: LogEntry[], words: Words): Told {
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

function refreshes(group: Refreshed[]): Told {
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

function recordings(group: Changed[], words: Words): Told {
  const rows = group.flatMap(({ change }) => (change.kind === 'transaction' ? (change.after ?? []) : []))
  const noun = rows.every(({ type }) => type === 'dividend') ? 'dividends' : 'transactions'
  return {
    what: `${who(group[0]!)} ${deedVerbs.create} ${group.length} ${noun}.`,
    details: (
      <details id={`more-deed-${group[0]!.id}`}>
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

function who({ actor }: Changed): string {
  return actor === 'system' ? 'Yardstick' : 'You'
}

function changed(entry: Changed, words: Words): Told {
  const { change } = entry
  const actor = who(entry)
  switch (change.kind) {
    case 'portfolio':
      return portfolioChange(actor, change)
    case 'transaction':
      return transactionChange(actor, change, words)
    case 'import': {
      const { format, accepted, duplicates, rejected } = change
      const left = [
        duplicates ? `${counted(duplicates, 'duplicate was', 'duplicates were')} skipped` : null,
        rejected ? `${counted(rejected, 'row was', 'rows were')} rejected` : null,
      ].filter((part) => part !== null)
      return {
        what: `${actor} imported ${counted(accepted, 'row', 'rows')} (format: ${format}).`,
        details: left.length > 0 && <p class="aside">{sentence(left.join('; '))}</p>,
      }
    }
    case 'share units': {
      const { recognized: count } = change
      return {
        what: `${actor} checked ${counted(count, 'trade', 'trades')} against that day’s closing price to see whether ${count === 1 ? 'it was' : 'they were'} already split-adjusted.`,
      }
    }
    case 'unknown':
      // shown verbatim: its meaning is never inferred
      return { what: `${actor}: ${change.action} ${change.subject}.` }
  }
}

type Change<Kind> = Extract<AuditRecord, { kind: Kind }>

function portfolioChange(actor: string, { action, before, after }: Change<'portfolio'>): Told {
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
): Told {
  const row = action === 'update' || action === 'delete' ? before : after
  return {
    what: (
      <>
        {actor} {deedVerbs[action]}: {row && words.transaction(row)}
      </>
    ),
    details: before && after && (
      <Changes differences={differences(before, after, words.fields(before, after))} />
    ),
  }
}

/** A field's label, its value as text for the comparison, and the value as the page shows it. */
type Field<Row> = { label: string; value: (row: Row) => string | null; write?: (row: Row) => Child }

const settingFields: Field<LoggedPortfolio>[] = [
  { label: 'Name', value: ({ name }) => name },
  { label: 'Description', value: ({ description }) => description },
  { label: 'Currency', value: ({ baseCurrency }) => baseCurrency },
  { label: 'Benchmarks', value: ({ benchmarks }) => benchmarks.join(', ') },
  { label: 'Cost basis', value: ({ costBasis }) => costBases[costBasis] },
]

type Difference = { label: string; before: Child | null; after: Child | null }

/** The fields that changed, each as it was and as it is; null where it is empty. */
function differences<Row>(before: Row, after: Row, fields: readonly Field<Row>[]): Difference[] {
  return fields
    .filter(({ value }) => (value(before) || null) !== (value(after) || null))
    .map(({ label, value, write = value }) => {
      const shown = (row: Row) => (value(row) ? write(row) : null)
      return { label, before: shown(before), after: shown(after) }
    })
}

const Changes = ({ differences: changes }: { differences: Difference[] }) => {
  if (changes.length === 0) return <p class="aside">No changes.</p>
  return (
    <dl class="differences">
      {changes.map(({ label, before, after }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {before === null ? 'empty' : <del>{before}</del>} <span aria-hidden="true">→</span>
            <span class="visually-hidden"> changed to </span> {after === null ? 'empty' : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Words = {
  transaction: (row: LoggedTransaction) => Child
  fields: (before: LoggedTransaction, after: LoggedTransaction) => Field<LoggedTransaction>[]
}

const verbs: Partial<Record<LoggedTransaction['type'], string>> = { buy: 'bought', sell: 'sold' }

/** A row names a currency only where it is not that of the instrument. */
function wordsOf({ portfolio, holdings, closed }: Snapshot): Words {
  const known = new Map([...holdings, ...closed].map(({ symbol, currency }) => [symbol, currency]))
  const currencyOf = ({ currency, symbol }: LoggedTransaction) =>
    currency ?? known.get(symbol ?? '') ?? portfolio.base_currency
  const cash = (amount: string, row: LoggedTransaction) => (
    <span data-money>{money(amount, currencyOf(row))}</span>
  )
  const ratioOf = ({ ratio }: LoggedTransaction) => ratio && `${ratio.numerator}:${ratio.denominator}`
  return {
    transaction(row) {
      const { type, symbol, date } = row
      const named = symbol !== null && <span class="symbol">{symbol}</span>
      const on = ` on ${day(date)}`
      if (row.shares !== null) {
        const each = price(row.price, currencyOf(row))
        return [`${verbs[type] ?? type} ${shares(row.shares)} `, named, ` at ${each}${on}`]
      }
      if (type === 'split') return ['split of ', named, ` ${ratioOf(row) ?? none}${on}`]
      return [`${type} of `, cash(row.amount, row), named && ' from ', named, on]
    },
    fields: (before, after) => [
      { label: 'Type', value: ({ type }) => type },
      { label: 'Ticker', value: ({ symbol }) => symbol },
      { label: 'Date', value: ({ date }) => date, write: ({ date }) => day(date) },
      { label: 'Shares', value: (row) => row.shares, write: (row) => exact(row.shares!) },
      { label: 'Price', value: (row) => row.price, write: (row) => price(row.price, currencyOf(row)) },
      { label: 'Fee', value: ({ fee }) => fee, write: (row) => cash(row.fee, row) },
      // the amount of a trade follows from its shares and price
      ...(before.shares !== null && after.shares !== null
        ? []
        : [
            {
              label: 'Amount',
              value: ({ amount }: LoggedTransaction) => amount,
              write: (row: LoggedTransaction) => cash(row.amount, row),
            },
          ]),
      { label: 'Currency', value: ({ currency }) => currency },
      { label: 'Ratio', value: ratioOf },
      { label: 'Note', value: ({ note }) => note },
    ],
  }
}

function counted(count: number, one: string, many: string): string {
  return `${exact(String(count))} ${count === 1 ? one : many}`
}
