import { Hono } from 'hono'
import { LONGEST_NOTE } from '../api/people-body.ts'
import { giveRole, inviteTo, roleIn, takeOut, tooMany, withdraw } from '../access/people.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { readPage } from '../portfolio-reader.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { settingsPage } from '../settings-page.tsx'
import { english } from '../words/words.ts'

export const people = new Hono<AppEnv>()

people.post('/portfolios/:id/people/invitations', scope('access'), smallForm, async (c) => {
  const id = c.req.param('id')
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const role = roleIn(typed.role)
  const note = (typed.note ?? '').trim()
  const again = async (status: 200 | 422, more: object) =>
    settingsPage(c, status, found(await readPage(c, id)), more)
  if (role === null) return again(422, { inviteFault: english('Choose what they can do.') })
  if (note.length > LONGEST_NOTE)
    return again(422, { inviteFault: english('The name can have at most 100 characters.') })
  const made = await inviteTo(c, id, c.var.actor, { role, note })
  if (made === null) return again(422, { inviteFault: tooMany })
  // the page has a secret in it
  c.header('cache-control', 'private, no-store')
  return again(200, { invited: made.address })
})

people.post(
  '/portfolios/:id/people/invitations/:invitation/withdraw',
  scope('access'),
  smallForm,
  async (c) => {
    await withdraw(c, 'invitation', c.req.param('id'), c.var.actor, c.req.param('invitation'))
    return back(c, english('The invitation no longer works.'))
  },
)

people.post('/portfolios/:id/people/members/:member', scope('access'), smallForm, async (c) => {
  const role = roleIn((await c.req.parseBody<{ role?: string }>()).role)
  if (role === null) return refusal(c, 422, english('A member can view or edit.'))
  const given = await giveRole(c, c.req.param('id'), c.var.actor, {
    account: c.req.param('member'),
    role,
  })
  return given ? back(c, english('Saved.')) : missing(c)
})

people.post('/portfolios/:id/people/members/:member/remove', scope('access'), smallForm, async (c) => {
  const isOut = await takeOut(c, c.req.param('id'), c.var.actor, c.req.param('member'))
  return isOut ? back(c, english('They no longer see this portfolio.')) : missing(c)
})

// a member goes by themselves
people.post('/portfolios/:id/leave', scope('access'), smallForm, async (c) => {
  const { actor, role } = c.var
  const { confirm } = await c.req.parseBody<{ confirm?: string }>()
  if (confirm !== 'yes' || role === 'owner')
    return refusal(
      c,
      422,
      english('To leave, use the button in the settings. The owner can only delete the portfolio.'),
    )
  await takeOut(c, c.req.param('id'), actor, actor)
  leaveNotice(c, english('You have left the portfolio.'))
  return c.redirect('/', 303)
})

function back(c: AppContext, notice: string): Response {
  leaveNotice(c, notice)
  return c.redirect(`/portfolios/${c.req.param('id')}/settings#people`, 303)
}
