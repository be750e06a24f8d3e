import { Hono } from 'hono'
import { accessList } from '../../storage/access-list.ts'
import { database } from '../../storage/database.ts'
import type { ShareLink } from '../../storage/share-links.ts'
import { share, tooManyLinks, withdraw } from '../access/people.ts'
import { linkBody } from '../api/people-body.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const shareLinksApi = new Hono<AppEnv>()

shareLinksApi.get('/api/portfolios/:id/links', scope('access'), async (c) => {
  const { links } = await accessList(database(c.env.DB), c.req.param('id'), Date.now())
  return c.json({ links: links.map(linkJson) })
})

// the address is in this response, and never again in another
shareLinksApi.post('/api/portfolios/:id/links', scope('access'), smallJson, async (c) => {
  const body = await jsonBody(c, linkBody)
  if (body instanceof Response) return body
  const note = (body.note ?? '').trim()
  const { kind, shows, days = '30' } = body
  const made = await share(c, c.req.param('id'), c.var.actor, {
    kind: kind ?? 'page',
    note,
    isPercentOnly: shows !== 'amounts',
    days: days === null ? null : Number(days),
  })
  if (made === null) return problem(c, 422, tooManyLinks)
  return c.json({ ...linkJson(made.link), address: made.address }, 201, {
    'cache-control': 'private, no-store',
  })
})

shareLinksApi.delete('/api/portfolios/:id/links/:link', scope('access'), async (c) =>
  (await withdraw(c, 'share link', c.req.param('id'), c.var.actor, c.req.param('link')))
    ? c.body(null, 204)
    : problem(c, 404, 'There is no such link.'),
)

function linkJson({ id, kind, note, isPercentOnly, createdAt, expiresAt }: ShareLink) {
  return {
    id,
    kind,
    note,
    shows: isPercentOnly ? 'percentages' : 'amounts',
    created_at: instant(createdAt),
    expires_at: instant(expiresAt),
  }
}
