import { hoursOf, lastFinalBar, marketState } from '../market/hours/trading-hours.ts'
import { type Attention, attentionOf } from '../market/hours/freshness.ts'
import { MOST_SYMBOLS } from '../market/source.ts'
import type { Part, TrackedSymbol } from '../storage/tracked.ts'
import type { Trading } from '../portfolio/symbol-state.ts'
import { type Plan, plan } from './refresh-plan.ts'
import { MINUTE } from '../portfolio/time.ts'

/** When a run of the cron has something to do. Instants in milliseconds. */
type Pace = {
  /** From then on a run looks at all symbols again; until then it looks only at those on an open page. */
  allFrom: number
  /** Until then nothing can be due: every market is closed, and its last prices and bars are stored. */
  quietUntil: number
}

/** What the cron notes for its next run. */
export type PollState = Pace & {
  /** How many symbols the last whole round looked at. */
  symbols: number
  /** The round that is underway: where it goes on, how many symbols it has looked at, and the pace by them. */
  round: { after: string; symbols: number; pace: Pace } | null
}

export const unknownState: PollState = { allFrom: 0, quietUntil: 0, symbols: 0, round: null }

/** The most symbols besides those on open pages that one run looks at, unless a round would take too long by it. */
const PART = 400
/** A round of all symbols takes at most so many runs. */
const RUNS_A_ROUND = 5

/** The most upstream calls that one run may ask for. */
export const CALLS = 40
/** The most of them that may be histories. */
export const HISTORIES = 20

const BETWEEN_ALL = 5 * MINUTE
/** The longest time without a look at what is stored, while all markets are closed. */
const LONGEST_QUIET = 60 * MINUTE
/** A price that becomes due within so long is fetched in this run, because the next one would be late. */
const AHEAD = MINUTE / 2
/** The number of runs in which every symbol of idle portfolios is asked for once. */
const IDLE_ROUNDS = 6

/**
 * Decides what the cron asks for in one minute. `tracked` are the symbols that somebody watches, and besides them all
 * others or a part of them (`all`), or none.
 *
 * Prices on screen come first, then bars of days that have become final on their own exchange, then prices of
 * recently opened portfolios, then the rest, of which each of six runs takes a part. Among equals the oldest price
 * comes first, and a run never asks for more than `CALLS` calls, however long the cron stood still. Bars of idle
 * portfolios wait until somebody opens one. How far back a portfolio needs a symbol is not considered here: opening
 * the portfolio fetches a missing history.
 *
 * `pace` says when these symbols are to be looked at again; null when only watched ones were looked at. `most` is less than
 * `CALLS` where people have searched in the minute before.
 */
export function pollPlan(
  tracked: readonly TrackedSymbol[],
  now: number,
  all: boolean,
  most = CALLS,
): { made: Plan; pace: Pace | null } {
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
  const histories = missing.slice(0, Math.max(0, Math.min(HISTORIES, most - calls)))
  // a history brings the price along; a symbol whose history has to wait gets its price by a quote
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
  const quotes = [...wanted, ...others.slice(0, part)].slice(0, (most - histories.length) * MOST_SYMBOLS)

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

/** The upstream calls that a plan asks for. */
export function callsOf({ quotes, histories }: Plan): number {
  return histories.length + Math.ceil(quotes.length / MOST_SYMBOLS)
}

/** The part of all symbols that a run looks at; null between two rounds. */
export function partOf({ allFrom, symbols, round }: PollState, minute: number): Part | null {
  if (round === null && allFrom > minute) return null
  return { after: round?.after ?? '', most: Math.max(PART, Math.ceil(symbols / RUNS_A_ROUND)) }
}

/**
 * The state after a run has looked at a part of so many symbols and found their pace. The round goes on after `next`, in the
 * next run; at its end (null) each of its parts has a say in when the next one begins.
 */
export function afterPart(
  { symbols: before, round }: PollState,
  pace: Pace,
  seen: number,
  next: string | null,
): PollState {
  const found = {
    allFrom: Math.min(pace.allFrom, round?.pace.allFrom ?? Infinity),
    quietUntil: Math.min(pace.quietUntil, round?.pace.quietUntil ?? Infinity),
  }
  const symbols = seen + (round?.symbols ?? 0)
  if (next === null) return { ...found, symbols, round: null }
  return { allFrom: 0, quietUntil: 0, symbols: before, round: { after: next, symbols, pace: found } }
}

/** The symbol as if no bars of it were stored, so that none count as missing. */
function withoutBars(symbol: TrackedSymbol): TrackedSymbol {
  return { ...symbol, fromDay: null }
}

/**
 * The instant until which all these markets rest, in steps of five minutes and at most an hour ahead; 0 when one is
 * open.
 */
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
