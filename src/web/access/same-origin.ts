import { createMiddleware } from 'hono/factory'
import { refusal } from '../refusal.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { accessSettings } from './access-settings.ts'
import { needOf } from './gate.tsx'
import { sessionOf } from './session-cookie.ts'
import { bearer } from './visitor.ts'
import { english } from '../words/words.ts'

/** The methods that change nothing (RFC 9110, section 9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what changes something when a page of another site sends it, whatever its content type and whether it signs in or
 * out. A browser names the site in `Sec-Fetch-Site`, and in `Origin` at least where it does not. A program with an API
 * token, and no session beside it, may send what it likes: no page of another site can add the header. Where it sends no
 * token, or one that is none, and no site, it is told so later. Hono's `csrf` looks only at the content types of forms, though
 * text that a form sends can read as JSON.
 */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (safe.has(c.req.method)) return next()
  if (bearer(c) !== null && sessionOf(c) === null) return next()
  const { origin, authorization, 'sec-fetch-site': site } = c.req.header()
  if (origin === undefined && site === undefined) {
    const isProgram = /^Bearer /i.test(authorization ?? '')
    if (sessionOf(c) === null && (isProgram || isNobodys(c))) return next()
    return refusal(
      c,
      403,
      english('Send the header `Origin: {origin}`, or an API token in place of the session.', {
        origin: ownOf(c),
      }),
    )
  }
  if ((site ?? 'same-origin') === 'same-origin' && (origin ?? ownOf(c)) === ownOf(c)) return next()
  return refusal(
    c,
    403,
    english('This request came from a page of another site. Open Yardstick and do it there.'),
  )
})

/**
 * Says whether a request is nobody's at a route that needs somebody, which the gate will say (401). Behind Cloudflare Access it
 * may be somebody's without a session.
 */
function isNobodys(c: AppContext): boolean {
  const need = needOf(c)
  return accessSettings(c.env) === null && need !== null && need !== 'public' && need !== 'always'
}

function ownOf(c: AppContext): string {
  return new URL(c.req.url).origin
}
