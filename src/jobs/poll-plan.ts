import { hoursOf, lastFinalBar, marketState } from '../market/hours/trading-hours.ts'
import { type Attention, attentionOf } from '../market/hours/freshness.ts'
import { MOST_SYMBOLS } from '../market/source.ts'
import type { TrackedSymbol } from '../storage/tracked.ts'
import type { Trading } from '../portfolio/symbol-state.ts'
import { type Plan, plan } from './refresh-plan.ts'
import { MINUTE } from '../portfolio/time.ts'

/** What the clock remembers between its rounds. Instants in milliseconds. */
export type PollState = {
  /** From then on all symbols are looked at again; until then only those on a page that is open. */
  allFrom: number
  /** Until then nothing can be due: every market is closed, and what it left behind has been fetched. */
  quietUntil: number
}

/** Upstream calls that one round may ask for. */
export const CALLS = 40
/** How many of them may be histories. */
export const HISTORIES = 20

const BETWEEN_ALL = 5 * MINUTE
/** However closed the markets are, what is stored is looked at once in so long. */
const LONGEST_QUIET = 60 * MINUTE
/** What will have to be asked for before the next round is half over is asked for in this one. */
const AHEAD = MINUTE / 2
/** Rounds in which all that no recent portfolio holds is asked for once. */
const IDLE_ROUNDS = 6

/**
 * What the clock asks for in a minute, of the symbols it has looked at (`all`, or those that are watched): prices that
 * are on screen, then bars of days that have become final on their own exchange, then the prices of recently opened
 * portfolios, then all others, of which each of six rounds takes a part; the oldest first, and never more than `CALLS`
 * calls, however long the clock stood still. Bars that nobody has opened a portfolio for wait until somebody does. No
 * portfolio is asked here how far back it needs a symbol: a missing history is fetched when it is opened.
 */
export function pollPlan(
  tracked: readonly TrackedSymbol[],
  now: number,
  all: boolean,
): { made: Plan; pace: PollState | null } {
  const minute = now - (now % MINUTE)
  const soon = now + AHEAD
  const oldest = tracked.toSorted((a, b) => (a.quoteFetchedAt ?? 0) - (b.quoteFetchedAt ?? 0))
  const of = (wanted: Attention) => oldest.filter((symbol) => attentionOf(symbol, now) === wanted)
  const due = (wanted: readonly TrackedSymbol[], attention: Attention) =>
    plan(
      wanted.map((symbol) => ({ ...symbol, from: null })),
      soon,
      { attention },
    )

  const [watched, recent, idle] = [of('watched'), of('recent'), of('idle')]
  const [onScreen, ofRecent] = [due(watched, 'watched'), due(recent, 'recent')]
  const missing = [...onScreen.histories, ...ofRecent.histories]
  const calls = Math.ceil(onScreen.quotes.length / MOST_SYMBOLS)
  const histories = missing.slice(0, Math.max(0, Math.min(HISTORIES, CALLS - calls)))
  // a history brings the price along; whose history has to wait gets it by a quote
  const putOff = new Set(missing.slice(histories.length).map(({ symbol }) => symbol))
  const without = (some: readonly TrackedSymbol[], attention: Attention) =>
    due(some.filter(({ symbol }) => putOff.has(symbol)).map(withoutBars), attention).quotes
  const wanted = [
    ...onScreen.quotes,
    ...without(watched, 'watched'),
    ...ofRecent.quotes,
    ...without(recent, 'recent'),
  ]
  const others = due(idle.map(withoutBars), 'idle').quotes
  const part = Math.ceil(idle.length / IDLE_ROUNDS / MOST_SYMBOLS) * MOST_SYMBOLS
  const quotes = [...wanted, ...others.slice(0, part)].slice(0, (CALLS - histories.length) * MOST_SYMBOLS)

  const made = { quotes, histories }
  if (!all) return { made, pace: null }
  const isCut = putOff.size > 0 || quotes.length < wanted.length
  const isIdle = quotes.length === 0 && missing.length === 0
  return {
    made,
    pace: {
      allFrom: minute + (isCut ? MINUTE : BETWEEN_ALL),
      quietUntil: isIdle ? quietUntil(tracked, minute) : 0,
    },
  }
}

/** As if no bars were kept, so that none are missing. */
function withoutBars(symbol: TrackedSymbol): TrackedSymbol {
  return { ...symbol, fromDay: null }
}

/** Until when all these markets rest: to five minutes, and an hour at most; 0 when one of them does not. */
function quietUntil(tracked: readonly Trading[], now: number): number {
  const hours = new Map(
    tracked.map((trading) => [JSON.stringify(hoursOf(trading)) + trading.timeZone, trading]),
  )
  const rests = (at: number) =>
    [...hours.values()].every(
      (trading) =>
        marketState(hoursOf(trading), at).phase === 'closed' && lastFinalBar(trading, at).since <= now,
    )
  if (!rests(now)) return 0
  let until = now
  while (until < now + LONGEST_QUIET && rests(until + BETWEEN_ALL)) until += BETWEEN_ALL
  return until
}
