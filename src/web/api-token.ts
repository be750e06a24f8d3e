import { DAY } from '../portfolio/time.ts'
import { type ApiToken, MOST_TOKENS, revokeToken } from '../storage/api-tokens.ts'
import { database } from '../storage/database.ts'
import { closePages } from './access/close-pages.ts'
import { hashOf, newSecret } from './access/secret.ts'
import { signedIn } from './access/visitor.ts'
import { faultsIn, type FieldFault, type Typed } from './api/field.ts'
import { tokenBody, wrongScope } from './api/token-body.ts'
import type { AppContext } from './request.ts'
import { english } from './words/words.ts'

type TokenForm = {
  name: string
  scope: ApiToken['scope']
  /** Null for one that does not expire. */
  expiresInDays: number | null
}

/** Reads what a form or a script asks for. Without a scope a token may only read, and without days it lasts 90. */
export function readTokenForm(
  input: Typed<typeof tokenBody>,
): { form: TokenForm } | { faults: FieldFault[] } {
  const faults = faultsIn(tokenBody, input)
  const name = (input.name ?? '').trim()
  if (input.name == null) faults.push({ field: 'name', reason: 'a token needs a name' })
  const listed = [input.scopes ?? []].flat()
  if (!listed.every((scope) => scope === 'read' || scope === 'write'))
    faults.push({ field: 'scopes', reason: wrongScope })
  const days = input.expires_in_days === undefined ? '90' : (input.expires_in_days ?? 'never')
  const expiresInDays = days === 'never' ? null : Number(days)
  const scope = [input.scope, ...listed].includes('write') ? 'write' : 'read'
  return faults.length > 0 ? { faults } : { form: { name, scope, expiresInDays } }
}

/** Makes a token of an account. The token itself is nowhere but in the answer; only its hash is stored. */
export async function newToken(
  accountId: string,
  { name, scope, expiresInDays }: TokenForm,
  now: number,
): Promise<{ token: string; row: ApiToken }> {
  const secret = newSecret()
  const token = `ys_${secret}`
  const expiresAt = expiresInDays === null ? null : now + expiresInDays * DAY
  const row: ApiToken = {
    hash: await hashOf(secret),
    id: crypto.randomUUID(),
    accountId,
    name,
    prefix: token.slice(0, 8),
    scope,
    createdAt: now,
    expiresAt,
    usedAt: null,
  }
  return { token, row }
}

export const tooManyTokens = english('An account has at most {n} API tokens. Revoke one first.', {
  n: MOST_TOKENS,
})
export const noSuchToken = english('You have no such API token. It may have been revoked already.')

/** Revokes a token of whoever is signed in, and closes what it has open. False when they have no such token. */
export async function revoke(c: AppContext, id: string): Promise<boolean> {
  const { account, list, groups } = await signedIn(c)
  if (!(await revokeToken(database(c.env.DB), account, id, Date.now()))) return false
  await closePages(c, [...list, ...groups], { account, session: id })
  return true
}
