import * as v from 'valibot'
import { count, currency, day, decimal, id, instant, reason, symbol } from './value.ts'

const rate = v.nullable(v.number())
const at = v.nullable(instant)
const endpoint = { source: v.string(), endpoint: v.string() }

export const status = v.strictObject({
  at: instant,
  market: v.string(),
  sums: v.strictObject({
    accounts: count,
    portfolios: count,
    members: count,
    links: count,
    symbols: count,
    transactions: count,
    are_more_transactions: v.boolean(),
  }),
  free_plan: v.strictObject({
    since: instant,
    quotas: v.array(
      v.strictObject({
        name: v.string(),
        unit: v.nullable(v.string()),
        used: count,
        most: count,
        share: v.number(),
        runs_out_at: at,
      }),
    ),
    database_mb: v.nullable(count),
    database_most_mb: count,
    not_counted: v.array(v.string()),
  }),
  cache: v.strictObject({
    since: v.nullable(v.string()),
    reads: count,
    hits: count,
    hit_rate: rate,
    kinds: v.array(
      v.strictObject({
        kind: v.string(),
        reads: count,
        hits: count,
        misses: count,
        behind: count,
        hit_rate: rate,
      }),
    ),
  }),
  upstream_since: at,
  upstream: v.array(v.strictObject({ ...endpoint, outcome: v.string(), count })),
  calls_from: v.nullable(v.string()),
  endpoints: v.array(
    v.strictObject({
      ...endpoint,
      health: v.string(),
      last_good_at: at,
      last_refused_at: at,
      refused_by: v.nullable(v.string()),
    }),
  ),
  circuits: v.array(v.strictObject({ ...endpoint, open_until: at })),
  queue: v.strictObject({
    since: v.nullable(v.string()),
    attempts: count,
    retries: count,
    not_understood: count,
    kinds: v.array(
      v.strictObject({
        kind: v.string(),
        attempts: count,
        done: count,
        retries: count,
        later: count,
        failed: count,
      }),
    ),
  }),
  dead_letters: v.strictObject({
    count,
    waiting: count,
    newest: v.array(
      v.strictObject({
        id: v.string(),
        reason: v.string(),
        at,
        message: v.unknown(),
        about: v.nullable(v.string()),
        resent_at: at,
        resendable: v.boolean(),
      }),
    ),
  }),
  refresh_durations: v.strictObject({ count, p50_ms: v.nullable(count), max_ms: v.nullable(count) }),
  refreshes: v.array(
    v.strictObject({
      portfolio_id: id,
      generation: count,
      reason: v.string(),
      status: v.string(),
      done: count,
      total: count,
      failed: v.array(v.unknown()),
      started_at: instant,
      finished_at: instant,
      ms: count,
    }),
  ),
  quotes: v.array(
    v.strictObject({
      symbol,
      price: v.nullable(decimal),
      currency: v.nullable(currency),
      at,
      fetched_at: at,
      age_seconds: v.nullable(count),
      history_to: v.nullable(day),
      stale: v.boolean(),
      delisted: v.nullable(day),
      reason,
      retry_at: at,
    }),
  ),
  quarantined: v.array(v.strictObject({ symbol, price: decimal, currency, at, reason: v.string() })),
})

export const resent = v.strictObject({ id: v.string(), resent_at: at })
export const allResent = v.strictObject({ sent: count, resent_at: at })
