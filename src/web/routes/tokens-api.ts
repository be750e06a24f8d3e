import { Hono } from 'hono'
import { addToken, type ApiToken, tokensOf } from '../../storage/api-tokens.ts'
import { database } from '../../storage/database.ts'
import { signedIn } from '../access/visitor.ts'
import { newToken, noSuchToken, readTokenForm, revoke, tooManyTokens } from '../api-token.ts'
import { tokenBody } from '../api/token-body.ts'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const tokensApi = new Hono<AppEnv>()

tokensApi.get('/api/tokens', async (c) => {
  const tokens = await tokensOf(database(c.env.DB), (await signedIn(c)).account)
  return c.json({ tokens: tokens.map(tokenJson) })
})

tokensApi.post('/api/tokens', smallJson, async (c) => {
  const body = await jsonBody(c, tokenBody)
  if (body instanceof Response) return body
  const read = readTokenForm(body)
  if ('faults' in read) return refused(c, read.faults)
  const now = Date.now()
  const { token, row } = await newToken((await signedIn(c)).account, read.form, now)
  if (!(await addToken(database(c.env.DB), row, now))) return problem(c, 422, tooManyTokens)
  c.header('cache-control', 'private, no-store')
  return c.json({ ...tokenJson(row), token }, 201)
})

tokensApi.delete('/api/tokens/:token', async (c) => {
  return (await revoke(c, c.req.param('token'))) ? c.body(null, 204) : problem(c, 404, noSuchToken)
})

function tokenJson({ id, name, prefix, scope, createdAt, expiresAt, usedAt }: ApiToken) {
  return {
    id,
    name,
    prefix,
    scope,
    scopes: scope === 'write' ? ['read', 'write'] : ['read'],
    created_at: instant(createdAt),
    expires_at: instant(expiresAt),
    last_used_on: instant(usedAt)?.slice(0, 10) ?? null,
  }
}
