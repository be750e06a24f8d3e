import { describe, expect, it } from 'vitest'
import {
  hoursOf,
  instantAt,
  isSession,
  lastFinalBar,
  marketState,
  nextSession,
  previousSession,
  session,
} from '../../../src/market/hours/trading-hours.ts'

const at = (text: string) => Date.parse(text)
const iso = (instant: number | null | undefined) => (instant ? new Date(instant).toISOString() : null)

describe('sessions', () => {
  it('are never on a weekend', () => {
    expect(isSession('2026-03-07')).toBe(false)
    expect(isSession('2026-03-08')).toBe(false)
  })

  it('open at 14:30Z in winter and 13:30Z from the Monday after the clocks change', () => {
    expect(iso(session('2026-03-06')?.opens)).toBe('2026-03-06T14:30:00.000Z')
    expect(iso(session('2026-03-09')?.opens)).toBe('2026-03-09T13:30:00.000Z')
    expect(iso(session('2026-10-30')?.closes)).toBe('2026-10-30T20:00:00.000Z')
    expect(iso(session('2026-11-02')?.closes)).toBe('2026-11-02T21:00:00.000Z')
  })

  it('follow and precede each other across weekends and holidays', () => {
    expect(previousSession('2026-04-06')).toBe('2026-04-02')
    expect(nextSession('2026-04-02')).toBe('2026-04-06')
    expect(previousSession('2026-03-04')).toBe('2026-03-03')
    expect(nextSession('2001-09-10')).toBe('2001-09-17')
  })
})

describe('the state of the New York market', () => {
  // Monday 2026-03-09, the first session in summer time: 04:00 is 08:00Z
  it.each([
    ['2026-03-09T07:59:59Z', 'closed'],
    ['2026-03-09T08:00:00Z', 'pre'],
    ['2026-03-09T13:29:59Z', 'pre'],
    ['2026-03-09T13:30:00Z', 'open'],
    ['2026-03-09T19:59:59Z', 'open'],
    ['2026-03-09T20:00:00Z', 'post'],
    ['2026-03-09T23:59:59Z', 'post'],
    ['2026-03-10T00:00:00Z', 'closed'],
    ['2026-03-07T15:00:00Z', 'closed'],
    ['2026-04-03T15:00:00Z', 'closed'],
    // half a day: after hours end at 17:00
    ['2026-11-27T17:59:59Z', 'open'],
    ['2026-11-27T18:00:00Z', 'post'],
    ['2026-11-27T22:00:00Z', 'closed'],
  ])('at %s is %s', (instant, phase) => {
    expect(marketState('nyse', at(instant)).phase).toBe(phase)
  })

  it.each([
    ['2026-03-09T08:00:00Z', '2026-03-09T13:30:00.000Z'],
    ['2026-03-09T13:30:00Z', '2026-03-09T20:00:00.000Z'],
    ['2026-03-09T20:00:00Z', '2026-03-10T00:00:00.000Z'],
    ['2026-03-10T00:00:00Z', '2026-03-10T08:00:00.000Z'],
    // past Good Friday and a weekend
    ['2026-04-03T15:00:00Z', '2026-04-06T08:00:00.000Z'],
    ['2026-11-27T18:00:00Z', '2026-11-27T22:00:00.000Z'],
    // winter time ends on the Sunday between
    ['2026-03-07T15:00:00Z', '2026-03-09T08:00:00.000Z'],
  ])('as at %s lasts until %s', (instant, until) => {
    expect(iso(marketState('nyse', at(instant)).until)).toBe(until)
  })

  it('knows in session when it closes, and yesterday’s close', () => {
    const state = marketState('nyse', at('2026-03-09T15:00:00Z'))
    expect(iso(state.closes)).toBe('2026-03-09T20:00:00.000Z')
    expect(iso(state.nextOpen)).toBe('2026-03-10T13:30:00.000Z')
    // Friday, still winter time
    expect(iso(state.lastClose)).toBe('2026-03-06T21:00:00.000Z')
  })

  it('knows on Good Friday that Thursday closed and Monday opens', () => {
    const state = marketState('nyse', at('2026-04-03T15:00:00Z'))
    expect(state.closes).toBe(null)
    expect(iso(state.lastClose)).toBe('2026-04-02T20:00:00.000Z')
    expect(iso(state.nextOpen)).toBe('2026-04-06T13:30:00.000Z')
  })

  it('has today’s opening before it and today’s close after it', () => {
    expect(iso(marketState('nyse', at('2026-03-09T09:00:00Z')).nextOpen)).toBe('2026-03-09T13:30:00.000Z')
    expect(iso(marketState('nyse', at('2026-03-09T21:00:00Z')).lastClose)).toBe('2026-03-09T20:00:00.000Z')
  })
})

describe('other hours', () => {
  it('crypto never closes', () => {
    expect(hoursOf({ kind: 'crypto', timeZone: 'UTC' })).toBe('always')
    const state = marketState('always', at('2026-12-25T03:00:00Z'))
    const never = { since: null, until: null, closes: null, nextOpen: null, lastClose: null }
    expect(state).toEqual({ phase: 'open', ...never })
  })

  // 17:00 New York is 22:00Z in winter, 21:00Z in summer; the clocks changed on Sunday 2026-03-08
  it.each([
    ['2026-03-06T21:59:59Z', 'open'],
    ['2026-03-06T22:00:00Z', 'closed'],
    ['2026-03-08T20:59:59Z', 'closed'],
    ['2026-03-08T21:00:00Z', 'open'],
    ['2026-03-11T03:00:00Z', 'open'],
  ])('currencies at %s are %s', (instant, phase) => {
    expect(hoursOf({ kind: 'currency', timeZone: 'Europe/London' })).toBe('weekdays')
    expect(marketState('weekdays', at(instant)).phase).toBe(phase)
  })

  it('currencies rest from Friday to Sunday 17:00', () => {
    const saturday = marketState('weekdays', at('2026-03-07T12:00:00Z'))
    expect(iso(saturday.lastClose)).toBe('2026-03-06T22:00:00.000Z')
    expect(iso(saturday.nextOpen)).toBe('2026-03-08T21:00:00.000Z')
    expect(iso(saturday.until)).toBe('2026-03-08T21:00:00.000Z')
    const tuesday = marketState('weekdays', at('2026-03-10T12:00:00Z'))
    expect(iso(tuesday.closes)).toBe('2026-03-13T21:00:00.000Z')
    expect(iso(tuesday.until)).toBe('2026-03-13T21:00:00.000Z')
  })

  it('futures keep those of currencies', () => {
    expect(hoursOf({ kind: 'future', timeZone: 'America/New_York' })).toBe('weekdays')
  })

  it.each(['equity', 'fund', 'index', 'other', null] as const)(
    'of %s by New York’s clock, or by none yet, are New York’s',
    (kind) => {
      expect(hoursOf({ kind, timeZone: 'America/New_York' })).toBe('nyse')
      expect(hoursOf({ kind, timeZone: null })).toBe('nyse')
    },
  )
})

const london = { kind: 'equity', timeZone: 'Europe/London', session: { opens: 480, closes: 990 } } as const
const tokyo = { kind: 'equity', timeZone: 'Asia/Tokyo', session: { opens: 540, closes: 930 } } as const

describe('a share in London', () => {
  const state = (instant: string) => marketState(hoursOf(london), at(instant))

  // London's clocks change on 2026-03-29, three weeks after New York's
  it.each([
    ['2026-03-06T07:59:59Z', 'closed'],
    ['2026-03-06T08:00:00Z', 'open'],
    ['2026-03-06T16:29:59Z', 'open'],
    // auctions, and a quarter of an hour that the source is late
    ['2026-03-06T16:30:00Z', 'post'],
    ['2026-03-06T17:00:00Z', 'closed'],
    ['2026-03-07T12:00:00Z', 'closed'],
    ['2026-03-08T12:00:00Z', 'closed'],
    // New York has changed its clocks, London has not
    ['2026-03-09T07:30:00Z', 'closed'],
    ['2026-03-09T16:15:00Z', 'open'],
    // and now it has
    ['2026-03-30T06:59:59Z', 'closed'],
    ['2026-03-30T07:00:00Z', 'open'],
    ['2026-03-30T15:30:00Z', 'post'],
    // Thanksgiving
    ['2026-11-26T12:00:00Z', 'open'],
  ])('at %s is %s', (instant, phase) => {
    expect(state(instant).phase).toBe(phase)
  })

  it('closed on Friday and opens on Monday, an hour earlier once the clocks have changed', () => {
    const weekend = state('2026-03-28T12:00:00Z')
    expect(iso(weekend.lastClose)).toBe('2026-03-27T16:30:00.000Z')
    expect(iso(weekend.nextOpen)).toBe('2026-03-30T07:00:00.000Z')
    expect(iso(weekend.since)).toBe('2026-03-27T17:00:00.000Z')
    expect(iso(weekend.until)).toBe('2026-03-30T07:00:00.000Z')
    expect(iso(state('2026-03-27T16:45:00Z').until)).toBe('2026-03-27T17:00:00.000Z')
    expect(iso(state('2026-03-30T10:00:00Z').closes)).toBe('2026-03-30T15:30:00.000Z')
  })

  it('is taken for open from 08:00 to 18:00 while its session is not known', () => {
    const hours = hoursOf({ ...london, session: null })
    expect(marketState(hours, at('2026-03-06T08:00:00Z')).phase).toBe('open')
    expect(marketState(hours, at('2026-03-06T17:59:59Z')).phase).toBe('open')
    expect(marketState(hours, at('2026-03-06T18:00:00Z')).phase).toBe('post')
  })
})

describe('another exchange', () => {
  it('in Tokyo closes before New York opens', () => {
    const hours = hoursOf(tokyo)
    // Monday morning there is Sunday evening in New York
    expect(marketState(hours, at('2026-03-08T23:59:59Z')).phase).toBe('closed')
    expect(marketState(hours, at('2026-03-09T00:00:00Z')).phase).toBe('open')
    expect(marketState(hours, at('2026-03-09T06:30:00Z')).phase).toBe('post')
    expect(marketState(hours, at('2026-03-09T13:30:00Z')).phase).toBe('closed')
  })

  it('in Riyadh trades on Sunday and rests on Friday', () => {
    const hours = hoursOf({
      kind: 'equity',
      timeZone: 'Asia/Riyadh',
      session: { opens: 600, closes: 900 },
    })
    // 10:00 there is 07:00Z
    expect(marketState(hours, at('2026-03-08T07:00:00Z')).phase).toBe('open')
    const friday = marketState(hours, at('2026-03-06T09:00:00Z'))
    expect(friday.phase).toBe('closed')
    expect(iso(friday.lastClose)).toBe('2026-03-05T12:00:00.000Z')
    expect(iso(friday.nextOpen)).toBe('2026-03-08T07:00:00.000Z')
  })
})

describe('the last final bar', () => {
  const newYork = { kind: 'etf', timeZone: 'America/New_York' } as const
  const bitcoin = { kind: 'crypto', timeZone: 'UTC' } as const
  const euro = { kind: 'currency', timeZone: 'Europe/London' } as const

  it.each([
    // half an hour after the close, which New York's clocks move to 20:00Z on 2026-03-08
    ['New York', newYork, '2026-03-06T21:29:59Z', '2026-03-05', '2026-03-05T21:30:00.000Z'],
    ['New York', newYork, '2026-03-06T21:30:00Z', '2026-03-06', '2026-03-06T21:30:00.000Z'],
    ['New York', newYork, '2026-03-09T20:30:00Z', '2026-03-09', '2026-03-09T20:30:00.000Z'],
    // Good Friday, and the half day after Thanksgiving
    ['New York', newYork, '2026-04-05T12:00:00Z', '2026-04-02', '2026-04-02T20:30:00.000Z'],
    ['New York', newYork, '2026-11-27T18:30:00Z', '2026-11-27', '2026-11-27T18:30:00.000Z'],
    ['London', london, '2026-03-09T16:59:59Z', '2026-03-06', '2026-03-06T17:00:00.000Z'],
    ['London', london, '2026-03-09T17:00:00Z', '2026-03-09', '2026-03-09T17:00:00.000Z'],
    ['London', london, '2026-03-30T16:00:00Z', '2026-03-30', '2026-03-30T16:00:00.000Z'],
    // before New York opens on the same day
    ['Tokyo', tokyo, '2026-03-09T07:00:00Z', '2026-03-09', '2026-03-09T07:00:00.000Z'],
    ['bitcoin', bitcoin, '2026-03-09T00:29:59Z', '2026-03-07', '2026-03-08T00:30:00.000Z'],
    ['bitcoin', bitcoin, '2026-03-09T00:30:00Z', '2026-03-08', '2026-03-09T00:30:00.000Z'],
    ['the euro', euro, '2026-03-08T22:00:00Z', '2026-03-06', '2026-03-07T00:30:00.000Z'],
    ['the euro', euro, '2026-03-10T00:30:00Z', '2026-03-09', '2026-03-10T00:30:00.000Z'],
    // London's midnight in summer time
    ['the euro', euro, '2026-03-30T23:30:00Z', '2026-03-30', '2026-03-30T23:30:00.000Z'],
  ])('of %s (%o) at %s is of %s', (_, trading, instant, day, since) => {
    const found = lastFinalBar(trading, at(instant))
    expect([found.day, iso(found.since)]).toEqual([day, since])
  })
})

describe('an instant by a clock', () => {
  it('is found in any time zone and season', () => {
    expect(iso(instantAt('2026-07-01', 8 * 60, 'Europe/London'))).toBe('2026-07-01T07:00:00.000Z')
    expect(iso(instantAt('2026-01-15', 9 * 60, 'Asia/Tokyo'))).toBe('2026-01-15T00:00:00.000Z')
    expect(iso(instantAt('2026-01-15', 0, 'UTC'))).toBe('2026-01-15T00:00:00.000Z')
  })
})
