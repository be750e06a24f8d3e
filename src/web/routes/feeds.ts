import { Hono } from 'hono'
import { type SharedView, sharedView } from '../../snapshot/shared-view.ts'
import { activityLog } from '../../storage/activity-log.ts'
import { database } from '../../storage/database.ts'
import { type SharedBy, sharedBy } from '../../storage/share-links.ts'
import { refuseReading } from '../access/allowance.ts'
import { found } from '../access/portfolio-scope.tsx'
import { hashOf, isSecret } from '../access/secret.ts'
import { atom } from '../feeds/atom.ts'
import { badge } from '../feeds/badge.ts'
import { calendar } from '../feeds/calendar.ts'
import { card } from '../feeds/card.ts'
import { type FeedKind, feedFiles } from '../feeds/feed-files.ts'
import { figures } from '../feeds/figures.ts'
import { asksBeyond, readAhead, readShared } from '../portfolio-reader.ts'
import { problem } from '../problem.ts'
import { withReader } from '../reader.ts'
import { sharedBehind } from '../refresh-behind.ts'
import type { AppContext, AppEnv } from '../request.ts'
import { readerWith } from '../locale.ts'

export const feeds = new Hono<AppEnv>()

/** A program asks no more often than that, unless it is told to. */
const FRESH_SECONDS = 300

feeds.get('/feeds/:secret/:file', async (c) => {
  const secret = c.req.param('secret')
  const hash = isSecret(secret) ? await hashOf(secret) : null
  const link = hash && (await sharedBy(database(c.env.DB), hash, Date.now()))
  if (!hash || !link || link.kind === 'page' || feedFiles[link.kind] !== c.req.param('file')) return gone(c)
  if (asksBeyond(c)) return problem(c, 400, 'A feed is of today. Leave out as_of, vs and what_if.')
  const refused = await refuseReading(c, hash)
  if (refused) return refused
  const read = await readShared(c, hash, link)
  if (!read) return gone(c)
  sharedBehind(c, hash, read.snapshot)
  const view = sharedView(read.snapshot, read.chart, link.isPercentOnly)
  const { type, write } = written[link.kind]
  const answer = await write({ c, hash, link, view, currency: read.snapshot.portfolio.base_currency })
  c.header('cache-control', `private, max-age=${FRESH_SECONDS}`)
  return c.body(answer, 200, { 'content-type': type })
})

const SVG = 'image/svg+xml; charset=utf-8'
const ENTRIES = 100

type Asked = { c: AppContext; hash: string; link: SharedBy; view: SharedView; currency: string }

/** Programs read feeds, and ask in no language, or in their own: whoever made the address put it where they read it. */
const asItsMaker = (link: SharedBy, write: () => string) => withReader(readerWith(link), write)

const written: Record<FeedKind, { type: string; write: (asked: Asked) => string | Promise<string> }> = {
  calendar: {
    type: 'text/calendar; charset=utf-8',
    async write({ c, hash, link, view, currency }) {
      const { portfolioId, isPercentOnly } = link
      const ahead = found(await readAhead(c, hash, portfolioId))
      return asItsMaker(link, () => calendar({ name: view.name, currency, ...ahead, isPercentOnly }))
    },
  },
  activity: {
    type: 'application/atom+xml; charset=utf-8',
    async write({ c, link, view }) {
      const { id, portfolioId, isPercentOnly } = link
      const page = { view: 'changes', limit: ENTRIES, before: null, isOwner: false } as const
      const entries = await activityLog(database(c.env.DB), portfolioId, page)
      const address = new URL(c.req.path, c.req.url)
      const since = Date.parse(view.since ?? view.asOf)
      return asItsMaker(link, () => atom({ name: view.name, address, id, since, entries, isPercentOnly }))
    },
  },
  figures: {
    type: 'application/json; charset=utf-8',
    write: ({ view }) => `${JSON.stringify(figures(view))}\n`,
  },
  badge: { type: SVG, write: ({ link, view }) => asItsMaker(link, () => badge(view)) },
  card: { type: SVG, write: ({ link, view }) => asItsMaker(link, () => card(view)) },
}

function gone(c: AppContext): Response {
  return problem(c, 404, 'This address was revoked, or it has expired. Make a new one in the settings.')
}
