import { describe, expect, it } from 'vitest'
import { afterFailure, afterSuccess, afterTooMany, allow, closed } from '../../../src/market/http/breaker.ts'

const MINUTE = 60_000
const now = 1_000_000_000

describe('a breaker', () => {
  it('lets everything through while it is closed', () => {
    expect(allow(closed, now)).toEqual({ allowed: true, breaker: closed })
  })

  it('opens for a minute after a 429', () => {
    const open = afterTooMany(closed, now)
    expect(allow(open, now + MINUTE - 1).allowed).toBe(false)
    expect(allow(open, now + MINUTE).allowed).toBe(true)
  })

  it('rests longer when Retry-After says so, half an hour at most', () => {
    expect(afterTooMany(closed, now, 90).openUntil).toBe(now + 90_000)
    expect(afterTooMany(closed, now, 5).openUntil).toBe(now + MINUTE)
    expect(afterTooMany(closed, now, 86_400).openUntil).toBe(now + 30 * MINUTE)
  })

  it('doubles its rest with each failed probe: 1, 2, 4, 8, 16, 30, 30 minutes', () => {
    const rests: number[] = []
    let breaker = closed
    let time = now
    for (let round = 0; round < 7; round += 1) {
      breaker = afterTooMany(allow(breaker, time).breaker, time)
      rests.push((breaker.openUntil - time) / MINUTE)
      time = breaker.openUntil
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 30, 30])
  })

  it('lets one probe through after its rest, and closes when that succeeds', () => {
    const later = now + MINUTE
    const probe = allow(afterTooMany(closed, now), later)
    expect(probe.allowed).toBe(true)
    expect(allow(probe.breaker, later).allowed).toBe(false)
    expect(afterSuccess(probe.breaker, later)).toEqual(closed)
  })

  it('sends another probe when the first is never heard of again', () => {
    const probe = allow(afterTooMany(closed, now), now + MINUTE)
    expect(allow(probe.breaker, now + 2 * MINUTE).allowed).toBe(true)
  })

  it('opens for a minute after five failures in a row', () => {
    let breaker = closed
    for (let round = 0; round < 4; round += 1) breaker = afterFailure(breaker, now)
    expect(allow(breaker, now).allowed).toBe(true)
    breaker = afterFailure(breaker, now)
    expect(allow(breaker, now + MINUTE - 1).allowed).toBe(false)
    expect(allow(breaker, now + MINUTE).allowed).toBe(true)
  })

  it('forgets failures after a success', () => {
    let breaker = closed
    for (let round = 0; round < 4; round += 1) breaker = afterFailure(breaker, now)
    breaker = afterFailure(afterSuccess(breaker, now), now)
    expect(allow(breaker, now).allowed).toBe(true)
  })

  it('rests again after a probe that failed, twice as long each time: 1, 2, 4, 8, 16, 30, 30 minutes', () => {
    const rests: number[] = []
    let breaker = closed
    for (let round = 0; round < 4; round += 1) breaker = afterFailure(breaker, now)
    let time = now
    for (let round = 0; round < 7; round += 1) {
      breaker = afterFailure(allow(breaker, time).breaker, time)
      rests.push((breaker.openUntil - time) / MINUTE)
      time = breaker.openUntil
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 30, 30])
  })

  it('is not moved by late answers to calls made before it opened', () => {
    const open = afterTooMany(closed, now)
    expect(afterSuccess(open, now + 1)).toEqual(open)
    expect(afterFailure(open, now + 1)).toEqual(open)
    expect(afterTooMany(open, now + 1)).toEqual(open)
  })
})
