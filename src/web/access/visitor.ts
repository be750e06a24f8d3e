import { isClaimed, openByIdentity } from '../../storage/accounts.ts'
import { database } from '../../storage/database.ts'
import { isTokenUseDue, noteTokenUse } from '../../storage/api-tokens.ts'
import { isUseDue, noteUse } from '../../storage/sessions.ts'
import { type Visitor, visitorBy } from '../../storage/visitors.ts'
import { type AppContext, isPortfolioId } from '../request.ts'
import { type AccessSettings, accessSettings } from './access-settings.ts'
import { assertionOf } from './assertion.ts'
import { hashOf, isSecret } from './secret.ts'
import { sessionOf } from './session-cookie.ts'

/**
 * Returns who makes this request, and their role in the portfolio that it names; null when nobody is signed in. It is one
 * query of D1, however often it is asked. A browser presents its session, and a program its token; a request with both is
 * nobody's, because a page of another site could add the one to the other.
 */
export function visitorOf(c: AppContext, portfolioId: string | null = null): Promise<Visitor | null> {
  const known = c.get('visitor') as Promise<Visitor | null> | undefined
  if (known) return known
  const visitor = ask(c, portfolioId !== null && isPortfolioId(portfolioId) ? portfolioId : null)
  c.set('visitor', visitor)
  return visitor
}

/** The same where it was asked before; null where it was not, and where D1 does not say. A refusal asks nothing. */
export async function knownVisitor(c: AppContext): Promise<Visitor | null> {
  const known = c.get('visitor') as Promise<Visitor | null> | undefined
  return known?.catch(() => null) ?? null
}

/** The same on a route that the gate lets nobody through to who is not signed in. */
export async function signedIn(c: AppContext): Promise<Visitor> {
  const visitor = await visitorOf(c)
  if (!visitor) throw new Error('a route that needs an account was reached without one')
  return visitor
}

async function ask(c: AppContext, portfolioId: string | null): Promise<Visitor | null> {
  const settings = accessSettings(c.env)
  if (settings !== null) return settings === 'incomplete' ? null : throughAccess(c, settings, portfolioId)
  const session = sessionOf(c)
  const token = bearer(c)
  if ((session === null) === (token === null)) return null
  const db = database(c.env.DB)
  const now = Date.now()
  if (token !== null) return byToken(c, token, portfolioId)
  const hash = await hashOf(session!)
  const visitor = await visitorBy(db, 'session', { hash, portfolioId, now })
  if (visitor && isUseDue(visitor.proof.usedAt!, now))
    c.executionCtx.waitUntil(noteUse(db, hash, visitor.endsAt!, now))
  return visitor
}

async function byToken(c: AppContext, token: string, portfolioId: string | null): Promise<Visitor | null> {
  const db = database(c.env.DB)
  const now = Date.now()
  const hash = await hashOf(token)
  const visitor = await visitorBy(db, 'token', { hash, portfolioId, now })
  if (visitor && isTokenUseDue(visitor.proof.usedAt, now))
    c.executionCtx.waitUntil(noteTokenUse(db, hash, now))
  return visitor
}

/**
 * Who comes in through Cloudflare Access: a person by their identity, with an account that is opened when they come first,
 * or a program by its API token. No session counts, and no token of a person.
 */
async function throughAccess(
  c: AppContext,
  settings: AccessSettings,
  portfolioId: string | null,
): Promise<Visitor | null> {
  const assertion = await assertionOf(c, settings)
  const token = bearer(c)
  if (assertion === null || (assertion.of === 'program') !== (token !== null)) return null
  if (assertion.of === 'program') return byToken(c, token!, portfolioId)
  const db = database(c.env.DB)
  const now = Date.now()
  const { identity, email, issuedAt, expiresAt } = assertion
  const find = () => visitorBy(db, 'access', { hash: identity, portfolioId, now })
  let visitor = await find()
  if (!visitor && (await isClaimed(db, true))) {
    await openByIdentity(db, { identity, name: email.slice(0, 100) }, now)
    visitor = await find()
  }
  return visitor && { ...visitor, proof: { ...visitor.proof, createdAt: issuedAt, expiresAt } }
}

/** Returns the API token of the request, `ys_` and 43 characters; null for none. */
export function bearer(c: AppContext): string | null {
  const [, token] = /^Bearer +ys_([\w-]+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  return token !== undefined && isSecret(token) ? token : null
}
