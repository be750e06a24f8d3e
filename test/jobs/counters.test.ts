import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { count, counted, handOver } from '../../src/jobs/counters.ts'
import { rows } from '../storage/sample.ts'

const MINUTE = 60_000
// far ahead of what other files' clocks say
const noon = Date.parse('2040-05-04T12:00:00Z')
let now = noon

beforeAll(async () => {
  // what this isolate counted for other files
  await handOver(env.DB, now)
})
beforeEach(async () => {
  now += 100 * MINUTE
  // what was used of the platform is written down, and is not again for five minutes
  await handOver(env.DB, now)
  await env.DB.prepare('DELETE FROM counters').run()
})
afterEach(() => void vi.restoreAllMocks())

const hits = async () => (await counted(env.DB, now)).of('cache snapshot hit')

describe('counts', () => {
  it('are there before and after they are handed over', async () => {
    expect(await hits()).toBe(0)
    count('cache snapshot hit')
    count('cache snapshot hit')
    expect([await hits(), await rows('counters')]).toEqual([2, []])
    await handOver(env.DB, now)
    expect(await hits()).toBe(2)
    expect(await rows('counters')).toEqual([{ day: '2040-05-04', name: 'cache snapshot hit', count: 2 }])
  })

  it('are handed over at most once a minute, and nothing is not written', async () => {
    const written = vi.spyOn(env.DB, 'prepare')
    await handOver(env.DB, now)
    expect(written).not.toHaveBeenCalled()
    count('cache snapshot hit')
    await handOver(env.DB, now)
    count('cache snapshot hit')
    await handOver(env.DB, now + MINUTE - 1)
    expect(written).toHaveBeenCalledTimes(1)
    await handOver(env.DB, now + MINUTE)
    expect(written).toHaveBeenCalledTimes(2)
    expect(await hits()).toBe(2)
  })

  it('of two isolates and two days add up, since the first day; thirty days are shown', async () => {
    await env.DB.prepare(
      `INSERT INTO counters VALUES ('2040-05-03', 'cache snapshot hit', 40), ('2040-05-04', 'cache snapshot hit', 2),
        ('2040-03-01', 'cache snapshot hit', 1000)`,
    ).run()
    count('cache snapshot hit')
    await handOver(env.DB, now)
    expect((await counted(env.DB, now)).since).toBe('2040-05-03')
    expect(await hits()).toBe(43)
  })

  it('have no day before the first', async () => {
    expect((await counted(env.DB, now)).since).toBeNull()
  })

  it('that D1 does not take are lost, and nobody is the worse for it', async () => {
    count('cache snapshot hit')
    vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: no connection')
    })
    await handOver(env.DB, now)
    vi.restoreAllMocks()
    expect(await hits()).toBe(0)
  })
})
