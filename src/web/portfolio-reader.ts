import { type Chart, concat } from '../metrics/chart.ts'
import type { Snapshot, TradeMark } from '../snapshot/snapshot.ts'
import type { TransactionQuery } from '../snapshot/transaction-list.ts'
import { count } from '../jobs/counters.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { cause, log } from '../jobs/log.ts'
import type { TransactionsRead } from '../coordinator/portfolio-coordinator.ts'
import { database } from '../storage/database.ts'
import { type Portfolio, portfolioOf, portfoliosOf } from '../storage/portfolios.ts'
import {
  cachedChart,
  cachedPage,
  cachedSnapshot,
  type Listed,
  type SettledChart,
} from '../storage/snapshots.ts'
import { type AppContext, hasChangedList, isPortfolioId, ownerOf, seenRevision } from './request.ts'

// The one scope by which routes reach a portfolio: each of these answers null for what is not there, was deleted or
// is somebody else's.

/** One KV read; the coordinator only when KV has nothing, or less than this reader has seen. */
export async function readSnapshot(c: AppContext, id: string): Promise<Snapshot | null> {
  if (!isPortfolioId(id)) return null
  return current(c, id, await orNothing(cachedSnapshot(c.env.SNAPSHOTS, id), null))
}

/** The same, with the owner's list of portfolios for the page's frame; still one read. */
export async function readPage(
  c: AppContext,
  id: string,
): Promise<{ snapshot: Snapshot; list: Listed[] } | null> {
  if (!isPortfolioId(id)) return null
  const nothing = { snapshot: null, list: [] }
  const { snapshot: cached, list } = await orNothing(cachedPage(c.env.SNAPSHOTS, ownerOf(c), id), nothing)
  const snapshot = await current(c, id, cached)
  if (!snapshot) return null
  const listed = hasChangedList(c) ? await portfoliosOf(database(c.env.DB), ownerOf(c)) : list
  const { name } = snapshot.portfolio
  return { snapshot, list: listed.some((each) => each.id === id) ? listed : [...listed, { id, name }] }
}

/** The whole chart, up to the latest quotes. */
export async function readChart(c: AppContext, id: string): Promise<Chart | null> {
  const cached = await currentChart(c, id)
  if (cached === null) return null
  if ('chart' in cached) return concat(cached.chart, cached.last)
  return coordinator(c.env, id).chart(cached.lost)
}

/** What the chart marks: every purchase, sale and dividend. */
export async function readTrades(c: AppContext, id: string): Promise<TradeMark[] | null> {
  const cached = await currentChart(c, id)
  if (cached === null) return null
  if ('chart' in cached) return cached.chart.trades
  return coordinator(c.env, id).trades(cached.lost)
}

/** From the coordinator, which has the ledger; the portfolio must have been found by one of the others. */
export async function readTransactions(
  c: AppContext,
  id: string,
  asked: TransactionQuery,
): Promise<TransactionsRead | null> {
  return isPortfolioId(id) ? coordinator(c.env, id).transactions(asked) : null
}

/** From D1, for what the dashboard does not need. */
export async function readPortfolio(c: AppContext, id: string): Promise<Portfolio | null> {
  return isPortfolioId(id) ? portfolioOf(database(c.env.DB), ownerOf(c), id) : null
}

/** KV that does not answer, or with what is no JSON, has nothing: the coordinator answers instead. */
async function orNothing<T>(reading: Promise<T>, nothing: T): Promise<T> {
  try {
    return await reading
  } catch (error) {
    log('KV did not answer', { error: cause(error) })
    return nothing
  }
}

async function current(c: AppContext, id: string, cached: Snapshot | null): Promise<Snapshot | null> {
  if (cached && cached.portfolio.owner !== ownerOf(c)) return null
  if (cached && cached.revision >= seenRevision(c, id)) {
    count('cache snapshot hit')
    return cached
  }
  // no Durable Object is made for an id that somebody made up
  if (!cached && !(await readPortfolio(c, id))) return null
  count(cached ? 'cache snapshot behind' : 'cache snapshot miss')
  return coordinator(c.env, id).snapshot(!cached)
}

/** In one KV read; `lost` when the coordinator must be asked, true if KV has nothing at all. */
async function currentChart(
  c: AppContext,
  id: string,
): Promise<{ chart: SettledChart; last: Chart } | { lost: boolean } | null> {
  if (!isPortfolioId(id)) return null
  const nothing = { snapshot: null, chart: null }
  const { snapshot, chart } = await orNothing(cachedChart(c.env.SNAPSHOTS, id), nothing)
  if (snapshot && snapshot.portfolio.owner !== ownerOf(c)) return null
  // the two are written one after the other, and spread each in its own time
  const isCurrent =
    snapshot &&
    chart &&
    chart.revision === snapshot.chart_revision &&
    snapshot.revision >= seenRevision(c, id)
  if (isCurrent) {
    count('cache chart hit')
    return { chart, last: snapshot.last }
  }
  if (!snapshot && !(await readPortfolio(c, id))) return null
  count(snapshot && chart ? 'cache chart behind' : 'cache chart miss')
  return { lost: !snapshot || !chart }
}
