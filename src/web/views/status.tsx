import type { Child } from 'hono/jsx'
import { day, fullTime, none, percent, price, when } from '../format.ts'
import type { SystemStatus } from '../status.ts'

type Source = { name: string; isInvented: boolean }
type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

/** True figures of the machinery. `own` are the reader's portfolios: of others no name is known here. */
export const Status = ({ status, own, now, source }: Props & { source: Source }) => (
  <div class="page status">
    <header>
      <h1>Status</h1>
      <p class="lead">
        Prices come from {source.name}
        {source.isInvented ? ': invented.' : '.'} {heldBack(status)}
      </p>
    </header>
    <Headline status={status} now={now} />
    <div class="status-pair">
      <Cache status={status} />
      <Queue status={status} />
    </div>
    <DeadLetters status={status} now={now} />
    <div class="status-pair">
      <Upstream status={status} now={now} />
      <Circuits status={status} now={now} />
    </div>
    <Refreshes status={status} own={own} now={now} />
    <DataAges status={status} now={now} />
    <NotBelieved status={status} now={now} />
    <p class="aside">
      Times are New York’s. Cache reads and deliveries are counted by UTC day and kept in view for thirty
      days. A Worker counts in memory and hands over when it next writes; what it had not handed over when the
      platform ended it is missing. No count is an estimate.
    </p>
  </div>
)

const Headline = ({ status, now }: Omit<Props, 'own'>) => {
  const { cache, upstream, upstream_since, refresh_durations: took, dead_letters, quotes } = status
  const calls = upstream.reduce((sum, { count }) => sum + count, 0)
  const good = upstream.reduce((sum, { outcome, count }) => sum + (outcome === 'ok' ? count : 0), 0)
  const stale = quotes.filter((quote) => quote.stale).length
  return (
    <dl class="status-figures">
      <Figure name="Read from the cache" of={cache.hit_rate === null ? 'no reads yet' : rate(cache.hit_rate)}>
        {cache.hit_rate !== null && `${whole(cache.hits)} of ${whole(cache.reads)} reads`}{' '}
        {sinceDay(cache.since)}
      </Figure>
      <Figure name="Calls to the source" of={whole(calls)}>
        {calls === good ? 'all answered' : `${whole(calls - good)} without a usable answer`}
        {upstream_since !== null && (
          <>
            {' '}
            since <At iso={upstream_since} now={now} />
          </>
        )}
      </Figure>
      <Figure name="A refresh takes" of={took.p50_ms === null ? none : span(took.p50_ms)}>
        {took.p50_ms === null || took.max_ms === null
          ? 'none has asked for anything yet'
          : `the middle one of the last ${took.count}; the longest ${span(took.max_ms)}`}
      </Figure>
      <Figure name="Dead letters" of={whole(dead_letters.count)} wanting={dead_letters.waiting > 0}>
        {whole(dead_letters.waiting)} not sent again; {counted(stale, 'stale price')} of{' '}
        {whole(quotes.length)}
      </Figure>
    </dl>
  )
}

const Figure = ({
  name,
  of,
  wanting,
  children,
}: {
  name: string
  of: string
  wanting?: boolean
  children: Child
}) => (
  <div>
    <dt>{name}</dt>
    <dd class={wanting ? 'wanting' : undefined}>{of}</dd>
    <dd>{children}</dd>
  </div>
)

const Cache = ({ status: { cache } }: { status: SystemStatus }) => (
  <Table
    title="Cache"
    aside={sinceDay(cache.since)}
    columns={['Read of', end('Reads'), end('Hits'), end('Misses'), end('Behind'), end('Hit rate')]}
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
    note="A miss, and a copy behind what the reader has seen, is answered by the portfolio’s coordinator; no reader ever waits for the source."
  />
)

const Queue = ({ status: { queue } }: { status: SystemStatus }) => (
  <Table
    title="Queue"
    aside={sinceDay(queue.since)}
    columns={['Message', end('Tries'), end('Done'), end('Source busy'), end('Failed')]}
    empty="No message was delivered yet."
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
            ...(queue.not_understood > 0
              ? [['not ours', whole(queue.not_understood), none, none, none]]
              : []),
          ]
    }
    note={`${counted(queue.retries, 'retry')}: what did not end is tried again later, four times in all; then it is a dead letter.`}
  />
)

const DeadLetters = ({ status: { dead_letters }, now }: Omit<Props, 'own'>) => (
  <Table
    id="dead-letters"
    title="Dead letters"
    count={dead_letters.count}
    aside={
      dead_letters.newest.filter(({ resendable }) => resendable).length > 1 && (
        <form method="post" action="/dead-letters/resend">
          <button class="button">Send all again</button>
        </form>
      )
    }
    columns={['Parked', words('Message'), 'Reason', end('Sent again')]}
    empty="None: every message was handled."
    rows={dead_letters.newest.map(({ id, at, about, reason, message, resent_at, resendable }) => [
      <At iso={at} now={now} />,
      about ?? <code>{message.slice(0, 200)}</code>,
      reason,
      resendable ? (
        <form method="post" action={`/dead-letters/${encodeURIComponent(id)}/resend`}>
          <button class="button" aria-label={`Send again: ${about ?? 'this message'}`}>
            Send again
          </button>
        </form>
      ) : (
        <At iso={resent_at} now={now} />
      ),
    ])}
  />
)

const Upstream = ({ status: { upstream, upstream_since }, now }: Omit<Props, 'own'>) => (
  <Table
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
  <Table
    title="Circuits"
    columns={['Source', 'Endpoint', words('State')]}
    empty="No endpoint has been asked yet."
    rows={circuits.map(({ source, endpoint, open_until }) => [
      source,
      endpoint,
      open_until === null ? (
        'closed: calls go through'
      ) : (
        <strong class="gain-loss">
          open until <At iso={open_until} now={now} />
        </strong>
      ),
    ])}
  />
)

const Refreshes = ({ status, own, now }: Props) => (
  <Table
    title="Refreshes"
    aside={`the last ${status.refreshes.length}`}
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
        name === undefined ? 'not yours' : <a href={`/portfolios/${refresh.portfolio_id}`}>{name}</a>,
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

/** All of them stand in the portfolio's own log. */
const NAMED = 3

function failures(failed: SystemStatus['refreshes'][number]['failed']): string {
  const named = failed.slice(0, NAMED).map(({ symbol, reason }) => `${symbol}: ${reason}`)
  const more = failed.length - named.length
  return [...named, ...(more > 0 ? [`and ${whole(more)} more`] : [])].join('; ') || none
}

const DataAges = ({ status: { quotes }, now }: Omit<Props, 'own'>) => (
  <Table
    title="Data age"
    count={quotes.length}
    columns={['Symbol', end('Age'), end('Price'), 'Traded', 'Fetched', 'Bars to', words('State')]}
    empty="No portfolio needs a price yet."
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

const NotBelieved = ({ status: { quarantined }, now }: Omit<Props, 'own'>) => (
  <Table
    title="Prices not believed"
    count={quarantined.length}
    columns={['Symbol', end('Price'), 'Traded', words('Reason')]}
    empty="None: every price was plausible."
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
    delisted === null ? null : `no longer quoted since ${day(delisted)}`,
    reason,
    !stale && delisted === null && reason === null ? 'current' : null,
  ]
  return (
    <>
      {stale && <mark class="stale">{quote.price === null ? 'no price' : 'stale'}</mark>}{' '}
      {said.filter((part) => part !== null).join('; ')}
      {retry_at !== null && (
        <>
          ; not asked again before <At iso={retry_at} now={now} />
        </>
      )}
    </>
  )
}

type Column = string | { name: string; class: 'end' | 'words' }

/** A column of figures, and one of sentences; the others hold a word or a date. */
const end = (name: string): Column => ({ name, class: 'end' })
const words = (name: string): Column => ({ name, class: 'words' })

type TableProps = {
  id?: string
  title: string
  count?: number
  aside?: Child
  columns: Column[]
  empty: string
  rows: Child[][]
  note?: string
}

const Table = ({ id, title, count, aside, columns, empty, rows, note }: TableProps) => {
  const classes = columns.map((column) => (typeof column === 'string' ? undefined : column.class))
  return (
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
        <div class="scroll" tabindex={0} role="group" aria-label={title}>
          <table class="grid">
            <thead>
              <tr>
                {columns.map((column, i) => (
                  <th scope="col" class={classes[i]}>
                    {typeof column === 'string' ? column : column.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell, i) => (
                    <td class={classes[i]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && note && <p class="aside">{note}</p>}
    </section>
  )
}

const At = ({ iso, now }: { iso: string | null; now: number }) =>
  iso === null ? (
    <>{none}</>
  ) : (
    <time datetime={iso} title={fullTime(Date.parse(iso))}>
      {when(Date.parse(iso), now)}
    </time>
  )

function heldBack({ circuits }: SystemStatus): string {
  const open = circuits.filter(({ open_until }) => open_until !== null)
  return open.length === 0
    ? 'No endpoint is held back.'
    : `Held back for a while, after too many failures: ${open.map(({ endpoint }) => endpoint).join(', ')}.`
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
