import { Hono } from 'hono'
import { renameAccount } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { endSession, endSessions, sessionsOf } from '../../storage/sessions.ts'
import { closePages } from '../access/close-pages.ts'
import { takeSession } from '../access/session-cookie.ts'
import { signedIn } from '../access/visitor.ts'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Account } from '../views/account.tsx'

export const account = new Hono<AppEnv>()

account.get('/account', (c) => accountPage(c, 200))

account.post('/account/name', smallForm, async (c) => {
  const { name } = await c.req.parseBody<{ [field: string]: string }>()
  const typed = (name ?? '').trim()
  if (typed === '' || typed.length > 100)
    return accountPage(c, 422, 'Enter a name of at most 100 characters.')
  const db = database(c.env.DB)
  await inOneTransaction(db, [renameAccount(db, (await signedIn(c)).account, typed)])
  leaveNotice(c, 'Name saved.')
  return c.redirect('/account', 303)
})

account.post('/account/sign-out-everywhere', async (c) => {
  const { account: id, list } = await signedIn(c)
  const db = database(c.env.DB)
  await inOneTransaction(db, [endSessions(db, id)])
  takeSession(c)
  await closePages(c, list, { account: id })
  return c.redirect('/sign-in', 303)
})

account.post('/account/sessions/:session/end', async (c) => {
  const { account: id, proof, list } = await signedIn(c)
  const session = c.req.param('session')
  const db = database(c.env.DB)
  await inOneTransaction(db, [endSession(db, id, session)])
  await closePages(c, list, { account: id, session })
  if (session === proof.id) {
    takeSession(c)
    return c.redirect('/sign-in', 303)
  }
  leaveNotice(c, 'That browser is signed out.')
  return c.redirect('/account', 303)
})

async function accountPage(c: AppContext, status: 200 | 422, fault?: string): Promise<Response> {
  const visitor = await signedIn(c)
  const now = Date.now()
  const sessions = await sessionsOf(database(c.env.DB), visitor.account, now)
  const page = <Account visitor={visitor} sessions={sessions} now={now} fault={fault} />
  return renderPage(c, status, 'Account', page, { list: visitor.list })
}
