import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runCron } from '../../src/jobs/schedule.ts'
import { newPortfolio, request, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { failingKv, rewire } from '../worker/failing.ts'

beforeEach(() => setClock())
afterEach(() => void vi.useRealTimers())

const keeper = (id: string) => env.PORTFOLIO.getByName(id)
const stored = (id: string) =>
  runInDurableObject(keeper(id), async (_, { storage }) => [
    [...(await storage.list()).keys()],
    (await storage.getAlarm()) !== null,
  ])

async function rows(id: string): Promise<number> {
  const found = await env.DB.prepare('SELECT count(*) AS n FROM audit WHERE portfolio_id = ?')
    .bind(id)
    .first()
  return Number(found!.n)
}

async function portfolio(): Promise<string> {
  const id = await newPortfolio()
  await settled(id)
  return id
}

it('is ended by the alarm when it was broken off in the middle', async () => {
  const id = await portfolio()
  const deaf = failingKv(env.SNAPSHOTS, (method) => method === 'delete')
  await rewire(id, { SNAPSHOTS: deaf })
  await runInDurableObject(keeper(id), async (object) => {
    await expect(object.erase('owner')).rejects.toThrow('KV DELETE failed')
  })
  expect(await stored(id)).toEqual([expect.arrayContaining(['erasing']), true])
  await rewire(id, env)
  expect(await runDurableObjectAlarm(keeper(id))).toBe(true)
  expect(await stored(id)).toEqual([[], false])
  expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBeNull()
  expect(await rows(id)).toBe(0)
})

it('comes to a portfolio thirty days after it was deleted, with the records that are old', async () => {
  const [old, recent] = [await portfolio(), await portfolio()]
  for (const id of [old, recent]) await request(`/api/portfolios/${id}`, { method: 'DELETE' })
  await env.DB.prepare('UPDATE portfolios SET deleted_at = ? WHERE id = ?')
    .bind(NOON - 30 * DAY - 1, old)
    .run()
  await env.DB.prepare('UPDATE portfolios SET deleted_at = ? WHERE id = ?')
    .bind(NOON - 30 * DAY + 60_000, recent)
    .run()
  await runCron('15 22 * * MON-FRI', NOON, env)
  expect([await rows(old), await rows(recent)]).toEqual([0, 2])
  expect(await stored(old)).toEqual([[], false])
})
