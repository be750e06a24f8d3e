import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './request.ts'

const COOKIE = 'notice'

/** Stores a sentence about an edit or an import, for the next page that this browser loads. */
export function leaveNotice(c: AppContext, sentence: string): void {
  setCookie(c, COOKIE, sentence.slice(0, 300), { path: '/', maxAge: 60, httpOnly: true, sameSite: 'Lax' })
}

/**
 * Returns the stored sentence and deletes it. A fragment, which another tab may load at the same time, neither shows
 * nor deletes it.
 */
export function takeNotice(c: AppContext): string | null {
  if (c.req.header('hx-request')) return null
  const sentence = getCookie(c, COOKIE)
  if (!sentence) return null
  deleteCookie(c, COOKIE, { path: '/' })
  return sentence.slice(0, 300)
}
