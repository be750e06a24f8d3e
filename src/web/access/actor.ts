import type { AppContext } from '../request.ts'

/**
 * Returns the id of the user who makes this request. There is one user until sign-in comes. The session is then read
 * here, and nowhere else.
 */
export function actorOf(_c: AppContext): string {
  return 'owner'
}
