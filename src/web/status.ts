import { hoursOf } from '../market/hours/trading-hours.ts'
import { delistedSince } from '../market/hours/delisting.ts'
import { isStale } from '../market/hours/freshness.ts'
import { dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { counted } from '../jobs/counters.ts'
import { messageIn } from '../jobs/dead-letters.ts'
import { gateway } from '../jobs/durable-objects.ts'
import { messageKinds, type RefreshMessage } from '../jobs/messages.ts'
import { sourceOf } from '../jobs/source.ts'
import { database } from '../storage/database.ts'
import { quarantinedQuotes } from '../storage/quotes.ts'
import { type DataAge, dataAges } from '../storage/tracked.ts'
import { listDeadLetters } from '../storage/dead-letters.ts'
import { latestRefreshes, type RefreshRecord } from '../storage/refreshes.ts'
import { MOST_COUNTED, sumsOf } from '../storage/sums.ts'
import { databaseSize, usageOn, withPending } from '../storage/usage.ts'
import { freePlan } from './free-plan.ts'
import { endpointHealth } from './endpoint-health.ts'
import { instant } from './instant.ts'

/** The status as the API answers it and the page shows it. Instants are ISO texts, durations are milliseconds. */
export type SystemStatus = Awaited<ReturnType<typeof statusOf>>

/** Collects what the system has done and how current its data is. */
export async function statusOf(env: Env, now: number) {
  const db = database(env.DB)
  const [used, upstream, counts, refreshes, letters, ages, quarantined, sums] = await Promise.all([
    usageOn(db, dayAt(now, 'UTC')),
    gateway(env).status(),
    counted(env.DB, now),
    latestRefreshes(db, 50),
    listDeadLetters(db, 20),
    dataAges(db, 500),
    quarantinedQuotes(db, 200),
    sumsOf(db),
  ])
  return {
    at: instant(now),
    market: sourceOf(env).id,
    sums: { ...sums, are_more_transactions: sums.transactions === MOST_COUNTED },
    free_plan: freePlan(withPending(used), databaseSize(), now),
    cache: cacheReads(counts),
    upstream_since: instant(upstream.since),
    upstream: upstream.calls,
    calls_from: upstream.place,
    endpoints: endpointHealth(upstream.ended).map((each) => ({
      source: each.source,
      endpoint: each.endpoint,
      health: each.health,
      last_good_at: instant(each.goodAt),
      last_refused_at: instant(each.refusedAt),
      refused_by: each.refusedBy,
    })),
    circuits: upstream.circuits.map(({ source, endpoint, openUntil }) => ({
      source,
      endpoint,
      open_until: openUntil > now ? instant(openUntil) : null,
    })),
    queue: deliveries(counts),
    dead_letters: {
      count: letters.count,
      waiting: letters.waiting,
      newest: letters.newest.map(({ id, reason, at, message, resentAt }) => ({
        id,
        reason,
        at: instant(at),
        message,
        about: about(messageIn(message)),
        resent_at: instant(resentAt),
        resendable: resentAt === null && messageIn(message) !== null,
      })),
    },
    refresh_durations: durations(refreshes),
    refreshes: refreshes.slice(0, 20).map((refresh) => ({
      portfolio_id: refresh.portfolioId,
      generation: refresh.generation,
      reason: refresh.reason,
      status: refresh.status,
      done: refresh.done,
      total: refresh.total,
      failed: refresh.failed,
      started_at: instant(refresh.startedAt),
      finished_at: instant(refresh.finishedAt),
      ms: refresh.finishedAt - refresh.startedAt,
    })),
    quotes: ages.map((age) => ageOf(age, now)).toSorted(byAge),
    quarantined: quarantined.map(({ symbol, price, currency, at, reason }) => ({
      symbol,
      price,
      currency,
      at: instant(at),
      reason,
    })),
  }
}

/** Describes the work of a queue message; null when the message cannot be read. */
function about(message: RefreshMessage | null): string | null {
  switch (message?.kind) {
    case 'quotes': {
      const [shown, more] = [message.symbols.slice(0, 6).join(', '), message.symbols.length - 6]
      return `prices of ${shown}${more > 0 ? ` and ${more} more` : ''}`
    }
    case 'history':
      return `history of ${message.symbol} from ${message.from}`
    case 'chart':
      return 'chart of a portfolio'
    case 'statement':
      return 'statement of a broker'
    case 'notice':
      return 'notice to somebody'
    case undefined:
      return null
  }
}

type Counted = Awaited<ReturnType<typeof counted>>

/** Counts the reads of KV's copies. A rate is null before the first read. */
function cacheReads({ since, of }: Counted) {
  const kinds = (['snapshot', 'chart'] as const).map((kind) => {
    const [hits, misses, behind] = [
      of(`cache ${kind} hit`),
      of(`cache ${kind} miss`),
      of(`cache ${kind} behind`),
    ]
    return {
      kind,
      reads: hits + misses + behind,
      hits,
      misses,
      behind,
      hit_rate: rate(hits, hits + misses + behind),
    }
  })
  const sum = (of: (kind: (typeof kinds)[number]) => number) =>
    kinds.reduce((total, kind) => total + of(kind), 0)
  const [reads, hits] = [sum((kind) => kind.reads), sum((kind) => kind.hits)]
  return { since, reads, hits, hit_rate: rate(hits, reads), kinds }
}

function rate(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

function deliveries({ since, of }: Counted) {
  const kinds = messageKinds.map((kind) => {
    const [done, later, failed] = [
      of(`queue ${kind} done`),
      of(`queue ${kind} later`),
      of(`queue ${kind} failed`),
    ]
    return { kind, attempts: done + later + failed, done, retries: later + failed, later, failed }
  })
  return {
    since,
    attempts: kinds.reduce((sum, { attempts }) => sum + attempts, 0),
    retries: kinds.reduce((sum, { retries }) => sum + retries, 0),
    not_understood: of('queue not understood'),
    kinds,
  }
}

/** Returns the median and the longest duration of refreshes that had work to do; null when there are none. */
export function durations(refreshes: readonly Pick<RefreshRecord, 'total' | 'startedAt' | 'finishedAt'>[]) {
  const took = refreshes
    .filter(({ total }) => total > 0)
    .map(({ startedAt, finishedAt }) => finishedAt - startedAt)
    .toSorted((a, b) => a - b)
  return {
    count: took.length,
    // nearest rank: the smallest duration that at least half of them do not exceed
    p50_ms: took[Math.ceil(took.length / 2) - 1] ?? null,
    max_ms: took.at(-1) ?? null,
  }
}

function ageOf(age: DataAge, now: number) {
  const { symbol, price, currency, quoteAt, quoteFetchedAt, toDay } = age
  const delisted = delistedSince(age, dayAt(now, TIME_ZONE))
  return {
    symbol,
    price,
    currency,
    at: instant(quoteAt),
    fetched_at: instant(quoteFetchedAt),
    age_seconds: quoteFetchedAt === null ? null : Math.max(0, Math.round((now - quoteFetchedAt) / 1000)),
    history_to: toDay,
    stale: delisted === null && (quoteFetchedAt === null || isStale(quoteFetchedAt, hoursOf(age), now)),
    delisted,
    reason: age.reason,
    retry_at: age.retryAt !== null && age.retryAt > now ? instant(age.retryAt) : null,
  }
}

/** Sorts stale symbols first, and within both groups the oldest first. */
function byAge(a: ReturnType<typeof ageOf>, b: ReturnType<typeof ageOf>): number {
  return Number(b.stale) - Number(a.stale) || (b.age_seconds ?? Infinity) - (a.age_seconds ?? Infinity) || 0
}
