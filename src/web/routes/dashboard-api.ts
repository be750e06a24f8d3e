import { Hono } from 'hono'
import { type Chart, range } from '../../metrics/chart.ts'
import { explainable, explanation, rateAskedFor } from '../../metrics/explain.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import { type Day, dayAt, isDay } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import { clockOf } from '../clock.ts'
import { instant } from '../instant.ts'
import { readChart, readPortfolio, readSnapshot } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppContext, type AppEnv } from '../request.ts'

export const dashboardApi = new Hono<AppEnv>()

dashboardApi.get('/api/dashboard-initial-data', async (c) => {
  const snapshot = await readSnapshot(c, c.req.query('portfolio_id') ?? '')
  if (!snapshot) return noPortfolio(c)
  const clock = clockOf(snapshot, Date.now())
  const { owner: _owner, ...portfolio } = snapshot.portfolio
  return c.json({
    portfolio,
    as_of: instant(clock.asOf),
    fresh: clock.fresh,
    market: {
      phase: clock.market.phase,
      closes_at: instant(clock.market.closes),
      next_open_at: instant(clock.market.nextOpen),
    },
    summary: snapshot.summary,
    recent_activity: snapshot.recent_activity,
    missing: snapshot.missing,
    warnings: snapshot.warnings,
    revision: snapshot.revision,
  })
})

dashboardApi.get('/api/dashboard-holdings-data', async (c) => {
  const id = c.req.query('portfolio_id') ?? ''
  const asOf = day(c, 'as_of')
  if (asOf instanceof Response) return asOf
  const snapshot = await readSnapshot(c, id)
  if (!snapshot) return noPortfolio(c)
  const withLots = c.req.query('lots') === '1'
  const then = asOf || withLots ? await coordinator(c.env, id).holdingsOn(asOf, withLots) : null
  if ((asOf || withLots) && !then) return noPortfolio(c)
  const clock = clockOf(snapshot, Date.now())
  const row = (holding: HoldingRow) => ({
    ...shown(holding),
    // a past day's close is what it is: it cannot become stale
    ...(asOf
      ? { price_as_of: holding.price_day, stale: false }
      : { price_as_of: instant(holding.price_as_of) ?? holding.price_day, stale: clock.stale(holding) }),
    quarantined: holding.quarantined && {
      ...holding.quarantined,
      at: instant(holding.quarantined.at),
    },
    ...(withLots && { lots: then?.lots[holding.symbol] ?? [] }),
  })
  const { holdings, closed, totals } = asOf && then ? then : snapshot
  return c.json({ holdings: holdings.map(row), closed: closed.map(row), totals })
})

dashboardApi.get('/api/dashboard-chart-data', async (c) => {
  const id = c.req.query('portfolio_id') ?? ''
  const [from, to, asOf] = [day(c, 'from'), day(c, 'to'), day(c, 'as_of')]
  if (from instanceof Response) return from
  if (to instanceof Response) return to
  if (asOf instanceof Response) return asOf
  const whole =
    asOf && (await readPortfolio(c, id)) ? await coordinator(c.env, id).chartOn(asOf) : await readChart(c, id)
  if (!whole) return noPortfolio(c)
  return c.json(columns(range(whole, from, to)))
})

dashboardApi.get('/api/portfolios/:id/performance', async (c) => {
  const id = c.req.param('id')
  const [asOf, from] = [day(c, 'as_of'), day(c, 'from')]
  if (asOf instanceof Response) return asOf
  if (from instanceof Response) return from
  const until = asOf ?? dayAt(Date.now(), TIME_ZONE)
  if (from && from >= until) return problem(c, 400, `from (${from}) must be before as_of (${until}).`)
  const figure = c.req.query('explain')
  if (figure !== undefined) return explained(c, id, { asOf, from, figure })
  if (!asOf && !from) {
    const snapshot = await readSnapshot(c, id)
    return snapshot ? c.json(snapshot.summary) : noPortfolio(c)
  }
  if (!(await readPortfolio(c, id))) return noPortfolio(c)
  const figures = await coordinator(c.env, id).performance(asOf, from)
  return figures ? c.json(figures) : noPortfolio(c)
})

dashboardApi.get('/api/portfolios/:id/cash-flows', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const asked = cashFlowsAsked(c, portfolio)
  if (asked instanceof Response) return asked
  const { view, asOf } = asked
  const flows = await coordinator(c.env, portfolio.id).cashFlows(view, asOf)
  return flows ? c.json(flows) : noPortfolio(c)
})

/** Whose cash book the query asks for, and until when, or the answer that says what is wrong with it. */
export function cashFlowsAsked(
  c: AppContext,
  portfolio: Portfolio,
): { view: string; asOf: Day | null } | Response {
  const asOf = day(c, 'as_of')
  if (asOf instanceof Response) return asOf
  const view = c.req.query('view') ?? 'portfolio'
  const views = ['portfolio', ...portfolio.benchmarks]
  return views.includes(view)
    ? { view, asOf }
    : problem(c, 400, `view must be one of ${views.join(', ')}, not “${view}”.`)
}

/** The figures, and how one of them came about; only an XIRR's flows and a period are not in the snapshot. */
async function explained(
  c: AppContext,
  id: string,
  { asOf, from, figure }: { asOf: Day | null; from: Day | null; figure: string },
): Promise<Response> {
  const snapshot = await readSnapshot(c, id)
  if (!snapshot) return noPortfolio(c)
  const { today, ...summary } = snapshot.summary
  const isNow = !asOf && !from
  const known = explainable(isNow ? snapshot.summary : summary)
  if (!known.includes(figure)) {
    return problem(c, 400, `explain must be one of ${known.join(', ')}, not “${figure.slice(0, 60)}”.`)
  }
  if (isNow && !rateAskedFor(figure)) {
    return c.json({ ...snapshot.summary, explain: explanation(figure, snapshot.summary) })
  }
  const figures = await coordinator(c.env, id).explained(asOf, from, figure)
  if (!figures) return noPortfolio(c)
  return c.json(isNow ? { ...figures, today } : figures)
}

/** A past day from the query, null when it is not there, or the answer that says what is wrong with it. */
function day(c: AppContext, name: string): Day | null | Response {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  if (!isDay(value))
    return problem(c, 400, `${name} must be a day such as 2024-03-01, not “${value.slice(0, 40)}”.`)
  const today = dayAt(Date.now(), TIME_ZONE)
  return value > today && name === 'as_of' ? problem(c, 400, `as_of (${value}) is in the future.`) : value
}

/** Without what only our own pages need. */
function shown(
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
