import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { claim, claimNote, releaseClaim, resetSchedule } from '../../src/storage/cron-claims.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { db, rows } from './sample.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const NOON = Date.parse('2026-03-04T17:00:00Z')

beforeEach(async () => void (await env.DB.prepare('DELETE FROM cron_claims').run()))

it('a scheduled instant is claimed once, and an earlier one is not claimed after it', async () => {
  expect(await claim(db(), 'charts', NOON)).toBe(true)
  expect(await claim(db(), 'charts', NOON)).toBe(false)
  expect(await claim(db(), 'charts', NOON - MINUTE)).toBe(false)
  expect(await claim(db(), 'charts', NOON + MINUTE)).toBe(true)
})

it('two callers at once: one of them has the claim', async () => {
  const at = NOON + DAY
  const claims = await Promise.all([claim(db(), 'charts', at), claim(db(), 'charts', at)])
  expect(claims.filter(Boolean)).toHaveLength(1)
})

it('an instant more than a day behind is claimed: the clock before was ahead', async () => {
  await claim(db(), 'poll', NOON + 30 * DAY)
  expect(await claim(db(), 'poll', NOON + 29 * DAY)).toBe(false)
  expect(await claim(db(), 'poll', NOON + 29 * DAY - 1)).toBe(true)
})

it('a claim that is given back can be claimed again, but nobody gives back a later one', async () => {
  const at = NOON + 40 * DAY
  await claim(db(), 'charts', at)
  await releaseClaim(db(), 'charts', at - MINUTE)
  expect(await claim(db(), 'charts', at)).toBe(false)
  await releaseClaim(db(), 'charts', at)
  expect(await claim(db(), 'charts', at)).toBe(true)
})

it('the note is the latest claim’s; a reset takes its instants out, and leaves other work alone', async () => {
  const at = NOON + 50 * DAY
  const note = { allFrom: at, quietUntil: at + 1, symbols: 2000 }
  const round = { after: 'KO', symbols: 400, pace: { allFrom: at, quietUntil: at + 1 } }
  await claim(db(), 'poll', at, JSON.stringify({ ...note, round }))
  await claim(db(), 'charts', at, 'made')
  await claim(db(), 'poll', at, 'too late to count')
  expect(JSON.parse((await claimNote(db(), 'poll'))!)).toEqual({ ...note, round })
  await inOneTransaction(db(), [resetSchedule()])
  const none = { allFrom: 0, quietUntil: 0 }
  const left = { symbols: 2000, round: { ...round, pace: none } }
  expect(JSON.parse((await claimNote(db(), 'poll'))!)).toEqual(left)
  expect(await claimNote(db(), 'charts')).toBe('made')
  // the instant stays claimed
  expect(await claim(db(), 'poll', at)).toBe(false)

  await claim(db(), 'poll', at + 1, JSON.stringify({ ...note, round: null }))
  await inOneTransaction(db(), [resetSchedule()])
  expect(JSON.parse((await claimNote(db(), 'poll'))!)).toEqual({ symbols: 2000, round: null })
})

it('nothing is noted of work that was never claimed', async () => {
  expect(await claimNote(db(), 'poll')).toBeNull()
  expect(await rows('cron_claims')).toEqual([])
})
