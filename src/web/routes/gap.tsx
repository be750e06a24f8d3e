import { Hono } from 'hono'
import { SYMBOL } from '../../portfolio/instrument.ts'
import type { TrailOf } from '../../snapshot/trail-report.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { dividedGap, readDivision } from '../divided-gap.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { GapPage, gapTitle } from '../views/gap.tsx'
import { isTrailLine, TrailPage, trailTitle } from '../views/gap-trail.tsx'

export const gap = new Hono<AppEnv>()

/** So many decisions of either kind are shown. */
const DECISIONS = 5

gap.get('/portfolios/:id/gap', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = readBenchmark(c, benchmarks)
  const clock = clockOf(snapshot, Date.now())
  const { by, range } = c.req.query()
  const divided = await dividedGap(c.var, benchmark, readDivision(by, range), DECISIONS)
  const content = <GapPage snapshot={snapshot} clock={clock} benchmark={benchmark} gap={divided} />
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(c, 200, gapTitle(snapshot, benchmark), content, about)
})

// the flows behind one of its figures
gap.get('/portfolios/:id/gap/:part', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = readBenchmark(c, benchmarks)
  const of = trailOf(c.req.param('part'), c.req.query())
  const trail = benchmark === null || of === null ? null : await coordinator.trail(actor, benchmark, of, asOf)
  if (of === null || trail === null) return c.notFound()
  const content = (
    <TrailPage snapshot={snapshot} clock={clockOf(snapshot, Date.now())} of={of} trail={trail} />
  )
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(c, 200, trailTitle(of, trail.benchmark), content, about)
})

/** As asked, else the first; one that the portfolio no longer has is as if not asked for. */
function readBenchmark(c: AppContext, benchmarks: readonly string[]): string | null {
  const requested = c.req.query('benchmark')
  return benchmarks.find((symbol) => symbol === requested) ?? benchmarks[0] ?? null
}

function trailOf(part: string, { lot, sale }: Record<string, string>): TrailOf | null {
  if (isTrailLine(part)) return { line: part }
  const symbol = part.toUpperCase()
  return SYMBOL.test(symbol) ? { symbol, lot, sale } : null
}
