import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { backoff } from '../../src/jobs/backoff.ts'
import { schedule } from '../../src/jobs/schedule.ts'

it('the table of schedules is the one in wrangler.toml', () => {
  expect(Object.keys(schedule)).toEqual(env.TEST_CRONS)
})

it('the run after the close is due on the days that New York trades, as Cloudflare counts them', () => {
  // Quartz: 1 is Sunday, 7 is Saturday, and names are as usual
  const named = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
  const dayOf = (text: string) => (/^\d$/.test(text) ? named[Number(text) - 1]! : text.toUpperCase())
  const daysOf = (cron: string) => {
    const [from, to] = cron.split(' ')[4]!.split('-').map(dayOf)
    return named.slice(named.indexOf(from!), named.indexOf(to!) + 1)
  }
  const afterTheClose = Object.keys(schedule).filter((cron) => cron !== '* * * * *')
  expect(afterTheClose.map(daysOf)).toEqual([['MON', 'TUE', 'WED', 'THU', 'FRI']])
})

it('a message waits 10, 20, 40 seconds, and as long as the source asked', () => {
  expect([1, 2, 3].map((attempt) => backoff(attempt))).toEqual([10, 20, 40])
  expect(backoff(1, 300)).toBe(300)
  expect(backoff(9, 99_999)).toBe(1800)
})
