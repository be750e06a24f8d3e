import { type Chart, joined } from '../metrics/chart.ts'
import type { Snapshot, TradeMark } from '../metrics/snapshot.ts'
import { coordinator } from '../refresh/durable-objects.ts'
import { database } from '../storage/database.ts'
import { type Portfolio, portfolioOf } from '../storage/portfolios.ts'
import {
  cachedChart,
  cachedPage,
  cachedSnapshot,
  type Listed,
  type SettledChart,
} from '../storage/snapshots.ts'
import { type AppContext, isPortfolioId, ownerOf, seenRevision } from './request.ts'

// The one scope by which routes reach a portfolio: each of these answers null for what is not there, was deleted or
// is somebody else's.

/** One KV read; the coordinator only when KV has nothing, or less than this reader has seen. */
export async function readSnapshot(c: AppContext, id: string): Promise<Snapshot | null> {
  if (!isPortfolioId(id)) return null
  return current(c, id, await cachedSnapshot(c.env.SNAPSHOTS, id))
}

/** The same, with the owner's list of portfolios for the page's frame; still one read. */
export async function readPage(
  c: AppContext,
  id: string,
): Promise<{ snapshot: Snapshot; list: Listed[] } | null> {
  if (!isPortfolioId(id)) return null
  const { snapshot: cached, list } = await cachedPage(c.env.SNAPSHOTS, ownerOf(c), id)
  const snapshot = await current(c, id, cached)
  if (!snapshot) return null
  const { name } = snapshot.portfolio
  return { snapshot, list: list.some((listed) => listed.id === id) ? list : [...list, { id, name }] }
}

/** The whole chart, up to the latest quotes. */
export async function readChart(c: AppContext, id: string): Promise<Chart | null> {
  const cached = await currentChart(c, id)
  if (cached === null) return null
  if ('chart' in cached) return joined(cached.chart, cached.last)
  return coordinator(c.env, id).chart(ownerOf(c), id, cached.lost)
}

/** What the chart marks: every purchase, sale and dividend. */
export async function readTrades(c: AppContext, id: string): Promise<TradeMark[] | null> {
  const cached = await currentChart(c, id)
  if (cached === null) return null
  if ('chart' in cached) return cached.chart.trades
  return coordinator(c.env, id).trades(ownerOf(c), id, cached.lost)
}

/** From D1, for what the dashboard does not need. */
export async function readPortfolio(c: AppContext, id: string): Promise<Portfolio | null> {
  return isPortfolioId(id) ? portfolioOf(database(c.env.DB), ownerOf(c), id) : null
}

async function current(c: AppContext, id: string, cached: Snapshot | null): Promise<Snapshot | null> {
  const owner = ownerOf(c)
  if (cached && cached.revision >= seenRevision(c, id))
    return cached.portfolio.owner === owner ? cached : null
  // no Durable Object is made for an id that somebody made up
  if (!cached && !(await readPortfolio(c, id))) return null
  return coordinator(c.env, id).snapshot(owner, id, !cached)
}

/** In one KV read; `lost` when the coordinator must be asked, true if KV has nothing at all. */
async function currentChart(
  c: AppContext,
  id: string,
): Promise<{ chart: SettledChart; last: Chart } | { lost: boolean } | null> {
  if (!isPortfolioId(id)) return null
  const { snapshot, chart } = await cachedChart(c.env.SNAPSHOTS, id)
  // the two are written one after the other, and spread each in its own time
  const isCurrent =
    snapshot &&
    chart &&
    chart.revision === snapshot.chart_revision &&
    snapshot.revision >= seenRevision(c, id)
  if (isCurrent) return snapshot.portfolio.owner === ownerOf(c) ? { chart, last: snapshot.last } : null
  if (!snapshot && !(await readPortfolio(c, id))) return null
  return { lost: !snapshot || !chart }
}
