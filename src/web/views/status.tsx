import { none, price, worded } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { Card, Cards } from './portfolio-page.tsx'
import { DataAges } from './data-ages.tsx'
import { Refreshes } from './refreshes.tsx'
import { available, SourceCalls } from './source-calls.tsx'
import { At, rate, sinceDay, span, whole } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'
import { parts, t, translated } from '../words/words.ts'

type Source = { name: string; isInvented: boolean }
type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

/** Shows what was counted. `own` are the reader's portfolios; other portfolios are not named here. */
export const Status = ({ status, own, now, source }: Props & { source: Source }) => (
  <div class="page status">
    <header>
      <h1>{t('Status')}</h1>
      <p class="lead">
        {source.isInvented
          ? t('Prices come from {source} and are made up.', { source: translated(source.name) })
          : t('Prices come from {source}.', { source: source.name })}{' '}
        {available(status)}
      </p>
    </header>
    <Headline status={status} now={now} />
    <div class="status-pair">
      <Cache status={status} />
      <Queue status={status} />
      <SourceCalls status={status} now={now} />
      <Kept status={status} />
    </div>
    <FreePlan status={status} now={now} />
    <DeadLetters status={status} now={now} />
    <Refreshes status={status} own={own} now={now} />
    <DataAges status={status} now={now} />
    <Rejected status={status} now={now} />
    <p class="aside">
      {t(
        'Times are in New York time. Cache reads and deliveries are counted by UTC day and kept for thirty days. Counts are kept in memory between writes, so a restart can lose a few. They are never estimated.',
      )}
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
        name={t('Cache hit rate')}
        note={
          <>
            {cache.hit_rate !== null &&
              `${t('{hits} of {reads} reads', { hits: whole(cache.hits), reads: whole(cache.reads) })} `}
            {sinceDay(cache.since)}
          </>
        }
      >
        {cache.hit_rate === null ? t('no reads yet') : rate(cache.hit_rate)}
      </Card>
      <Card
        name={t('Calls to the source')}
        note={
          <>
            {calls === good
              ? t('all answered')
              : t('{n} without a usable answer', { n: whole(calls - good) })}
            {upstream_since !== null && (
              <> {parts('since {time}', { time: <At iso={upstream_since} now={now} /> })}</>
            )}
          </>
        }
      >
        {whole(calls)}
      </Card>
      <Card
        name={t('Median refresh')}
        note={
          took.p50_ms === null || took.max_ms === null
            ? t('no refreshes yet')
            : t('of the last {count}; slowest {slowest}', { count: took.count, slowest: span(took.max_ms) })
        }
      >
        {took.p50_ms === null ? none : span(took.p50_ms)}
      </Card>
      <Card
        name={t('Dead letters')}
        note={t(
          stale === 1
            ? '{waiting} waiting to be retried; {stale} stale price of {n}'
            : '{waiting} waiting to be retried; {stale} stale prices of {n}',
          { waiting: whole(dead_letters.waiting), stale: whole(stale), n: whole(quotes.length) },
        )}
      >
        <span class={dead_letters.waiting > 0 ? 'wanting' : undefined}>{whole(dead_letters.count)}</span>
      </Card>
    </Cards>
  )
}

const Cache = ({ status: { cache } }: { status: SystemStatus }) => (
  <List
    title={t('Cache')}
    aside={sinceDay(cache.since)}
    columns={[
      t('Read'),
      end(t('Reads')),
      end(t('Hits')),
      end(t('Misses')),
      end(t('Behind')),
      end(t('Hit rate')),
    ]}
    empty={t('No reads yet.')}
    rows={
      cache.reads === 0
        ? []
        : cache.kinds.map((each) => [
            translated(each.kind),
            whole(each.reads),
            whole(each.hits),
            whole(each.misses),
            whole(each.behind),
            each.hit_rate === null ? t('no reads yet') : rate(each.hit_rate),
          ])
    }
    note={t(
      'Misses, and copies older than what the reader has seen, are answered by the portfolio’s coordinator. Readers never wait for the source.',
    )}
  />
)

const Queue = ({ status: { queue } }: { status: SystemStatus }) => (
  <List
    title={t('Queue')}
    aside={sinceDay(queue.since)}
    columns={[t('Message'), end(t('Tries')), end(t('Done')), end(t('Source busy')), end(t('Failed'))]}
    empty={t('No messages yet.')}
    rows={
      queue.attempts + queue.not_understood === 0
        ? []
        : [
            ...queue.kinds.map(({ kind, attempts, done, later, failed }) => [
              translated(kind),
              whole(attempts),
              whole(done),
              whole(later),
              whole(failed),
            ]),
            ...(queue.not_understood > 0
              ? [[t('unknown'), whole(queue.not_understood), none, none, none]]
              : []),
          ]
    }
    note={t(
      queue.retries === 1
        ? '{n} retry: unfinished messages are retried, four attempts in all, then become dead letters.'
        : '{n} retries: unfinished messages are retried, four attempts in all, then become dead letters.',
      { n: whole(queue.retries) },
    )}
  />
)

const Kept = ({ status: { sums } }: Pick<Props, 'status'>) => (
  <List
    title={t('What is kept here')}
    columns={[t('What'), end(t('How many'))]}
    empty=""
    rows={[
      [t('Accounts'), whole(sums.accounts)],
      [t('Portfolios'), whole(sums.portfolios)],
      [t('Members of somebody else’s portfolio'), whole(sums.members)],
      [t('Share links'), whole(sums.links)],
      [
        t('Transactions'),
        sums.are_more_transactions
          ? t('{n} or more', { n: whole(sums.transactions) })
          : whole(sums.transactions),
      ],
      [t('Tickers whose prices are fetched'), whole(sums.symbols)],
    ]}
  />
)

const FreePlan = ({ status: { free_plan }, now }: Omit<Props, 'own'>) => (
  <List
    title={t('Cloudflare’s free plan today')}
    aside={t('since midnight UTC')}
    columns={[t('Quota'), end(t('Used')), end(t('Of')), end(t('Share')), words(t('At this pace'))]}
    empty=""
    rows={free_plan.quotas.map(({ name, unit, used, most, share, runs_out_at }) => [
      unit === null ? translated(name) : `${translated(name)}, ${unit}`,
      whole(used),
      whole(most),
      rate(share),
      runs_out_at === null ? (
        t('lasts until midnight UTC')
      ) : (
        <strong class="wanting">
          {parts('runs out at {time}, New York time', { time: <At iso={runs_out_at} now={now} /> })}
        </strong>
      ),
    ])}
    note={[room(free_plan), ...free_plan.not_counted.map(translated)].join(' ')}
  />
)

/** The database is filled once and for all, and not by the day. */
function room({ database_mb: used, database_most_mb: most }: SystemStatus['free_plan']): string {
  return used === null
    ? ''
    : t('The database has {used} MB of the {most} MB that are free.', {
        used: whole(used),
        most: whole(most),
      })
}

const DeadLetters = ({ status: { dead_letters }, now }: Omit<Props, 'own'>) => (
  <List
    id="dead-letters"
    title={t('Dead letters')}
    count={dead_letters.count}
    aside={
      dead_letters.newest.filter(({ resendable }) => resendable).length > 1 && (
        <form method="post" action="/dead-letters/resend">
          <button class="button">{t('Retry all')}</button>
        </form>
      )
    }
    columns={[t('Failed'), words(t('Message')), t('Reason'), end(t('Retried'))]}
    empty={t('None. Every message was handled.')}
    rows={dead_letters.newest.map(({ id, at, about, reason, message, resent_at, resendable }) => [
      <At iso={at} now={now} />,
      about === null ? <code>{message.slice(0, 200)}</code> : translated(about),
      translated(reason),
      resendable ? (
        <form method="post" action={`/dead-letters/${encodeURIComponent(id)}/resend`}>
          <button
            class="button"
            aria-label={t('Retry: {about}', { about: translated(about ?? 'this message') })}
          >
            {t('Retry')}
          </button>
        </form>
      ) : (
        <At iso={resent_at} now={now} />
      ),
    ])}
  />
)

const Rejected = ({ status: { quarantined }, now }: Omit<Props, 'own'>) => (
  <List
    title={t('Prices held for review')}
    count={quarantined.length}
    columns={[t('Symbol'), end(t('Price')), t('Traded'), words(t('Reason'))]}
    empty={t('None. Every price was plausible.')}
    rows={quarantined.map((held) => [
      <span class="symbol">{held.symbol}</span>,
      price(held.price, held.currency),
      <At iso={held.at} now={now} />,
      worded(held.reason),
    ])}
  />
)
