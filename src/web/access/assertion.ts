import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import type { AppContext } from '../request.ts'
import { accessKeys } from './access-keys.ts'
import type { AccessSettings } from './access-settings.ts'

/**
 * Whom Cloudflare Access has let through: a person, whom issuer and subject name together, or a program with a service
 * token, which has no subject. Instants are milliseconds since 1970.
 */
type Assertion =
  | { of: 'person'; identity: string; email: string; issuedAt: number; expiresAt: number }
  | { of: 'program' }

/** How far the clocks of Cloudflare and ours may be apart, in seconds. */
const LEEWAY = 60

/**
 * Reads the assertion that Access adds to each request that it lets through, and only from its header: a cookie of the same
 * content is what a page of another site could send. Null when there is none, or it is not ours, not valid, or not signed
 * with a key of the team by RS256.
 */
export function assertionOf(c: AppContext, settings: AccessSettings): Promise<Assertion | null> {
  const known = c.get('assertion') as Promise<Assertion | null> | undefined
  if (known) return known
  const read = verified(c, settings)
  c.set('assertion', read)
  return read
}

async function verified(c: AppContext, { issuer, audience }: AccessSettings): Promise<Assertion | null> {
  const token = c.req.header('cf-access-jwt-assertion') ?? ''
  const now = Date.now()
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    // before anybody is asked for keys
    if (alg !== 'RS256' || typeof kid !== 'string') return null
    const keys = await accessKeys(issuer, kid, now, (work) => c.executionCtx.waitUntil(work))
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms: ['RS256'],
      issuer,
      audience,
      clockTolerance: LEEWAY,
      requiredClaims: ['iss', 'aud', 'exp', 'iat'],
      currentDate: new Date(now),
    })
    const { sub = '', email, iat, exp, common_name: program } = payload
    if (sub === '') return typeof program === 'string' && program !== '' ? { of: 'program' } : null
    return {
      of: 'person',
      identity: `${issuer}|${sub}`,
      email: typeof email === 'string' ? email : '',
      issuedAt: iat! * 1000,
      expiresAt: (exp! + LEEWAY) * 1000,
    }
  } catch {
    return null
  }
}
