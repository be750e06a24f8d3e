import { type Day, dayAt, isDay } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { A_DATE } from './api/asked.ts'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns a day from the query, null when there is none, or the response that says what is wrong with it. */
export function readDay(c: AppContext, name: string): Day | null | Response {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  return isDay(value) ? value : problem(c, 400, `${name} must be ${A_DATE}, not “${value.slice(0, 40)}”.`)
}

/** Returns the day after which a period until that day, or until now, begins: null without one, or what is wrong with it. */
export function readFrom(c: AppContext, asOf: Day | null): Day | null | Response {
  const from = readDay(c, 'from')
  if (from === null || from instanceof Response) return from
  const until = asOf ?? dayAt(Date.now(), TIME_ZONE)
  return from >= until ? problem(c, 400, `from (${from}) must be before as_of (${until}).`) : from
}
