import { type LateCharts, quotesByChart } from '../market/batch.ts'
import type { Answered, Quoted } from '../market/source.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import { currenciesOf } from '../portfolio/exchange-rate.ts'
import type { History } from '../portfolio/instrument.ts'
import { type GuardedSource, historyOf, nextMinute, pricesOf, signed } from './guarded-source.ts'
import type { PriceAllowance } from './price-allowance.ts'

/** The chosen source, and those that stand in for it. */
export type Sources = readonly [GuardedSource, ...GuardedSource[]]

/**
 * Prices by other ways, while the quotes fail: twenty symbols a minute in one call of the plainer way, what that does not
 * bring by chart, ten a minute, and what is lacking then from the second sources that know of it. Beyond that they are
 * unavailable. A chart that came too late for one question is no further call for the next, and of the symbols `awaited`,
 * whose history is on its way, none is asked for.
 */
export async function otherQuotesOf(
  [chosen, ...others]: Sources,
  allowed: PriceAllowance,
  late: LateCharts,
  symbols: readonly string[],
  awaited: readonly string[],
): Promise<Map<string, Answered<Quoted>>> {
  const plainly = allowed('plain', symbols, Date.now())
  const answers = await pricesOf(chosen, 'plainQuotes', plainly)
  const keep = (found: Map<string, Answered<Quoted>>) => {
    // a rejection says more than a price that did not come
    for (const [symbol, answer] of found) if (answer.status !== 'unavailable') answers.set(symbol, answer)
  }
  const lacking = () => plainly.filter((symbol) => answers.get(symbol)?.status !== 'ok')
  const charts = { history: (symbol: string, from: Day) => historyOf(chosen, symbol, from) }
  const today = dayAt(Date.now(), 'UTC')
  const open = lacking()
  const isNew = (symbol: string) => !late.has(symbol) && !awaited.includes(symbol)
  const byChart = [
    ...open.filter((symbol) => late.has(symbol)),
    ...allowed('chart', open.filter(isNew), Date.now()),
  ]
  const charted = await quotesByChart(charts, byChart, today, { late })
  keep(new Map([...charted].map(([symbol, answer]) => [symbol, signed(chosen, answer)])))
  for (const other of others) {
    const known = lacking().filter(
      (symbol) => standsIn(other, symbol) && isMissed(answers.get(symbol)!, symbol),
    )
    const found = await pricesOf(other, 'quotes', allowed('second', known, Date.now()))
    keep(found)
    for (const [symbol, { status }] of found)
      if (status === 'unavailable') answers.set(symbol, notForADay(answers.get(symbol)!))
  }
  for (const symbol of symbols) if (!answers.has(symbol)) answers.set(symbol, signed(chosen, nextMinute))
  return answers
}

/**
 * The history of a symbol from the chosen source. While that is left alone, a second one answers for the symbols that it
 * knows of, and for an exchange rate that the chosen one lacks.
 */
export async function historyOfAny(
  [chosen, ...others]: Sources,
  symbol: string,
  from: Day,
): Promise<Answered<History>> {
  const answer = await historyOf(chosen, symbol, from)
  const isLeftAlone = chosen.circuits.isOpen(chosen.definition.circuitOf.history!)
  if (
    answer.status === 'ok' ||
    !isMissed(answer, symbol) ||
    (answer.status === 'unavailable' && !isLeftAlone)
  ) {
    return answer
  }
  let isOpen = false
  for (const other of others) {
    if (!standsIn(other, symbol)) continue
    const found = await historyOf(other, symbol, from)
    if (found.status === 'ok') return found
    isOpen ||= found.status === 'unavailable'
  }
  return isOpen ? notForADay(answer) : answer
}

function standsIn({ definition }: GuardedSource, symbol: string): boolean {
  return definition.covers?.(symbol) ?? false
}

/** True when another source may answer: none came, or it is an exchange rate, which all who know of it give alike. */
function isMissed({ status }: Answered<unknown>, symbol: string): boolean {
  return status === 'unavailable' || (status === 'rejected' && currenciesOf(symbol) !== null)
}

/** A rejection by one source while another, which may know more, did not answer: it stands for an hour, not for a day. */
function notForADay<T>(answer: Answered<T>): Answered<T> {
  return answer.status === 'rejected' ? { ...answer, noData: true } : answer
}
