import { vi } from 'vitest'

/**
 * Noon in New York, on a Wednesday with the market open, and so far ahead that no alarm set under this clock goes off
 * while the tests run.
 */
export const NOON = Date.parse('2035-03-07T17:00:00Z')
export const TODAY = '2035-03-07'
export const DAY = 86_400_000

/**
 * Sets the clock of the Worker and its Durable Objects. A file does not put it right between its tests: what an object is still
 * doing then would set an alarm by today's clock, which goes off in the middle of the next test. `setup.ts` does for the next file.
 */
export function setClock(now: number = NOON): void {
  vi.setSystemTime(now)
}
