import { createMiddleware } from 'hono/factory'
import { refusal } from '../refusal.tsx'
import type { AppEnv } from '../request.ts'
import { accessSettings } from './access-settings.ts'
import { assertionOf } from './assertion.ts'
import { english } from '../words/words.ts'

/** The other doors: they are shut where Cloudflare Access stands in front. */
const OTHER_DOORS = /^\/(sign-in\/|account\/(passkeys|recovery-codes|sessions|sign-out-everywhere))/

/**
 * Where Cloudflare Access stands in front, lets nothing through that has not come through it: the Worker may have another
 * address, at which Access is not.
 */
export const accessDoor = createMiddleware<AppEnv>(async (c, next) => {
  const settings = accessSettings(c.env)
  if (settings === null || c.req.path === '/healthz') return next()
  if (settings === 'incomplete')
    return refusal(
      c,
      503,
      english(
        'Only one of ACCESS_TEAM and ACCESS_AUD is set, so nobody is let in. Whoever runs this Yardstick sets both, or neither.',
      ),
    )
  if ((await assertionOf(c, settings)) === null)
    return refusal(
      c,
      401,
      english(
        'Cloudflare Access signs people in here, and this request has not come through it. Open Yardstick at the address that Access protects.',
      ),
    )
  if (OTHER_DOORS.test(c.req.path))
    return refusal(c, 403, english('Cloudflare Access signs people in here, and Yardstick itself does not.'))
  return next()
})
