import { Hono } from 'hono'
import type { FC } from 'hono/jsx'
import { type Chart, range } from '../../metrics/chart.ts'
import { type Range, rangeStarts } from '../../metrics/range.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { dayAt } from '../../portfolio/day.ts'
import { coordinator } from '../../refresh/durable-objects.ts'
import { clockOf } from '../clock.ts'
import { framed } from '../frame.tsx'
import { readChart, readPage, readSnapshot } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import { type AppContext, type AppEnv, ownerOf } from '../request.ts'
import type { Clock } from '../views/clock.ts'
import { Activity } from '../views/activity.tsx'
import { ChartFigure } from '../views/chart.tsx'
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
    revision: snapshot.revision,
    page: 'Dashboard',
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

/** By address; that of the activity is not the activity page's. */
const fragments: Record<string, FC<{ snapshot: Snapshot; clock: Clock; range?: Range }>> = {
  headline: Headline,
  chart: ChartFigure,
  holdings: Holdings,
  'recent-activity': Activity,
  freshness: Freshness,
}

dashboard.get(
  '/portfolios/:id/:region{(?:headline|chart|holdings|recent-activity|freshness)$}',
  async (c) => {
    const snapshot = await readSnapshot(c, c.req.param('id'))
    if (!snapshot) return c.notFound()
    const Fragment = fragments[c.req.param('region')]!
    return c.html(<Fragment snapshot={snapshot} clock={clockOf(snapshot, Date.now())} range={rangeOf(c)} />)
  },
)

const ranges = Object.keys(rangeStarts)

export function isRange(text: string): text is Range {
  return ranges.includes(text)
}

export function rangeOf(c: AppContext): Range {
  const asked = c.req.query('range') ?? ''
  return isRange(asked) ? asked : 'all'
}

function inRange(whole: Chart, asked: Range): Chart {
  const last = whole.days.at(-1) ?? dayAt(Date.now(), 'America/New_York')
  return range(whole, rangeStarts[asked](last), null)
}

/** Stale figures are shown at once and their prices asked for behind; nobody waits for it. */
function refreshBehind(c: AppContext, id: string, clock: Clock): void {
  if (!clock.fresh) c.executionCtx.waitUntil(coordinator(c.env, id).refresh(ownerOf(c), id, 'opened', false))
}
