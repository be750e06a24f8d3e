import type { GapBy } from '../metrics/gap.ts'
import type { Day } from '../portfolio/day.ts'
import { readPeriod } from './day-param.ts'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** A gap to ask the coordinator for. */
export type GapQuery = { benchmark: string; asOf: Day | null; from: Day | null; by: GapBy }

const divisions: GapBy[] = ['symbol', 'lot', 'year']

/** Returns the gap that the query asks for, the first benchmark's by symbol, or the response that says what is wrong. */
export function readGapQuery(c: AppContext, benchmarks: readonly string[]): GapQuery | Response {
  const period = readPeriod(c)
  if (period instanceof Response) return period
  const { benchmark = benchmarks[0], by = 'symbol' } = c.req.query()
  if (benchmark === undefined) {
    return problem(c, 400, 'This portfolio has no benchmark. Choose one in its settings.')
  }
  if (!benchmarks.includes(benchmark)) {
    return problem(
      c,
      400,
      `benchmark must be one of ${benchmarks.join(', ')}, not “${benchmark.slice(0, 40)}”.`,
    )
  }
  if (!divisions.includes(by as GapBy)) {
    return problem(c, 400, `by must be one of ${divisions.join(', ')}, not “${by.slice(0, 40)}”.`)
  }
  return { benchmark, ...period, by: by as GapBy }
}
