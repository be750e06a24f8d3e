import type { AppContext } from '../request.ts'

/**
 * Who makes this request: the id of a user. One owner until sign-in comes; then the session says who, here and nowhere
 * else.
 */
export function actorOf(_c: AppContext): string {
  return 'owner'
}
