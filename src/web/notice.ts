import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './request.ts'
import { type English, english } from './words/words.ts'

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

/**
 * Has the page say that a value in its address was not understood, and what is shown instead. An old bookmark still leads to
 * the page, whose figures are then not those that it was kept for.
 */
export function noteMisread(c: AppContext, name: string, instead: English): void {
  const value = (c.req.query(name) ?? '').slice(0, 40)
  const words = '“{value}” in the address ({name}) was not understood. {reason}'
  c.set('misread', english(words, { value, name, reason: instead }))
}
