import { type Chart, concat } from '../metrics/chart.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TradeMark } from '../snapshot/trade-marks.ts'
import { count } from '../jobs/counters.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { cause, log } from '../jobs/log.ts'
import { database } from '../storage/database.ts'
import { type Portfolio, portfolioById, portfoliosOf } from '../storage/portfolios.ts'
import {
  cachedChart,
  cachedOwner,
  cachedPage,
  cachedSnapshot,
  type Listed,
  type SettledChart,
} from '../storage/snapshots.ts'
import { actorOf } from './access/actor.ts'
import { type AppContext, hasChangedList, seenRevision } from './request.ts'

/** What a route may read of a portfolio, by source. */
export type Reading = {
  /** The snapshot, and the actor's list of portfolios for the frame of the page. */
  page: { snapshot: Snapshot; list: Listed[] }
  snapshot: { snapshot: Snapshot }
  /** The whole chart, up to the latest quotes. */
  chart: { chart: Chart }
  /** What the chart marks: every purchase, sale and dividend. */
  trades: { trades: TradeMark[] }
  /** Nothing: it only finds the portfolio. */
  access: object
  /** The row in D1, for what the dashboard does not need. */
  portfolio: { portfolio: Portfolio }
}
export type Source = keyof Reading

/** A portfolio that exists, and its owner. Only for an actor with a role in it is it read to the end. */
export type Found<T> = { owner: string; read: () => Promise<T | null> }

/**
 * The sources find a portfolio in one KV read, or in D1 when KV has nothing. They ask the coordinator only when KV has
 * nothing, or something older than this reader has seen. They return null when there is no such portfolio.
 */
export const sources: {
  [S in Source]: (c: AppContext, id: string) => Promise<Found<Reading[S]> | null>
} = {
  async page(c, id) {
    const actor = actorOf(c)
    const nothing = { snapshot: null, list: [] }
    const cached = await orNothing(cachedPage(c.env.SNAPSHOTS, actor, id), nothing)
    return mapped(await findSnapshot(c, id, cached.snapshot), async (snapshot) => {
      const isReadable = cached.list !== null
      if (!isReadable) c.executionCtx.waitUntil(coordinator(c.env, id).restoreList())
      const isStored = isReadable && !hasChangedList(c)
      const list = isStored ? cached.list! : await portfoliosOf(database(c.env.DB), actor)
      const { name } = snapshot.portfolio
      return { snapshot, list: list.some((each) => each.id === id) ? list : [...list, { id, name }] }
    })
  },

  async snapshot(c, id) {
    const cached = await orNothing(cachedSnapshot(c.env.SNAPSHOTS, id), null)
    return mapped(await findSnapshot(c, id, cached), (snapshot) => ({ snapshot }))
  },

  async chart(c, id) {
    const found = await findChart(
      c,
      id,
      ({ chart, last }) => concat(chart, last),
      (lost) => coordinator(c.env, id).chart(lost),
    )
    return mapped(found, (chart) => ({ chart }))
  },

  async trades(c, id) {
    const found = await findChart(
      c,
      id,
      ({ chart }) => chart.trades,
      (lost) => coordinator(c.env, id).trades(lost),
    )
    return mapped(found, (trades) => ({ trades }))
  },

  async access(c, id) {
    const cached = await orNothing(cachedOwner(c.env.SNAPSHOTS, id), null)
    const owner = cached ?? (await portfolioById(database(c.env.DB), id))?.ownerId
    return owner === undefined ? null : { owner, read: async () => ({}) }
  },

  async portfolio(c, id) {
    const portfolio = await portfolioById(database(c.env.DB), id)
    return portfolio && { owner: portfolio.ownerId, read: async () => ({ portfolio }) }
  },
}

/** Reads a page for a route that learns only later, from a refused form, that it responds with a page. */
export async function readPage(c: AppContext, id: string): Promise<Reading['page'] | null> {
  return (await sources.page(c, id))?.read() ?? null
}

function mapped<T, U>(found: Found<T> | null, then: (value: T) => U | Promise<U>): Found<U> | null {
  return (
    found && {
      owner: found.owner,
      async read() {
        const value = await found.read()
        return value === null ? null : then(value)
      },
    }
  )
}

/** When KV fails it counts as empty, and the coordinator answers instead. */
async function orNothing<T>(reading: Promise<T>, nothing: T): Promise<T> {
  try {
    return await reading
  } catch (error) {
    log('KV did not answer', { error: cause(error) })
    return nothing
  }
}

async function findSnapshot(
  c: AppContext,
  id: string,
  cached: Snapshot | null,
): Promise<Found<Snapshot> | null> {
  const owner = await ownerOf(c, id, cached)
  if (owner === null) return null
  return {
    owner,
    async read() {
      const isCurrent = cached && cached.revision >= seenRevision(c, id)
      count(isCurrent ? 'cache snapshot hit' : cached ? 'cache snapshot behind' : 'cache snapshot miss')
      return isCurrent ? cached : coordinator(c.env, id).snapshot(!cached)
    },
  }
}

/** The coordinator is told with `lost` that KV has no chart at all. */
async function findChart<T>(
  c: AppContext,
  id: string,
  fromCache: (cached: { chart: SettledChart; last: Chart }) => T,
  fromCoordinator: (lost: boolean) => Promise<T | null>,
): Promise<Found<T> | null> {
  const nothing = { head: null, chart: null }
  const { head, chart } = await orNothing(cachedChart(c.env.SNAPSHOTS, id), nothing)
  const owner = head?.owner ?? (await ownerOf(c, id, null))
  if (owner === null) return null
  return {
    owner,
    async read() {
      // KV gets the two one after the other, and each spreads in its own time
      const isCurrent =
        head && chart && chart.revision === head.chart_revision && head.revision >= seenRevision(c, id)
      count(isCurrent ? 'cache chart hit' : head && chart ? 'cache chart behind' : 'cache chart miss')
      return isCurrent
        ? fromCache({ chart, last: head.last })
        : fromCoordinator(head === null || chart === null)
    },
  }
}

/** Returns the owner that the copy in KV names, or else D1. Null when there is no such portfolio. */
async function ownerOf(c: AppContext, id: string, cached: Snapshot | null): Promise<string | null> {
  return cached ? cached.portfolio.owner : ((await portfolioById(database(c.env.DB), id))?.ownerId ?? null)
}
