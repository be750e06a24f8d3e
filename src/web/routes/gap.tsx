import { Hono } from 'hono'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import type { AppEnv } from '../request.ts'
import { GapPage, gapTitle } from '../views/gap.tsx'

export const gap = new Hono<AppEnv>()

gap.get('/portfolios/:id/gap', scope('viewer', 'page'), (c) => {
  const { snapshot, list } = c.var
  const { id, benchmarks } = snapshot.portfolio
  // a benchmark that the portfolio no longer has counts as not requested
  const asked = benchmarks.find((symbol) => symbol === c.req.query('benchmark'))
  const benchmark = asked ?? benchmarks[0] ?? null
  const content = <GapPage snapshot={snapshot} clock={clockOf(snapshot, Date.now())} benchmark={benchmark} />
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(c, 200, gapTitle(snapshot, benchmark), content, about)
})
