import { Hono } from 'hono'
import { claim, FIRST } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { removeBrowsers } from '../../storage/notice-channels.ts'
import { endSession } from '../../storage/sessions.ts'
import { accessSettings } from '../access/access-settings.ts'
import { signInAs } from '../access/begin-session.ts'
import { closePages } from '../access/close-pages.ts'
import { isLocalOwner } from '../access/local-owner.ts'
import { relyingParty } from '../access/relying-party.ts'
import { takeSession } from '../access/session-cookie.ts'
import { signedIn, visitorOf } from '../access/visitor.ts'
import { ownPath } from '../own-path.ts'
import { renderPage } from '../render-page.tsx'
import { withReader } from '../reader.ts'
import { type AppEnv, reader } from '../request.ts'
import { SignIn, SignInElsewhere } from '../views/sign-in.tsx'
import { english, t } from '../words/words.ts'

/** Cloudflare answers this address itself. */
const ACCESS_SIGN_OUT = '/cdn-cgi/access/logout'

export const signIn = new Hono<AppEnv>()

signIn.get('/sign-in', async (c) => {
  if (accessSettings(c.env) !== null) return renderPage(c, 200, english('Sign in'), <SignInElsewhere />)
  const next = ownPath(c.req.query('next'))
  // what needs a fresh sign-in leads here with `again`
  if (c.req.query('again') === undefined && (await visitorOf(c))) return c.redirect(next, 303)
  const page = <SignIn next={next} isLocal={isLocalOwner(c)} hasPasskeys={relyingParty(c) !== null} />
  return renderPage(c, 200, english('Sign in'), page)
})

// whoever sits at the machine that it runs on
signIn.post('/sign-in/local', async (c) => {
  if (!isLocalOwner(c)) return c.notFound()
  const db = database(c.env.DB)
  const name = withReader(reader(c), () => t('Local owner'))
  await signInAs(c, FIRST, claim(db, { name, now: Date.now() }))
  if (c.req.header('accept')?.includes('application/json')) return c.json({ user: FIRST })
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
  return c.redirect(ownPath(body.next), 303)
})

signIn.post('/sign-out', async (c) => {
  const { account, proof, list, groups, by } = await signedIn(c)
  const all = [...list, ...groups]
  if (by === 'access') {
    await closePages(c, all, { account })
    return c.redirect(ACCESS_SIGN_OUT, 303)
  }
  const db = database(c.env.DB)
  await inOneTransaction(db, [endSession(db, account, proof.id), removeBrowsers(db, account, proof.id)])
  takeSession(c)
  await closePages(c, all, { account, session: proof.id })
  return c.redirect('/sign-in', 303)
})
