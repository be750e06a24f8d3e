import { accountLog } from '../storage/activity-log.ts'
import { tokensOf } from '../storage/api-tokens.ts'
import { database } from '../storage/database.ts'
import { sharedWith } from '../storage/erasure.ts'
import { passkeysOf } from '../storage/passkeys.ts'
import { unusedCodes } from '../storage/recovery-codes.ts'
import { sessionsOf } from '../storage/sessions.ts'
import { isFresh } from './access/fresh.ts'
import { relyingParty } from './access/relying-party.ts'
import { signedIn } from './access/visitor.ts'
import { isKeeping } from './kept-snapshot.ts'
import { renderPage } from './render-page.tsx'
import type { AppContext } from './request.ts'
import { Account, type RefusedForm } from './views/account.tsx'
import { english } from './words/words.ts'

/** So many of the latest changes are shown. */
const SHOWN = 10

/** Responds with the account of whoever is signed in; a form of it that was refused comes back as it was typed. */
export async function accountPage(
  c: AppContext,
  status: 200 | 422,
  refused: RefusedForm = {},
): Promise<Response> {
  const visitor = await signedIn(c)
  const { account: id, list } = visitor
  const db = database(c.env.DB)
  const now = Date.now()
  const [sessions, tokens, passkeys, codes, log, shared] = await Promise.all([
    sessionsOf(db, id, now),
    tokensOf(db, id),
    passkeysOf(db, id),
    unusedCodes(db, id),
    accountLog(db, id, SHOWN),
    sharedWith(db, id),
  ])
  const shown = { visitor, sessions, tokens, passkeys, codes, log, shared, now, ...refused }
  const page = (
    <Account
      {...shown}
      isKeeping={isKeeping(c, visitor)}
      isFresh={isFresh(visitor, now)}
      hasPasskeys={relyingParty(c) !== null}
    />
  )
  return renderPage(c, status, english('Account'), page, { list })
}
