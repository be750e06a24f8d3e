import { SHAPE, type Snapshot } from '../../src/snapshot/snapshot.ts'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import {
  cachedChart,
  cachedSnapshot,
  cacheSnapshot,
  dropCached,
  saveSnapshot,
  storedSnapshot,
} from '../../src/storage/snapshots.ts'
import { countingEnv } from '../worker/counting.ts'
import { db, NOW } from './sample.ts'

const made = (revision: number, chart: string | null = `chart ${revision}`) => ({
  revision,
  snapshot: `snapshot ${revision}`,
  chart,
})

describe('a stored snapshot', () => {
  it('is none before the first', async () => {
    expect(await storedSnapshot(db(), 'never')).toBeNull()
  })

  it('is replaced by a newer revision', async () => {
    await saveSnapshot(db(), 'newer', made(1), NOW)
    await saveSnapshot(db(), 'newer', made(2), NOW + 1)
    expect(await storedSnapshot(db(), 'newer')).toMatchObject({ ...made(2), computedAt: NOW + 1 })
  })

  it.each([1, 2])('of revision 2 is not replaced by revision %i that comes late', async (late) => {
    const id = `late ${late}`
    await saveSnapshot(db(), id, made(2), NOW)
    await saveSnapshot(db(), id, { ...made(late), snapshot: 'late', chart: 'late' }, NOW + 1)
    expect(await storedSnapshot(db(), id)).toMatchObject(made(2))
  })

  it('without a chart keeps the chart that is stored', async () => {
    await saveSnapshot(db(), 'same chart', made(1), NOW)
    await saveSnapshot(db(), 'same chart', made(2, null), NOW + 1)
    expect(await storedSnapshot(db(), 'same chart')).toMatchObject({ ...made(2), chart: 'chart 1' })
  })
})

describe('KV', () => {
  const lines = (day: string, benchmarks: object = {}) => ({
    days: [day],
    value: [1],
    invested: [1],
    twr: [0],
    benchmarks,
  })
  const empty = (value: object) => (field: string) => [field, value]
  const about = (more: object) =>
    ({
      shape: SHAPE,
      revision: 3,
      chart_revision: 2,
      last: lines('2024-01-03'),
      portfolio: { owner: 'ann', name: '€' },
      ...Object.fromEntries(['summary', 'totals', 'gaps', 'unrecorded_dividends', 'refresh'].map(empty({}))),
      ...Object.fromEntries(
        [
          'holdings',
          'closed',
          'recent_activity',
          'ex_dates',
          'reviews',
          'benchmark_quotes',
          'rate_sources',
          'missing',
          'deeds',
          'warnings',
        ].map(empty([])),
      ),
      transaction_count: 0,
      ...more,
    }) as unknown as Snapshot
  const snapshot = about({})
  const headOf = ({ shape, revision, chart_revision, last }: Snapshot) => ({
    shape,
    revision,
    chart_revision,
    last,
  })
  const chart = { revision: 2, ...lines('2024-01-02'), trades: [] }
  const cache = (id: string) =>
    cacheSnapshot(env.SNAPSHOTS, id, { snapshot, chart: JSON.stringify(chart) }, NOW)
  const at = { copied_at: NOW }

  it('hands out what was put in', async () => {
    await cache('a')
    expect(await cachedSnapshot(env.SNAPSHOTS, 'a')).toEqual({ ...snapshot, ...at })
    expect(await cachedChart(env.SNAPSHOTS, 'a')).toEqual({ head: { ...headOf(snapshot), ...at }, chart })
  })

  it('hands out the chart without the snapshot, which may be no JSON at all', async () => {
    await cache('apart')
    const { metadata } = await env.SNAPSHOTS.getWithMetadata('snapshot:apart')
    await env.SNAPSHOTS.put('snapshot:apart', 'never read', { metadata })
    expect(await cachedChart(env.SNAPSHOTS, 'apart')).toEqual({ head: { ...headOf(snapshot), ...at }, chart })
  })

  it('finds in the snapshot what joins them, where an earlier version wrote it or it is too long', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`BENCHMARK${i}`, { value: [1], twr: [1] }]),
    )
    const long = about({ last: lines('2024-01-03', many) })
    await cacheSnapshot(env.SNAPSHOTS, 'long', { snapshot: long, chart: JSON.stringify(chart) }, NOW)
    expect(await cachedChart(env.SNAPSHOTS, 'long')).toEqual({ head: { ...headOf(long), ...at }, chart })
    await env.SNAPSHOTS.put('snapshot:long', JSON.stringify(snapshot))
    expect(await cachedChart(env.SNAPSHOTS, 'long')).toEqual({ head: headOf(snapshot), chart })
    await env.SNAPSHOTS.put('snapshot:long', JSON.stringify({ ...snapshot, shape: SHAPE - 1 }))
    expect(await cachedChart(env.SNAPSHOTS, 'long')).toEqual({ head: null, chart })
  })

  it('answers null for what is not there', async () => {
    expect(await cachedSnapshot(env.SNAPSHOTS, 'none')).toBeNull()
    expect(await cachedChart(env.SNAPSHOTS, 'none')).toEqual({ head: null, chart: null })
  })

  it('is a read of KV for each of its keys', async () => {
    await cache('b')
    const { env: counted, counts } = countingEnv(env)
    expect(await cachedChart(counted.SNAPSHOTS, 'b')).toEqual({ head: { ...headOf(snapshot), ...at }, chart })
    expect(counts.kvReads).toBe(2)
    expect(await cachedSnapshot(counted.SNAPSHOTS, 'b')).toEqual({ ...snapshot, ...at })
    expect(counts.kvReads).toBe(3)
  })

  it('is written only where something changed', async () => {
    await cache('c')
    const { env: counted, counts } = countingEnv(env)
    const next = about({ revision: 4 })
    await cacheSnapshot(counted.SNAPSHOTS, 'c', { snapshot: next, chart: null }, NOW)
    expect(counts.kvWrites).toBe(1)
    expect(await cachedChart(env.SNAPSHOTS, 'c')).toEqual({ head: { ...headOf(next), ...at }, chart })
  })

  it('forgets a deleted portfolio', async () => {
    await cache('d')
    await dropCached(env.SNAPSHOTS, 'd')
    expect(await cachedChart(env.SNAPSHOTS, 'd')).toEqual({ head: null, chart: null })
  })
})
