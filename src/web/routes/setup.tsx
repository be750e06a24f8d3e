import { Hono } from 'hono'
import { timingSafeEqual } from 'hono/utils/buffer'
import { claim, FIRST, isClaimed } from '../../storage/accounts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { signInAs } from '../access/begin-session.ts'
import { setupToken, unclaimed } from '../access/stranger.tsx'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Setup } from '../views/setup.tsx'

export const setup = new Hono<AppEnv>()

setup.get('/setup', async (c) => {
  if (await isClaimed(database(c.env.DB))) return c.notFound()
  return setupToken(c.env) === null ? unclaimed(c) : setupPage(c, 200)
})

// makes whoever has the token the one who runs the instance; from then on there is nothing at this address
setup.post('/setup', smallForm, async (c) => {
  const db = database(c.env.DB)
  const token = setupToken(c.env)
  if (await isClaimed(db)) return c.notFound()
  if (token === null) return unclaimed(c)
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const name = (typed.name ?? '').trim()
  if (name === '' || name.length > 100) return setupPage(c, 422, 'Enter a name of at most 100 characters.')
  if (!(await timingSafeEqual(token, (typed.token ?? '').trim())))
    return setupPage(c, 422, 'This is not the SETUP_TOKEN of this Yardstick.')
  const [claimed] = await inOneTransaction(db, [claim(db, name, Date.now())])
  // somebody else was faster
  if (claimed!.meta.changes === 0) return c.notFound()
  await signInAs(c, FIRST)
  leaveNotice(c, 'This Yardstick is yours. Add a passkey now, so that you can sign in again.')
  return c.redirect('/account', 303)
})

function setupPage(c: AppContext, status: 200 | 422, fault?: string): Response | Promise<Response> {
  return renderPage(c, status, 'Set up', <Setup fault={fault} />)
}
