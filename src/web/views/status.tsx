import type { Child } from 'hono/jsx'
import { day, fullTime, none, percent, price, when } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { Card, Cards } from './portfolio-page.tsx'
import { type Column, Table } from './table.tsx'

type Source = { name: string; isInvented: boolean }
type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

/** True figures of the machinery. `own` are the reader's portfolios: of others no name is known here. */
export const Status = ({ status, own, now, source }: Props & { source: Source }) => (
  <div class="page status">
    <header>
      <h1>Status</h1>
      <p class="lead">
        Prices come from {source.name}
        {source.isInvented ? ' and are made up.' : '.'} {available(status)}
      </p>
    </header>
    <Headline status={status} now={now} />
    <div class="status-pair">
      <Cache status={status} />
      <Queue status={status} />
      <Upstream status={status} now={now} />
      <Circuits status={status} now={now} />
    </div>
    <DeadLetters status={status} now={now} />
    <Refreshes status={status} own={own} now={now} />
    <DataAges status={status} now={now} />
    <Rejected status={status} now={now} />
    <p class="aside">
      Times are in New York time. Cache reads and deliveries are counted by UTC day and kept for thirty days.
      Counts are kept in memory between writes, so a restart can lose a few. They are never estimated.
    </p>
  </div>
)

const Headline = ({ status, now }: Omit<Props, 'own'>) => {
  const { cache, upstream, upstream_since, refresh_durations: took, dead_letters, quotes } = status
  const calls = upstream.reduce((sum, { count }) => sum + count, 0)
  const good = upstream.reduce((sum, { outcome, count }) => sum + (outcome === 'ok' ? count : 0), 0)
  const stale = quotes.filter((quote) => quote.stale).length
  return (
    <Cards>
      <Card
        name="Cache hit rate"
        note={
          <>
            {cache.hit_rate !== null && `${whole(cache.hits)} of ${whole(cache.reads)} reads `}
            {sinceDay(cache.since)}
          </>
        }
      >
        {cache.hit_rate === null ? 'no reads yet' : rate(cache.hit_rate)}
      </Card>
      <Card
        name="Calls to the source"
        note={
          <>
            {calls === good ? 'all answered' : `${whole(calls - good)} without a usable answer`}
            {upstream_since !== null && (
              <>
                {' '}
                since <At iso={upstream_since} now={now} />
              </>
            )}
          </>
        }
      >
        {whole(calls)}
      </Card>
      <Card
        name="Median refresh"
        note={
          took.p50_ms === null || took.max_ms === null
            ? 'no refreshes yet'
            : `of the last ${took.count}; slowest ${span(took.max_ms)}`
        }
      >
        {took.p50_ms === null ? none : span(took.p50_ms)}
      </Card>
      <Card
        name="Dead letters"
        note={`${whole(dead_letters.waiting)} waiting to be retried; ${counted(stale, 'stale price')} of ${whole(quotes.length)}`}
      >
        <span class={dead_letters.waiting > 0 ? 'wanting' : undefined}>{whole(dead_letters.count)}</span>
      </Card>
    </Cards>
  )
}

const Cache = ({ status: { cache } }: { status: SystemStatus }) => (
  <List
    title="Cache"
    aside={sinceDay(cache.since)}
    columns={['Read', end('Reads'), end('Hits'), end('Misses'), end('Behind'), end('Hit rate')]}
    empty="No reads yet."
    rows={
      cache.reads === 0
        ? []
        : cache.kinds.map((each) => [
            each.kind,
            whole(each.reads),
            whole(each.hits),
            whole(each.misses),
            whole(each.behind),
            each.hit_rate === null ? 'no reads yet' : rate(each.hit_rate),
          ])
    }
    note="Misses, and copies older than what the reader has seen, are answered by the portfolio’s coordinator. Readers never wait for the source."
  />
)

const Queue = ({ status: { queue } }: { status: SystemStatus }) => (
  <List
    title="Queue"
    aside={sinceDay(queue.since)}
    columns={['Message', end('Tries'), end('Done'), end('Source busy'), end('Failed')]}
    empty="No messages yet."
    rows={
      queue.attempts + queue.not_understood === 0
        ? []
        : [
            ...queue.kinds.map(({ kind, attempts, done, later, failed }) => [
              kind,
              whole(attempts),
              whole(done),
              whole(later),
              whole(failed),
            ]),
            ...(queue.not_understood > 0 ? [['unknown', whole(queue.not_understood), none, none, none]] : []),
          ]
    }
    note={`${counted(queue.retries, 'retry')}: unfinished messages are retried, four attempts in all, then become dead letters.`}
  />
)

const DeadLetters = ({ status: { dead_letters }, now }: Omit<Props, 'own'>) => (
  <List
    id="dead-letters"
    title="Dead letters"
    count={dead_letters.count}
    aside={
      dead_letters.newest.filter(({ resendable }) => resendable).length > 1 && (
        <form method="post" action="/dead-letters/resend">
          <button class="button">Retry all</button>
        </form>
      )
    }
    columns={['Failed', words('Message'), 'Reason', end('Retried')]}
    empty="None. Every message was handled."
    rows={dead_letters.newest.map(({ id, at, about, reason, message, resent_at, resendable }) => [
      <At iso={at} now={now} />,
      about ?? <code>{message.slice(0, 200)}</code>,
      reason,
      resendable ? (
        <form method="post" action={`/dead-letters/${encodeURIComponent(id)}/resend`}>
          <button class="button" aria-label={`Retry: ${about ?? 'this message'}`}>
            Retry
          </button>
        </form>
      ) : (
        <At iso={resent_at} now={now} />
      ),
    ])}
  />
)

const Upstream = ({ status: { upstream, upstream_since }, now }: Omit<Props, 'own'>) => (
  <List
    title="Calls to the source"
    aside={
      upstream_since !== null && (
        <>
          since <At iso={upstream_since} now={now} />
        </>
      )
    }
    columns={['Source', 'Endpoint', 'Outcome', end('Calls')]}
    empty="None yet."
    rows={upstream.map(({ source, endpoint, outcome, count }) => [source, endpoint, outcome, whole(count)])}
  />
)

const Circuits = ({ status: { circuits }, now }: Omit<Props, 'own'>) => (
  <List
    title="Circuits"
    columns={['Source', 'Endpoint', words('State')]}
    empty="No calls yet."
    rows={circuits.map(({ source, endpoint, open_until }) => [
      source,
      endpoint,
      open_until === null ? (
        'closed: calls are allowed'
      ) : (
        <strong class="gain-loss">
          open until <At iso={open_until} now={now} />
        </strong>
      ),
    ])}
  />
)

const Refreshes = ({ status, own, now }: Props) => (
  <List
    title="Refreshes"
    aside={`last ${status.refreshes.length}`}
    columns={[
      'Portfolio',
      end('No.'),
      'Reason',
      'Status',
      end('Done'),
      'Started',
      end('Took'),
      words('Failed'),
    ]}
    empty="None yet."
    rows={status.refreshes.map((refresh) => {
      const name = own.find(({ id }) => id === refresh.portfolio_id)?.name
      return [
        name === undefined ? 'other owner' : <a href={`/portfolios/${refresh.portfolio_id}`}>{name}</a>,
        whole(refresh.generation),
        refresh.reason,
        refresh.status,
        `${refresh.done} of ${refresh.total}`,
        <At iso={refresh.started_at} now={now} />,
        span(refresh.ms),
        failures(refresh.failed),
      ]
    })}
  />
)

/** All of them are in the portfolio's own log. */
const NAMED = 3

function failures(failed: SystemStatus['refreshes'][number]['failed']): string {
  const named = failed.slice(0, NAMED).map(({ symbol, reason }) => `${symbol}: ${reason}`)
  const more = failed.length - named.length
  return [...named, ...(more > 0 ? [`and ${whole(more)} more`] : [])].join('; ') || none
}

const DataAges = ({ status: { quotes }, now }: Omit<Props, 'own'>) => (
  <List
    title="Data age"
    count={quotes.length}
    columns={['Symbol', end('Age'), end('Price'), 'Traded', 'Updated', 'History to', words('State')]}
    empty="No prices needed yet."
    rows={quotes.map((quote) => [
      <span class="symbol">{quote.symbol}</span>,
      quote.age_seconds === null ? none : span(quote.age_seconds * 1000),
      price(quote.price, quote.currency ?? ''),
      <At iso={quote.at} now={now} />,
      <At iso={quote.fetched_at} now={now} />,
      quote.history_to === null ? none : day(quote.history_to),
      <State quote={quote} now={now} />,
    ])}
  />
)

const Rejected = ({ status: { quarantined }, now }: Omit<Props, 'own'>) => (
  <List
    title="Rejected prices"
    count={quarantined.length}
    columns={['Symbol', end('Price'), 'Traded', words('Reason')]}
    empty="None. Every price was plausible."
    rows={quarantined.map((held) => [
      <span class="symbol">{held.symbol}</span>,
      price(held.price, held.currency),
      <At iso={held.at} now={now} />,
      held.reason,
    ])}
  />
)

const State = ({ quote, now }: { quote: SystemStatus['quotes'][number]; now: number }) => {
  const { stale, delisted, reason, retry_at } = quote
  const said = [
    delisted === null ? null : `delisted ${day(delisted)}`,
    reason,
    !stale && delisted === null && reason === null ? 'current' : null,
  ]
  return (
    <>
      {stale && <mark class="stale">{quote.price === null ? 'no price' : 'stale'}</mark>}{' '}
      {said.filter((part) => part !== null).join('; ')}
      {retry_at !== null && (
        <>
          ; next try <At iso={retry_at} now={now} />
        </>
      )}
    </>
  )
}

type Head = string | { name: string; at: 'end' | 'words' }

/** A column of figures, and one of sentences; the others hold a word or a date. */
const end = (name: string): Head => ({ name, at: 'end' })
const words = (name: string): Head => ({ name, at: 'words' })

type ListProps = {
  id?: string
  title: string
  count?: number
  aside?: Child
  columns: Head[]
  empty: string
  rows: Child[][]
  note?: string
}

const List = ({ id, title, count, aside, columns, empty, rows, note }: ListProps) => (
  <section class="panel" id={id}>
    <header>
      <h2>
        {title} {count !== undefined && <span class="count">{count}</span>}
      </h2>
      {rows.length > 0 && aside && <div class="aside">{aside}</div>}
    </header>
    {rows.length === 0 ? (
      <p class="aside">{empty}</p>
    ) : (
      <Table
        label={title}
        columns={columns.map((column, i): Column<Child[]> => ({
          ...(typeof column === 'string' ? { name: column } : column),
          write: (row) => row[i],
        }))}
        rows={rows}
      />
    )}
    {rows.length > 0 && note && <p class="aside">{note}</p>}
  </section>
)

const At = ({ iso, now }: { iso: string | null; now: number }) =>
  iso === null ? (
    <>{none}</>
  ) : (
    <time datetime={iso} title={fullTime(Date.parse(iso))}>
      {when(Date.parse(iso), now)}
    </time>
  )

function available({ circuits }: SystemStatus): string {
  const open = circuits.filter(({ open_until }) => open_until !== null)
  return open.length === 0
    ? 'All endpoints are available.'
    : `Paused after too many failures: ${open.map(({ endpoint }) => endpoint).join(', ')}.`
}

function sinceDay(since: string | null): string {
  return since === null ? '' : `since ${day(since)}`
}

/** Never rounded up: 100.00% is said of nothing but all. */
function rate(ratio: number): string {
  return percent(Math.floor(ratio * 10_000) / 10_000)
}

function whole(count: number): string {
  return count.toLocaleString('en-US')
}

function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `${whole(count)} ${count === 1 ? noun : plural}`
}

/** `840 ms`, `4.1 s`, `12 min`, `5 h`, `3 days`. */
function span(ms: number): string {
  const minutes = ms / 60_000
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (minutes < 2) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}
