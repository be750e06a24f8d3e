import { createMiddleware } from 'hono/factory'
import { refusal } from '../refusal.tsx'
import type { AppContext, AppEnv } from '../request.ts'

/** The methods that change nothing (RFC 9110, section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What a form of a page can send, and it can only POST. Without a content type it may be one of them. */
const formTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain|$)/i

/**
 * Refuses what changes something when a page of another site sends it, whatever its content type: a form can send text
 * that reads as JSON. A browser names the site in `Sec-Fetch-Site`, and in `Origin` at least where it does not. A program
 * sends neither, and no form. Hono's `csrf` looks only at the content types of forms.
 */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (safe.has(c.req.method)) return next()
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = c.req.header()
  const isNamed = origin !== undefined || site !== undefined
  const isOwn = (site ?? 'same-origin') === 'same-origin' && (origin ?? ownOf(c)) === ownOf(c)
  const isForm = c.req.method === 'POST' && formTypes.test(type.trim())
  if (isNamed ? isOwn : !isForm) return next()
  return refusal(c, 403, 'This request came from a page of another site. Open Yardstick and do it there.')
})

function ownOf(c: AppContext): string {
  return new URL(c.req.url).origin
}
