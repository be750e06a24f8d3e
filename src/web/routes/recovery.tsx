import { Hono } from 'hono'
import { database, inOneTransaction } from '../../storage/database.ts'
import { isUnused, ownerOfCode, replaceCodes, useCode } from '../../storage/recovery-codes.ts'
import { removeBrowsers } from '../../storage/notice-channels.ts'
import { endSessions } from '../../storage/sessions.ts'
import { visibleTo } from '../../storage/visitors.ts'
import { signInAs } from '../access/begin-session.ts'
import { closePages } from '../access/close-pages.ts'
import { refuseStale } from '../access/fresh.ts'
import { tryOnce } from '../access/guessing.ts'
import { isLocalOwner } from '../access/local-owner.ts'
import { newCodes, readCode } from '../access/recovery-code.ts'
import { relyingParty } from '../access/relying-party.ts'
import { signedIn } from '../access/visitor.ts'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { RecoveryCodes } from '../views/recovery-codes.tsx'
import { SignIn } from '../views/sign-in.tsx'
import { english } from '../words/words.ts'

export const recovery = new Hono<AppEnv>()

// signs in whoever has a recovery code, and everybody else of the account out: a device may have been stolen
recovery.post('/sign-in/recovery-code', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const code = await readCode((typed.code ?? '').slice(0, 100))
  const db = database(c.env.DB)
  const account = await tryOnce(c, code && `recovery ${code.mark}`, async () =>
    code ? ownerOfCode(db, code.hash) : null,
  )
  if (account instanceof Response) return account
  if (code === null || account === null || !(await signInBy(c, account, code.hash))) {
    const fault = english('This is not a recovery code, or it was already used. Each code works once.')
    const page = (
      <SignIn next="/" isLocal={isLocalOwner(c)} hasPasskeys={relyingParty(c) !== null} fault={fault} />
    )
    return renderPage(c, 422, english('Sign in'), page)
  }
  const { list, groups } = await visibleTo(db, account)
  await closePages(c, [...list, ...groups], { account })
  leaveNotice(
    c,
    english(
      'You are signed in here and signed out everywhere else. The code cannot be used again, so add a new passkey now.',
    ),
  )
  return c.redirect('/account', 303)
})

/** Signs in by a code, and uses it up with that or not at all; false when somebody was faster. */
function signInBy(c: AppContext, account: string, hash: string): Promise<boolean> {
  const db = database(c.env.DB)
  const unused = isUnused(hash)
  const others = [endSessions(db, account, unused), removeBrowsers(db, account, null, unused)]
  return signInAs(c, account, others, unused, [useCode(db, hash, Date.now())])
}

// the codes are in this answer, and nowhere else
recovery.post('/account/recovery-codes', async (c) => {
  const visitor = await signedIn(c)
  const stale = refuseStale(c, visitor)
  if (stale) return stale
  const db = database(c.env.DB)
  const { codes, hashes } = await newCodes(visitor.account)
  await inOneTransaction(db, replaceCodes(db, visitor.account, hashes, Date.now()))
  c.header('cache-control', 'private, no-store')
  return renderPage(c, 200, english('Recovery codes'), <RecoveryCodes codes={codes} />, {
    list: visitor.list,
  })
})
