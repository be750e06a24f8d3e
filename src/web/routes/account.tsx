import { Hono } from 'hono'
import { renameAccount } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { removeBrowsers } from '../../storage/notice-channels.ts'
import { endSession, endSessions } from '../../storage/sessions.ts'
import { closePages } from '../access/close-pages.ts'
import { eraseEverything } from '../access/erase-account.ts'
import { isFresh } from '../access/fresh.ts'
import { takeSession } from '../access/session-cookie.ts'
import { signedIn } from '../access/visitor.ts'
import { accountPage } from '../account-page.tsx'
import { smallForm } from '../form-body.ts'
import { keepLastSnapshot, keepNothing } from '../kept-snapshot.ts'
import { leaveNotice } from '../notice.ts'
import { refusal } from '../refusal.tsx'
import type { AppEnv } from '../request.ts'
import { english } from '../words/words.ts'

export const account = new Hono<AppEnv>()

account.get('/account', (c) => accountPage(c, 200))

account.post('/account/name', smallForm, async (c) => {
  const { name } = await c.req.parseBody<{ [field: string]: string }>()
  const typed = (name ?? '').trim()
  if (typed === '' || typed.length > 100)
    return accountPage(c, 422, { typed, fault: english('Enter a name of at most 100 characters.') })
  const db = database(c.env.DB)
  await inOneTransaction(db, [renameAccount(db, (await signedIn(c)).account, typed)])
  leaveNotice(c, english('Name saved.'))
  return c.redirect('/account', 303)
})

account.post('/account/kept-snapshot', smallForm, async (c) => {
  const { keep } = await c.req.parseBody()
  if (keep !== 'on' && keep !== 'off')
    return refusal(c, 422, english('Say with keep=on or keep=off what to do.'))
  if (keep === 'on') keepLastSnapshot(c, await signedIn(c))
  else keepNothing(c)
  leaveNotice(
    c,
    keep === 'on'
      ? english('This browser keeps each dashboard as you last saw it, from the next one that you open.')
      : english('This browser keeps nothing any more, and what it kept is deleted.'),
  )
  return c.redirect('/account', 303)
})

account.post('/account/sign-out-everywhere', async (c) => {
  const { account: id, list, groups } = await signedIn(c)
  const db = database(c.env.DB)
  await inOneTransaction(db, [endSessions(db, id), removeBrowsers(db, id, null)])
  takeSession(c)
  await closePages(c, [...list, ...groups], { account: id })
  return c.redirect('/sign-in', 303)
})

account.post('/account/sessions/:session/end', async (c) => {
  const { account: id, proof, list, groups } = await signedIn(c)
  const session = c.req.param('session')
  const db = database(c.env.DB)
  await inOneTransaction(db, [endSession(db, id, session), removeBrowsers(db, id, session)])
  await closePages(c, [...list, ...groups], { account: id, session })
  if (session === proof.id) {
    takeSession(c)
    return c.redirect('/sign-in', 303)
  }
  leaveNotice(c, english('That browser is signed out.'))
  return c.redirect('/account', 303)
})

account.post('/account/delete', smallForm, async (c) => {
  const visitor = await signedIn(c)
  const { confirm } = await c.req.parseBody()
  const confirmed = typeof confirm === 'string' ? confirm.trim() : ''
  if (!isFresh(visitor, Date.now()) || confirmed !== visitor.name.trim())
    return accountPage(c, 422, { confirmed })
  await eraseEverything(c, visitor)
  takeSession(c)
  leaveNotice(c, english('Your account and everything in it was deleted.'))
  return c.redirect('/sign-in', 303)
})
