import { describe, expect, it } from 'vitest'
import {
  afterPart,
  CALLS,
  callsOf,
  HISTORIES,
  partOf,
  pollPlan,
  unknownState,
} from '../../src/jobs/poll-plan.ts'
import { recentCalls } from '../../src/jobs/price-allowance.ts'
import type { TrackedSymbol } from '../../src/storage/tracked.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const at = (text: string) => Date.parse(text)
// Wednesday in winter: New York opens 14:30Z and closes 21:00Z
const wednesday = (time: string) => at(`2026-03-04T${time}:00Z`)

/** A share of New York that nobody looks at, of a portfolio that was opened yesterday. */
function share(symbol: string, about: Partial<TrackedSymbol> = {}): TrackedSymbol {
  return {
    symbol,
    kind: 'equity',
    timeZone: 'America/New_York',
    quoteAt: wednesday('15:00'),
    quoteFetchedAt: wednesday('15:00'),
    fromDay: '2020-01-01',
    toDay: '2026-03-03',
    historyFetchedAt: wednesday('12:00'),
    retryAt: null,
    refusedFrom: null,
    isWatched: false,
    openedAt: wednesday('12:00') - DAY,
    ...about,
  }
}

const shares = (count: number, name: string, about: Partial<TrackedSymbol> = {}) =>
  Array.from({ length: count }, (_, i) => share(`${name}${i}`, about))
const watched = { isWatched: true }
const idle = { openedAt: wednesday('12:00') - 31 * DAY }

const calls = ({ quotes, histories }: { quotes: unknown[]; histories: unknown[] }) =>
  Math.ceil(quotes.length / 50) + histories.length

/** What a market does with the answers: prices three seconds later, bars up to that day. */
function answered(
  tracked: TrackedSymbol[],
  made: ReturnType<typeof pollPlan>['made'],
  now: number,
  lastDay: string,
) {
  const bars = new Set(made.histories.map(({ symbol }) => symbol))
  const taken = new Set([...made.quotes, ...bars])
  return tracked.map((each): TrackedSymbol => {
    const quote = taken.has(each.symbol) ? { quoteAt: now, quoteFetchedAt: now + 3000 } : {}
    const history = bars.has(each.symbol) ? { toDay: lastDay, historyFetchedAt: now + 3000 } : {}
    return { ...each, ...quote, ...history }
  })
}

describe('while New York trades, the round of a minute', () => {
  it.each([
    ['somebody looks', watched, [1, 2, 3]],
    ['a portfolio holds it that was opened this month', {}, [5, 10]],
    ['no portfolio that holds it was opened this month', idle, [30]],
  ])('asks for a price as often as is due when %s', (_, about, expected) => {
    let tracked = [share('VOO', about)]
    const asked: number[] = []
    for (let minute = 1; minute <= expected.at(-1)!; minute++) {
      const now = wednesday('15:00') + minute * MINUTE
      const { made } = pollPlan(tracked, now, true)
      if (made.quotes.length > 0) asked.push(minute)
      tracked = answered(tracked, made, now, '')
    }
    // though each answer comes three seconds after its minute
    expect(asked).toEqual(expected)
  })

  it('takes what came half a minute ago, by the button or a page, for fresh', () => {
    const recently = share('VOO', { ...watched, quoteFetchedAt: wednesday('15:00') - 29_000 })
    expect(pollPlan([recently], wednesday('15:00'), true).made.quotes).toEqual([])
  })

  it('asks in 40 calls at most for 2,000 symbols, and in half an hour once for each that nobody opens', () => {
    const stale = { quoteFetchedAt: wednesday('14:00') }
    let tracked = [
      ...shares(1140, 'W', { ...watched, ...stale }),
      ...shares(430, 'R', stale),
      ...shares(430, 'I', { ...idle, ...stale }),
    ]
    const asked = new Map<string, number>()
    const idleInOne: number[] = []
    let allFrom = 0
    for (let minute = 0; minute < 30; minute++) {
      const now = wednesday('15:00') + minute * MINUTE
      const all = allFrom <= now
      const { made, pace } = pollPlan(all ? tracked : tracked.slice(0, 1140), now, all)
      allFrom = pace?.allFrom ?? allFrom
      expect(calls(made)).toBeLessThanOrEqual(CALLS)
      for (const symbol of made.quotes) asked.set(symbol, (asked.get(symbol) ?? 0) + 1)
      idleInOne.push(made.quotes.filter((symbol) => symbol.startsWith('I')).length)
      tracked = answered(tracked, made, now, '')
    }
    const times = (name: string) =>
      new Set([...asked].flatMap(([symbol, n]) => (symbol[0] === name ? [n] : [])))
    expect([times('W'), times('R'), times('I')]).toEqual([new Set([30]), new Set([6]), new Set([1])])
    expect(asked.size).toBe(2000)
    // ⌈430 / 6 / 50⌉ calls of 50
    expect(Math.max(...idleInOne)).toBe(100)
  })

  it('asks first for what was asked for longest ago', () => {
    const part = 300 / 6
    const of = [
      ...shares(150, 'NEW', { ...idle, quoteFetchedAt: wednesday('15:00') }),
      ...shares(part, 'OLD', { ...idle, quoteFetchedAt: wednesday('14:45') }),
      ...shares(100, 'NEWER', { ...idle, quoteFetchedAt: wednesday('15:10') }),
    ]
    const { quotes } = pollPlan(of, wednesday('16:00'), true).made
    expect([quotes.length, quotes.filter((symbol) => symbol.startsWith('OLD')).length]).toEqual([part, part])
  })

  it('puts what is on screen first', () => {
    const stale = { quoteFetchedAt: wednesday('14:00') }
    const tracked = [...shares(1500, 'R', stale), ...shares(1500, 'W', { ...watched, ...stale })]
    const { made, pace } = pollPlan(tracked, wednesday('15:00'), true)
    expect(calls(made)).toBe(40)
    expect(made.quotes.filter((symbol) => symbol.startsWith('W'))).toHaveLength(1500)
    // and does not wait five minutes with what it had to leave
    expect(pace?.allFrom).toBe(wednesday('15:01'))
  })
})

describe('a round of all symbols takes a part each minute', () => {
  const pace = (from: number, quietUntil = 0) => ({ allFrom: from, quietUntil })

  it('of 400, and begins again five minutes after it began', () => {
    expect(partOf(unknownState, 7)).toEqual({ after: '', most: 400 })
    const first = afterPart(unknownState, pace(12), 400, 'KO')
    expect(partOf(first, 8)).toEqual({ after: 'KO', most: 400 })
    const last = afterPart(first, pace(13), 250, null)
    expect(last).toMatchObject({ allFrom: 12, symbols: 650, round: null })
    expect([partOf(last, 11), partOf(last, 12)]).toEqual([null, { after: '', most: 400 }])
  })
  it('of a fifth where there are more than 2,000', () => {
    expect(partOf({ ...unknownState, symbols: 10_001 }, 0)).toEqual({ after: '', most: 2001 })
  })
  it('of which one that had to leave something lets the next round begin at once', () => {
    const first = afterPart(unknownState, pace(8), 400, 'KO')
    expect(afterPart(first, pace(13), 250, null).allFrom).toBe(8)
  })
  it('of which one with an open market keeps the clock awake', () => {
    const quiet = afterPart(unknownState, pace(12, 60), 400, 'KO')
    expect(quiet.quietUntil).toBe(0)
    expect(afterPart(quiet, pace(13, 65), 250, null).quietUntil).toBe(60)
    expect(afterPart(quiet, pace(13), 250, null).quietUntil).toBe(0)
  })
})

it('after three days without a clock, 600 symbols make one bounded round after the other, and then rest', () => {
  const then = at('2026-02-27T20:00:00Z')
  const before = { quoteFetchedAt: then, historyFetchedAt: then, toDay: '2026-02-26' }
  // Monday 2026-03-02, after the close: 21:45Z
  let now = at('2026-03-02T21:45:00Z')
  let tracked = shares(600, 'S', { ...before, openedAt: now - 10 * DAY })
  const bars = new Map<string, number>()
  const pauses: number[] = []
  let rounds = 0
  for (; bars.size < 600 && rounds < 200; rounds++, now += MINUTE) {
    const { made, pace } = pollPlan(tracked, now, true)
    expect(calls(made)).toBeLessThanOrEqual(CALLS)
    expect(made.histories.length).toBeLessThanOrEqual(HISTORIES)
    pauses.push(pace!.allFrom - now)
    for (const { symbol } of made.histories) bars.set(symbol, (bars.get(symbol) ?? 0) + 1)
    tracked = answered(tracked, made, now, '2026-03-02')
  }
  expect(rounds).toBe(600 / HISTORIES)
  expect(new Set(pauses.slice(0, -1))).toEqual(new Set([MINUTE]))
  expect(pauses.at(-1)).toBe(5 * MINUTE)
  expect(new Set(bars.values())).toEqual(new Set([1]))
  // 22:15Z is after hours: nothing but prices is left
  expect(pollPlan(tracked, now, true).made.histories).toEqual([])
})

it('whose bars have to wait is asked for its price', () => {
  const tracked = shares(HISTORIES + 5, 'S', watched)
  const { made } = pollPlan(tracked, wednesday('21:45'), false)
  expect(made.histories).toHaveLength(HISTORIES)
  expect(made.quotes).toEqual(['S20', 'S21', 'S22', 'S23', 'S24'])
})

it('bars that no recently opened portfolio needs wait until one is opened', () => {
  expect(pollPlan([share('VOO', idle)], wednesday('21:45'), true).made).toEqual({
    quotes: ['VOO'],
    histories: [],
  })
})

describe('a bar is asked for once, half an hour after its own day has ended', () => {
  const tokyo = { timeZone: 'Asia/Tokyo', session: { opens: 540, closes: 930 } }
  const london = { timeZone: 'Europe/London', session: { opens: 480, closes: 990 } }
  const coin = { kind: 'crypto', timeZone: 'UTC' } as const
  const pound = { kind: 'currency', timeZone: 'Europe/London' } as const
  it.each([
    ['New York in winter, 16:00 EST', {}, '2026-03-05', '2026-03-06', '2026-03-06T21:30:00Z'],
    ['New York in summer, 16:00 EDT', {}, '2026-03-06', '2026-03-09', '2026-03-09T20:30:00Z'],
    ['New York after Thanksgiving, 13:00 EST', {}, '2026-11-25', '2026-11-27', '2026-11-27T18:30:00Z'],
    ['Tokyo, 15:30 JST', tokyo, '2026-03-05', '2026-03-06', '2026-03-06T07:00:00Z'],
    ['London in winter, 16:30 GMT', london, '2026-03-05', '2026-03-06', '2026-03-06T17:00:00Z'],
    ['London in summer, 16:30 BST', london, '2026-05-29', '2026-06-01', '2026-06-01T16:00:00Z'],
    ['a coin, midnight UTC', coin, '2026-03-05', '2026-03-06', '2026-03-07T00:30:00Z'],
    ['the pound, midnight in London', pound, '2026-05-29', '2026-06-01', '2026-06-01T23:30:00Z'],
  ])('%s', (_, about, toDay, day, expected) => {
    const from = at(`${day}T00:00:00Z`)
    const fetched = { quoteFetchedAt: from, historyFetchedAt: from, openedAt: from - DAY }
    let tracked = [share('X', { ...about, toDay, ...fetched })]
    const asked: string[] = []
    for (let now = from; now < from + 26 * 3_600_000; now += 5 * MINUTE) {
      const { made } = pollPlan(tracked, now, true)
      if (made.histories.length > 0) asked.push(new Date(now).toISOString().replace('.000', ''))
      tracked = answered(tracked, made, now, day)
    }
    expect(asked).toEqual([expected])
  })
})

describe('while every market is closed', () => {
  const taken = { quoteFetchedAt: at('2026-03-06T22:00:00Z'), toDay: '2026-03-06' }
  const held = [share('VOO', { ...taken, ...watched }), share('KO', { ...taken, ...idle })]
  const pace = (tracked: TrackedSymbol[], now: string) => pollPlan(tracked, at(now), true).pace!

  it('what is stored is looked at once an hour', () => {
    expect(pace(held, '2026-03-07T12:00:00Z').quietUntil).toBe(at('2026-03-07T13:00:00Z'))
  })
  it('the clock is awake when New York’s morning trade begins, 04:00 EDT', () => {
    const { quietUntil } = pace(held, '2026-03-09T07:40:00Z')
    expect(quietUntil).toBeGreaterThan(at('2026-03-09T07:40:00Z'))
    expect(quietUntil).toBeLessThanOrEqual(at('2026-03-09T08:00:00Z'))
    expect(pace(held, '2026-03-09T08:00:00Z').quietUntil).toBe(0)
  })
  it('a coin keeps it awake', () => {
    const coin = share('BTC-USD', { kind: 'crypto', quoteFetchedAt: at('2026-03-07T12:00:00Z') })
    expect(pace([...held, { ...coin, toDay: '2026-03-06' }], '2026-03-07T12:00:00Z').quietUntil).toBe(0)
  })
  it('a price that is still lacking keeps it awake', () => {
    const early = share('KO', { ...taken, quoteFetchedAt: at('2026-03-06T20:00:00Z') })
    expect(pollPlan([early], at('2026-03-07T12:00:00Z'), true)).toMatchObject({
      made: { quotes: ['KO'] },
      pace: { quietUntil: 0 },
    })
  })
  it('and nobody has a portfolio, it looks once an hour', () => {
    expect(pace([], '2026-03-04T15:00:00Z').quietUntil).toBe(at('2026-03-04T16:00:00Z'))
  })
})

it('asks for fewer calls where people have searched, and prices on screen come first then too', () => {
  const stale = { quoteFetchedAt: wednesday('14:00') }
  const tracked = [...shares(1000, 'W', { ...watched, ...stale }), ...shares(1500, 'R', stale)]
  const { made } = pollPlan(tracked, wednesday('15:00'), true, CALLS - 12)
  expect([calls(made), callsOf(made)]).toEqual([28, 28])
  expect(made.quotes.filter((symbol) => symbol.startsWith('W'))).toHaveLength(1000)
})

it('calls that no plan has asked for count in their minute and in the next', () => {
  const asides = recentCalls()
  asides.add(2, wednesday('15:00'))
  asides.add(1, wednesday('15:01'))
  expect(asides.recent(wednesday('15:01'))).toBe(3)
  expect(asides.recent(wednesday('15:02'))).toBe(1)
  expect(asides.recent(wednesday('15:04'))).toBe(0)
})
