import { Hono } from 'hono'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import type { AppEnv } from '../request.ts'
import { Compare } from '../views/compare.tsx'

export const compare = new Hono<AppEnv>()

compare.get('/portfolios/:id/compare', scope('page'), (c) => {
  const { snapshot, list } = c.var
  const about = { list, current: snapshot.portfolio.id, revision: snapshot.revision }
  return renderPage(
    c,
    200,
    'Compare',
    <Compare snapshot={snapshot} clock={clockOf(snapshot, Date.now())} />,
    about,
  )
})
