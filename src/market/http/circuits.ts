import type { Circuit } from '../source.ts'
import { afterFailure, afterSuccess, afterTooMany, allow, type Breaker, breakerIn } from './breaker.ts'
import { circuitOpenMessage, type UpstreamCall } from './polite-fetch.ts'

/** Where the breakers are kept, by the name of their circuit. */
type Breakers = {
  get(circuit: string): Breaker | undefined
  put(circuit: string, breaker: Breaker): void
}

/** A question that comes while a probe is out may be asked again after so many seconds. */
const PROBE = 10

export type Circuits = ReturnType<typeof circuits>

/**
 * The circuit breakers of one source. Every call is noted in the circuit of its endpoint; a question is refused while
 * its circuit is open.
 */
export function circuits(known: readonly Circuit[], kept: Breakers, clock: () => number) {
  return { refusal, rests, isOpen, openUntil, note, deadEnd }

  /** Why a question may not go out now; null when it may. A circuit whose rest is over lets one probe through. */
  function refusal(circuit: string): { status: 'unavailable'; reason: string; retryAfter: number } | null {
    const now = clock()
    const { allowed, breaker } = allow(breakerOf(circuit), now)
    kept.put(circuit, breaker)
    if (allowed) return null
    // a probe is out, and its answer is known in seconds
    const retryAfter = breaker.probing ? PROBE : Math.ceil((breaker.openUntil - now) / 1000)
    const { reason } = breaker
    const why =
      reason === undefined ? circuitOpenMessage(retryAfter) : `${reason}; the next try is in ${retryAfter} s`
    return { status: 'unavailable', reason: why, retryAfter }
  }

  /** How many seconds an endpoint still rests; null when it may be called. A queued call asks just before it goes out. */
  function rests(endpoint: string): number | null {
    const { openUntil, probing } = breakerOf(circuitWith(endpoint))
    const left = openUntil - clock()
    return left > 0 && !probing ? Math.ceil(left / 1000) : null
  }

  /** True while a circuit is not closed: it rests, or one probe is to show whether it recovers. */
  function isOpen(circuit: string): boolean {
    return openUntil(circuit) > 0
  }

  /** Until when a circuit is open, in milliseconds; 0 when it is closed. */
  function openUntil(circuit: string): number {
    return breakerOf(circuit).openUntil
  }

  /** Notes how a call went. Returns the circuit that it opened, and for how long (seconds); null when it opened none. */
  function note({ endpoint, outcome, retryAfter, reason }: UpstreamCall): Opened | null {
    const now = clock()
    const circuit = circuitWith(endpoint)
    const before = breakerOf(circuit)
    if (outcome === '429') return keep(circuit, afterTooMany(before, now, retryAfter), reason)
    if (outcome !== 'ok' && outcome !== 'rejected') return keep(circuit, afterFailure(before, now), reason)
    // a cookie and a crumb that come are no recovery while the quotes still refuse them
    return endpoint === circuit ? keep(circuit, afterSuccess(before, now)) : null
  }

  /** Notes that an exchange of calls led nowhere, though each of them was answered: its circuit rests as for a 429. */
  function deadEnd(endpoint: string): Opened | null {
    const circuit = circuitWith(endpoint)
    const before = breakerOf(circuit)
    return keep(circuit, afterTooMany(before, clock()), before.reason)
  }

  function keep(circuit: string, after: Breaker, reason?: string): Opened | null {
    const before = breakerOf(circuit)
    kept.put(circuit, reason === undefined ? after : { ...after, reason })
    return after.openUntil > before.openUntil
      ? { circuit, seconds: Math.ceil((after.openUntil - clock()) / 1000) }
      : null
  }

  function breakerOf(circuit: string): Breaker {
    return breakerIn(kept.get(circuit))
  }

  function circuitWith(endpoint: string): string {
    const circuit = known.find(({ endpoints }) => endpoints.includes(endpoint))
    if (!circuit) throw new Error(`no circuit has the endpoint ${endpoint}`)
    return circuit.name
  }
}

type Opened = { circuit: string; seconds: number }
