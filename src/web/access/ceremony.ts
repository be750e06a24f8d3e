import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { ANSWERED_WITHIN, type Challenge, saveChallenge, takeChallenge } from '../../storage/challenges.ts'
import { database } from '../../storage/database.ts'
import type { AppContext } from '../request.ts'
import { hashOf, isSecret, newSecret } from './secret.ts'
import { cookieAttributes, isPlain } from './session-cookie.ts'

type Ceremony = Pick<Challenge, 'ceremony' | 'accountId'>

/** Begins a ceremony in this browser: the challenge of it can be answered once, within minutes, and only from here. */
export async function beginCeremony(c: AppContext, ceremony: Ceremony, challenge: string): Promise<void> {
  const secret = newSecret()
  await saveChallenge(database(c.env.DB), { ...ceremony, hash: await hashOf(secret), challenge }, Date.now())
  setCookie(c, nameAt(c), secret, { ...cookieAttributes(c), maxAge: ANSWERED_WITHIN / 1000 })
}

/** Ends the ceremony of this browser and returns its challenge; null when there is none, or it is for something else. */
export async function endCeremony(c: AppContext, { ceremony, accountId }: Ceremony): Promise<string | null> {
  const secret = getCookie(c, nameAt(c)) ?? ''
  if (!isSecret(secret)) return null
  deleteCookie(c, nameAt(c), cookieAttributes(c))
  const taken = await takeChallenge(database(c.env.DB), await hashOf(secret), Date.now())
  return taken?.ceremony === ceremony && taken.accountId === accountId ? taken.challenge : null
}

function nameAt(c: AppContext): string {
  return isPlain(c) ? 'ceremony' : '__Host-ceremony'
}
