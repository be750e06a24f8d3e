import type { Day } from '../portfolio/day.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import { readDay } from './day-param.ts'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns the view and the last day that the query asks for, or the response that says what is wrong with it. */
export function readCashFlowsQuery(
  c: AppContext,
  portfolio: Portfolio,
): { view: string; asOf: Day | null } | Response {
  const asOf = readDay(c, 'as_of')
  if (asOf instanceof Response) return asOf
  const view = c.req.query('view') ?? 'portfolio'
  const views = ['portfolio', ...portfolio.benchmarks]
  return views.includes(view)
    ? { view, asOf }
    : problem(c, 400, `view must be one of ${views.join(', ')}, not “${view}”.`)
}
