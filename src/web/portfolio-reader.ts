import { type Chart, concat } from '../metrics/chart.ts'
import type { Refused } from '../coordinator/look.ts'
import type { Reader } from '../coordinator/ledger-reader.ts'
import type { IncomeAhead } from '../metrics/income-ahead.ts'
import type { Day } from '../portfolio/day.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { DecisionBook } from '../snapshot/decision-book.ts'
import type { Look, Snapshot } from '../snapshot/snapshot.ts'
import type { TradeMark } from '../snapshot/trade-marks.ts'
import { count } from '../jobs/counters.ts'
import { coordinator } from '../jobs/durable-objects.ts'
import { cause, log } from '../jobs/log.ts'
import { MINUTE } from '../portfolio/time.ts'
import { database } from '../storage/database.ts'
import { type Portfolio, portfolioById } from '../storage/portfolios.ts'
import {
  cachedChart,
  cachedSnapshot,
  type ChartHead,
  knownChart,
  knownSnapshot,
  type Listed,
  type SettledChart,
} from '../storage/snapshots.ts'
import type { Visitor } from '../storage/visitors.ts'
import { visitorOf } from './access/visitor.ts'
import { readLook } from './look.ts'
import { readPastDay } from './past-day.ts'
import { type AppContext, seenRevision } from './request.ts'

/** What a route may read of a portfolio, by source. */
export type Reading = {
  /** The snapshot, and the visitor's list of portfolios for the frame of the page. */
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

/** Reads a portfolio to its end, once it is known that the visitor has a role in it; null when it was deleted meanwhile. */
export type Read<T> = (
  visitor: Pick<Visitor, 'account' | 'list' | 'revision' | 'members'>,
) => Promise<T | Refused | null>

/** What KV has is the truth's copy up to this revision, which D1 has. A later one is of before the database was put back. */
type Finish<T> = (reader: Reader, stored: Stored) => Promise<T | Refused | null>
type Stored = Pick<Visitor, 'revision' | 'members'>

/**
 * The sources begin with one read of KV or D1, and return what reads to the end. That asks the coordinator only when KV has
 * nothing, something older than this reader has seen, or something that D1 has no longer; and when D1 has newer quotes than a
 * copy of a minute ago.
 */
export const sources: {
  [S in Source]: (c: AppContext, id: string) => Promise<Read<Reading[S]>>
} = {
  async page(c, id) {
    const read = await snapshotReader(c, id)
    return async (visitor) => {
      const snapshot = await read(visitor.account, visitor)
      return snapshot && ('refused' in snapshot ? snapshot : { snapshot, list: visitor.list })
    }
  },

  async snapshot(c, id) {
    const read = await snapshotReader(c, id)
    return async (visitor) => {
      const snapshot = await read(visitor.account, visitor)
      return snapshot && ('refused' in snapshot ? snapshot : { snapshot })
    }
  },

  async chart(c, id) {
    const read = await wholeChartReader(c, id)
    return async (visitor) => {
      const chart = await read(visitor.account, visitor)
      return chart && ('refused' in chart ? chart : { chart })
    }
  },

  async trades(c, id) {
    const past = pastDay(c)
    if (past !== null)
      return async ({ account }) => {
        const trades = await coordinator(c.env, id).tradesBetween(account, null, past)
        return trades && { trades }
      }
    const read = await chartReader(
      c,
      id,
      ({ chart }) => chart.trades,
      (reader, lost) => coordinator(c.env, id).trades(reader, lost),
    )
    return async (visitor) => {
      const trades = await read(visitor.account, visitor)
      return trades && ('refused' in trades ? trades : { trades })
    }
  },

  async access() {
    return async () => ({})
  },

  async portfolio(c, id) {
    const portfolio = await portfolioById(database(c.env.DB), id)
    return async () => portfolio && { portfolio }
  },
}

/** Reads a page for a route that learns only later, from a refused form, that it responds with a page. */
export async function readPage(c: AppContext, id: string): Promise<Reading['page'] | null> {
  const [visitor, read] = await Promise.all([visitorOf(c), sources.page(c, id)])
  const found = visitor && (await read(visitor))
  return found && 'refused' in found ? null : found
}

/** Says whether a share link is asked for past days or what-ifs, which would tell on which days something was traded. */
export function asksBeyond(c: AppContext): boolean {
  return ['as_of', 'vs', 'what_if'].some((name) => c.req.query(name) !== undefined)
}

/** Reads what a share link, by its hash, shows of a portfolio, of which D1 has that revision; null when it was deleted. */
export async function readShared(
  c: AppContext,
  link: string,
  { portfolioId: id, revision }: { portfolioId: string; revision: number | null },
): Promise<{ snapshot: Snapshot; chart: Chart } | null> {
  const [snapshotOf, chartOf] = await Promise.all([snapshotReader(c, id), wholeChartReader(c, id)])
  const stored = { revision, members: null }
  const [snapshot, chart] = await Promise.all([snapshotOf({ link }, stored), chartOf({ link }, stored)])
  return snapshot && chart && !('refused' in snapshot) && !('refused' in chart) ? { snapshot, chart } : null
}

/** Reads what is ahead of a portfolio for a share link, by its hash; null when it was deleted. */
export async function readAhead(
  c: AppContext,
  link: string,
  portfolioId: string,
): Promise<{ income: IncomeAhead; decisions: DecisionBook } | null> {
  const object = coordinator(c.env, portfolioId)
  const [income, decisions] = await Promise.all([
    object.income({ link }),
    object.decisionBook({ link }, null, 0),
  ])
  return income && decisions && !('refused' in decisions) ? { income, decisions } : null
}

/** A day that is none is refused before anything is read to its end. */
function pastDay(c: AppContext): Day | null {
  const asked = readPastDay(c)
  return 'fault' in asked ? null : asked.day
}

/** Something that is no benchmark is refused before, too. */
function lookOf(c: AppContext): Look | null {
  const asked = readLook(c)
  return 'fault' in asked ? null : asked.look
}

/**
 * Finds the copy of a portfolio: what this isolate has just read of KV, if D1 has that very revision, or else what KV has. KV
 * is asked at once where nothing was read or the reader has seen more, and otherwise when D1 has said so.
 */
async function copyOf<T>(
  c: AppContext,
  id: string,
  known: { revision: number; copy: T } | null,
  read: () => Promise<T>,
): Promise<(stored: Stored) => T | Promise<T>> {
  if (known !== null && known.revision >= seenRevision(c, id))
    return ({ revision }) => (known.revision === revision ? known.copy : read())
  const copy = await read()
  return () => copy
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

async function snapshotReader(c: AppContext, id: string): Promise<Finish<Snapshot>> {
  const past = pastDay(c)
  const look = lookOf(c)
  if (past !== null) return (reader) => coordinator(c.env, id).snapshotOn(reader, past, look)
  const known = knownSnapshot(id)
  const find = await copyOf(c, id, known && { revision: known.revision, copy: known }, () =>
    orNothing(cachedSnapshot(c.env.SNAPSHOTS, id), null),
  )
  return async (reader, stored) => {
    const cached = await find(stored)
    const isLost = !cached || cached.revision > (stored.revision ?? 0)
    // a group of something else than was published is made anew
    const isSame = (cached?.group?.members ?? null) === stored.members
    const isUsable = !isLost && isSame && cached.revision >= seenRevision(c, id)
    const isCurrent = isUsable && !isTooOld(cached, stored)
    count(isCurrent ? 'cache snapshot hit' : isLost ? 'cache snapshot miss' : 'cache snapshot behind')
    const saved = isCurrent
      ? cached
      : await orCopy(coordinator(c.env, id).snapshot(reader, isLost), isUsable ? cached : null)
    // what is looked at may be one of those that the portfolio has
    return saved && isBeyond(look, saved.portfolio.benchmarks)
      ? coordinator(c.env, id).snapshotOn(reader, null, look)
      : saved
  }
}

/** A copy that lacks new quotes (coordinator-state.ts) is shown for so long, in milliseconds: no longer than KV may be behind. */
const SHOWN_BEHIND = MINUTE

function isTooOld({ revision, copied_at = 0 }: ChartHead | Snapshot, stored: Stored): boolean {
  return revision < (stored.revision ?? 0) && Date.now() - copied_at >= SHOWN_BEHIND
}

/** What the coordinator answers; when it does not, the copy that lacks nothing but quotes, if there is one. */
async function orCopy<T>(asked: Promise<T | null>, copy: T | null): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (copy === null) throw error
    log('the coordinator did not answer', { error: cause(error) })
    return copy
  }
}

async function wholeChartReader(c: AppContext, id: string): Promise<Finish<Chart>> {
  const past = pastDay(c)
  const look = lookOf(c)
  if (past !== null) return (reader) => coordinator(c.env, id).chartOn(reader, past, look)
  const read = await chartReader(
    c,
    id,
    ({ chart, last }) => joined(chart, last),
    (reader, lost) => coordinator(c.env, id).chart(reader, lost),
  )
  return async (reader, stored) => {
    const saved = await read(reader, stored)
    return saved && !('refused' in saved) && isBeyond(look, Object.keys(saved.benchmarks))
      ? coordinator(c.env, id).chartOn(reader, null, look)
      : saved
  }
}

/** Copies that are kept are joined once, for all readers. */
const joined = remembered((settled: SettledChart, last: Chart) => concat(settled, last))

function isBeyond(look: Look | null, benchmarks: readonly string[]): boolean {
  if (look === null) return false
  return look.whatIf !== null || (look.vs !== null && !benchmarks.includes(look.vs))
}

/** The coordinator is told with `lost` that KV has no chart at all, or none that D1 has, too. */
async function chartReader<T>(
  c: AppContext,
  id: string,
  fromCache: (cached: { chart: SettledChart; last: Chart }) => T,
  fromCoordinator: (reader: Reader, lost: boolean) => Promise<T | null>,
): Promise<Finish<T>> {
  const nothing: { head: ChartHead | null; chart: SettledChart | null } = { head: null, chart: null }
  const known = knownChart(id)
  const find = await copyOf(c, id, known && { revision: known.head.revision, copy: known }, () =>
    orNothing(cachedChart(c.env.SNAPSHOTS, id), nothing),
  )
  return async (reader, stored) => {
    const { head, chart } = await find(stored)
    const isLost = !head || !chart || head.revision > (stored.revision ?? 0)
    const isSame = (head?.members ?? null) === stored.members
    // KV gets the two one after the other, and each spreads in its own time
    const isUsable =
      !isLost && isSame && chart.revision === head.chart_revision && head.revision >= seenRevision(c, id)
    const isCurrent = isUsable && !isTooOld(head, stored)
    count(isCurrent ? 'cache chart hit' : isLost ? 'cache chart miss' : 'cache chart behind')
    const copy = isUsable ? fromCache({ chart, last: head.last }) : null
    return isCurrent ? copy : orCopy(fromCoordinator(reader, isLost), copy)
  }
}
