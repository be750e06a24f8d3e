import { describe, expect, it } from 'vitest'
import {
  arePricedAhead,
  arrived,
  begun,
  expired,
  failedSymbols,
  idle,
  isSilent,
  isUnderway,
  postponed,
  taskOf,
  widened,
} from '../../src/coordinator/refresh-state.ts'

const T = Date.parse('2026-03-06T15:00:00Z')
const MINUTE = 60_000
const quote = (symbol: string) => taskOf('quote', symbol)
const ok = (symbol: string) => ({ task: quote(symbol), failed: null })
const bad = (symbol: string, reason: string) => ({ task: quote(symbol), failed: reason })

describe('a refresh of three symbols', () => {
  const queued = begun(idle, 'button', [quote('A'), quote('B'), quote('C')], T)

  it('is the next generation, queued', () => {
    expect(queued).toMatchObject({
      generation: 1,
      status: 'queued',
      total: 3,
      pending: ['quote A', 'quote B', 'quote C'],
    })
  })
  it('runs with the first answer and is done with the last', () => {
    const running = arrived(queued, 1, [ok('B')], T + 1000)
    expect(running).toMatchObject({ status: 'running', pending: ['quote A', 'quote C'], finishedAt: null })
    expect(arrived(running, 1, [ok('A'), ok('C')], T + 2000)).toMatchObject({
      status: 'done',
      pending: [],
      finishedAt: T + 2000,
      leaseUntil: null,
    })
  })
  it('is done though one symbol failed, and says which and why', () => {
    const done = arrived(queued, 1, [ok('A'), bad('B', 'unknown'), ok('C')], T)
    expect(done).toMatchObject({ status: 'done', failed: [{ symbol: 'B', reason: 'unknown' }] })
  })
  it('has failed when all of them did', () => {
    expect(arrived(queued, 1, [bad('A', 'x'), bad('B', 'x'), bad('C', 'x')], T).status).toBe('failed')
  })
  it('names a symbol once, though its quote and its history failed', () => {
    const both = begun(idle, 'button', [quote('A'), taskOf('history', 'A')], T)
    const failed = arrived(both, 1, [bad('A', 'x'), { task: taskOf('history', 'A'), failed: 'y' }], T)
    expect(failed.status).toBe('failed')
    expect(failedSymbols(failed)).toEqual([{ symbol: 'A', reason: 'x' }])
  })
  it('drops an answer of an older generation', () => {
    const second = begun(arrived(queued, 1, [ok('A'), ok('B'), ok('C')], T), 'button', [quote('A')], T)
    expect(arrived(second, 1, [ok('A')], T)).toBe(second)
  })
  it('counts an answer that comes twice once', () => {
    const once = arrived(queued, 1, [bad('A', 'x')], T)
    expect(arrived(once, 1, [bad('A', 'x')], T).failed).toHaveLength(1)
  })
})

it('a refresh is silent 25 seconds after its last answer, unless it says what it waits for', () => {
  const queued = begun(idle, 'button', [quote('A'), quote('B')], T)
  expect([isSilent(queued, T + 24_999), isSilent(queued, T + 25_000)]).toEqual([false, true])
  const half = arrived(queued, 1, [ok('A')], T + 20_000)
  expect([isSilent(half, T + 44_999), isSilent(half, T + 45_000)]).toEqual([false, true])
  expect(isSilent(postponed(half, 1, 'too many requests', T + MINUTE), T + 10 * MINUTE)).toBe(false)
  expect(isSilent(arrived(half, 1, [ok('B')], T + 60_000), T + 10 * MINUTE)).toBe(false)
})

it('a refresh that has nothing to ask for is done at once', () => {
  expect(begun(idle, 'button', [], T)).toMatchObject({
    generation: 1,
    status: 'done',
    total: 0,
    finishedAt: T,
  })
})

it('an import widens the refresh that is underway', () => {
  const wide = widened(begun(idle, 'button', [quote('A')], T), [quote('A'), taskOf('history', 'A')], T)
  expect(wide).toMatchObject({ generation: 1, total: 2, pending: ['quote A', 'history A'] })
})

it('a refresh that waits for the source says why, and is not taken for lost meanwhile', () => {
  const queued = begun(idle, 'button', [quote('A')], T)
  const waiting = postponed(queued, 1, 'Yahoo asks us to slow down', T + 20 * MINUTE)
  expect(waiting).toMatchObject({
    status: 'running',
    waiting: 'Yahoo asks us to slow down',
    pending: ['quote A'],
  })
  expect(expired(waiting, T + 24 * MINUTE).revive).toEqual([])
  expect(expired(waiting, T + 25 * MINUTE).revive).toEqual(['quote A'])
  expect(arrived(waiting, 1, [ok('A')], T + 20 * MINUTE)).toMatchObject({ status: 'done', waiting: null })
})

describe('a refresh whose messages were lost', () => {
  const queued = begun(idle, 'cron', [quote('A'), quote('B')], T)

  it('is left alone while its lease runs', () => {
    expect(expired(queued, T + 4 * MINUTE)).toEqual({ state: queued, revive: [] })
  })
  it('sends what is pending again, once', () => {
    const half = arrived(queued, 1, [ok('A')], T)
    const { state, revive } = expired(half, T + 5 * MINUTE)
    expect(revive).toEqual(['quote B'])
    expect(isUnderway(state)).toBe(true)
    const end = expired(state, T + 11 * MINUTE)
    expect(end.revive).toEqual([])
    expect(end.state).toMatchObject({
      status: 'done',
      failed: [{ symbol: 'B', reason: 'no answer came in time' }],
    })
  })
})

it('knows of prices that come ahead of the histories that it waits for: those that came', () => {
  const waiting = begun(idle, 'button', [taskOf('history', 'A'), quote('B')], T)
  expect(arePricedAhead(waiting, [ok('A')])).toBe(true)
  expect(arePricedAhead(waiting, [bad('A', 'x')])).toBe(false)
  expect(arePricedAhead(waiting, [ok('B'), { task: taskOf('history', 'A'), failed: null }])).toBe(false)
})
