import type { Visitor } from '../../storage/visitors.ts'

/** So long after a sign-in a browser may do what cannot be taken back. */
const FRESH = 10 * 60_000

/** Says whether whoever uses this session has just proved who they are: it may be a browser that somebody left open. */
export function isFresh({ by, proof }: Visitor, now: number): boolean {
  return by === 'session' && now - proof.createdAt <= FRESH
}
