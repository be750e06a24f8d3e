import { expect, it } from 'vitest'
import wrangler from '../../wrangler.toml?raw'
import { backoff } from '../../src/refresh/backoff.ts'
import { schedule } from '../../src/refresh/schedule.ts'

it('the table of schedules is the one in wrangler.toml', () => {
  const crons = /^crons = (\[.*\])$/m.exec(wrangler)![1]!
  expect(Object.keys(schedule)).toEqual(JSON.parse(crons))
})

it('a message waits 10, 20, 40 seconds, and as long as the source asked', () => {
  expect([1, 2, 3].map((attempt) => backoff(attempt))).toEqual([10, 20, 40])
  expect(backoff(1, 300)).toBe(300)
  expect(backoff(9, 99_999)).toBe(1800)
})
