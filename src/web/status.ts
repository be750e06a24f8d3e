import { gateway } from '../refresh/durable-objects.ts'
import { database } from '../storage/database.ts'
import { heldPrices, oldestQuotes } from '../storage/market-data.ts'
import { instant } from './instant.ts'
import { deadLettersKept, latestRefreshes } from '../storage/records.ts'

/** What the system did and how current it is: counted by those who did it, for the API and the page alike. */
export async function statusOf(env: Env) {
  const db = database(env.DB)
  const [upstream, refreshes, letters, quotes, held] = await Promise.all([
    gateway(env).status(),
    latestRefreshes(db, 20),
    deadLettersKept(db, 20),
    oldestQuotes(db, 200),
    heldPrices(db, 200),
  ])
  return {
    market: env.MARKET === 'demo' ? ('demo' as const) : ('yahoo' as const),
    upstream: upstream.calls,
    circuits: upstream.circuits.map(({ endpoint, openUntil }) => ({
      endpoint,
      open_until: openUntil > Date.now() ? instant(openUntil) : null,
    })),
    refreshes: refreshes.map((refresh) => ({
      portfolio_id: refresh.portfolioId,
      generation: refresh.generation,
      reason: refresh.reason,
      status: refresh.status,
      done: refresh.done,
      total: refresh.total,
      failed: refresh.failed,
      started_at: instant(refresh.startedAt),
      finished_at: instant(refresh.finishedAt),
    })),
    dead_letters: {
      count: letters.count,
      newest: letters.newest.map(({ id, reason, at, message }) => ({ id, reason, at: instant(at), message })),
    },
    quotes: quotes.map(({ symbol, price, at, fetchedAt }) => ({
      symbol,
      price,
      at: instant(at),
      fetched_at: instant(fetchedAt),
    })),
    quarantined: held.map(({ symbol, price, currency, at, reason }) => ({
      symbol,
      price,
      currency,
      at: instant(at),
      reason,
    })),
  }
}
