import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './request.ts'
import { cookieAttributes } from './access/session-cookie.ts'

/** The cookie names the channel by which this browser is told things. */
const COOKIE = 'push'
const YEAR = 365 * 24 * 60 * 60

/** Returns the id of the channel to this browser, whosever it is; null where it has none. */
export function channelHere(c: AppContext): string | null {
  const id = getCookie(c, COOKIE) ?? ''
  return /^[\da-f-]{36}$/.test(id) ? id : null
}

export function noteChannelHere(c: AppContext, id: string): void {
  setCookie(c, COOKIE, id, { ...cookieAttributes(c), maxAge: YEAR })
}

export function forgetChannelHere(c: AppContext): void {
  deleteCookie(c, COOKIE, cookieAttributes(c))
}
