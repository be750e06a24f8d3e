import { Hono } from 'hono'
import { type Chart, range } from '../../metrics/chart.ts'
import { explainable, explanation, requestedRate } from '../../metrics/explain.ts'
import { sourceOf } from '../../jobs/source.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Day } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import { type Asking, found, scope } from '../access/portfolio-scope.tsx'
import { readFlag } from '../flag.ts'
import { readCashFlowsView } from '../cash-flows-view.ts'
import { clockOf } from '../clock.ts'
import { readDay, readFrom } from '../day-param.ts'
import { readGapQuery } from '../gap-query.ts'
import { instant } from '../instant.ts'
import { problem } from '../problem.ts'
import { pricesBehind } from '../refresh-behind.ts'
import type { AppContext, AppEnv } from '../request.ts'

export const dashboardApi = new Hono<AppEnv>()

dashboardApi.get('/api/dashboard-initial-data', scope('snapshot'), pricesBehind, async (c) => {
  const { snapshot } = c.var
  const clock = clockOf(snapshot, Date.now())
  const { owner: _owner, ...portfolio } = snapshot.portfolio
  return c.json({
    portfolio,
    as_of: snapshot.past ?? instant(clock.asOf),
    fresh: clock.fresh,
    market: {
      phase: clock.market.phase,
      closes_at: instant(clock.market.closes),
      next_open_at: instant(clock.market.nextOpen),
    },
    summary: snapshot.summary,
    recent_activity: snapshot.recent_activity,
    ex_dates: snapshot.ex_dates,
    missing: snapshot.missing,
    warnings: snapshot.warnings,
    revision: snapshot.revision,
  })
})

dashboardApi.get('/api/dashboard-holdings-data', scope('snapshot'), pricesBehind, async (c) => {
  const { snapshot, actor, coordinator, asOf } = c.var
  const withLots = readFlag(c, 'lots')
  if (withLots instanceof Response) return withLots
  const lots = withLots ? found(await coordinator.holdingsOn(actor, asOf, true)).lots : {}
  const clock = clockOf(snapshot, Date.now())
  const chosen = sourceOf(c.env).name
  const row = (holding: HoldingRow) => ({
    ...publicRow(holding),
    // who gave the closes of a past day is not noted
    price_source: !asOf && holding.price_from === 'market' ? (holding.price_source ?? chosen) : null,
    // the close of a past day cannot become stale
    ...(asOf
      ? { price_as_of: holding.price_day, stale: false }
      : { price_as_of: instant(holding.price_as_of) ?? holding.price_day, stale: clock.stale(holding) }),
    quarantined: holding.quarantined && {
      ...holding.quarantined,
      at: instant(holding.quarantined.at),
    },
    ...(withLots && { lots: lots[holding.symbol] ?? [] }),
  })
  const { holdings, closed, totals } = snapshot
  return c.json({ holdings: holdings.map(row), closed: closed.map(row), totals })
})

dashboardApi.get('/api/dashboard-chart-data', scope('chart'), pricesBehind, (c) => {
  const [from, to] = [readDay(c, 'from'), readDay(c, 'to')]
  if (from instanceof Response) return from
  if (to instanceof Response) return to
  return c.json(columns(range(c.var.chart, from, to)))
})

// the coordinator calculates the figures of a period; a figure to explain is looked up among today's first
const summaryOrNone = (c: AppContext) => {
  const { as_of: asOf, from, explain } = c.req.query()
  return !explain && (asOf || from) ? 'portfolio' : 'snapshot'
}

dashboardApi.get('/api/portfolios/:id/performance', scope(summaryOrNone), pricesBehind, async (c) => {
  const { snapshot, actor, coordinator, asOf, look } = c.var
  const from = readFrom(c, asOf)
  if (from instanceof Response) return from
  if (!snapshot) return c.json(found(await coordinator.performance(actor, asOf, from, look)))
  const figure = c.req.query('explain')
  return figure ? explained(c, c.var, snapshot.summary, { asOf, from, figure }) : c.json(snapshot.summary)
})

dashboardApi.get('/api/portfolios/:id/cash-flows', scope('portfolio'), pricesBehind, async (c) => {
  const { actor, coordinator, asOf, look } = c.var
  const view = readCashFlowsView(c)
  if (view instanceof Response) return view
  return c.json(found(await coordinator.cashFlows(actor, view, asOf, look)))
})

dashboardApi.get('/api/portfolios/:id/gap', scope('portfolio'), pricesBehind, async (c) => {
  const { actor, coordinator, look } = c.var
  const requested = readGapQuery(c)
  if (requested instanceof Response) return requested
  const { benchmark, asOf, from, by } = requested
  return c.json(found(await coordinator.gap(actor, benchmark, asOf, from, by, look)))
})

/**
 * Returns the figures, with the explanation of one of them. Only a period and the cash flows of an XIRR are not in
 * the snapshot.
 */
async function explained(
  c: AppContext,
  { actor, coordinator, look }: Asking,
  now: Snapshot['summary'],
  { asOf, from, figure }: { asOf: Day | null; from: Day | null; figure: string },
): Promise<Response> {
  const { today, ...summary } = now
  const isNow = !asOf && !from
  const known = explainable(isNow ? now : summary)
  if (!known.includes(figure)) {
    return problem(c, 400, `explain must be one of ${known.join(', ')}, not “${figure.slice(0, 60)}”.`)
  }
  if (isNow && !requestedRate(figure)) return c.json({ ...now, explain: explanation(figure, now) })
  const figures = found(await coordinator.explained(actor, asOf, from, figure, look))
  return c.json(isNow ? { ...figures, today } : figures)
}

/** Leaves out the fields that only our own pages need. */
function publicRow(
  holding: HoldingRow,
): Omit<HoldingRow, 'fetched_at' | 'price_day' | 'kind' | 'time_zone' | 'session'> {
  const {
    fetched_at: _taken,
    price_day: _day,
    kind: _kind,
    time_zone: _zone,
    session: _hours,
    ...row
  } = holding
  return row
}

function columns(chart: Chart) {
  const money = (column: readonly (number | null)[]) =>
    column.map((cents) => (cents === null ? null : text(fromNumber(cents / 100))))
  return {
    days: chart.days,
    value: money(chart.value),
    invested: money(chart.invested),
    twr: chart.twr,
    benchmarks: Object.fromEntries(
      Object.entries(chart.benchmarks).map(([symbol, line]) => [
        symbol,
        { value: money(line.value), twr: line.twr },
      ]),
    ),
  }
}
