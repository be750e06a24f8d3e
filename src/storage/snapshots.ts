import type { Chart } from '../metrics/chart.ts'
import type { Brief, ListedFigures } from '../snapshot/headline.ts'
import { isChart, SHAPE, type Snapshot, snapshotIn, type SystemLogRow } from '../snapshot/snapshot.ts'
import type { TradeMark } from '../snapshot/trade-marks.ts'
import { eq, sql } from 'drizzle-orm'
import { type Alert, alertRows, asAlerts } from './alerts.ts'
import { recentEntries } from './audit.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { watchedGroupsWith } from './groups.ts'
import { saveHeadline } from './headlines.ts'
import { json } from './json.ts'
import { snapshots } from './app-schema.ts'
import { lastRead, readOnce } from './read-once.ts'
import { spend } from './usage.ts'

/** JSON texts made by the coordinator. They are stored in D1, and pages read copies of them from KV. */
type StoredSnapshot = { revision: number; snapshot: string; chart: string }

/** A chart up to yesterday. The snapshot that has its last point names the same revision. */
export type SettledChart = Chart & { revision: number; trades: TradeMark[] }

/**
 * Saves a snapshot unless a later revision is stored already, so that a late writer changes nothing. With a null
 * chart the stored chart stays. `beside` is what was found in it, and is stored with it or not at all.
 */
export async function saveSnapshot(
  db: Database,
  portfolioId: string,
  made: { revision: number; snapshot: string; chart: string | null; listed?: ListedFigures },
  now: number,
  beside: readonly Statement[] = [],
): Promise<void> {
  const saved = db
    .insert(snapshots)
    .values({
      portfolioId,
      revision: made.revision,
      snapshot: made.snapshot,
      chart: made.chart ?? '',
      computedAt: now,
    })
    .onConflictDoUpdate({
      target: snapshots.portfolioId,
      set: {
        revision: sql`excluded.revision`,
        snapshot: sql`excluded.snapshot`,
        chart: sql`CASE excluded.chart WHEN '' THEN ${snapshots.chart} ELSE excluded.chart END`,
        computedAt: sql`excluded.computed_at`,
      },
      setWhere: sql`excluded.revision > ${snapshots.revision}`,
    })
  const { listed, revision } = made
  const headline = listed ? [saveHeadline(db, portfolioId, listed, revision)] : []
  await inOneTransaction(db, [saved, ...headline, ...beside])
}

/** Returns the stored snapshot; null when none was ever made. */
export async function storedSnapshot(
  db: Database,
  portfolioId: string,
): Promise<(StoredSnapshot & Edition) | null> {
  const row = await db.select().from(snapshots).where(eq(snapshots.portfolioId, portfolioId)).get()
  return row ?? null
}

/** Which snapshot is stored: no two of a portfolio have the same. */
export type Edition = { revision: number; computedAt: number }

/** Returns which snapshot is stored; null for none. */
export async function storedEdition(db: Database, portfolioId: string): Promise<Edition | null> {
  return (await edition(db, portfolioId))[0] ?? null
}

/**
 * The same together with the latest entries of the audit log, in one trip to D1; with `groupsAt`, also the groups with the
 * portfolio that somebody has open then, and with `withAlerts` the alerts on it.
 */
export async function editionAndEntries(
  db: Database,
  portfolioId: string,
  limit: number,
  groupsAt: number | null,
  withAlerts: boolean,
): Promise<{ stored: Edition | null; entries: SystemLogRow[]; groups: string[]; alerts: Alert[] | null }> {
  const [[stored], entries, ...others] = await db.batch([
    edition(db, portfolioId),
    recentEntries(db, portfolioId, limit),
    ...(groupsAt === null ? [] : [watchedGroupsWith(db, portfolioId, groupsAt)]),
    ...(withAlerts ? [alertRows(db, portfolioId)] : []),
  ])
  const groups = groupsAt === null ? [] : (others[0] as { id: string }[])
  return {
    stored: stored ?? null,
    entries: entries as SystemLogRow[],
    groups: groups.map(({ id }) => id),
    alerts: withAlerts ? asAlerts(others.at(-1) as Parameters<typeof asAlerts>[0]) : null,
  }
}

function edition(db: Database, portfolioId: string) {
  const { revision, computedAt } = snapshots
  return db.select({ revision, computedAt }).from(snapshots).where(eq(snapshots.portfolioId, portfolioId))
}

const snapshotKey = (portfolioId: string) => `snapshot:${portfolioId}`
const chartKey = (portfolioId: string) => `chart:${portfolioId}`
const headKey = (portfolioId: string) => `head:${portfolioId}`

/** KV takes no less than 30 s. A reader that knows of a newer revision asks the coordinator. */
const reading = { type: 'text', cacheTtl: 30 } as const
/** For as long KV would answer the same in any case. */
const SAME = reading.cacheTtl * 1000

/**
 * Returns KV's copy; null when there is none of this version of the app, or it has not reached this region yet. Others may
 * read the same object, so nobody changes it.
 */
export async function cachedSnapshot(kv: KVNamespace, portfolioId: string): Promise<Snapshot | null> {
  spend('kvReads')
  const key = snapshotKey(portfolioId)
  return readOnce(key, await kv.get(key, reading), (text) => snapshotIn(json(text)))
}

/**
 * Returns the copy that this isolate has just read, without asking KV; null for none. Only D1 knows whether its revision is
 * still the one that counts.
 */
export function knownSnapshot(portfolioId: string): Snapshot | null {
  return lastRead(snapshotKey(portfolioId), SAME) as Snapshot | null
}

/** Returns the same of the chart, and the latest head that this isolate has just read; null when they do not belong together. */
export function knownChart(portfolioId: string): { head: ChartHead; chart: SettledChart } | null {
  const chart = lastRead(chartKey(portfolioId), SAME) as SettledChart | null
  const snapshot = knownSnapshot(portfolioId)
  const beside = lastRead(headKey(portfolioId), SAME) as ChartHead | null
  const head = snapshot && snapshot.revision >= (beside?.revision ?? 0) ? headIn(snapshot) : beside
  return head && chart?.revision === head.chart_revision ? { head, chart } : null
}

/** Returns the chart of a stored text; null when it is none, which counts as lost, and is written again. */
export function settledChartIn(text: string | null | undefined): SettledChart | null {
  const found = json(text) as Partial<SettledChart> | null | undefined
  const isSound = isChart(found) && Array.isArray((found as Partial<SettledChart>).trades)
  return isSound ? (found as SettledChart) : null
}

/** What joins a chart to its snapshot: it stands beside the snapshot in KV, so that a chart is read without that. */
export type ChartHead = Pick<Snapshot, 'shape' | 'revision' | 'chart_revision' | 'last' | 'copied_at'> & {
  /** What a group consisted of. */
  members?: string
}

/** Returns the copy of the chart and what joins it to the snapshot, without reading that. Nobody changes the chart. */
export async function cachedChart(
  kv: KVNamespace,
  portfolioId: string,
): Promise<{ head: ChartHead | null; chart: SettledChart | null }> {
  spend('kvReads', 2)
  // two calls at once: one call for both would bring the whole snapshot along
  const [{ value, metadata }, chart] = await Promise.all([
    kv.getWithMetadata<Partial<ChartHead>>(snapshotKey(portfolioId), { ...reading, type: 'stream' }),
    kv.get(chartKey(portfolioId), reading),
  ])
  const head = await headOf(value, metadata)
  return {
    head: readOnce(headKey(portfolioId), head && JSON.stringify(head), () => head),
    chart: readOnce(chartKey(portfolioId), chart, settledChartIn),
  }
}

/** A copy has no head beside it when that did not fit, or an earlier version wrote it; then the snapshot is read. */
async function headOf(
  value: ReadableStream | null,
  beside: Partial<ChartHead> | null,
): Promise<ChartHead | null> {
  if (value === null) return null
  if (beside?.shape === SHAPE && isHead(beside)) {
    await value.cancel()
    return beside
  }
  const snapshot = snapshotIn(json(await new Response(value).text()))
  return snapshot && headIn(snapshot)
}

function isHead(beside: Partial<ChartHead>): beside is ChartHead {
  const { revision, chart_revision, last } = beside
  return typeof revision === 'number' && typeof chart_revision === 'number' && isChart(last)
}

function headIn({ shape, revision, chart_revision, last, copied_at, group }: Snapshot): ChartHead {
  const copied = copied_at === undefined ? {} : { copied_at }
  return { shape, revision, chart_revision, last, ...copied, ...(group && { members: group.members }) }
}

/** KV takes 1,024 bytes beside a value: more than a head of a dozen benchmarks. */
function metadataOf(snapshot: Snapshot): ChartHead | null {
  const head = headIn(snapshot)
  return new TextEncoder().encode(JSON.stringify(head)).length < 1000 ? head : null
}

/** A portfolio in a menu, with what its last snapshot says of it. */
export type Listed = { id: string; name: string; brief?: Brief | null }

/**
 * Copies snapshot and chart to KV at `now`, the snapshot with the chart's head beside it. A null chart leaves the copy that is
 * there.
 */
export async function cacheSnapshot(
  kv: KVNamespace,
  portfolioId: string,
  changed: { snapshot: Snapshot; chart: string | null },
  now: number,
): Promise<void> {
  const snapshot = { ...changed.snapshot, copied_at: now }
  spend('kvWrites', changed.chart === null ? 1 : 2)
  await Promise.all([
    kv.put(snapshotKey(portfolioId), JSON.stringify(snapshot), { metadata: metadataOf(snapshot) }),
    changed.chart === null ? null : kv.put(chartKey(portfolioId), changed.chart),
  ])
}

/** Deletes an account's list of portfolios, which earlier versions kept. */
export async function dropList(kv: KVNamespace, owner: string): Promise<void> {
  spend('kvDeletes')
  await kv.delete(`portfolios:${owner}`)
}

/** Deletes the copies of a portfolio that was deleted. */
export async function dropCached(kv: KVNamespace, portfolioId: string): Promise<void> {
  spend('kvDeletes', 2)
  await Promise.all([kv.delete(snapshotKey(portfolioId)), kv.delete(chartKey(portfolioId))])
}
