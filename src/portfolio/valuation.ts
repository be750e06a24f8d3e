import { type CashDay, cashDays } from './cash.ts'
import { firstUnconverted } from './currency.ts'
import { addDays, type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE } from './decimal.ts'
import type { Split } from './instrument.ts'
import { closeOn, type Ledger } from './ledger.ts'
import { paidAfter, type PaidPrice } from './paid-price.ts'
import { sharesAfter } from './position.ts'
import { lastIndexUpTo, noPrices, type PriceHistory } from './price-history.ts'
import { knownToSource, recordedBetween } from './split.ts'
import type { Transaction, TransactionType } from './transaction.ts'

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
  /** External money in and out, on each day. */
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
  const cash = cashDays(ledger.transactions.filter((transaction) => transaction.date <= to))
  const start = settled.days.length
  const last = settled.days.at(-1)
  let next = last === undefined ? 0 : cash.findLastIndex(({ day }) => day <= last) + 1
  const series: Valuations = {
    ...daysAndSessions(ledger, cash.slice(next), settled, to),
    value: [...settled.value],
    invested: [...settled.invested],
    cash: [...settled.cash],
    deposits: [...settled.deposits],
    withdrawals: [...settled.withdrawals],
    reasons: new Map(settled.reasons),
  }
  const market = marketValues(ledger, series.days.slice(start), to)
  let invested = settled.invested.at(-1) ?? 0n
  let balance = settled.cash.at(-1) ?? 0n
  for (let i = start; i < series.days.length; i++) {
    const day = series.days[i]!
    let deposits = 0n
    let withdrawals = 0n
    for (; next < cash.length && cash[next]!.day <= day; next++) {
      const cashDay = cash[next]!
      deposits += cashDay.deposits
      withdrawals += cashDay.withdrawals
      balance = cashDay.balance
    }
    invested += deposits - withdrawals
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

/**
 * Returns Σ shares × price for each day, rounded once, or the reason when an exchange rate is missing. A symbol without
 * any price is left out. It goes symbol by symbol and not day by day: walking along one history takes half the time of taking one step along each.
 */
function marketValues(ledger: Ledger, days: readonly Day[], to: Day): (Money | string)[] {
  const numbers = days.map(dayNumber)
  const totals: bigint[] = numbers.map(() => 0n)
  const reasons = new Map<number, string>()
  const trades = ledger.transactions.filter(
    ({ type, symbol, date }) => symbol !== null && trading.has(type) && date <= to,
  )
  for (const [symbol, own] of Map.groupBy(trades, (trade) => trade.symbol!)) {
    const market = ledger.markets.get(symbol)
    const dates = own.map(({ date }) => dayNumber(date))
    const at = { index: -1 }
    const splits = market?.splits ?? []
    const recorded = own.filter((trade) => trade.type === 'split' && !knownToSource(trade, splits))
    const quoted = market?.foreign?.prices ?? market?.prices ?? noPrices
    const closeIn = (index: number, day: number) => {
      const close = market!.prices.closes[index]!
      if (recorded.length === 0) return close
      // one that is older than a split of which only the ledger knows is of the old shares
      const since = dayOf(quoted.days[lastIndexUpTo(quoted, day)]!)
      const { numerator, denominator } = recordedBetween(recorded, splits, since, dayOf(day))
      return divide(close * denominator, numerator)
    }
    let shares = 0n
    let paid: PaidPrice | null = null
    let next = 0
    for (let i = 0; i < numbers.length; i++) {
      const day = numbers[i]!
      for (; next < own.length && dates[next]! <= day; next++) {
        shares = sharesAfter(shares, own[next]!, splits)
        paid = paidAfter(paid, own[next]!, splits)
      }
      if (shares === 0n) continue
      const found = closeOn(ledger, symbol, market, day, at)
      if (typeof found === 'number') totals[i]! += shares * closeIn(found, day)
      else if (!found.isRate) totals[i]! += shares * (paid?.price ?? 0n)
      else if (!reasons.has(i)) reasons.set(i, found.reason)
    }
  }
  // nothing can be added up from the first amount on that could not be converted
  const unknown = firstUnconverted(ledger)
  return totals.map((total, i) =>
    unknown && days[i]! >= unknown.date ? unknown.reason : (reasons.get(i) ?? divide(total, ONE)),
  )
}

/** The types that change what is held. */
export const trading: ReadonlySet<TransactionType> = new Set(['buy', 'sell', 'split'])

const HELD = 2

/**
 * The days of the series, those of `settled` first, and which of them are sessions; days with a transaction are among
 * them.
 */
function daysAndSessions(
  ledger: Ledger,
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
  const marks = new Uint8Array(last - first + 1)
  const mark = (day: number, as = 1) => {
    if (day >= first && day <= last) marks[day - first]! |= as
  }
  mark(last)
  for (const { day } of cash) mark(dayNumber(day))
  for (const symbol of ledger.benchmarks) {
    for (const day of daysFrom(ledger.markets.get(symbol)?.prices, first)) mark(day)
  }
  const trades = ledger.transactions.filter(({ symbol, type }) => symbol !== null && trading.has(type))
  for (const [symbol, own] of Map.groupBy(trades, (trade) => trade.symbol!)) {
    const market = ledger.markets.get(symbol)
    const spans = heldSpans(own, market?.splits ?? [])
    const isHeld = (day: number) => spans.some(({ from, until }) => day >= from && day <= until)
    for (const day of daysFrom(market?.foreign?.prices ?? market?.prices, first)) {
      if (isHeld(day)) mark(day, HELD)
    }
    if (!market?.foreign) continue
    // a day on which the rate alone moved has another value, and is no session of the share
    for (const day of daysFrom(market.prices, first)) if (isHeld(day)) mark(day)
  }
  marks.forEach((marked, i) => {
    if (marked === 0) return
    days.push(dayOf(first + i))
    sessions.push(marked >= HELD)
  })
  return { days, sessions }
}

function daysFrom(prices: PriceHistory = noPrices, first: number): number[] {
  return prices.days.slice(lastIndexUpTo(prices, first - 1) + 1)
}

/** The days of one symbol from a purchase to the sale of the last share, both included; takes its trades in order. */
function heldSpans(own: readonly Transaction[], splits: readonly Split[]): { from: number; until: number }[] {
  const spans: { from: number; until: number }[] = []
  let shares = 0n
  for (const trade of own) {
    const before = shares
    shares = sharesAfter(shares, trade, splits)
    const day = dayNumber(trade.date)
    if (before === 0n && shares > 0n) spans.push({ from: day, until: Infinity })
    else if (before > 0n && shares === 0n) spans.at(-1)!.until = day
  }
  return spans
}
