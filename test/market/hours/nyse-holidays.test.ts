import { describe, expect, it } from 'vitest'
import { isSession, session } from '../../../src/market/hours/trading-hours.ts'
import { addDays } from '../../../src/portfolio/day.ts'

const iso = (instant: number | undefined) => (instant ? new Date(instant).toISOString() : null)

describe('sessions of New York', () => {
  it('are missing on ten weekdays of 2026', () => {
    const closed: string[] = []
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const week = new Date(day).getUTCDay()
      if (week > 0 && week < 6 && !isSession(day)) closed.push(day.slice(5))
    }
    // finance.md, "Sessions and holidays"
    expect(closed.join(' ')).toBe('01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25')
  })

  it.each([
    ['2021-12-31', 'New Year on a Saturday is not kept on the Friday'],
    ['2010-12-31', 'the same, eleven years before'],
    ['2021-06-18', 'Juneteenth was not kept in 2021'],
    ['1997-01-20', 'Martin Luther King Jr. Day was not kept in 1997'],
    ['2012-10-31', 'the storm was over'],
    ['2001-09-17', 'trading went on after the attacks'],
  ])('%s trades: %s', (day) => {
    expect(isSession(day)).toBe(true)
  })

  it.each([
    ['2023-01-02', 'New Year on a Sunday'],
    ['2021-12-24', 'Christmas on a Saturday'],
    ['2022-12-26', 'Christmas on a Sunday'],
    ['2020-07-03', 'Independence Day on a Saturday'],
    ['2021-07-05', 'Independence Day on a Sunday'],
    ['2022-06-20', 'the first Juneteenth, on a Sunday'],
    ['1998-01-19', 'the first Martin Luther King Jr. Day'],
    ['2024-03-29', 'Good Friday in March'],
    ['2011-04-22', 'Good Friday late in April'],
    ['2025-05-26', 'Memorial Day'],
    ['1994-04-27', 'Nixon'],
    ['2001-09-11', 'the attacks'],
    ['2001-09-12', 'the attacks'],
    ['2001-09-13', 'the attacks'],
    ['2001-09-14', 'the attacks'],
    ['2004-06-11', 'Reagan'],
    ['2007-01-02', 'Ford'],
    ['2012-10-29', 'Sandy'],
    ['2012-10-30', 'Sandy'],
    ['2018-12-05', 'Bush'],
    ['2025-01-09', 'Carter'],
  ])('%s is closed: %s', (day) => {
    expect(isSession(day)).toBe(false)
    expect(session(day)).toBe(null)
  })

  it.each([
    ['2026-11-27', 'T18:00', 'the day after Thanksgiving'],
    ['2026-12-24', 'T18:00', 'Christmas Eve on a Thursday'],
    ['2023-07-03', 'T17:00', 'July 3rd on a Monday'],
    ['2018-07-03', 'T17:00', 'July 3rd on a Tuesday'],
    ['2013-07-03', 'T17:00', 'July 3rd on a Wednesday, since 2013'],
    ['2014-07-03', 'T17:00', 'July 3rd on a Thursday'],
  ])('%s closes at 13:00 New York time (%s): %s', (day, time) => {
    expect(iso(session(day)?.closes)).toBe(`${day}${time}:00.000Z`)
  })

  it('closed at 16:00 on July 3rd, 2002, a Wednesday before 2013', () => {
    expect(iso(session('2002-07-03')?.closes)).toBe('2002-07-03T20:00:00.000Z')
  })
})
