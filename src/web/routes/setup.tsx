import { Hono } from 'hono'
import { timingSafeEqual } from 'hono/utils/buffer'
import { claim, claimByIdentity, FIRST, isClaimed, isClaimOf } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { type AccessSettings, accessSettings } from '../access/access-settings.ts'
import { assertionOf } from '../access/assertion.ts'
import { signInAs } from '../access/begin-session.ts'
import { tryOnce } from '../access/guessing.ts'
import { newCodes } from '../access/recovery-code.ts'
import { relyingParty } from '../access/relying-party.ts'
import { setupToken, unclaimed } from '../access/stranger.tsx'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { RecoveryCodes } from '../views/recovery-codes.tsx'
import { Setup } from '../views/setup.tsx'
import { english } from '../words/words.ts'

export const setup = new Hono<AppEnv>()

setup.get('/setup', async (c) => {
  if (await isTaken(c)) return c.notFound()
  return setupToken(c.env) === null ? unclaimed(c) : setupPage(c, 200)
})

// makes whoever has the token the one who runs the instance; from then on there is nothing at this address
setup.post('/setup', smallForm, async (c) => {
  const db = database(c.env.DB)
  const token = setupToken(c.env)
  if (await isTaken(c)) return c.notFound()
  if (token === null) return unclaimed(c)
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const name = (typed.name ?? '').trim()
  if (name === '' || name.length > 100)
    return setupPage(c, 422, { name, fault: english('Enter a name of at most 100 characters.') })
  const isRight = await tryOnce(c, null, async () =>
    (await timingSafeEqual(token, (typed.token ?? '').trim())) ? true : null,
  )
  if (isRight instanceof Response) return isRight
  if (!isRight)
    return setupPage(c, 422, { name, fault: english('This is not the SETUP_TOKEN of this Yardstick.') })
  if (accessSettings(c.env) !== null) return claimThroughAccess(c, name)
  const { codes, hashes } = await newCodes(FIRST)
  const claiming = claim(db, { name, now: Date.now(), codes: hashes })
  // otherwise somebody else was faster
  if (!(await signInAs(c, FIRST, claiming, isClaimOf(hashes[0]!)))) return c.notFound()
  c.header('cache-control', 'private, no-store')
  const page = <RecoveryCodes codes={codes} hasPasskeys={relyingParty(c) !== null} first={yours} />
  return renderPage(c, 200, english('This Yardstick is yours'), page)
})

const yours = { title: english('This Yardstick is yours'), next: '/' }

/** Behind Cloudflare Access it is theirs whom Access knows, who needs neither passkey nor recovery codes. */
async function claimThroughAccess(c: AppContext, name: string): Promise<Response> {
  const settings = accessSettings(c.env) as AccessSettings
  const assertion = await assertionOf(c, settings)
  if (assertion?.of !== 'person') return c.notFound()
  const db = database(c.env.DB)
  const { identity } = assertion
  const results = await inOneTransaction(db, claimByIdentity(db, { name, identity, now: Date.now() }))
  if (results.at(-1)!.meta.changes === 0) return c.notFound()
  leaveNotice(c, english('You now own this Yardstick.'))
  return c.redirect('/', 303)
}

function isTaken(c: AppContext): Promise<boolean> {
  return isClaimed(database(c.env.DB), accessSettings(c.env) !== null)
}

function setupPage(
  c: AppContext,
  status: 200 | 422,
  refused: { name?: string; fault?: string } = {},
): Response | Promise<Response> {
  return renderPage(c, status, english('Set up'), <Setup {...refused} />)
}
