import { none, price } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { Card, Cards } from './portfolio-page.tsx'
import { DataAges } from './data-ages.tsx'
import { Refreshes } from './refreshes.tsx'
import { At, counted, rate, sinceDay, span, whole } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'

type Source = { name: string; isInvented: boolean }
type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

/** Shows what was counted. `own` are the reader's portfolios; other portfolios are not named here. */
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
      <Endpoints status={status} now={now} />
    </div>
    <Kept status={status} />
    <FreePlan status={status} now={now} />
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

const Kept = ({ status: { sums } }: Pick<Props, 'status'>) => (
  <List
    title="What is kept here"
    columns={['What', end('How many')]}
    empty=""
    rows={[
      ['Accounts', whole(sums.accounts)],
      ['Portfolios', whole(sums.portfolios)],
      ['Members of somebody else’s portfolio', whole(sums.members)],
      ['Share links', whole(sums.links)],
      ['Transactions', `${whole(sums.transactions)}${sums.are_more_transactions ? ' or more' : ''}`],
      ['Tickers whose prices are fetched', whole(sums.symbols)],
    ]}
  />
)

const FreePlan = ({ status: { free_plan }, now }: Omit<Props, 'own'>) => (
  <List
    title="Cloudflare’s free plan today"
    aside="since midnight UTC"
    columns={['Quota', end('Used'), end('Of'), end('Share'), words('At this pace')]}
    empty=""
    rows={free_plan.quotas.map(({ name, unit, used, most, share, runs_out_at }) => [
      unit === null ? name : `${name}, ${unit}`,
      whole(used),
      whole(most),
      rate(share),
      runs_out_at === null ? (
        'lasts until midnight UTC'
      ) : (
        <strong class="wanting">
          runs out at <At iso={runs_out_at} now={now} />
        </strong>
      ),
    ])}
    note={[room(free_plan), ...free_plan.not_counted].join(' ')}
  />
)

/** The database is filled once and for all, and not by the day. */
function room({ database_mb: used, database_most_mb: most }: SystemStatus['free_plan']): string {
  return used === null ? '' : `The database has ${whole(used)} MB of the ${whole(most)} MB that are free.`
}

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

const Endpoints = ({ status: { endpoints, calls_from }, now }: Omit<Props, 'own'>) => (
  <List
    title="Endpoints"
    aside={calls_from !== null && `called from ${calls_from}`}
    columns={['Source', 'Endpoint', words('State'), 'Last good', 'Last refused']}
    empty="No calls yet."
    rows={endpoints.map(({ source, endpoint, health, last_good_at, last_refused_at, refused_by }) => [
      source,
      endpoint,
      health === 'works' ? health : <strong class="gain-loss">{states[health ?? 'unknown']}</strong>,
      <At iso={last_good_at} now={now} />,
      <>
        <At iso={last_refused_at} now={now} /> {refused_by}
      </>,
    ])}
  />
)

const states = {
  'refuses us': 'answers, but refuses this place',
  down: 'down: it does not answer',
  unknown: 'not known yet',
}

const Rejected = ({ status: { quarantined }, now }: Omit<Props, 'own'>) => (
  <List
    title="Prices held for review"
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

function available({ circuits }: SystemStatus): string {
  const open = circuits.filter(({ open_until }) => open_until !== null)
  return open.length === 0
    ? 'All endpoints are available.'
    : `Paused after too many failures: ${open.map(({ endpoint }) => endpoint).join(', ')}.`
}
