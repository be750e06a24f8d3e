import type { GapBy } from '../../metrics/gap.ts'
import { isDay } from '../../portfolio/day.ts'
import type { query } from './query.ts'

// What an address may ask for. The words that the document has for it (query.ts) are no part of the Worker.

export type Asked = keyof typeof query

const look: Asked[] = ['vs', 'what_if', 'until']
const now: Asked[] = ['as_of', 'revision']

/** By the route's name, what it may be asked; a route that is not here may be asked nothing. */
export const asks: Readonly<Record<string, readonly Asked[]>> = {
  'GET /api/dashboard-initial-data': ['portfolio_id', ...look, ...now],
  'GET /api/dashboard-holdings-data': ['portfolio_id', 'lots', ...look, ...now],
  'GET /api/dashboard-chart-data': ['portfolio_id', 'from', 'to', ...look, ...now],
  'GET /api/portfolios/:id/performance': ['from', 'explain', ...look, ...now],
  'GET /api/portfolios/:id/gap': ['benchmark', 'by', 'from', ...look, 'as_of'],
  'GET /api/portfolios/:id/decisions': ['vs', 'as_of'],
  'GET /api/portfolios/:id/risk': ['range', 'from', 'explain', ...look, 'as_of'],
  'GET /api/portfolios/:id/income': ['explain', 'as_of'],
  'GET /api/portfolios/:id/targets': ['amount', 'as_of'],
  'GET /api/portfolios/:id/cash-flows': ['view', 'vs', 'as_of'],
  'GET /api/portfolios/:id/transactions': ['limit', 'after', 'derived', 'as_of'],
  'POST /api/portfolios/:id/imports': ['preview', 'name', 'answers', 'days', 'decimals', 'amount_of_rows'],
  'DELETE /api/portfolios/:id/imports/:import': ['anyway'],
  'GET /api/portfolios/:id/action-proposals': ['as_of'],
  'POST /api/portfolios/:id/action-proposals': ['preview'],
  'GET /api/portfolios/:id/dividend-proposals': ['as_of'],
  'GET /api/securities': ['q'],
  'GET /api/instruments/:symbol/prices': ['as_of'],
}

/**
 * Returns what is wrong with the query of an address of the JSON API, null where nothing is: a name that its route is not
 * asked, which would have been a misspelled one, or one that is given twice. Whether a value can be read, its route says. All
 * that reads may be sent `as_of` and `revision`, which a program adds to every address; where a day says nothing, past-day.ts
 * refuses it. An import takes the names of a file's own columns, and looks at them itself.
 */
export function faultOfQuery(route: string, params: URLSearchParams): string | null {
  if (!route.includes(' /api/') || route === 'POST /api/portfolios/:id/imports') return null
  const own = asks[route] ?? []
  const takes = route.startsWith('GET ') ? new Set([...own, ...now]) : new Set(own)
  for (const [name] of params) {
    const said = `“${name.slice(0, 40)}”`
    if (!(takes as ReadonlySet<string>).has(name))
      return own.length === 0
        ? `This address takes no parameter ${said}.`
        : `This address takes no parameter ${said}. It takes ${listed(own)}.`
    if (params.getAll(name).length > 1) return `${name} is given more than once.`
  }
  if (takes.has('portfolio_id') && !params.get('portfolio_id'))
    return '`portfolio_id` is missing: the id of a portfolio or group, or all.'
  if (params.get('until') && !params.get('what_if'))
    return '`until` is the last day of a `what_if`, which is missing.'
  const day = params.get('as_of') ?? ''
  if (day !== '' && !isDay(day)) return `as_of must be ${A_DATE}, not “${day.slice(0, 40)}”.`
  const revision = params.get('revision') ?? ''
  return /^\d{0,16}$/.test(revision)
    ? null
    : `revision must be a whole number, not “${revision.slice(0, 40)}”.`
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}

/** What a day must be, in a sentence. */
export const A_DATE = 'a date such as 2024-03-01'

/** How a gap is divided. */
export const divisions = ['symbol', 'lot', 'year'] as const satisfies readonly GapBy[]

/** So many rows has a page of transactions at most, and without a word on it. */
export const MOST_ROWS = 500
export const ROWS = 100

/** No spelling of a benchmark or a what-if is longer. */
export const LONGEST_LOOK = 200
