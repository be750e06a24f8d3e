import type { GapBy } from '../metrics/gap.ts'
import type { Day } from '../portfolio/day.ts'
import type { ScopedContext } from './access/portfolio-scope.tsx'
import { divisions } from './api/asked.ts'
import { readFrom } from './day-param.ts'
import { problem } from './problem.ts'

/** A gap to ask the coordinator for. */
type GapQuery = { benchmark: string; asOf: Day | null; from: Day | null; by: GapBy }

/**
 * Returns the gap that the query asks for, to any benchmark that has prices, or the response that says what is wrong. Without
 * a benchmark it is the first one's, and by symbol.
 */
export function readGapQuery(c: ScopedContext<'portfolio'>): GapQuery | Response {
  const { portfolio, asOf, look } = c.var
  const { benchmarks } = portfolio
  const from = readFrom(c, asOf)
  if (from instanceof Response) return from
  const asked = c.req.query('by') || 'symbol'
  const by = divisions.find((each) => each === asked)
  if (look?.vs != null && look.whatIf !== null) {
    return problem(c, 400, 'The gap is to one of the two: to `benchmark`, or to `what_if`.')
  }
  const benchmark = look?.vs ?? look?.whatIf ?? benchmarks[0]
  if (benchmark === undefined) {
    return problem(c, 400, 'This portfolio has no benchmark. Choose one in its settings.')
  }
  if (!by) {
    return problem(c, 400, `by must be one of ${divisions.join(', ')}, not “${asked.slice(0, 40)}”.`)
  }
  return { benchmark, asOf, from, by }
}
