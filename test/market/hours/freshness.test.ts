import { describe, expect, it } from 'vitest'
import {
  type Attention,
  attentionOf,
  isFresh,
  isStale,
  sameUntil,
} from '../../../src/market/hours/freshness.ts'

// 2026-03-09 is a Monday in summer time: pre from 08:00Z, open 13:30Z to 20:00Z, post until 24:00Z.
const at = (text: string) => Date.parse(text)
const fresh = (taken: string, now: string, attention: Attention = 'recent') =>
  isFresh(at(taken), 'nyse', at(now), attention)
const stale = (taken: string, now: string) => isStale(at(taken), 'nyse', at(now))

describe('in the regular session a price', () => {
  it('is fresh for a minute when someone is looking', () => {
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:00:59Z', 'watched')).toBe(true)
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:01:00Z', 'watched')).toBe(false)
  })

  it('is fresh for five minutes when nobody is', () => {
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:04:59Z')).toBe(true)
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:05:00Z')).toBe(false)
  })

  it('is fresh for half an hour when no portfolio that needs it was opened lately', () => {
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:29:59Z', 'idle')).toBe(true)
    expect(fresh('2026-03-09T15:00:00Z', '2026-03-09T15:30:00Z', 'idle')).toBe(false)
  })

  it('is stale after fifteen minutes', () => {
    expect(stale('2026-03-09T15:00:00Z', '2026-03-09T15:15:00Z')).toBe(false)
    expect(stale('2026-03-09T15:00:00Z', '2026-03-09T15:15:01Z')).toBe(true)
  })
})

describe.each([
  [
    'before',
    '2026-03-09T09:00:00Z',
    '2026-03-09T09:04:59Z',
    '2026-03-09T09:05:00Z',
    '2026-03-09T09:30:00Z',
    '2026-03-09T09:30:01Z',
  ],
  [
    'after',
    '2026-03-09T21:00:00Z',
    '2026-03-09T21:04:59Z',
    '2026-03-09T21:05:00Z',
    '2026-03-09T21:30:00Z',
    '2026-03-09T21:30:01Z',
  ],
])('%s the session a price', (_, taken, in5, at5, at30, past30) => {
  it('is fresh for five minutes, watched or not', () => {
    expect(fresh(taken, in5, 'watched')).toBe(true)
    expect(fresh(taken, at5, 'watched')).toBe(false)
    expect(fresh(taken, in5)).toBe(true)
    expect(fresh(taken, at5)).toBe(false)
  })

  it('is stale after thirty minutes', () => {
    expect(stale(taken, at30)).toBe(false)
    expect(stale(taken, past30)).toBe(true)
  })
})

describe('while the market is closed a price', () => {
  it('taken after the close is fresh all weekend', () => {
    expect(fresh('2026-03-06T21:00:00Z', '2026-03-09T07:59:59Z', 'watched')).toBe(true)
    expect(stale('2026-03-06T21:00:00Z', '2026-03-09T07:59:59Z')).toBe(false)
  })

  it('taken before the close is neither fresh nor unmarked', () => {
    expect(fresh('2026-03-06T20:59:59Z', '2026-03-07T12:00:00Z')).toBe(false)
    expect(stale('2026-03-06T20:59:59Z', '2026-03-07T12:00:00Z')).toBe(true)
  })

  it('taken after an early close is fresh until the next opening', () => {
    // 2026-11-27 closes at 18:00Z
    expect(fresh('2026-11-27T18:00:00Z', '2026-11-29T12:00:00Z', 'watched')).toBe(true)
    expect(fresh('2026-11-27T17:59:00Z', '2026-11-29T12:00:00Z', 'watched')).toBe(false)
  })

  it('is stale fifteen minutes after the next opening', () => {
    expect(fresh('2026-03-06T21:30:00Z', '2026-03-09T13:30:00Z')).toBe(false)
    expect(stale('2026-03-06T21:30:00Z', '2026-03-09T13:45:00Z')).toBe(false)
    expect(stale('2026-03-06T21:30:00Z', '2026-03-09T13:45:01Z')).toBe(true)
  })

  it('begins to age when the pre-market wakes, not before', () => {
    expect(stale('2026-03-06T21:30:00Z', '2026-03-09T08:00:01Z')).toBe(false)
    expect(stale('2026-03-06T21:30:00Z', '2026-03-09T08:30:01Z')).toBe(true)
  })
})

describe('a price from London', () => {
  const hours = { timeZone: 'Europe/London', opens: 8 * 60, closes: 16 * 60 + 30 }

  it('is not old because New York trades while London sleeps', () => {
    const taken = at('2026-03-09T17:00:00Z')
    expect(isFresh(taken, hours, at('2026-03-09T19:00:00Z'), 'watched')).toBe(true)
    expect(isStale(taken, hours, at('2026-03-10T07:59:59Z'))).toBe(false)
    expect(isStale(taken, hours, at('2026-03-10T08:15:01Z'))).toBe(true)
  })

  it('ages in London’s morning, when New York is closed', () => {
    const taken = at('2026-03-09T09:00:00Z')
    expect(isFresh(taken, hours, taken + 59_999, 'watched')).toBe(true)
    expect(isFresh(taken, hours, taken + 60_000, 'watched')).toBe(false)
    expect(isStale(taken, hours, taken + 900_001)).toBe(true)
  })

  it('taken less than twenty minutes after the close may not be the close: the source is late', () => {
    const night = at('2026-03-09T20:00:00Z')
    expect(isFresh(at('2026-03-09T16:49:59Z'), hours, night, 'watched')).toBe(false)
    expect(isFresh(at('2026-03-09T16:50:00Z'), hours, night, 'watched')).toBe(true)
  })
})

describe('a price of something that trades around the clock', () => {
  it('is fresh for one or five minutes and stale after fifteen, on Christmas too', () => {
    const taken = at('2026-12-25T03:00:00Z')
    expect(isFresh(taken, 'always', taken + 59_999, 'watched')).toBe(true)
    expect(isFresh(taken, 'always', taken + 60_000, 'watched')).toBe(false)
    expect(isFresh(taken, 'always', taken + 299_999, 'recent')).toBe(true)
    expect(isFresh(taken, 'always', taken + 300_000, 'recent')).toBe(false)
    expect(isStale(taken, 'always', taken + 900_000)).toBe(false)
    expect(isStale(taken, 'always', taken + 900_001)).toBe(true)
  })

  it('rests over the weekend when it is a currency', () => {
    const friday = at('2026-03-06T22:00:00Z')
    expect(isFresh(friday, 'weekdays', at('2026-03-08T20:00:00Z'), 'watched')).toBe(true)
    expect(isFresh(friday - 1, 'weekdays', at('2026-03-08T20:00:00Z'), 'watched')).toBe(false)
    expect(isStale(friday, 'weekdays', at('2026-03-08T21:15:01Z'))).toBe(true)
  })
})

describe('what is said of a price and its market stays so', () => {
  const until = (taken: string, now: string) => {
    const end = sameUntil(at(taken), 'nyse', at(now))
    return end && new Date(end).toISOString().slice(0, 19)
  }

  it.each([
    [
      'until it is fifteen minutes old',
      '2026-03-09T15:00:00Z',
      '2026-03-09T15:05:00Z',
      '2026-03-09T15:15:00',
    ],
    [
      'when it is old, until the close',
      '2026-03-09T15:00:00Z',
      '2026-03-09T15:20:00Z',
      '2026-03-09T20:00:00',
    ],
    [
      'or until the close before it is old',
      '2026-03-09T19:50:00Z',
      '2026-03-09T19:55:00Z',
      '2026-03-09T20:00:00',
    ],
    [
      'over a weekend, until New York wakes',
      '2026-03-06T21:30:00Z',
      '2026-03-07T15:00:00Z',
      '2026-03-09T08:00:00',
    ],
    ['from then on for half an hour', '2026-03-06T21:30:00Z', '2026-03-09T08:00:00Z', '2026-03-09T08:30:00'],
    // it is not the close: the market may be closed, but this is old
    [
      'on a weekend too, if it is not the close',
      '2026-03-06T20:59:59Z',
      '2026-03-06T21:05:00Z',
      '2026-03-06T21:29:59',
    ],
  ])('%s', (_, taken, now, end) => {
    expect(until(taken, now)).toBe(end)
  })

  it('for good, when it is old and trades around the clock', () => {
    const taken = at('2026-12-25T03:00:00Z')
    expect(sameUntil(taken, 'always', taken)).toBe(taken + 900_000)
    expect(sameUntil(taken, 'always', taken + 900_001)).toBe(null)
  })
})

describe('a price needs the attention of', () => {
  const now = at('2026-03-09T15:00:00Z')
  const openedAt = at('2026-02-07T15:00:00Z') // thirty days before

  it('whoever looks at it', () => {
    expect(attentionOf({ isWatched: true, openedAt }, now)).toBe('watched')
    expect(attentionOf({ isWatched: false, openedAt }, now)).toBe('recent')
  })

  it('a portfolio that was opened in the last thirty days', () => {
    expect(attentionOf({ isWatched: false, openedAt }, now)).toBe('recent')
    expect(attentionOf({ isWatched: false, openedAt: openedAt - 1 }, now)).toBe('idle')
  })
})
