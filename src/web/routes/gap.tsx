import { Hono } from 'hono'
import { SYMBOL } from '../../portfolio/instrument.ts'
import type { TrailOf } from '../../snapshot/trail-report.ts'
import type { VariantTrailOf } from '../../snapshot/variant-trail-report.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { dividedGap, readDivision } from '../divided-gap.ts'
import { namedBenchmark } from '../look.ts'
import { noteMisread } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import { withReader } from '../reader.ts'
import { type AppContext, type AppEnv, reader } from '../request.ts'
import { GapPage, gapTitle } from '../views/gap.tsx'
import { isTrailLine, TrailPage, trailTitle } from '../views/gap-trail.tsx'
import { isVariantLine, VariantTrailPage, variantTrailTitle } from '../views/variant-trail.tsx'
import { type English, english, ours } from '../words/words.ts'

export const gap = new Hono<AppEnv>()

/** So many decisions of either kind are shown. */
const DECISIONS = 5

gap.get('/portfolios/:id/gap', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = namedBenchmark(c.req.query('benchmark') || c.req.query('vs'), benchmarks)
  const clock = clockOf(snapshot, Date.now())
  const { by, range } = c.req.query()
  const division = readDivision(by, range)
  if (range && range !== division.range) noteMisread(c, 'range', english('The whole history is shown.'))
  if (by && by !== (division.by ?? 'symbol')) noteMisread(c, 'by', english('The gap is shown by holding.'))
  const divided = await dividedGap(c.var, benchmark, division, DECISIONS)
  const content = <GapPage snapshot={snapshot} clock={clock} benchmark={benchmark} gap={divided} />
  const about = { list, current: id, revision: snapshot.revision }
  return renderPage(
    c,
    200,
    titled(c, () => gapTitle(snapshot, benchmark)),
    content,
    about,
  )
})

// the flows behind one of its figures
gap.get('/portfolios/:id/gap/:part', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf, look } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = namedBenchmark(c.req.query('benchmark') || c.req.query('vs'), benchmarks)
  const clock = clockOf(snapshot, Date.now())
  const about = { list, current: id, revision: snapshot.revision }
  if (benchmark !== null && look !== null && look.whatIf === benchmark) {
    const of = variantTrailOf(c.req.param('part'), c.req.query())
    const trail = of && (await coordinator.variantTrail(actor, of, asOf, look))
    if (of === null || trail === null || 'refused' in trail) return c.notFound()
    const content = <VariantTrailPage snapshot={snapshot} clock={clock} of={of} trail={trail} />
    return renderPage(
      c,
      200,
      titled(c, () => variantTrailTitle(of, benchmark)),
      content,
      about,
    )
  }
  const of = trailOf(c.req.param('part'), c.req.query())
  if (benchmark === null || of === null) return c.notFound()
  const trail = await coordinator.trail(actor, benchmark, of, asOf, look)
  if (trail === null || 'refused' in trail) return c.notFound()
  const content = <TrailPage snapshot={snapshot} clock={clock} of={of} trail={trail} />
  return renderPage(
    c,
    200,
    titled(c, () => trailTitle(of, trail.benchmark)),
    content,
    about,
  )
})

/** A title whose parts have words of their own is written here, in the words of the reader. */
function titled(c: AppContext, title: () => string): English {
  return ours(withReader(reader(c), title))
}

function trailOf(part: string, { lot, sale }: Record<string, string>): TrailOf | null {
  if (isTrailLine(part)) return { line: part }
  const symbol = part.toUpperCase()
  return SYMBOL.test(symbol) ? { symbol, lot, sale } : null
}

function variantTrailOf(part: string, { lot }: Record<string, string>): VariantTrailOf | null {
  if (part === 'instead') return { line: part, lot }
  if (isVariantLine(part)) return { line: part }
  const symbol = part.toUpperCase()
  return SYMBOL.test(symbol) ? { symbol, lot } : null
}
