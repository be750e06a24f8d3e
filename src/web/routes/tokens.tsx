import { Hono } from 'hono'
import { addToken } from '../../storage/api-tokens.ts'
import { database } from '../../storage/database.ts'
import { signedIn } from '../access/visitor.ts'
import { accountPage } from '../account-page.tsx'
import { newToken, noSuchToken, readTokenForm, revoke, tooManyTokens } from '../api-token.ts'
import { byField, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import type { AppEnv } from '../request.ts'
import { NewToken } from '../views/api-tokens.tsx'
import { english } from '../words/words.ts'

export const tokens = new Hono<AppEnv>()

// the answer shows the token, and no later one does: it stays in no cookie and no cache
tokens.post('/account/tokens', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readTokenForm(typed)
  if ('faults' in read) return accountPage(c, 422, { token: { typed, faults: byField(read.faults) } })
  const { account, list } = await signedIn(c)
  const now = Date.now()
  const { token, row } = await newToken(account, read.form, now)
  if (!(await addToken(database(c.env.DB), row, now))) return refusal(c, 422, tooManyTokens)
  c.header('cache-control', 'private, no-store')
  return renderPage(c, 201, english('New API token'), <NewToken token={token} row={row} />, { list })
})

tokens.post('/account/tokens/:token/revoke', async (c) => {
  if (!(await revoke(c, c.req.param('token')))) return refusal(c, 404, noSuchToken)
  leaveNotice(c, english('API token revoked.'))
  return c.redirect('/account', 303)
})
