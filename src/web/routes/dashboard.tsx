import { Hono } from 'hono'
import type { FC } from 'hono/jsx'
import { type Chart, range } from '../../metrics/chart.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { addDays, type Day, dayAt } from '../../portfolio/day.ts'
import { coordinator } from '../../refresh/durable-objects.ts'
import type { Region } from '../../refresh/signals.ts'
import { clockOf } from '../clock.ts'
import { framed } from '../frame.tsx'
import { readChart, readPage, readSnapshot } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppContext, type AppEnv, ownerOf } from '../request.ts'
import type { Clock } from '../views/clock.ts'
import { Activity } from '../views/activity.tsx'
import { ChartFigure, type Range } from '../views/chart.tsx'
import { Dashboard } from '../views/dashboard.tsx'
import { Freshness } from '../views/freshness.tsx'
import { Headline } from '../views/headline.tsx'
import { Holdings } from '../views/holdings.tsx'

export const dashboard = new Hono<AppEnv>()

dashboard.get('/portfolios/:id', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { snapshot, list } = page
  const { id, name } = snapshot.portfolio
  const clock = clockOf(snapshot, Date.now())
  refreshBehind(c, id, clock)
  return framed(c, 200, name, <Dashboard snapshot={snapshot} clock={clock} range={rangeOf(c)} />, {
    list,
    current: id,
    here: 'Dashboard',
    revision: snapshot.revision,
  })
})

dashboard.get('/portfolios/:id/chart.json', async (c) => {
  const whole = await readChart(c, c.req.param('id'))
  if (!whole) return noPortfolio(c)
  const asked = c.req.query('range')
  if (asked !== undefined && !isRange(asked))
    return problem(c, 400, `range must be one of ${ranges.join(', ')}.`)
  return c.json(inRange(whole, asked ?? 'all'))
})

const fragments: Record<Region, FC<{ snapshot: Snapshot; clock: Clock; range?: Range }>> = {
  headline: Headline,
  chart: ChartFigure,
  holdings: Holdings,
  activity: Activity,
  freshness: Freshness,
}

dashboard.get('/portfolios/:id/:region{(?:headline|chart|holdings|activity|freshness)$}', async (c) => {
  const snapshot = await readSnapshot(c, c.req.param('id'))
  if (!snapshot) return c.notFound()
  const Fragment = fragments[c.req.param('region') as Region]
  return c.html(<Fragment snapshot={snapshot} clock={clockOf(snapshot, Date.now())} range={rangeOf(c)} />)
})

const ranges: readonly Range[] = ['1m', '3m', 'ytd', '12m', '5y', 'all']

function isRange(text: string): text is Range {
  return (ranges as readonly string[]).includes(text)
}

function rangeOf(c: AppContext): Range {
  const asked = c.req.query('range') ?? ''
  return isRange(asked) ? asked : 'all'
}

/** Back from the chart's last day. */
function inRange(whole: Chart, asked: Range): Chart {
  const last = whole.days.at(-1) ?? dayAt(Date.now(), 'America/New_York')
  const starts: Record<Range, Day | null> = {
    '1m': addDays(last, -31),
    '3m': addDays(last, -92),
    ytd: addDays(`${last.slice(0, 4)}-01-01`, -1),
    '12m': addDays(last, -365),
    '5y': addDays(last, -1826),
    all: null,
  }
  return range(whole, starts[asked], null)
}

/** Stale figures are shown at once and their prices asked for behind; nobody waits for it. */
function refreshBehind(c: AppContext, id: string, clock: Clock): void {
  if (!clock.fresh) c.executionCtx.waitUntil(coordinator(c.env, id).refresh(ownerOf(c), id, 'opened', false))
}
