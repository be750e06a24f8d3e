import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { prune } from '../../src/storage/retention.ts'
import { db, NOW } from './sample.ts'

const DAY = 24 * 60 * 60 * 1000

/** Runs one statement for each of some ages in days. */
const aged = (sql: string, ages: readonly number[]) =>
  env.DB.batch(ages.map((age) => env.DB.prepare(sql).bind(age, NOW - age * DAY)))
const left = async (sql: string) =>
  (await env.DB.prepare(sql).all<{ age: number }>()).results.map(({ age }) => Number(age))

it('a refresh and a notice are kept for ninety days, a dead letter and a search for thirty, what people did for ever', async () => {
  await env.DB.batch(
    ['refreshes', 'dead_letters', 'security_searches', 'notices'].map((each) =>
      env.DB.prepare(`DELETE FROM ${each}`),
    ),
  )
  await aged(
    `INSERT INTO refreshes (portfolio_id, generation, reason, status, done, total, failed, started_at, finished_at)
     VALUES ('p', ?, 'cron', 'done', 1, 1, '[]', 0, ?)`,
    [89, 91, 400],
  )
  await aged(`INSERT INTO dead_letters (id, message, reason, at) VALUES (?, '{}', 'failed', ?)`, [29, 31])
  await aged(
    `INSERT INTO audit (portfolio_id, actor, action, subject, after, at) VALUES ('retained', 'ann', 'create', ?, '{}', ?)`,
    [4000],
  )
  await env.DB.prepare(
    "INSERT OR IGNORE INTO owners (id, name, created_at, is_admin) VALUES ('retained', 'Ann', 0, 0)",
  ).run()
  await aged(
    `INSERT INTO notices (account_id, id, title, body, address, tag, at) VALUES ('retained', ?, '', '', '/', '', ?)`,
    [89, 91],
  )
  expect(await prune(db(), NOW)).toBe(4)
  expect(await left('SELECT id AS age FROM notices')).toEqual([89])
  expect(await left('SELECT generation AS age FROM refreshes')).toEqual([89])
  expect(await left('SELECT id AS age FROM dead_letters')).toEqual([29])
  expect(await left("SELECT subject AS age FROM audit WHERE portfolio_id = 'retained'")).toEqual([4000])
  expect(await prune(db(), NOW)).toBe(0)
})

it('a first run deletes two thousand rows at most, the oldest first', async () => {
  await env.DB.prepare('DELETE FROM refreshes').run()
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)
     INSERT INTO refreshes (portfolio_id, generation, reason, status, done, total, failed, started_at, finished_at)
     SELECT 'p', i, 'cron', 'done', 1, 1, '[]', 0, i FROM n`,
  ).run()
  expect(await prune(db(), NOW)).toBe(2000)
  expect(await left('SELECT min(generation) AS age FROM refreshes')).toEqual([2001])
  expect(await prune(db(), NOW)).toBe(100)
})
