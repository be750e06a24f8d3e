import { Hono } from 'hono'
import { isClaimOf } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { replaceCodes } from '../../storage/recovery-codes.ts'
import { accept, invitationBy, type Invited, openAccount } from '../../storage/invitations.ts'
import { accessSettings } from '../access/access-settings.ts'
import { signInAs } from '../access/begin-session.ts'
import { renewGroups } from '../access/close-pages.ts'
import { newCodes } from '../access/recovery-code.ts'
import { relyingParty } from '../access/relying-party.ts'
import { hashOf, isSecret } from '../access/secret.ts'
import { visitorOf } from '../access/visitor.ts'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Invitation } from '../views/invitation.tsx'
import { RecoveryCodes } from '../views/recovery-codes.tsx'
import { english } from '../words/words.ts'

export const invitations = new Hono<AppEnv>()

invitations.get('/invitations/:secret', async (c) => {
  const invited = await invitation(c)
  if (!invited) return gone(c)
  const visitor = await visitorOf(c)
  if (visitor?.list.some(({ id }) => id === invited.portfolioId) && invited.role === 'viewer')
    return c.redirect(`/portfolios/${invited.portfolioId}`, 303)
  return invitationPage(c, 200, invited)
})

// makes whoever is signed in a member, and who is not by the name they enter an account
invitations.post('/invitations/:secret', smallForm, async (c) => {
  const invited = await invitation(c)
  if (!invited) return gone(c)
  const db = database(c.env.DB)
  const hash = await hashOf(c.req.param('secret'))
  const visitor = await visitorOf(c)
  if (visitor) {
    if (visitor.by === 'token') return refusal(c, 403, english('Accept the invitation with a browser.'))
    if (visitor.account === invited.owner) return c.redirect(`/portfolios/${invited.portfolioId}`, 303)
    const [accepted] = await inOneTransaction(db, accept(db, { hash, invited }, visitor.account, Date.now()))
    if (accepted!.meta.changes === 0) return gone(c)
    await renewGroups(c, visitor.account, invited.portfolioId)
    leaveNotice(c, english('You are a member of {portfolio}.', { portfolio: invited.portfolio }))
    return c.redirect(`/portfolios/${invited.portfolioId}`, 303)
  }
  // whom Cloudflare Access lets in has an account already
  if (accessSettings(c.env) !== null) return refusal(c, 401, english('Sign in first.'))
  const { name = '' } = await c.req.parseBody<{ name?: string }>()
  const account = { id: crypto.randomUUID(), name: name.trim() }
  if (account.name === '' || account.name.length > 100)
    return invitationPage(c, 422, invited, {
      name,
      fault: english('Enter a name of at most 100 characters.'),
    })
  const now = Date.now()
  const { codes, hashes } = await newCodes(account.id)
  const joining = [
    openAccount(account, hash, now),
    ...accept(db, { hash, invited }, account.id, now),
    ...replaceCodes(db, account.id, hashes, now),
  ]
  // otherwise somebody else was faster
  if (!(await signInAs(c, account.id, joining, isClaimOf(hashes[0]!)))) return gone(c)
  const page = (
    <RecoveryCodes
      codes={codes}
      hasPasskeys={relyingParty(c) !== null}
      first={{
        title: english('You are a member of {portfolio}', { portfolio: invited.portfolio }),
        next: `/portfolios/${invited.portfolioId}`,
      }}
    />
  )
  return renderPage(c, 200, english('Your account'), page)
})

async function invitation(c: AppContext): Promise<Invited | null> {
  const secret = c.req.param('secret') ?? ''
  // the address is a secret
  c.header('cache-control', 'private, no-store')
  return isSecret(secret) ? invitationBy(database(c.env.DB), await hashOf(secret), Date.now()) : null
}

async function invitationPage(
  c: AppContext,
  status: 200 | 422,
  invited: Invited,
  refused?: { name: string; fault: string },
): Promise<Response> {
  const visitor = await visitorOf(c)
  const secret = c.req.param('secret')!
  const page = (
    <Invitation
      secret={secret}
      invited={invited}
      visitor={visitor}
      mayJoin={accessSettings(c.env) === null}
      refused={refused}
    />
  )
  return renderPage(c, status, english('Invitation'), page)
}

function gone(c: AppContext): Response | Promise<Response> {
  return refusal(
    c,
    404,
    english('This invitation was accepted or revoked, or it has expired. Ask for a new one.'),
  )
}
