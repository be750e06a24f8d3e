import { readBenchmark } from '../portfolio/benchmark-spelling.ts'
import { shownBenchmarks } from './look.ts'
import type { ScopedContext } from './access/portfolio-scope.tsx'
import { problem } from './problem.ts'

/** Returns whose cash flows the query asks for, `portfolio` or a benchmark, one that is looked at too, or what is wrong with it. */
export function readCashFlowsView(c: ScopedContext<'portfolio'>): string | Response {
  const { portfolio, look } = c.var
  const view = c.req.query('view') || 'portfolio'
  const views = ['portfolio', ...shownBenchmarks(portfolio.benchmarks, look)]
  const read = readBenchmark(view)
  const named = views.find((each) => each === view || ('spelling' in read && each === read.spelling))
  return named ?? problem(c, 400, `view must be one of ${views.join(', ')}, not “${view.slice(0, 60)}”.`)
}
