import { symbolsOfAll } from './benchmark-spelling.ts'
import { type CashDay, externalOf } from './cash.ts'
import { cashBook } from './cash-book.ts'
import { addDays, type Day, dayNumber, dayOf } from './day.ts'
import type { Money } from './decimal.ts'
import type { Ledger } from './ledger.ts'
import { type HeldSymbol, heldSymbols, marketValues } from './market-values.ts'
import { lastIndexUpTo, noPrices, type PriceHistory } from './price-history.ts'

/**
 * The daily series of a portfolio, in columns of one length. Its days are every session of what was held then, every day
 * on which its exchange rate or a benchmark moved, every day with a transaction, and the last day that was asked for. A
 * symbol without a close on a day keeps its last one.
 */
export type Valuations = {
  days: Day[]
  /** Holdings at market + cash, after the day's flows; null when an amount cannot be converted. */
  value: (Money | null)[]
  /** Σ deposits − Σ withdrawals so far. */
  invested: Money[]
  cash: Money[]
  /** External money in and out, on each day; shares that were transferred are among it, at what they were worth. */
  deposits: Money[]
  withdrawals: Money[]
  /** True on the sessions of what was held. */
  sessions: boolean[]
  /** The reason why a day has no value, by the index of the day. */
  reasons: Map<number, string>
}

/**
 * Returns the series from the first transaction to a day. `settled` is the part of an earlier series of the same
 * transactions that `settledBefore` kept: its days are taken over and only later ones are calculated, so that new
 * quotes cost one day instead of the whole history.
 */
export function valuations(ledger: Ledger, to: Day, settled: Valuations = nothing): Valuations {
  const cash = cashBook(ledger, to)
  const start = settled.days.length
  const last = settled.days.at(-1)
  let next = last === undefined ? 0 : cash.findLastIndex(({ day }) => day <= last) + 1
  const symbols = heldSymbols(ledger, to)
  const series: Valuations = {
    ...daysAndSessions(ledger, symbols, cash.slice(next), settled, to),
    value: [...settled.value],
    invested: [...settled.invested],
    cash: [...settled.cash],
    deposits: [...settled.deposits],
    withdrawals: [...settled.withdrawals],
    reasons: new Map(settled.reasons),
  }
  const market = marketValues(ledger, symbols, series.days.slice(start).map(dayNumber))
  let invested = settled.invested.at(-1) ?? 0n
  let balance = settled.cash.at(-1) ?? 0n
  for (let i = start; i < series.days.length; i++) {
    const day = series.days[i]!
    let deposits = 0n
    let withdrawals = 0n
    for (; next < cash.length && cash[next]!.day <= day; next++) {
      const cashDay = cash[next]!
      const external = externalOf(cashDay)
      deposits += external.in
      withdrawals += external.out
      balance = cashDay.balance
    }
    if (deposits !== withdrawals) invested += deposits - withdrawals
    series.deposits.push(deposits)
    series.withdrawals.push(withdrawals)
    series.invested.push(invested)
    series.cash.push(balance)
    const worth = market[i - start]!
    if (typeof worth === 'string') series.reasons.set(i, worth)
    series.value.push(typeof worth === 'string' ? null : worth + balance)
  }
  return series
}

const nothing: Valuations = {
  days: [],
  value: [],
  invested: [],
  cash: [],
  deposits: [],
  withdrawals: [],
  sessions: [],
  reasons: new Map(),
}

/**
 * Returns the days of a series that remain valid when prices change on a day or later. The last day never remains:
 * it was valued at the latest price and may be a day without a close.
 */
export function settledBefore(series: Valuations, day: Day): Valuations {
  const end = series.days.findLastIndex((each, i) => each < day && i < series.days.length - 1) + 1
  return {
    days: series.days.slice(0, end),
    value: series.value.slice(0, end),
    invested: series.invested.slice(0, end),
    cash: series.cash.slice(0, end),
    deposits: series.deposits.slice(0, end),
    withdrawals: series.withdrawals.slice(0, end),
    sessions: series.sessions.slice(0, end),
    reasons: new Map([...series.reasons].filter(([index]) => index < end)),
  }
}

const HELD = 2

/**
 * The days of the series, those of `settled` first, and which of them are sessions; days with a transaction are among
 * them.
 */
function daysAndSessions(
  ledger: Ledger,
  symbols: readonly HeldSymbol[],
  cash: readonly CashDay[],
  settled: Valuations,
  to: Day,
): Pick<Valuations, 'days' | 'sessions'> {
  const after = settled.days.at(-1)
  const start = after === undefined ? cash[0]?.day : addDays(after, 1)
  const days = [...settled.days]
  const sessions = [...settled.sessions]
  if (start === undefined) return { days, sessions }
  const first = dayNumber(start)
  const last = dayNumber(to)
  // a mark for every calendar day: every close of every symbol passes here, and a set would be too slow
  const marks = new Uint8Array(Math.max(last - first + 1, 0))
  const mark = ({ days: own }: Pick<PriceHistory, 'days'>, since: number, until: number, as = 1) => {
    const end = Math.min(until, last)
    for (let i = lastIndexUpTo({ days: own }, Math.max(since, first) - 1) + 1; i < own.length; i++) {
      if (own[i]! > end) return
      marks[own[i]! - first]! |= as
    }
  }
  if (marks.length > 0) marks[last - first] = 1
  for (const { day } of cash) marks[dayNumber(day) - first]! |= 1
  for (const symbol of symbolsOfAll(ledger.benchmarks))
    mark(ledger.markets.get(symbol)?.prices ?? noPrices, first, last)
  const open = new Map<Int32Array, number>()
  for (const held of symbols) {
    const { prices = noPrices, foreign } = held.market ?? {}
    const own = foreign?.prices ?? prices
    for (const { since, until } of heldSpans(held)) {
      // of many that have the same days, and are held to the end, the first one marks them all
      if (until < Infinity) mark(own, since, until, HELD)
      else open.set(own.days, Math.min(since, open.get(own.days) ?? Infinity))
      // a day on which the rate alone moved has another value, and is no session of the share
      if (foreign) mark(prices, since, until)
    }
  }
  for (const [own, since] of open) mark({ days: own }, since, Infinity, HELD)
  marks.forEach((marked, i) => {
    if (marked === 0) return
    days.push(dayOf(first + i))
    sessions.push(marked >= HELD)
  })
  return { days, sessions }
}

/** The days of one symbol from a purchase to the sale of the last share, both included. */
function heldSpans({ days, shares }: HeldSymbol): { since: number; until: number }[] {
  const spans: { since: number; until: number }[] = []
  days.forEach((day, i) => {
    const before = shares[i - 1] ?? 0n
    if (before === 0n && shares[i]! > 0n) spans.push({ since: day, until: Infinity })
    else if (before > 0n && shares[i] === 0n) spans.at(-1)!.until = day
  })
  return spans
}
