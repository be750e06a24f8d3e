import { beforeEach, describe, expect, it } from 'vitest'
import { latestRefreshes, saveRefresh } from '../../src/storage/refreshes.ts'
import { refreshes } from '../../src/storage/app-schema.ts'
import { db, NOW } from './sample.ts'

beforeEach(() => db().delete(refreshes))

describe('a refresh that ended', () => {
  const record = (generation: number, finishedAt: number) => ({
    portfolioId: 'p',
    generation,
    reason: 'button',
    status: 'done' as const,
    done: 3,
    total: 4,
    failed: [{ symbol: 'NOPE', reason: 'No data found' }],
    startedAt: NOW,
    finishedAt,
  })

  it('is kept once, as it ended first', async () => {
    await saveRefresh(db(), record(1, NOW + 1))
    await saveRefresh(db(), record(1, NOW + 9))
    expect(await latestRefreshes(db(), 10)).toEqual([record(1, NOW + 1)])
  })

  it('is listed newest first', async () => {
    await saveRefresh(db(), record(2, NOW + 2))
    expect((await latestRefreshes(db(), 1)).map(({ generation }) => generation)).toEqual([2])
  })
})
