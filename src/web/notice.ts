import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './request.ts'

const COOKIE = 'notice'

/** Leaves a sentence for the next page of this browser: what an edit or an import has done. */
export function leaveNotice(c: AppContext, sentence: string): void {
  setCookie(c, COOKIE, sentence.slice(0, 300), { path: '/', maxAge: 60, httpOnly: true, sameSite: 'Lax' })
}

/** What was left, once. A part of a page that another tab asks for by itself does not take it away. */
export function takeNotice(c: AppContext): string | null {
  if (c.req.header('hx-request')) return null
  const sentence = getCookie(c, COOKIE)
  if (!sentence) return null
  deleteCookie(c, COOKIE, { path: '/' })
  return sentence.slice(0, 300)
}
