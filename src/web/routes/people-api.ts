import { Hono } from 'hono'
import { accessList } from '../../storage/access-list.ts'
import { database } from '../../storage/database.ts'
import type { Invitation } from '../../storage/invitations.ts'
import { giveRole, inviteTo, roleIn, takeOut, tooMany, withdraw } from '../access/people.ts'
import { invitationBody, NO_ROLE, roleBody } from '../api/people-body.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import type { AppContext, AppEnv } from '../request.ts'

export const peopleApi = new Hono<AppEnv>()

peopleApi.get('/api/portfolios/:id/members', scope('access'), async (c) => {
  const { members } = await accessList(database(c.env.DB), c.req.param('id'), Date.now())
  return c.json({
    members: members.map(({ account, name, role, createdAt }) => ({
      account,
      name,
      role,
      since: instant(createdAt),
    })),
  })
})

peopleApi.patch('/api/portfolios/:id/members/:member', scope('access'), smallJson, async (c) => {
  const body = await jsonBody(c, roleBody, ['account', 'name', 'since'])
  if (body instanceof Response) return body
  const role = roleIn(body.role)
  if (role === null) return refused(c, [noRole])
  const account = c.req.param('member')
  return (await giveRole(c, c.req.param('id'), c.var.actor, { account, role }))
    ? c.json({ account, role })
    : nobody(c)
})

peopleApi.delete('/api/portfolios/:id/members/:member', scope('access'), async (c) =>
  (await takeOut(c, c.req.param('id'), c.var.actor, c.req.param('member'))) ? c.body(null, 204) : nobody(c),
)

peopleApi.get('/api/portfolios/:id/invitations', scope('access'), async (c) => {
  const { invitations } = await accessList(database(c.env.DB), c.req.param('id'), Date.now())
  return c.json({ invitations: invitations.map(invitationJson) })
})

// the address is in this response, and never again in another
peopleApi.post('/api/portfolios/:id/invitations', scope('access'), smallJson, async (c) => {
  const body = await jsonBody(c, invitationBody)
  if (body instanceof Response) return body
  const role = roleIn(body.role)
  const note = (body.note ?? '').trim()
  if (role === null) return refused(c, [noRole])
  const made = await inviteTo(c, c.req.param('id'), c.var.actor, { role, note })
  if (made === null) return problem(c, 422, tooMany)
  return c.json({ ...made, role, note }, 201, { 'cache-control': 'private, no-store' })
})

peopleApi.delete('/api/portfolios/:id/invitations/:invitation', scope('access'), async (c) => {
  const { id, invitation } = c.req.param()
  return (await withdraw(c, 'invitation', id, c.var.actor, invitation))
    ? c.body(null, 204)
    : problem(c, 404, 'There is no such invitation.')
})

const noRole = { field: 'role', reason: NO_ROLE }

function nobody(c: AppContext): Response {
  return problem(c, 404, 'There is no such member.')
}

function invitationJson({ id, role, note, createdAt, expiresAt }: Invitation) {
  return { id, role, note, created_at: instant(createdAt), expires_at: instant(expiresAt) }
}
