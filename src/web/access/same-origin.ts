import { createMiddleware } from 'hono/factory'
import { refusal } from '../refusal.tsx'
import type { AppEnv } from '../request.ts'

/** The methods that change nothing (RFC 9110, section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what changes something when a page of another site sends it, whatever its content type: a form can send text
 * that reads as JSON. A browser names the site in `Sec-Fetch-Site`, and in `Origin` at least where it does not. A program
 * sends neither. Hono's `csrf` looks only at the content types of forms.
 */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (safe.has(c.req.method)) return next()
  const site = c.req.header('sec-fetch-site') ?? 'same-origin'
  const own = new URL(c.req.url).origin
  const origin = c.req.header('origin') ?? own
  if (site === 'same-origin' && origin === own) return next()
  return refusal(c, 403, 'This request came from a page of another site. Open Yardstick and do it there.')
})
