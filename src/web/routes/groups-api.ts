import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { groupMembersOf, groupsOf } from '../../storage/groups.ts'
import { type Portfolio, spelledSettings } from '../../storage/portfolios.ts'
import { allPortfolios } from '../access/all-portfolios.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { signedIn } from '../access/visitor.ts'
import { ALWAYS_THERE, groupBody, readGroupForm, tooManyGroups } from '../group-form.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { likeFirst, makeGroup } from '../make-group.ts'
import { problem, refused } from '../problem.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'

export const groupsApi = new Hono<AppEnv>()

groupsApi.get('/api/groups', async (c) => {
  const all = await allPortfolios(c)
  const { account, list } = await signedIn(c)
  const groups = await groupsOf(database(c.env.DB), account)
  const shown = groups.filter(({ id, kind }) => kind === 'group' || id === all)
  return c.json({
    groups: shown.map((group) => {
      const own = list.filter(({ id }) => group.kind === 'all' || group.portfolios.includes(id))
      return groupJson(group, own)
    }),
  })
})

groupsApi.post('/api/groups', smallJson, async (c) => {
  const body = await jsonBody(c, groupBody)
  if (body instanceof Response) return body
  const { list } = await signedIn(c)
  const read = readGroupForm({ ...body, portfolios: body.portfolios ?? [] }, await likeFirst(c), list)
  if ('faults' in read) return refused(c, read.faults)
  const made = await makeGroup(c, read.form)
  if (made === null) return problem(c, 422, tooManyGroups)
  const { group, revision } = made
  return c.json({ ...groupJson(group, await membersOf(c, group)), revision }, 201, {
    location: `/api/groups/${group.id}`,
  })
})

groupsApi.get('/api/groups/:id', scope('portfolio'), async (c) =>
  c.json(groupJson(c.var.portfolio, await membersOf(c, c.var.portfolio))),
)

groupsApi.patch('/api/groups/:id', scope('portfolio'), smallJson, async (c) => {
  const { portfolio: group, actor, coordinator } = c.var
  const body = await jsonBody(c, groupBody, ['id', 'kind', 'created_at', 'revision'])
  if (body instanceof Response) return body
  const { list } = await signedIn(c)
  const read = readGroupForm(body, group, list, group.kind === 'all')
  if ('faults' in read) return refused(c, read.faults)
  const { portfolios, ...settings } = read.form
  const changed = await coordinator.changeGroup(actor, settings, portfolios)
  if (changed.status !== 'ok') return problem(c, 404, 'There is no such group.')
  rememberRevision(c, group.id, changed.revision)
  const members = await membersOf(c, group)
  return c.json({ ...groupJson(changed.value, members), revision: changed.revision })
})

groupsApi.delete('/api/groups/:id', scope('portfolio'), async (c) => {
  const { portfolio: group, actor, coordinator } = c.var
  if (group.kind === 'all') return problem(c, 422, ALWAYS_THERE)
  await coordinator.removeGroup(actor)
  return c.body(null, 204)
})

async function membersOf(c: AppContext, group: Portfolio): Promise<{ id: string }[]> {
  const members = await groupMembersOf(database(c.env.DB), group)
  return members.map(({ portfolio }) => portfolio)
}

/** Of its portfolios only those that its owner may see now. */
function groupJson(group: Portfolio, members: readonly { id: string }[]) {
  const { name, description, base_currency, benchmarks, targets } = spelledSettings(group)
  return {
    id: group.id,
    kind: group.kind,
    name,
    description,
    base_currency,
    benchmarks,
    targets,
    portfolios: members.map(({ id }) => id),
    created_at: new Date(group.createdAt).toISOString(),
  }
}
