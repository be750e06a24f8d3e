import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Visitor } from '../storage/visitors.ts'
import { cookieAttributes } from './access/session-cookie.ts'
import assets from './assets.json'
import type { AppContext } from './request.ts'

/** The cookie names the account, so that nothing of somebody else who signs in with the same browser is kept. */
const COOKIE = 'keep'
const YEAR = 365 * 24 * 60 * 60

/**
 * Returns what the service worker calls what it keeps of this visitor's pages: of another account or another build it keeps
 * nothing any longer. Null where nothing is to be kept.
 */
export function keptName(c: AppContext, visitor: Visitor | null): string | null {
  return visitor !== null && isKeeping(c, visitor) ? `${visitor.account} ${assets.js} ${assets.css}` : null
}

/** Says whether the visitor has chosen that this browser keeps their last snapshot. */
export function isKeeping(c: AppContext, { account }: Visitor): boolean {
  return getCookie(c, COOKIE) === account
}

export function keepLastSnapshot(c: AppContext, { account }: Visitor): void {
  setCookie(c, COOKIE, account, { ...cookieAttributes(c), maxAge: YEAR })
}

export function keepNothing(c: AppContext): void {
  deleteCookie(c, COOKIE, cookieAttributes(c))
}
