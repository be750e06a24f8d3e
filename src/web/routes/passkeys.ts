import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { Hono } from 'hono'
import { log } from '../../jobs/log.ts'
import { database } from '../../storage/database.ts'
import {
  addPasskey,
  MOST_PASSKEYS,
  notePasskeyUse,
  passkeyById,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from '../../storage/passkeys.ts'
import { refuseCeremony } from '../access/allowance.ts'
import { deviceIn, signInAs } from '../access/begin-session.ts'
import { beginCeremony, endCeremony } from '../access/ceremony.ts'
import { refuseStale } from '../access/fresh.ts'
import { relyingParty } from '../access/relying-party.ts'
import { ALGORITHMS, authenticated, registered } from '../access/signed-answer.ts'
import { signedIn } from '../access/visitor.ts'
import { accountPage } from '../account-page.tsx'
import { smallForm } from '../form-body.ts'
import { jsonObject, smallJson } from '../json-body.ts'
import { leaveNotice } from '../notice.ts'
import { problem } from '../problem.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { english } from '../words/words.ts'

export const passkeys = new Hono<AppEnv>()

// what an authenticator is to sign so that this browser is signed in; any passkey of this instance may
passkeys.post('/sign-in/passkey/options.json', async (c) => {
  const party = relyingParty(c)
  if (!party) return notSet(c)
  const tooOften = await refuseCeremony(c)
  if (tooOften) return tooOften
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required' })
  await beginCeremony(c, { ceremony: 'sign in', accountId: null }, options.challenge)
  return c.json(options)
})

passkeys.post('/sign-in/passkey.json', smallJson, async (c) => {
  const party = relyingParty(c)
  if (!party) return notSet(c)
  const answer = await jsonObject(c)
  if (answer instanceof Response) return answer
  const challenge = await endCeremony(c, { ceremony: 'sign in', accountId: null })
  if (challenge === null) return tooLate(c)
  const db = database(c.env.DB)
  const passkey = typeof answer.id === 'string' ? await passkeyById(db, answer.id) : null
  if (!passkey)
    return problem(c, 422, english('This passkey is not known here. Use another one, or a recovery code.'))
  const counter = await authenticated(answer as unknown as AuthenticationResponseJSON, {
    party,
    challenge,
    passkey,
  })
  if (counter === null) return notSigned(c)
  if (!(await notePasskeyUse(db, passkey.id, counter, Date.now()))) {
    log('a passkey counted back', { account: passkey.accountId })
    return problem(
      c,
      422,
      english(
        'There may be a copy of this passkey, because its counter went backwards, so it was refused. Sign in with another passkey or a recovery code, and remove this one.',
      ),
    )
  }
  await signInAs(c, passkey.accountId)
  return c.json({ account: passkey.accountId })
})

// what an authenticator is to sign so that it becomes a passkey of this account
passkeys.post('/account/passkeys/options.json', async (c) => {
  const visitor = await signedIn(c)
  const party = relyingParty(c)
  if (!party) return notSet(c)
  const stale = refuseStale(c, visitor)
  if (stale) return stale
  const { account, name } = visitor
  const own = await passkeysOf(database(c.env.DB), account)
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const options = await generateRegistrationOptions({
    rpName: 'Yardstick',
    rpID: party.id,
    userName: name === '' ? 'Yardstick' : name,
    userID: Uint8Array.from(new TextEncoder().encode(account)),
    supportedAlgorithmIDs: ALGORITHMS,
    attestationType: 'none',
    excludeCredentials: own.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await beginCeremony(c, { ceremony: 'register', accountId: account }, options.challenge)
  return c.json(options)
})

passkeys.post('/account/passkeys.json', smallJson, async (c) => {
  const visitor = await signedIn(c)
  const party = relyingParty(c)
  if (!party) return notSet(c)
  const answer = await jsonObject(c)
  if (answer instanceof Response) return answer
  const challenge = await endCeremony(c, { ceremony: 'register', accountId: visitor.account })
  const stale = refuseStale(c, visitor)
  if (stale) return stale
  if (challenge === null) return tooLate(c)
  const made = await registered(answer as unknown as RegistrationResponseJSON, { party, challenge })
  if (!made) return notSigned(c)
  const name = deviceIn(c.req.header('user-agent') ?? '')
  const passkey = { ...made, accountId: visitor.account, name }
  if (!(await addPasskey(database(c.env.DB), passkey, Date.now())))
    return problem(
      c,
      422,
      english(
        'This passkey is already in use, or you have {n} passkeys, which is the most an account can have.',
        { n: MOST_PASSKEYS },
      ),
    )
  leaveNotice(c, english('Passkey added.'))
  return c.json({ id: made.id }, 201)
})

passkeys.post('/account/passkeys/:passkey/name', smallForm, async (c) => {
  const { account } = await signedIn(c)
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const name = (typed.name ?? '').trim()
  const id = c.req.param('passkey')
  if (name === '' || name.length > 100) {
    const fault = english('Enter a name of at most 100 characters.')
    return accountPage(c, 422, { passkey: { id, name: typed.name ?? '', fault } })
  }
  if (!(await renamePasskey(database(c.env.DB), account, id, name))) return gone(c)
  leaveNotice(c, english('Name saved.'))
  return c.redirect('/account', 303)
})

passkeys.post('/account/passkeys/:passkey/remove', async (c) => {
  const visitor = await signedIn(c)
  const stale = refuseStale(c, visitor)
  if (stale) return stale
  const db = database(c.env.DB)
  const passkey = await passkeyById(db, c.req.param('passkey'))
  if (passkey?.accountId !== visitor.account) return gone(c)
  if (!(await removePasskey(db, visitor.account, passkey.id, Date.now())))
    return refusal(
      c,
      409,
      english(
        'This is your only passkey, and you have no recovery codes: without it you could not sign in again. Create recovery codes first, or add another passkey.',
      ),
    )
  leaveNotice(c, english('Passkey removed. Your device may still offer it, but it no longer works here.'))
  return c.redirect('/account', 303)
})

function gone(c: AppContext) {
  return refusal(c, 404, english('You have no such passkey. It may have been removed.'))
}

function notSet(c: AppContext) {
  return problem(
    c,
    503,
    english(
      'Passkeys are off, because this Yardstick does not know its own address. Whoever runs it sets ORIGIN, as the README says.',
    ),
  )
}

function tooLate(c: AppContext) {
  return problem(
    c,
    422,
    english('This took longer than five minutes, or you started in another tab. Try again.'),
  )
}

function notSigned(c: AppContext) {
  return problem(c, 422, english('We couldn’t verify your device’s response. Try again.'))
}
