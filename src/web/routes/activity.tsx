import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { activityLog, type LogCursor, type LogView } from '../../storage/activity-log.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import type { AppEnv } from '../request.ts'
import { ActivityLog, logViews } from '../views/activity-log.tsx'
import { english } from '../words/words.ts'

export const activity = new Hono<AppEnv>()

const ON_A_PAGE = 100

activity.get('/portfolios/:id/activity', scope('page'), async (c) => {
  const { snapshot, list, role } = c.var
  const isOwner = role === 'owner'
  const { id } = snapshot.portfolio
  const requested = c.req.query('show') ?? ''
  const view = Object.hasOwn(logViews, requested) ? (requested as LogView) : 'all'
  const before = cursor(c.req.query('before'))
  const found = await activityLog(database(c.env.DB), id, {
    view,
    limit: ON_A_PAGE + 1,
    before,
    isOwner,
    reader: c.var.actor,
  })
  const entries = found.slice(0, ON_A_PAGE)
  const last = found.length > ON_A_PAGE ? entries.at(-1) : undefined
  return renderPage(
    c,
    200,
    english('Activity'),
    <ActivityLog
      snapshot={snapshot}
      clock={clockOf(snapshot, Date.now())}
      you={c.var.actor}
      isOwner={isOwner}
      view={view}
      entries={entries}
      before={before && written(before)}
      next={last ? written(last) : null}
    />,
    { list, current: id, revision: snapshot.revision },
  )
})

function written({ at, kind, id }: LogCursor): string {
  return `${at}.${kind}.${id}`
}

/** Returns null without a cursor, and for one that is not ours: the log then begins at its top. */
function cursor(text: string | undefined): LogCursor | null {
  const match = /^(\d{1,15})\.(audit|deed|refresh|notice)\.(\d{1,15})$/.exec(text ?? '')
  // older addresses have `deed`
  return (
    match && {
      at: Number(match[1]),
      kind: match[2] === 'deed' ? 'audit' : (match[2] as LogCursor['kind']),
      id: Number(match[3]),
    }
  )
}
