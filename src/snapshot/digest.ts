import { decisions } from '../metrics/decisions.ts'
import { gap } from '../metrics/gap.ts'
import { performance } from '../metrics/performance.ts'
import type { Day } from '../portfolio/day.ts'
import { stored } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { dateOf, listed, signedAmount, signedPercentOf } from './alerts/plain-words.ts'
import { bestAndWorst, type DecisionRow } from './decision-row.ts'
import type { Snapshot } from './snapshot.ts'

/** So many ex-dates are named. */
const EX_DATES = 6

/**
 * Says how a week has gone, in a line each: the time-weighted return since the close of `from`, the last session of the week
 * before, beside that of each benchmark over the same days (finance.md, "TWR"); the gap to the first of them until now; the
 * purchase or sale that has won the most money against it until now, and the one that has lost the most; and the ex-dates of the
 * coming four weeks. What is not known is left out, the returns apart, which then say why. `series` ends with the week.
 */
export function digest(ledger: Ledger, series: Valuations, snapshot: Snapshot, from: Day): string {
  const [benchmark] = ledger.benchmarks
  return [
    returnsOf(ledger, series, from),
    ...(benchmark === undefined ? [] : [gapTo(benchmark, snapshot), decisionsAgainst(benchmark, ledger)]),
    exDatesOf(snapshot),
  ]
    .filter(Boolean)
    .join('\n')
}

function returnsOf(ledger: Ledger, series: Valuations, from: Day): string {
  const { twr, benchmarks, reasons } = performance(ledger, series, from)
  if (twr === null) return `You: no return of this week${reasons.twr ? `, because ${reasons.twr}` : ''}.`
  const theirs = Object.entries(benchmarks).flatMap(([symbol, each]) =>
    each.twr === null ? [] : [`${symbol} ${signedPercentOf(each.twr)}`],
  )
  return `${[`You ${signedPercentOf(twr)}`, ...theirs].join(', ')} since the close of ${dateOf(from)}.`
}

function gapTo(benchmark: string, { summary, portfolio }: Snapshot): string | null {
  const amount = summary.benchmarks[benchmark]?.gap ?? null
  return amount && `Gap to ${benchmark}: ${signedAmount(stored(amount), portfolio.base_currency)}.`
}

function decisionsAgainst(benchmark: string, ledger: Ledger): string | null {
  const decided = decisions(ledger, gap(ledger, benchmark, { asOf: ledger.today, by: 'lot' }))
  const {
    best: [best],
    worst: [worst],
  } = bestAndWorst(decided, 1)
  const said = [best && `best ${deed(best, ledger)}`, worst && `worst ${deed(worst, ledger)}`].filter(Boolean)
  return said.length === 0 ? null : `Decisions until now: ${said.join('; ')}.`
}

function deed({ type, symbol, date, gap: won }: DecisionRow, { baseCurrency }: Ledger): string {
  const did = type === 'buy' ? 'purchase' : 'sale'
  return `${symbol} ${did} of ${dateOf(date)} ${signedAmount(stored(won!), baseCurrency)}`
}

function exDatesOf({ ex_dates }: Snapshot): string | null {
  if (ex_dates.length === 0) return null
  const named = ex_dates.slice(0, EX_DATES).map(({ symbol, ex_date }) => `${symbol} ${dateOf(ex_date)}`)
  const more = ex_dates.length - named.length
  return `Ex-dates ahead: ${listed([...named, ...(more > 0 ? [`${more} more`] : [])])}.`
}
