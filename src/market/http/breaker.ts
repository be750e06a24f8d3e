import { MINUTE } from '../../portfolio/time.ts'

/** The state of a circuit breaker, as data that can be stored. Instants in milliseconds. */
export type Breaker = {
  /** While closed, the number of failures in a row; once open, how many times in a row it has opened. */
  failures: number
  /** No call goes out before this instant; 0 while closed. */
  openUntil: number
  /** One call is out to see whether the endpoint has recovered. */
  probing: boolean
  /** Why the last call failed, in words; absent where nobody said. */
  reason?: string
}

const LONGEST = 30 * MINUTE
const FAILURE_THRESHOLD = 5

export const closed: Breaker = { failures: 0, openUntil: 0, probing: false }

/** Reads a stored state. What is none counts as closed: one failing call is cheaper than a source that is never asked. */
export function breakerIn(stored: unknown): Breaker {
  const { failures, openUntil, probing } = (stored ?? {}) as Partial<Breaker>
  const isSound = Number.isFinite(failures) && Number.isFinite(openUntil) && typeof probing === 'boolean'
  return isSound ? (stored as Breaker) : closed
}

/**
 * Decides whether a call may go out now; `breaker` is the state to keep. After its rest an open breaker lets one probe
 * through, and another one a minute later when the first is never answered.
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
 * The state after a 429: the circuit rests for as long as Retry-After says (seconds), at least a minute, which doubles
 * each time it opens again, and at most half an hour.
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

/**
 * The state after a 5xx, timeout or network error: after five in a row, or a failed probe, the circuit rests for a
 * minute, which doubles each time it opens again, and at most half an hour.
 */
export function afterFailure(breaker: Breaker, now: number): Breaker {
  const isClosed = breaker.openUntil === 0
  if (isClosed && breaker.failures + 1 < FAILURE_THRESHOLD) {
    return { ...breaker, failures: breaker.failures + 1 }
  }
  return isResting(breaker, now) ? breaker : afterTooMany(breaker, now)
}

/** True while open without a probe: an answer that arrives now is late and says nothing of a recovery. */
function isResting({ openUntil, probing }: Breaker, now: number): boolean {
  return now < openUntil && !probing
}
