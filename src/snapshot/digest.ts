import { decisions } from '../metrics/decisions.ts'
import { gap } from '../metrics/gap.ts'
import { performance } from '../metrics/performance.ts'
import type { Day } from '../portfolio/day.ts'
import { stored } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Sentence } from '../portfolio/sentence.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { gainOf, says } from './alerts/says.ts'
import { bestAndWorst, type DecisionRow } from './decision-row.ts'
import type { Snapshot } from './snapshot.ts'

/** So many ex-dates are named. */
const EX_DATES = 6

/**
 * Says how a week has gone, in a sentence each: the time-weighted return since the close of `from`, the last session of the week
 * before, beside that of each benchmark over the same days (finance.md, "TWR"); the gap to the first of them until now; the
 * purchase or sale that has won the most money against it until now, and the one that has lost the most; and the ex-dates of the
 * coming four weeks. What is not known is left out, the returns apart, which then say why. `series` ends with the week.
 */
export function digest(
  ledger: Ledger,
  series: Valuations,
  snapshot: Snapshot,
  from: Day,
): readonly Sentence[] {
  const [benchmark] = ledger.benchmarks
  return [
    returnsOf(ledger, series, from),
    ...(benchmark === undefined ? [] : [gapTo(benchmark, snapshot), decisionsAgainst(benchmark, ledger)]),
    exDatesOf(snapshot),
  ].filter((each) => each !== null)
}

function returnsOf(ledger: Ledger, series: Valuations, from: Day): Sentence {
  const { twr, benchmarks, reasons } = performance(ledger, series, from)
  if (twr === null)
    return reasons.twr
      ? says('Portfolio: no return of this week, because {reason}.', { reason: { reason: reasons.twr } })
      : says('Portfolio: no return of this week.', {})
  const theirs = Object.entries(benchmarks).flatMap(([symbol, each]) =>
    each.twr === null ? [] : [says('{symbol} {change}', { symbol, change: { change: each.twr } })],
  )
  const values = { change: { change: twr }, day: { day: from } }
  return theirs.length === 0
    ? says('Portfolio {change} since the close of {day}.', values)
    : says('Portfolio {change}, {benchmarks} since the close of {day}.', { ...values, benchmarks: theirs })
}

function gapTo(benchmark: string, { summary, portfolio }: Snapshot): Sentence | null {
  const amount = summary.benchmarks[benchmark]?.gap ?? null
  if (amount === null) return null
  return says('Gap to {benchmark}: {gap}.', {
    benchmark,
    gap: gainOf(stored(amount), portfolio.base_currency),
  })
}

function decisionsAgainst(benchmark: string, ledger: Ledger): Sentence | null {
  const decided = decisions(ledger, gap(ledger, benchmark, { asOf: ledger.today, by: 'lot' }))
  const {
    best: [first],
    worst: [last],
  } = bestAndWorst(decided, 1)
  const best = first && deed('best', first, ledger)
  const worst = last && deed('worst', last, ledger)
  if (best && worst) return says('Decisions until now: {best}; {worst}.', { best, worst })
  const decision = best ?? worst
  return decision ? says('Decisions until now: {decision}.', { decision }) : null
}

function deed(
  which: 'best' | 'worst',
  { type, symbol, date, gap: won }: DecisionRow,
  { baseCurrency }: Ledger,
): Sentence {
  const did = type === 'buy' ? 'purchase' : 'sale'
  return says(`${which} {symbol} ${did} of {day} {gain}`, {
    symbol,
    day: { day: date },
    gain: gainOf(stored(won!), baseCurrency),
  })
}

function exDatesOf({ ex_dates }: Snapshot): Sentence | null {
  const named = ex_dates
    .slice(0, EX_DATES)
    .map(({ symbol, ex_date }) => says('{symbol} {day}', { symbol, day: { day: ex_date } }))
  const more = ex_dates.length - named.length
  if (more > 0) return says('Ex-dates ahead: {all} and {n} more.', { all: named, n: String(more) })
  const last = named.at(-1)
  if (last === undefined) return null
  return named.length === 1
    ? says('Ex-dates ahead: {all}.', { all: named })
    : says('Ex-dates ahead: {all} and {last}.', { all: named.slice(0, -1), last })
}
