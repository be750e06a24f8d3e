import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { FC } from 'hono/jsx'
import { downsample } from '../../metrics/chart.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import { type Region, regions } from '../../coordinator/live-events.ts'
import {
  type ChartRange,
  inRange,
  queryOf,
  rangeAsked,
  rangeRemembered,
  wholeHistory,
} from '../chart-range.ts'
import { type Clock, clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import { readChart, readPage, readSnapshot, readTrades } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppContext, type AppEnv, html } from '../request.ts'
import { AllocationPanel } from '../views/allocation.tsx'
import { ChartFigure } from '../views/chart.tsx'
import { Dashboard } from '../views/dashboard.tsx'
import { RecentActivity } from '../views/recent-activity.tsx'
import { Freshness } from '../views/freshness.tsx'
import { Headline } from '../views/headline.tsx'
import { Holdings, type Order } from '../views/holdings.tsx'
import { Recent } from '../views/recent-transactions.tsx'

export const dashboard = new Hono<AppEnv>()

/** More days than this would only make the first picture late; who needs every one (a drawdown does) asks for it. */
const DRAWN = 160

dashboard.get('/portfolios/:id', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { snapshot, list } = page
  const { id, name } = snapshot.portfolio
  const clock = clockOf(snapshot, Date.now())
  refreshBehind(c, id, clock)
  const asked = rangeAsked(rangeIn(c))
  // remembered for this portfolio, in this browser
  if (asked !== null && typeof asked !== 'string') {
    setCookie(c, 'range', queryOf(asked), { path: `/portfolios/${id}`, maxAge: YEAR, sameSite: 'Lax' })
  }
  const content = <Dashboard snapshot={snapshot} clock={clock} {...rangeOf(c)} order={orderOf(c)} />
  return renderPage(c, 200, name, content, {
    list,
    current: id,
    revision: snapshot.revision,
  })
})

const YEAR = 365 * 24 * 60 * 60

dashboard.get('/portfolios/:id/chart.json', async (c) => {
  const whole = await readChart(c, c.req.param('id'))
  if (!whole) return noPortfolio(c)
  const asked = rangeAsked(rangeIn(c))
  if (typeof asked === 'string') return problem(c, 400, asked)
  const days = inRange(whole, asked ?? wholeHistory)
  const { invested: _unseen, ...lines } = c.req.query('days') === 'every' ? days : downsample(days, DRAWN)
  return c.json(lines)
})

dashboard.get('/portfolios/:id/trades.json', async (c) => {
  const trades = await readTrades(c, c.req.param('id'))
  return trades ? c.json(trades) : noPortfolio(c)
})

// what the search palette finds besides pages and actions
dashboard.get('/portfolios/:id/symbols.json', async (c) => {
  const snapshot = await readSnapshot(c, c.req.param('id'))
  if (!snapshot) return noPortfolio(c)
  const { holdings, closed } = snapshot
  return c.json([...holdings, ...closed].map(({ symbol, name }) => ({ symbol, name })))
})

type Shown = {
  snapshot: Snapshot
  clock: Clock
  range?: ChartRange
  fault?: string
  order?: Order | undefined
}

const fragments: Record<Region, FC<Shown>> = {
  headline: Headline,
  chart: ChartFigure,
  holdings: Holdings,
  allocation: AllocationPanel,
  recent: Recent,
  log: RecentActivity,
  freshness: Freshness,
}

dashboard.get(`/portfolios/:id/:region{(?:${regions.join('|')})$}`, async (c) => {
  // opened by itself, a part of the page is the page
  if (c.req.header('sec-fetch-mode') === 'navigate') {
    return c.redirect(`/portfolios/${c.req.param('id')}#${c.req.param('region')}`)
  }
  const snapshot = await readSnapshot(c, c.req.param('id'))
  if (!snapshot) return c.notFound()
  const Fragment = fragments[c.req.param('region') as Region]
  const clock = clockOf(snapshot, Date.now())
  return html(c, <Fragment snapshot={snapshot} clock={clock} {...rangeOf(c)} order={orderOf(c)} />)
})

function orderOf(c: AppContext): Order | undefined {
  const column = c.req.query('sort')
  return column === undefined ? undefined : { column, descending: c.req.query('dir') !== 'asc' }
}

function rangeIn(c: AppContext) {
  return { range: c.req.query('range'), from: c.req.query('from'), to: c.req.query('to') }
}

/** As asked, else as remembered, else all. */
function rangeOf(c: AppContext): { range: ChartRange; fault?: string } {
  const asked = rangeAsked(rangeIn(c))
  const otherwise = rangeRemembered(getCookie(c, 'range')) ?? wholeHistory
  if (typeof asked !== 'string') return { range: asked ?? otherwise }
  // a name that nobody offered is not the reader's mistake
  return rangeIn(c).from || rangeIn(c).to ? { range: wholeHistory, fault: asked } : { range: wholeHistory }
}

/** Stale figures are shown at once and their prices asked for behind; nobody waits for it. */
function refreshBehind(c: AppContext, id: string, clock: Clock): void {
  if (!clock.fresh) c.executionCtx.waitUntil(coordinator(c.env, id).refresh('opened', false))
}
