import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { FC } from 'hono/jsx'
import { explanation } from '../../metrics/explain.ts'
import { incomeFigures } from '../../metrics/income-figures.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { type Region, regions } from '../../coordinator/live-events.ts'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import { type Asking, found, scope } from '../access/portfolio-scope.tsx'
import {
  type ChartRange,
  daysOf,
  nothingIn,
  queryOf,
  readRange,
  type RangeFault,
  storedRange,
  wholeHistory,
} from '../chart-range.ts'
import { readDrawing, drawn } from '../chart-drawing.ts'
import { clockOf } from '../clock.ts'
import { type DividedGap, dividedGap, readDivision } from '../divided-gap.ts'
import { namedBenchmark } from '../look.ts'
import { refreshBehind } from '../refresh-behind.ts'
import { noteMisread } from '../notice.ts'
import { renderPage } from '../render-page.tsx'
import { problem } from '../problem.ts'
import { type AppContext, type AppEnv, html, json, jsonText } from '../request.ts'
import { AllocationPanel } from '../views/allocation.tsx'
import { ChartFigure } from '../views/chart.tsx'
import { Dashboard, type DashboardProps } from '../views/dashboard.tsx'
import { calledOf, Explanation, ExplanationPage } from '../views/explain.tsx'
import { LeadExplanation, leadNamed, leadTitle } from '../views/explain-lead.tsx'
import { IncomeExplanation, incomeFigureNamed } from '../views/explain-income.tsx'
import { RecentActivity } from '../views/recent-activity.tsx'
import { Freshness } from '../views/freshness.tsx'
import { GapPanel } from '../views/gap-panel.tsx'
import { Headline } from '../views/headline.tsx'
import type { Order } from '../views/holding-order.tsx'
import { FIRST_ROWS, Holdings, NextHoldings } from '../views/holdings.tsx'
import { Recent } from '../views/recent-transactions.tsx'
import { english, ours } from '../words/words.ts'

export const dashboard = new Hono<AppEnv>()

dashboard.get('/portfolios/:id', scope('page'), async (c) => {
  const { snapshot, list } = c.var
  const { id, name } = snapshot.portfolio
  const clock = clockOf(snapshot, Date.now())
  refreshBehind(c, c.var, clock)
  const shown = rangeOf(c, snapshot)
  // stored for this portfolio, in this browser
  if (shown.isRequested) {
    setCookie(c, 'range', queryOf(shown.range), { path: `/portfolios/${id}`, maxAge: YEAR, sameSite: 'Lax' })
  }
  const content = (
    <Dashboard
      snapshot={snapshot}
      clock={clock}
      {...shown}
      order={orderOf(c)}
      benchmark={namedBenchmark(c.req.query('vs'), snapshot.portfolio.benchmarks)}
      rows={rowsOf(c)}
      gap={await gapOf(c, snapshot, c.var)}
    />
  )
  return renderPage(c, 200, { name }, content, {
    list,
    current: id,
    revision: snapshot.revision,
  })
})

const YEAR = 365 * 24 * 60 * 60

dashboard.get('/portfolios/:id/chart.json', scope('chart'), async (c) => {
  const requested = readRange(rangeIn(c))
  if (typeof requested === 'string') return problem(c, 400, requested)
  const drawing = readDrawing(c.req.query())
  if (typeof drawing === 'string') return problem(c, 400, drawing)
  return jsonText(c, drawn(c.var.chart, requested ?? wholeHistory, drawing))
})

// all of the history in one picture; where that takes some for others, those of a range are made from the ledger
dashboard.get('/portfolios/:id/trades.json', scope('trades'), async (c) => {
  const requested = readRange(rangeIn(c))
  if (typeof requested === 'string') return problem(c, 400, requested)
  const { trades, actor, coordinator, asOf } = c.var
  if (requested === null || trades.every(({ others }) => others === undefined)) return json(c, trades)
  const { from, to } = daysOf(requested, asOf ?? dayAt(Date.now(), TIME_ZONE))
  if (from === null && to === null) return json(c, trades)
  const until = asOf !== null && (to === null || to > asOf) ? asOf : to
  return json(c, found(await coordinator.tradesBetween(actor, from, until)))
})

// the search palette finds these, and the form of a transaction names the ticker that is typed
dashboard.get('/portfolios/:id/symbols.json', scope('snapshot'), (c) => {
  const { holdings, closed } = c.var.snapshot
  return c.json(
    [...holdings, ...closed].map(({ symbol, name, price, currency }) => ({ symbol, name, price, currency })),
  )
})

// how a figure is calculated: a page, or for htmx what its name opens
dashboard.get('/portfolios/:id/figures/:figure', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf } = c.var
  const { id } = snapshot.portfolio
  const of = c.req.param('figure')
  const lead = leadNamed(of, snapshot)
  const income = lead === null ? incomeFigureNamed(of) : null
  if (lead === null && income === null && explanation(of, snapshot.summary) === null) return c.notFound()
  c.header('Vary', 'HX-Request-Type')
  const explained = lead ? (
    <LeadExplanation of={lead} snapshot={snapshot} />
  ) : income ? (
    <IncomeExplanation
      of={income}
      snapshot={snapshot}
      income={found(await coordinator.income(actor, asOf))}
    />
  ) : (
    <Explanation of={of} snapshot={snapshot} />
  )
  if (c.req.header('hx-request-type') === 'partial') return html(c, explained)
  const title = lead ? leadTitle(lead) : income ? incomeFigures[income].name : calledOf(of)
  const clock = clockOf(snapshot, Date.now())
  const content = (
    <ExplanationPage of={of} title={title} snapshot={snapshot} clock={clock}>
      {explained}
    </ExplanationPage>
  )
  return renderPage(c, 200, ours(title), content, { list, current: id, revision: snapshot.revision })
})

/** A part is shown as the whole is, and the map of the allocation in a color of its own. */
type Shown = DashboardProps & { tiles?: string }

const fragments: Record<Region, FC<Shown>> = {
  headline: Headline,
  chart: ChartFigure,
  why: GapPanel,
  holdings: Holdings,
  allocation: AllocationPanel,
  recent: Recent,
  log: RecentActivity,
  freshness: Freshness,
}

// a fragment that is opened by itself leads to its page
const orPage = createMiddleware(async (c, next) => {
  if (c.req.header('sec-fetch-mode') !== 'navigate') return next()
  const { search } = new URL(c.req.url)
  const region = c.req.param('region')
  return c.redirect(`/portfolios/${c.req.param('id')}${region ? `${search}#${region}` : ''}`)
})

const part = `/portfolios/:id/:region{(?:${regions.join('|')})$}` as const

dashboard.get(part, orPage, scope('snapshot'), async (c) => {
  const { snapshot } = c.var
  const region = c.req.param('region') as Region
  const Fragment = fragments[region]
  const shown = shownOf(c, snapshot)
  if (region === 'why') shown.gap = await gapOf(c, snapshot, c.var)
  return html(c, <Fragment {...shown} />)
})

// several at once, each with its place in the page: what an open page asks for when something has changed
dashboard.get('/portfolios/:id/regions', orPage, scope('snapshot'), async (c) => {
  const { snapshot } = c.var
  const requested = new Set((c.req.query('of') ?? '').split(','))
  const shown = shownOf(c, snapshot)
  if (requested.has('why')) shown.gap = await gapOf(c, snapshot, c.var)
  return html(
    c,
    regions
      .filter((region) => requested.has(region))
      .map((region) => {
        const Fragment = fragments[region]
        return (
          <hx-partial hx-target={`#${region}`} hx-swap="outerMorph">
            <Fragment {...shown} />
          </hx-partial>
        )
      }),
  )
})

// the next rows of the holdings, for a page that is scrolled to their place
dashboard.get('/portfolios/:id/holdings/rows', orPage, scope('snapshot'), (c) => {
  const { from } = c.req.query()
  return html(c, <NextHoldings {...shownOf(c, c.var.snapshot)} from={readCount(from)} />)
})

function shownOf(c: AppContext, snapshot: Snapshot): Shown {
  const tiles = c.req.query('tiles')
  return {
    snapshot,
    clock: clockOf(snapshot, Date.now()),
    ...rangeOf(c, snapshot),
    order: orderOf(c),
    benchmark: namedBenchmark(c.req.query('vs'), snapshot.portfolio.benchmarks),
    rows: rowsOf(c),
    ...(tiles && { tiles }),
  }
}

/** As the address divides it. Its period is not that of the chart. */
function gapOf(c: AppContext, snapshot: Snapshot, asking: Asking): Promise<DividedGap> {
  const { by, period, decisions } = c.req.query()
  const most = decisions === undefined ? 0 : DECISIONS
  return dividedGap(
    asking,
    namedBenchmark(c.req.query('vs'), snapshot.portfolio.benchmarks),
    readDivision(by, period),
    most,
  )
}

/** So many of either kind are shown at a glance. */
const DECISIONS = 3

function orderOf(c: AppContext): Order | undefined {
  const column = c.req.query('sort')
  return column === undefined ? undefined : { column, descending: c.req.query('dir') !== 'asc' }
}

/** How many holdings are asked for; without script one asks for all. */
function rowsOf(c: AppContext): number {
  const requested = c.req.query('rows')
  return requested === 'all' ? Infinity : Math.max(readCount(requested), FIRST_ROWS)
}

function readCount(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0
}

function rangeIn(c: AppContext) {
  return { range: c.req.query('range'), from: c.req.query('from'), to: c.req.query('to') }
}

/** The range of the address, or else the stored one, or else the whole history. */
function rangeOf(
  c: AppContext,
  { summary, last }: Snapshot,
): { range: ChartRange; isRequested: boolean; fault?: RangeFault } {
  const extent = [summary.inputs?.since ?? null, last.days.at(-1) ?? null] as const
  const { range, from = '', to = '' } = rangeIn(c)
  const requested = readRange({ range, from, to })
  const reason = typeof requested === 'string' ? requested : requested && nothingIn(requested, ...extent)
  if (reason === null) {
    if (requested !== null && typeof requested !== 'string') return { range: requested, isRequested: true }
    const stored = storedRange(getCookie(c, 'range'))
    return { range: stored && !nothingIn(stored, ...extent) ? stored : wholeHistory, isRequested: false }
  }
  const whole = { range: wholeHistory, isRequested: false }
  if (from || to) return { ...whole, fault: { reason, from, to } }
  noteMisread(c, 'range', english('The whole history is shown.'))
  return whole
}
