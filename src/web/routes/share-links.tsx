import { Hono } from 'hono'
import { LONGEST_NOTE } from '../api/people-body.ts'
import { share, tooManyLinks, withdraw } from '../access/people.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { smallForm } from '../form-body.ts'
import { linkKinds } from '../feeds/feed-files.ts'
import { leaveNotice } from '../notice.ts'
import { readPage } from '../portfolio-reader.ts'
import type { AppEnv } from '../request.ts'
import { durations } from '../views/sharing.tsx'
import { settingsPage } from '../settings-page.tsx'
import { english } from '../words/words.ts'

export const shareLinks = new Hono<AppEnv>()

shareLinks.post('/portfolios/:id/links', scope('access'), smallForm, async (c) => {
  const id = c.req.param('id')
  const { kind = 'page', note = '', shows, days = '' } = await c.req.parseBody<{ [field: string]: string }>()
  const again = async (status: 200 | 422, more: object) =>
    settingsPage(c, status, found(await readPage(c, id)), more)
  if (note.trim().length > LONGEST_NOTE)
    return again(422, { shareFault: english('The name can have at most 100 characters.') })
  if (!Object.hasOwn(durations, days))
    return again(422, { shareFault: english('Choose how long the link works.') })
  const opens = linkKinds.find((each) => each === kind)
  if (opens === undefined) return again(422, { shareFault: english('Choose what the link opens.') })
  const made = await share(c, id, c.var.actor, {
    kind: opens,
    note: note.trim(),
    // whoever does not say so shows no amounts
    isPercentOnly: shows !== 'amounts',
    days: days === 'never' ? null : Number(days),
  })
  if (made === null) return again(422, { shareFault: tooManyLinks })
  // the page has a secret in it
  c.header('cache-control', 'private, no-store')
  return again(200, { shared: made })
})

shareLinks.post('/portfolios/:id/links/:link/withdraw', scope('access'), smallForm, async (c) => {
  await withdraw(c, 'share link', c.req.param('id'), c.var.actor, c.req.param('link'))
  leaveNotice(c, english('The link no longer works.'))
  return c.redirect(`/portfolios/${c.req.param('id')}/settings#sharing`, 303)
})
