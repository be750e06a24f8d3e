import type { Role } from '../../storage/visitors.ts'
import { suffices } from '../access/role.ts'

let shownTo: Role | null = null

/** Sets whom a page is written for, by their role in its portfolio, while `write` runs; that must be synchronous. */
export function writtenFor<T>(role: Role | null, write: () => T): T {
  const before = shownTo
  shownTo = role
  try {
    return write()
  } finally {
    shownTo = before
  }
}

/** Says whether a page has what changes its portfolio: only for whom the server would not refuse it. */
export function mayEdit(): boolean {
  return shownTo !== null && suffices(shownTo, 'editor')
}
