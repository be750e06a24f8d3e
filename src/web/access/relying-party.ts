import type { AppContext } from '../request.ts'
import { isLocalOwner } from './local-owner.ts'

/** Where passkeys are made and used: the origin of the pages, and the host name that authenticators keep with a passkey. */
export type RelyingParty = { origin: string; id: string }

/**
 * Returns where passkeys of this instance are used; null when nobody has set ORIGIN. It is never told from the request,
 * whose Host may be anybody's; but on one's own machine only the port is.
 */
export function relyingParty(c: AppContext): RelyingParty | null {
  if (isLocalOwner(c)) {
    const { port } = new URL(c.req.url)
    return { origin: `http://localhost${port === '' ? '' : `:${port}`}`, id: 'localhost' }
  }
  const origin = URL.parse(c.env.ORIGIN ?? '')
  return origin?.protocol === 'https:' ? { origin: origin.origin, id: origin.hostname } : null
}
