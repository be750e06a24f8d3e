import type { Child } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dayAt } from '../../portfolio/day.ts'
import { text } from '../../portfolio/decimal.ts'
import type { LogEntry, LogView } from '../../storage/activity-log.ts'
import { day, exact, fullTime, money, none, price, sentence, sentenceOn, shares, time } from '../format.ts'
import type { Clock } from './clock.ts'
import { deedVerbs } from './recent-activity.tsx'
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
  const days = Map.groupBy(folded(entries), ([first]) => dayAt(first!.at, 'America/New_York'))
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
            <p class="aside">
              {before === null ? 'Nothing of this kind has happened yet.' : 'Nothing older.'}
            </p>
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
        {(before !== null || next !== null) && (
          <nav class="pager" aria-label="Pages of the log">
            {before !== null && <a href={addressOf(path, query)}>← Newest</a>}
            {next !== null && (
              <a href={addressOf(path, { ...query, before: next })} rel="next">
                Older →
              </a>
            )}
          </nav>
        )}
        <p class="aside">Kept as it happened and never changed. Times are those of New York.</p>
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
  if (entry.kind === 'deed') {
    return entry.deed.action === 'create' && isTransaction(entry.deed.subject) ? `create ${entry.at}` : null
  }
  const { status, failed } = entry.refresh
  const isQuiet = status === 'done' && failed.length === 0
  return isQuiet ? `refresh ${dayAt(entry.at, 'America/New_York')}` : null
}

function isTransaction(subject: string): boolean {
  return subject.startsWith('transaction:')
}

type Told = { what: Child; details?: Child }

function told(group: LogEntry[], words: Words): Told {
  const [first] = group
  if (first!.kind === 'refresh') return refreshes(group as Refreshed[])
  if (group.length > 1) return recordings(group as Done[], words)
  return deed(first as Done, words)
}

type Refreshed = Extract<LogEntry, { kind: 'refresh' }>
type Done = Extract<LogEntry, { kind: 'deed' }>

const causes: Record<string, string> = {
  create: 'for the new portfolio',
  edit: 'after an edit',
  import: 'after an import',
  opened: 'because somebody was looking',
  button: 'because you asked',
  rates: 'for exchange rates',
  recovery: 'after an interruption',
}

function refreshes(group: Refreshed[]): Told {
  if (group.length > 1) {
    const symbols = group.reduce((sum, { refresh }) => sum + refresh.done, 0)
    return {
      what: `Refreshed ${group.length} times: ${symbols === 0 ? 'nothing was due' : `${counted(symbols, 'price or history', 'prices and histories')} brought`}.`,
      details: (
        <details id={`more-refresh-${group[0]!.id}`}>
          <summary>Each of them</summary>
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
  if (total === 0) return { what: `Refresh ${why}: nothing was due.` }
  return {
    what: `${status === 'failed' ? 'Refresh failed' : 'Refreshed'} ${why}: ${done} of ${total} brought in ${took}.`,
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

function recordings(group: Done[], words: Words): Told {
  const types = new Set(group.map(({ deed: { after } }) => fieldsOf(after).type))
  const noun = types.size === 1 && types.has('dividend') ? 'dividends' : 'transactions'
  return {
    what: `${who(group[0]!)} ${deedVerbs.create} ${group.length} ${noun}.`,
    details: (
      <details id={`more-deed-${group[0]!.id}`}>
        <summary>Each of them</summary>
        <ul>
          {group.map(({ deed: { after } }) => (
            <li>{words.transaction(fieldsOf(after))}</li>
          ))}
        </ul>
      </details>
    ),
  }
}

function who({ actor }: Done): string {
  return actor === 'system' ? 'Yardstick' : 'You'
}

/** Not one case is guessed at: what is not known by its subject is told by its own words. */
function deed(entry: Done, words: Words): Told {
  const { action, subject } = entry.deed
  const [before, after] = [fieldsOf(entry.deed.before), fieldsOf(entry.deed.after)]
  const actor = who(entry)
  if (subject === 'portfolio') {
    if (action === 'create') {
      const { name, baseCurrency, benchmarks } = after
      return {
        what: (
          <>
            {actor} created the portfolio “{String(name)}”, in {String(baseCurrency)}, measured against{' '}
            {(benchmarks as string[]).join(', ') || 'nothing'}.
          </>
        ),
      }
    }
    return {
      what: action === 'delete' ? `${actor} deleted the portfolio.` : `${actor} changed the settings.`,
      details: action === 'update' && <Changes before={before} after={after} fields={settingFields} />,
    }
  }
  if (subject.startsWith('import:')) {
    const { format, accepted, duplicates, rejected } = after
    const left = [
      duplicates ? `${counted(Number(duplicates), 'row was', 'rows were')} here already` : null,
      rejected ? `${counted(Number(rejected), 'row', 'rows')} could not be taken` : null,
    ].filter((part) => part !== null)
    return {
      what: `${actor} imported ${counted(Number(accepted), 'row', 'rows')} from a file read as ${String(format)}.`,
      details: left.length > 0 && <p class="aside">{sentence(left.join('; '))}</p>,
    }
  }
  if (subject === 'share units') {
    const count = Number(after.recognized)
    return {
      what: `${actor} compared ${counted(count, 'trade', 'trades')} with the closes of ${count === 1 ? 'its day' : 'their days'} and noted in which share units ${count === 1 ? 'it was' : 'they were'} written down.`,
    }
  }
  if (isTransaction(subject)) {
    if (action === 'update') {
      return {
        what: (
          <>
            {actor} {deedVerbs.update}: {words.transaction(before)}
          </>
        ),
        details: <Changes before={before} after={after} fields={words.fields(before, after)} />,
      }
    }
    return {
      what: (
        <>
          {actor} {deedVerbs[action]}: {words.transaction(action === 'delete' ? before : after)}
        </>
      ),
    }
  }
  return { what: `${actor}: ${action} ${subject}.` }
}

type Fields = Record<string, unknown>

function fieldsOf(row: unknown): Fields {
  return typeof row === 'object' && row !== null ? (row as Fields) : {}
}

/** A field's name, and how its value is written. */
type Field = [name: string, label: string, write: (value: unknown, whole: Fields) => Child]

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return none
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

const settingFields: Field[] = [
  ['name', 'Name', plain],
  ['description', 'Description', plain],
  ['baseCurrency', 'Currency', plain],
  ['benchmarks', 'Benchmarks', (value) => plain((value as string[] | undefined)?.join(', '))],
  ['costBasis', 'Cost basis', (value) => costBases[value as keyof typeof costBases] ?? plain(value)],
]

type ChangesProps = { before: Fields; after: Fields; fields: Field[] }

/** Before → after, of the fields that changed. */
const Changes = ({ before, after, fields }: ChangesProps) => {
  const changed = fields.filter(([name]) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  if (changed.length === 0) return <p class="aside">Nothing in it changed.</p>
  return (
    <dl class="differences">
      {changed.map(([name, label, write]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {isBlank(before[name]) ? 'nothing' : <del>{write(before[name], before)}</del>}{' '}
            <span aria-hidden="true">→</span>
            <span class="unseen"> became </span>{' '}
            {isBlank(after[name]) ? 'nothing' : <ins>{write(after[name], after)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

type Words = {
  transaction: (fields: Fields) => Child
  fields: (before: Fields, after: Fields) => Field[]
}

const verbs: Record<string, string> = { buy: 'bought', sell: 'sold' }

/** The log keeps decimals as whole ten-billionths, and a currency only where it is not that of the instrument. */
function wordsOf({ portfolio, holdings, closed }: Snapshot): Words {
  const known = new Map([...holdings, ...closed].map(({ symbol, currency }) => [symbol, currency]))
  const currencyOf = ({ currency, symbol }: Fields) =>
    typeof currency === 'string' ? currency : (known.get(plain(symbol)) ?? portfolio.base_currency)
  const amountOf = (kept: unknown): string | null =>
    typeof kept === 'string' && /^-?\d+$/.test(kept) ? text(BigInt(kept)) : null
  const cash = (kept: unknown, whole: Fields) => (
    <span data-money>{money(amountOf(kept), currencyOf(whole))}</span>
  )
  const count = (kept: unknown) => {
    const amount = amountOf(kept)
    return amount === null ? none : exact(amount)
  }
  const ratio = (kept: unknown) => {
    const { numerator, denominator } = fieldsOf(kept)
    return numerator === undefined ? none : `${plain(numerator)}:${plain(denominator)}`
  }
  const each = (kept: unknown, whole: Fields) => price(amountOf(kept), currencyOf(whole))
  return {
    transaction(fields) {
      const { type, symbol, date } = fields
      const named = typeof symbol === 'string' ? <span class="symbol">{symbol}</span> : null
      const on = ` on ${typeof date === 'string' ? day(date) : none}`
      if (fields.shares !== null && fields.shares !== undefined) {
        const count = shares(amountOf(fields.shares))
        return [
          `${verbs[plain(type)] ?? plain(type)} ${count} `,
          named,
          ` at ${each(fields.price, fields)}${on}`,
        ]
      }
      if (type === 'split') return ['split of ', named, ` ${ratio(fields.ratio)}${on}`]
      return [`${plain(type)} of `, cash(fields.amount, fields), named && ' from ', named, on]
    },
    fields: (before, after) => [
      ['type', 'Type', plain],
      ['symbol', 'Ticker', plain],
      ['date', 'Date', (value) => (typeof value === 'string' ? day(value) : none)],
      ['shares', 'Shares', count],
      ['price', 'Price', each],
      ['fee', 'Fee', cash],
      // of a trade it follows from shares and price
      ...(before.shares != null && after.shares != null ? [] : [['amount', 'Amount', cash] as Field]),
      ['currency', 'Currency', plain],
      ['ratio', 'Ratio', ratio],
      ['note', 'Note', plain],
    ],
  }
}

function counted(count: number, one: string, many: string): string {
  return `${exact(String(count))} ${count === 1 ? one : many}`
}
