import type { Visitor } from '../../storage/visitors.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext } from '../request.ts'
import { english } from '../words/words.ts'

/** So long after a sign-in a browser may do what cannot be taken back. */
const FRESH = 10 * 60_000

/** Says whether whoever uses this session has just proved who they are: it may be a browser that somebody left open. */
export function isFresh({ by, proof }: Visitor, now: number): boolean {
  return by !== 'token' && now - proof.createdAt <= FRESH
}

/** Refuses what only somebody may do who has just signed in. */
export function refuseStale(c: AppContext, visitor: Visitor): Response | Promise<Response> | null {
  if (isFresh(visitor, Date.now())) return null
  return refusal(c, 403, english('You signed in more than ten minutes ago. Sign in again, then do this.'))
}
