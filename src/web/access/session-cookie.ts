import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { keepNothing } from '../kept-snapshot.ts'
import type { AppContext } from '../request.ts'
import { forgetChannelHere } from '../this-browser.ts'
import { isLocalOwner } from './local-owner.ts'
import { isSecret } from './secret.ts'

/** Returns the secret of the session that this browser has; null for none. */
export function sessionOf(c: AppContext): string | null {
  const secret = getCookie(c, nameAt(c)) ?? ''
  return isSecret(secret) ? secret : null
}

/** Gives this browser a session, for as long as the server's copy can last. */
export function giveSession(c: AppContext, secret: string): void {
  setCookie(c, nameAt(c), secret, { ...cookieAttributes(c), maxAge: 90 * 24 * 60 * 60 })
}

export function takeSession(c: AppContext): void {
  deleteCookie(c, nameAt(c), cookieAttributes(c))
  keepNothing(c)
  forgetChannelHere(c)
}

/** A browser takes a `__Host-` cookie only from the host itself, and only for the whole of it. */
function nameAt(c: AppContext): string {
  return isPlain(c) ? 'session' : '__Host-session'
}

/** What every cookie has that proves something. */
export function cookieAttributes(c: AppContext) {
  return { path: '/', httpOnly: true, secure: !isPlain(c), sameSite: 'Lax' } as const
}

/** Safari keeps no Secure cookie of http://localhost. */
export function isPlain(c: AppContext): boolean {
  return isLocalOwner(c) && new URL(c.req.url).protocol === 'http:'
}
