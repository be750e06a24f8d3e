import { type Day, dayAt, isDay, latestDay } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns a day from the query, null when there is none, or the response that says what is wrong with it. */
export function readDay(c: AppContext, name: string): Day | null | Response {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  if (!isDay(value))
    return problem(c, 400, `${name} must be a date such as 2024-03-01, not “${value.slice(0, 40)}”.`)
  // as for what may be entered, a day that has begun somewhere is no future
  return value > latestDay(Date.now()) && name === 'as_of'
    ? problem(c, 400, `as_of (${value}) is in the future.`)
    : value
}

/** Returns the period that `as_of` and `from` ask for, nulls where they do not, or what is wrong with them. */
export function readPeriod(c: AppContext): { asOf: Day | null; from: Day | null } | Response {
  const [asOf, from] = [readDay(c, 'as_of'), readDay(c, 'from')]
  if (asOf instanceof Response) return asOf
  if (from instanceof Response) return from
  const until = asOf ?? dayAt(Date.now(), TIME_ZONE)
  return from && from >= until
    ? problem(c, 400, `from (${from}) must be before as_of (${until}).`)
    : { asOf, from }
}
