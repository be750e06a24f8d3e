import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addYears,
  dayAt,
  dayNumber,
  dayOf,
  daysBetween,
  isDay,
  weekday,
  earliestDay,
  latestDay,
} from '../../src/portfolio/day.ts'
import { seeded } from './random-ledger.ts'

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '1970-01-01', '2026-12-31'])('%s exists', (day) => {
    expect(isDay(day)).toBe(true)
  })

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-1-2',
    '01/02/2024',
    '',
    '2024-01-02T00:00',
  ])('“%s” does not', (day) => expect(isDay(day)).toBe(false))

  it('is counted from 1970-01-01, before it downwards', () => {
    expect(['1970-01-01', '1970-01-02', '1969-12-31', '2000-01-01'].map(dayNumber)).toEqual([
      0, 1, -1, 10_957,
    ])
  })

  it('has its name, a Monday after a Sunday', () => {
    // 2026-03-08 was a Sunday
    expect(['2026-03-08', '2026-03-09', '2026-03-14'].map(weekday)).toEqual([0, 1, 6])
    // the Moon landing was a Sunday, the crash of 1929 a Tuesday
    expect(['1969-07-20', '1929-10-29'].map(weekday)).toEqual([0, 2])
  })

  it('comes again in another year, the 29th of February as the 28th', () => {
    expect(['2024-02-29', '2024-03-01', '2023-12-31'].map((day) => addYears(day, 1))).toEqual([
      '2025-02-28',
      '2025-03-01',
      '2024-12-31',
    ])
    expect([addYears('2024-02-29', -4), addYears('2000-02-29', -100)]).toEqual(['2020-02-29', '1900-02-28'])
  })

  it('counts every calendar day: 366 in a leap year', () => {
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
  })

  it('comes back from its number, and sorts as text', () => {
    const number = fc.integer({ min: -25_000, max: 80_000 })
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(dayNumber(dayOf(a))).toBe(a)
        expect(isDay(dayOf(a))).toBe(true)
        expect(dayOf(a) < dayOf(b)).toBe(a < b)
        expect(weekday(dayOf(a))).toBe(new Date(a * 86_400_000).getUTCDay())
      }),
      seeded,
    )
  })
})

describe('the day of an instant', () => {
  it('is the exchange’s own', () => {
    // 01:30 in London and Tokyo's morning, still the evening before in New York
    const instant = Date.parse('2024-01-03T01:30Z')
    expect(dayAt(instant, 'America/New_York')).toBe('2024-01-02')
    expect(dayAt(instant, 'Europe/London')).toBe('2024-01-03')
    expect(dayAt(instant, 'Asia/Tokyo')).toBe('2024-01-03')
  })

  it('moves with daylight saving: midnight in New York is 05:00Z, in summer 04:00Z', () => {
    const days = ['2026-01-15T04:59Z', '2026-01-15T05:00Z', '2026-07-15T03:59Z', '2026-07-15T04:00Z']
    expect(days.map((each) => dayAt(Date.parse(each), 'America/New_York'))).toEqual([
      '2026-01-14',
      '2026-01-15',
      '2026-07-14',
      '2026-07-15',
    ])
  })

  it('may begin or go back at any minute, and long ago at any second', () => {
    // until 2011 Newfoundland’s summer ended a minute past midnight, with an hour more of the day before
    const newfoundland = ['2010-11-07T02:30:59Z', '2010-11-07T02:31:00Z', '2010-11-07T03:30:00Z']
    expect(newfoundland.map((each) => dayAt(Date.parse(each), 'America/St_Johns'))).toEqual([
      '2010-11-07',
      '2010-11-06',
      '2010-11-07',
    ])
    // until 1972 Liberia’s clocks were 44 minutes and 30 seconds behind
    const liberia = ['1970-06-01T00:44:29Z', '1970-06-01T00:44:30Z']
    expect(liberia.map((each) => dayAt(Date.parse(each), 'Africa/Monrovia'))).toEqual([
      '1970-05-31',
      '1970-06-01',
    ])
  })
})

it('is the latest on the Line Islands and the earliest on Baker Island', () => {
  // 11:00 in London: past midnight at UTC+14, and still the day before at UTC−12
  const now = Date.parse('2026-03-10T11:00:00Z')
  expect([latestDay(now), earliestDay(now)]).toEqual(['2026-03-11', '2026-03-09'])
})
