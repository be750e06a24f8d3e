import { MINUTE } from '../../portfolio/time.ts'

/** A circuit breaker of one endpoint, as data that can be stored. Instants in milliseconds. */
export type Breaker = {
  /** While closed, the failures in a row; once open, how often in a row it opened. */
  failures: number
  /** Nothing is asked before this instant; 0 while closed. */
  openUntil: number
  /** One call is out to see whether the endpoint has recovered. */
  probing: boolean
}

const LONGEST = 30 * MINUTE
const FAILURE_THRESHOLD = 5

export const closed: Breaker = { failures: 0, openUntil: 0, probing: false }

/**
 * May a call go out now? `breaker` is the state to keep. After its rest an open breaker lets one probe through; a
 * probe that is never heard of again is followed by another a minute later.
 */
export function allow(breaker: Breaker, now: number): { allowed: boolean; breaker: Breaker } {
  if (breaker.openUntil === 0) return { allowed: true, breaker }
  if (now < breaker.openUntil) return { allowed: false, breaker }
  return { allowed: true, breaker: { ...breaker, openUntil: now + MINUTE, probing: true } }
}

/** A call that was answered closes the circuit, unless it was made before it opened. */
export function afterSuccess(breaker: Breaker, now: number): Breaker {
  return isResting(breaker, now) ? breaker : closed
}

/**
 * Asked to slow down: rests for what Retry-After says (seconds), and not less than a minute, doubled each time it
 * opens again, half an hour at most.
 */
export function afterTooMany(breaker: Breaker, now: number, retryAfter = 0): Breaker {
  const opened = breaker.openUntil === 0 ? 0 : breaker.failures
  const resting = isResting(breaker, now)
  const rest = Math.max(retryAfter * 1000, resting ? 0 : MINUTE * 2 ** opened)
  return {
    failures: resting ? breaker.failures : opened + 1,
    openUntil: Math.max(resting ? breaker.openUntil : 0, now + Math.min(rest, LONGEST)),
    probing: false,
  }
}

/** A 5xx, timeout or network error: after five in a row, or a failed probe, it rests for a minute. */
export function afterFailure(breaker: Breaker, now: number): Breaker {
  if (isResting(breaker, now)) return breaker
  if (breaker.openUntil > 0)
    return { failures: breaker.failures + 1, openUntil: now + MINUTE, probing: false }
  const failures = breaker.failures + 1
  return failures < FAILURE_THRESHOLD
    ? { ...breaker, failures }
    : { failures: 1, openUntil: now + MINUTE, probing: false }
}

/** Open, and what arrives is the late answer of a call made before: no verdict on a recovery. */
function isResting({ openUntil, probing }: Breaker, now: number): boolean {
  return now < openUntil && !probing
}
