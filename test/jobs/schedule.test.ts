import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { backoff } from '../../src/jobs/backoff.ts'
import { schedule } from '../../src/jobs/schedule.ts'

it('the table of schedules is the one in wrangler.toml', () => {
  expect(Object.keys(schedule)).toEqual(env.TEST_CRONS)
})

it('a message waits 10, 20, 40 seconds, and as long as the source asked', () => {
  expect([1, 2, 3].map((attempt) => backoff(attempt))).toEqual([10, 20, 40])
  expect(backoff(1, 300)).toBe(300)
  expect(backoff(9, 99_999)).toBe(1800)
})
