import { Hono } from 'hono'
import { explainable, explanation } from '../../metrics/explain.ts'
import { type LongRange, longRanges } from '../../metrics/range.ts'
import type { Day } from '../../portfolio/day.ts'
import type { RiskReport } from '../../snapshot/risk-report.ts'
import { type Asking, found, scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { readFrom } from '../day-param.ts'
import { namedBenchmark } from '../look.ts'
import { noteMisread } from '../notice.ts'
import { problem } from '../problem.ts'
import { pricesBehind } from '../refresh-behind.ts'
import { renderPage } from '../render-page.tsx'
import { type AppContext, type AppEnv, html } from '../request.ts'
import { Called, Explained } from '../views/explain.tsx'
import { liveRegion, PortfolioPage } from '../views/portfolio-page.tsx'
import { riskName } from '../views/ratios.tsx'
import { RiskPage } from '../views/risk.tsx'
import { type RiskChoice, riskFigurePath } from '../views/risk-path.ts'
import { english, ours } from '../words/words.ts'

export const risk = new Hono<AppEnv>()

risk.get('/portfolios/:id/risk', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const choice = choiceOf(c, snapshot.portfolio.benchmarks)
  const report = await reportOf(c.var, choice.range)
  const content = (
    <RiskPage snapshot={snapshot} clock={clockOf(snapshot, Date.now())} report={report} choice={choice} />
  )
  return renderPage(c, 200, english('Risk and months'), content, {
    list,
    current: snapshot.portfolio.id,
    revision: snapshot.revision,
  })
})

// the lines of the chart
risk.get('/portfolios/:id/risk/rolling.json', scope('access'), async (c) => {
  const range = readLongRange(c.req.query('range'))
  if (range === null) return problem(c, 400, RANGES)
  const { rolling } = await reportOf(c.var, range)
  return c.json(rolling, 200, { 'cache-control': 'private, no-cache' })
})

// how a figure is calculated: a page, or for htmx what its name opens
risk.get('/portfolios/:id/risk/:figure', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { portfolio } = snapshot
  const figure = c.req.param('figure')
  const name = riskName(figure)
  if (name === null) return c.notFound()
  const choice = choiceOf(c, portfolio.benchmarks)
  const { figures } = await reportOf(c.var, choice.range)
  const own = explanation(figure, figures)
  const theirs = portfolio.benchmarks.map((symbol) => explanation(`benchmarks.${symbol}.${figure}`, figures))
  c.header('Vary', 'HX-Request-Type')
  const explained = <Explained name={name} own={own} theirs={theirs} portfolio={portfolio} />
  if (c.req.header('hx-request-type') === 'partial') return html(c, explained)
  const content = (
    <PortfolioPage title={<Called name={name} />} snapshot={snapshot} clock={clockOf(snapshot, Date.now())}>
      <section
        class="panel explained"
        {...liveRegion('explained', riskFigurePath(portfolio.id, figure, choice))}
      >
        {explained}
      </section>
    </PortfolioPage>
  )
  return renderPage(c, 200, ours(name), content, { list, current: portfolio.id, revision: snapshot.revision })
})

risk.get('/api/portfolios/:id/risk', scope('access'), pricesBehind, async (c) => {
  const from = readFrom(c, c.var.asOf)
  if (from instanceof Response) return from
  const named = c.req.query('range') || undefined
  if (named !== undefined && from !== null) return problem(c, 400, 'Give from or range, not both.')
  const range = readLongRange(named)
  if (range === null) return problem(c, 400, RANGES)
  const report = await reportOf(c.var, from === null ? range : { from })
  const figure = c.req.query('explain')
  if (!figure) return c.json(report)
  const known = explainable(report.figures)
  if (!known.includes(figure))
    return problem(c, 400, `explain must be one of ${known.join(', ')}, not “${figure.slice(0, 60)}”.`)
  return c.json({ ...report, explain: explanation(figure, report.figures) })
})

async function reportOf(
  { actor, coordinator, asOf, look }: Asking,
  period: LongRange | { from: Day },
): Promise<RiskReport> {
  return found(await coordinator.risk(actor, asOf, period, look))
}

/** As asked, else of the whole history. */
function choiceOf(c: AppContext, benchmarks: readonly string[]): RiskChoice {
  const range = readLongRange(c.req.query('range') || undefined)
  if (range === null) noteMisread(c, 'range', english('The whole history is shown.'))
  return {
    range: range ?? 'all',
    vs: namedBenchmark(c.req.query('vs'), benchmarks),
  }
}

/** Null for a name that is no range. */
function readLongRange(name = 'all'): LongRange | null {
  return longRanges.find((range) => range === name) ?? null
}

const RANGES = `range must be one of ${longRanges.join(', ')}.`
