import { describe, expect, it } from 'vitest'
import type { Hours } from '../../../src/market/hours/trading-hours.ts'
import { gaps, missingSessions, type BarsToCheck } from '../../../src/market/verdict/gaps.ts'
import { addDays } from '../../../src/portfolio/day.ts'

const tokyo: Hours = { timeZone: 'Asia/Tokyo', opens: 540, closes: 930 }

/** A symbol with a bar on every weekday of two weeks, from Monday 2026-03-02 to Friday the 13th, but for these days. */
function stored(
  symbol: string,
  hours: Hours,
  without: number[] = [],
  about: Partial<BarsToCheck> = {},
): BarsToCheck {
  const days = Array.from({ length: 12 }, (_, i) => addDays('2026-03-02', i))
  const kept = days.filter((day) => ![7, 8, ...without].includes(Number(day.slice(8))))
  return {
    symbol,
    exchange: hours === 'nyse' ? 'NYSE' : 'Tokyo',
    hours,
    bars: kept.map((day) => ({ day, close: 100 })),
    missingAtSource: [],
    ...about,
  }
}

const found = (...all: BarsToCheck[]) => Object.fromEntries(gaps(all))

describe('a gap in New York, whose holidays are known', () => {
  it('is any session without a bar; it is filled from the bar before it', () => {
    expect(found(stored('ACME', 'nyse', [5]))).toEqual({ ACME: '2026-03-04' })
    expect(found(stored('ACME', 'nyse', [9, 10]))).toEqual({ ACME: '2026-03-06' })
  })
  it('is not a weekend, a holiday, or what lies before the first bar or after the last', () => {
    expect(found(stored('ACME', 'nyse'))).toEqual({})
    expect(found(stored('ACME', 'nyse', [2, 3, 12, 13]))).toEqual({})
    // Good Friday 2026-04-03
    const easter = ['2026-04-02', '2026-04-06'].map((day) => ({ day, close: 100 }))
    expect(found(stored('ACME', 'nyse', [], { bars: easter }))).toEqual({})
  })
  it('is not one of which the source has nothing either; the next one is', () => {
    const lacking = ['2026-03-05']
    expect(found(stored('ACME', 'nyse', [5], { missingAtSource: lacking }))).toEqual({})
    expect(found(stored('ACME', 'nyse', [5, 10], { missingAtSource: lacking }))).toEqual({
      ACME: '2026-03-09',
    })
  })
})

describe('a gap on an exchange whose holidays are not known', () => {
  it('is not a single day that others rested on as well, or that nobody can vouch for', () => {
    expect(found(stored('7203.T', tokyo, [5]))).toEqual({})
    expect(found(stored('7203.T', tokyo, [5]), stored('6758.T', tokyo, [5]))).toEqual({})
  })
  it('is a day on which most others traded', () => {
    const others = [stored('6758.T', tokyo), stored('9984.T', tokyo), stored('8306.T', tokyo, [5])]
    expect(found(stored('7203.T', tokyo, [5]), ...others)).toEqual({
      '7203.T': '2026-03-04',
      '8306.T': '2026-03-04',
    })
  })
  it('is not vouched for by another exchange', () => {
    expect(found(stored('7203.T', tokyo, [5]), stored('ACME', 'nyse'))).toEqual({})
  })
  it('is three sessions in a row, over a weekend too, and not two', () => {
    expect(found(stored('7203.T', tokyo, [6, 9]))).toEqual({})
    expect(found(stored('7203.T', tokyo, [6, 9, 10]))).toEqual({ '7203.T': '2026-03-05' })
  })
})

it('what never rests has a bar every day', () => {
  expect(found(stored('BTC-USD', 'always'))).toEqual({ 'BTC-USD': '2026-03-06' })
})

describe('sessions without a bar', () => {
  const { bars } = stored('ACME', 'nyse', [2, 3, 9])
  it('are counted from the first bar on', () => {
    expect(missingSessions(bars, 'nyse')).toEqual(['2026-03-09'])
  })
  it('or from the day that was asked for', () => {
    expect(missingSessions(bars, 'nyse', '2026-03-01')).toEqual(['2026-03-02', '2026-03-03', '2026-03-09'])
  })
  it('are none where there are no bars', () => {
    expect(missingSessions([], 'nyse', '2026-03-01')).toEqual([])
  })
})
