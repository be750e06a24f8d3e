import { type Day, dayAt, isDay } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns a day from the query, null when there is none, or the response that says what is wrong with it. */
export function dayAsked(c: AppContext, name: string): Day | null | Response {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  if (!isDay(value))
    return problem(c, 400, `${name} must be a day such as 2024-03-01, not “${value.slice(0, 40)}”.`)
  const today = dayAt(Date.now(), TIME_ZONE)
  return value > today && name === 'as_of' ? problem(c, 400, `as_of (${value}) is in the future.`) : value
}
