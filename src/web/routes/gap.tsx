import { Hono } from 'hono'
import { rangeStarts } from '../../metrics/range.ts'
import { dayAt } from '../../portfolio/day.ts'
import { SYMBOL } from '../../portfolio/instrument.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { TrailOf } from '../../snapshot/trail-report.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { isNamed } from '../chart-range.ts'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { GapPage, gapTitle } from '../views/gap.tsx'
import type { Division } from '../views/gap-path.ts'
import { isTrailLine, TrailPage, trailTitle } from '../views/gap-trail.tsx'

export const gap = new Hono<AppEnv>()

/** So many decisions of either kind are shown. */
const DECISIONS = 5

gap.get('/portfolios/:id/gap', scope('viewer', 'page'), async (c) => {
  const { snapshot, list, coordinator } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = readBenchmark(c, benchmarks)
  const decided = benchmark === null ? null : found(await coordinator.bestAndWorst(benchmark, DECISIONS))
  const clock = clockOf(snapshot, Date.now())
  const division = readDivision(c)
  const { by, range } = division
  const from = rangeStarts[range](dayAt(Date.now(), TIME_ZONE))
  const isWhole = by === null && from === null
  const report =
    benchmark === null || isWhole ? null : found(await coordinator.gap(benchmark, null, from, by ?? 'symbol'))
  const content = <GapPage {...{ snapshot, clock, benchmark, decided, division, report }} />
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(c, 200, gapTitle(snapshot, benchmark), content, about)
})

// the flows behind one of its figures
gap.get('/portfolios/:id/gap/:part', scope('viewer', 'page'), async (c) => {
  const { snapshot, list, coordinator } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = readBenchmark(c, benchmarks)
  const of = trailOf(c.req.param('part'), c.req.query())
  const trail = benchmark === null || of === null ? null : await coordinator.trail(benchmark, of)
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

/** Of the whole history and by holding, unless something else is named. */
function readDivision(c: AppContext): Division {
  const { by, range = '' } = c.req.query()
  return { by: by === 'lot' || by === 'year' ? by : null, range: isNamed(range) ? range : 'all' }
}

function trailOf(part: string, { lot, sale }: Record<string, string>): TrailOf | null {
  if (isTrailLine(part)) return { line: part }
  const symbol = part.toUpperCase()
  return SYMBOL.test(symbol) ? { symbol, lot, sale } : null
}
