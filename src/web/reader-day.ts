import { type Day, dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import type { AppContext } from './request.ts'

/**
 * Returns the day that a form offers: today where the reader is, as Cloudflare tells of the request, else in New York.
 */
export function readerDay(c: AppContext, now = Date.now()): Day {
  const timeZone = c.req.raw.cf?.timezone
  return dayAt(now, typeof timeZone === 'string' ? timeZone : TIME_ZONE)
}
