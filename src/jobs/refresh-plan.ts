import { hoursOf, lastFinalBar, previousSession } from '../market/hours/trading-hours.ts'
import { inDelistedBackoff } from '../market/hours/delisting.ts'
import { type Attention, isFresh } from '../market/hours/freshness.ts'
import { addDays, type Day } from '../portfolio/day.ts'
import type { SymbolState, Trading } from '../portfolio/symbol-state.ts'
import { firstDayOf, type Terms } from '../portfolio/terms.ts'
import { CHUNK, type RefreshMessage, type Requester } from './messages.ts'
import { type Task, taskOf } from '../coordinator/refresh-state.ts'

/** A symbol that somebody needs prices of, from a day on; null when the latest price will do. */
export type Wanted = SymbolState & { from: Day | null }

/**
 * What a portfolio needs prices of, given what is stored of each symbol that it tracks. A symbol is needed from its own
 * first transaction on; the symbols of benchmarks and exchange rates from the portfolio's first one.
 */
export function wantedFor(
  states: readonly SymbolState[],
  benchmarks: readonly string[],
  transactions: readonly { symbol: string | null; date: Day; terms?: Terms }[],
): Wanted[] {
  const firstOf = (some: typeof transactions) =>
    some.reduce<Day | null>((first, each) => {
      const day = firstDayOf(each)
      return first === null || day < first ? day : first
    }, null)
  const bySymbol = Map.groupBy(transactions, ({ symbol }) => symbol)
  const portfolioFirst = firstOf(transactions)
  return states.map((state) => {
    const own = benchmarks.includes(state.symbol) ? undefined : bySymbol.get(state.symbol)
    const first = own ? firstOf(own) : portfolioFirst
    return { ...state, from: first === null ? null : historyFrom(first) }
  })
}

export type Plan = { quotes: string[]; histories: { symbol: string; from: Day }[] }

/** The stored sessions that are fetched again when a history is continued, so that a corrected close is noticed. */
const OVERLAP = 5
/** As many weekdays more where an exchange's holidays are not known. */
const HOLIDAYS = 2

/**
 * Decides what to ask the market for at `now` (milliseconds). A symbol's history is fetched when it is missing,
 * begins too late or lacks the last session; its answer carries the latest price too. Otherwise the quote is
 * fetched when it is no longer fresh. A symbol that was refused, or is delisted, is left alone for some time, unless it
 * needs a part of its history that was never asked for. `freshFor` (milliseconds) replaces the policy's freshness: the Refresh button
 * counts only the last seconds as fresh.
 */
export function plan(
  wanted: readonly Wanted[],
  now: number,
  how: { attention: Attention; freshFor?: number },
): Plan {
  const made: Plan = { quotes: [], histories: [] }
  for (const want of wanted) {
    if (rests(want, now)) continue
    const history = missingHistory(want, now)
    if (history) made.histories.push({ symbol: want.symbol, from: history })
    else if (!isCurrent(want, now, how)) made.quotes.push(want.symbol)
  }
  return made
}

/** Of more histories than this the last come after a second. */
const MANY = 10

/**
 * The symbols that are priced ahead of their histories, when these are many: quotes come fifty a call, so that each
 * holding has its price soon. No refresh waits for them, because a history brings its price along.
 */
export function pricedAhead(wanted: readonly Wanted[], { histories }: Plan): string[] {
  if (histories.length <= MANY) return []
  const asked = new Set(histories.map(({ symbol }) => symbol))
  return wanted.flatMap(({ symbol, quoteFetchedAt }) =>
    quoteFetchedAt === null && asked.has(symbol) ? [symbol] : [],
  )
}

/** The tasks that a refresh with this plan waits for. */
export function tasksOf(made: Plan): Task[] {
  return [
    ...made.histories.map(({ symbol }) => taskOf('history', symbol)),
    ...made.quotes.map((symbol) => taskOf('quote', symbol)),
  ]
}

/** The part of a plan that belongs to these tasks. */
export function partOf(made: Plan, tasks: readonly Task[]): Plan {
  return {
    quotes: made.quotes.filter((symbol) => tasks.includes(taskOf('quote', symbol))),
    histories: made.histories.filter(({ symbol }) => tasks.includes(taskOf('history', symbol))),
  }
}

/**
 * The plan as messages: one for each history, and the quotes in chunks. The requester is the refresh that waits for
 * them; after `until` (milliseconds) nobody needs them any more.
 */
export function messagesOf(made: Plan, requester: Requester | null, until?: number): RefreshMessage[] {
  const common = { requester, ...(until !== undefined && { until }) }
  const chunks = Array.from({ length: Math.ceil(made.quotes.length / CHUNK) }, (_, i) =>
    made.quotes.slice(i * CHUNK, (i + 1) * CHUNK),
  )
  return [
    ...made.histories.map((history) => ({ kind: 'history' as const, ...history, ...common })),
    ...chunks.map((symbols) => ({ kind: 'quotes' as const, symbols, ...common })),
  ]
}

/**
 * The first day of a portfolio's history: whole years, so that its bars fill their rows, and early enough that the
 * close before the first transaction is there.
 */
export function historyFrom(firstTransaction: Day): Day {
  return `${addDays(firstTransaction, -10).slice(0, 4)}-01-01`
}

/**
 * The day to fetch from when the last stored bar is of `lastBar`: four sessions earlier, more where holidays are
 * unknown.
 */
export function overlapFrom(lastBar: Day, trading: Trading): Day {
  const hours = hoursOf(trading)
  let from = lastBar
  const more = typeof hours === 'object' || hours === 'weekdays' ? HOLIDAYS : 0
  for (let sessions = 1; sessions < OVERLAP + more; sessions++) from = previousSession(from, hours)
  return from
}

/** True while a symbol is left alone: after a refusal, and for a day after each answer once it is delisted. */
function rests(want: Wanted, now: number): boolean {
  const isRefused = want.retryAt !== null && want.retryAt > now
  return (isRefused || inDelistedBackoff(want, now)) && !wasNeverRequested(want)
}

/**
 * True when a symbol that had a price needs bars from a day from which none were asked for yet. An answer or a refusal
 * makes it false, so a symbol that is gone gets its older bars, splits and dividends by one question.
 */
function wasNeverRequested(want: Wanted): boolean {
  const { from, quoteAt, toDay, refusedFrom } = want
  const isKnown = quoteAt !== null || toDay !== null
  return isKnown && from !== null && beginsTooLate(want, from) && (refusedFrom === null || refusedFrom > from)
}

function beginsTooLate({ fromDay }: Wanted, from: Day): boolean {
  return fromDay === null || fromDay > from
}

/**
 * The day to fetch from, or null when the stored bars do. A symbol without a bar for the last session (another
 * exchange's holiday, a delisting) is not asked for it twice.
 */
function missingHistory(want: Wanted, now: number): Day | null {
  if (want.from !== null && beginsTooLate(want, want.from)) return want.from
  if (want.fromDay === null) return null
  const last = lastFinalBar(want, now)
  if ((want.toDay ?? '') >= last.day || (want.historyFetchedAt ?? 0) >= last.since) return null
  return want.toDay === null ? want.fromDay : overlapFrom(want.toDay, want)
}

function isCurrent(want: Wanted, now: number, how: { attention: Attention; freshFor?: number }): boolean {
  if (want.quoteFetchedAt === null) return false
  if (how.freshFor !== undefined) return now - want.quoteFetchedAt < how.freshFor
  return isFresh(want.quoteFetchedAt, hoursOf(want), now, how.attention)
}
