import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCron } from '../../src/jobs/schedule.ts'
import { database } from '../../src/storage/database.ts'
import { eraseAccount } from '../../src/storage/erasure.ts'
import { groupOfAll } from '../../src/storage/groups.ts'
import { claimInstance } from '../worker/account.ts'
import { newPortfolio, request, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { failingKv, rewire } from '../worker/failing.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

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
  await env.DB.prepare('UPDATE portfolios SET deleted_at = 0 WHERE id = ?').bind(id).run()
  const deaf = failingKv(env.SNAPSHOTS, (method) => method === 'delete')
  await rewire(id, { SNAPSHOTS: deaf })
  await runInDurableObject(keeper(id), async (object) => {
    await expect(object.erase()).rejects.toThrow('KV DELETE failed')
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

it('of an account that was killed behind its first write is ended by the clock, and of others nothing is lost', async () => {
  const [own, another, theirs] = [await portfolio(), await portfolio(), await portfolio()]
  const group = await groupOfAll(database(env.DB), 'owner', { baseCurrency: 'USD', benchmarks: [] }, NOON)
  await env.DB.batch([
    env.DB.prepare("INSERT INTO owners (id, created_at) VALUES ('bob', 0)"),
    env.DB.prepare("UPDATE portfolios SET owner_id = 'bob' WHERE id = ?").bind(theirs),
  ])
  await eraseAccount(database(env.DB), 'owner', NOON)
  const all = () => env.DB.prepare('SELECT id FROM portfolios WHERE deleted_at IS NULL').all()
  expect((await all()).results).toEqual([{ id: theirs }])
  await runCron('15 22 * * MON-FRI', NOON, env)
  const left = await env.DB.prepare('SELECT id FROM portfolios UNION SELECT id FROM owners').all()
  expect(left.results.map(({ id }) => id).toSorted()).toEqual(['bob', theirs].toSorted())
  for (const id of [own, another, group]) expect([await rows(id), await stored(id)]).toEqual([0, [[], false]])
  await claimInstance()
})
