import { readBenchmark } from '../portfolio/benchmark-spelling.ts'
import { readWhatIf } from '../portfolio/what-if-spelling.ts'
import type { Look } from '../snapshot/snapshot.ts'
import { LONGEST_LOOK } from './api/asked.ts'
import type { AppContext } from './request.ts'

/**
 * Returns what an address asks to look at besides what is saved: a benchmark with `vs`, on the pages of the gap also with
 * `benchmark`, and a variant with `what_if`, whose last day may be in `until`. Null without any and for what writes, or what
 * is wrong with it. A benchmark that the portfolio has is named in the same way.
 */
export function readLook(c: AppContext): { look: Look | null } | { fault: string } {
  // the list that answers an edit of a transaction is one that is looked at, too
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD' || TRANSACTIONS.test(c.req.path)
  const { what_if: typed = '', until = '' } = c.req.query()
  const [named = 'vs', other] = namesIn(c)
  const value = c.req.query(named) ?? ''
  const twice = [named, 'what_if'].find((name) => (c.req.queries(name)?.length ?? 0) > 1)
  if (isRead && twice && showsLooks(c.req.path, twice === 'what_if' ? twice : 'vs'))
    return { fault: `${twice} is given more than once: one is looked at.` }
  if (isRead && other) return { fault: `${named} and ${other} are the same: one is looked at.` }
  if (!isRead || (value === '' && typed === '')) return { look: null }
  if (!showsLooks(c.req.path, typed === '' ? 'vs' : 'what_if'))
    return typed === ''
      ? { look: null }
      : { fault: 'what_if is asked of the dashboard, of the gap and of risk.' }
  const tooLong = value.length > LONGEST_LOOK ? named : typed.length > LONGEST_LOOK ? 'what_if' : null
  if (tooLong) return { fault: `${tooLong} has more than ${LONGEST_LOOK} characters.` }
  const rule = typed === '' ? null : readWhatIf(`${typed} ${until.slice(0, 40)}`)
  if (rule && 'reason' in rule) return { fault: `what_if: ${rule.reason}.` }
  const whatIf = rule && rule.spelling
  // the variant is one of the benchmarks of its page
  if (value === '' || value === whatIf) return { look: { vs: null, whatIf } }
  const read = readBenchmark(value)
  return 'reason' in read ? { fault: `${named}: ${read.reason}.` } : { look: { vs: read.spelling, whatIf } }
}

/** The names under which an address gives a benchmark to look at. */
function namesIn(c: AppContext): string[] {
  const names = /\/gap(\/|$)/.test(c.req.path) ? ['benchmark', 'vs'] : ['vs']
  return names.filter((name) => (c.req.query(name) ?? '') !== '')
}

/**
 * True for the dashboard, its parts, the pages of its figures, of risk and months, and what the API answers of them. Of
 * symbols, transactions, cash flows and decisions there is no variant.
 */
export function showsLooks(path: string, name: 'vs' | 'what_if'): boolean {
  if (path.startsWith('/api/')) return API.test(path) || (name === 'vs' && UNVARIED_API.test(path))
  const page = /^\/portfolios\/[^/]+(\/.*)?$/.exec(path)
  // a shared page has none
  if (page === null) return false
  const [, rest = ''] = page
  return rest === '' || PAGES.test(rest) || (name === 'vs' && UNVARIED.test(rest))
}

const PAGES =
  /^\/(figures\/|gap(\/|$)|chart(\.json)?$|trades\.json$|headline|why|regions|holdings(\/rows)?$|allocation|recent|log|freshness|risk(\/|$)|export\/months)/
const UNVARIED =
  /^\/(decisions$|instruments\/[^/]+$|transactions(\/|$)|cash-flows$|export\/(holdings|cash-flows))/
const TRANSACTIONS = /^\/portfolios\/[^/]+\/transactions(\/|$)/

const API = /^\/api\/(dashboard-(initial|holdings|chart)-data|portfolios\/[^/]+\/(performance|gap|risk))$/
const UNVARIED_API = /^\/api\/portfolios\/[^/]+\/(cash-flows|decisions)$/

/** Returns the benchmark that an address names, of those that the snapshot has; the first where it names none. */
export function namedBenchmark(named: string | undefined, benchmarks: readonly string[]): string | null {
  const read = named === undefined || named === '' ? null : readBenchmark(named)
  const spelling = read === null || 'reason' in read ? named : read.spelling
  return benchmarks.find((each) => each === spelling) ?? benchmarks[0] ?? null
}

/** The benchmarks of a portfolio, and the one that is looked at. */
export function shownBenchmarks(benchmarks: readonly string[], look: Look | null): string[] {
  return [...new Set([...benchmarks, ...(look?.vs == null ? [] : [look.vs])])]
}
