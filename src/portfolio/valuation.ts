import { type CashDay, cashDays } from './cash.ts'
import { firstUnconverted } from './currency.ts'
import { addDays, type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE } from './decimal.ts'
import { type Ledger, priceIndex } from './ledger.ts'
import { sharesAfter } from './position.ts'
import { lastIndexUpTo, noPrices } from './price-history.ts'
import type { TransactionType } from './transaction.ts'

/**
 * The daily series of a portfolio, in columns of one length. Its days are every day on which one of its symbols or
 * benchmarks had a close, every day with a transaction, and the last day that was asked for. A symbol without a close
 * on a day keeps its last one.
 */
export type Valuations = {
  days: Day[]
  /** Holdings at market + cash, after the day's flows; null when a held symbol has no price. */
  value: (Money | null)[]
  /** Σ deposits − Σ withdrawals so far. */
  invested: Money[]
  cash: Money[]
  /** External money in and out, on each day. */
  deposits: Money[]
  withdrawals: Money[]
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
    days: [...settled.days, ...valuationDays(ledger, cash.slice(next), last, to)],
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
    reasons: new Map([...series.reasons].filter(([index]) => index < end)),
  }
}

/**
 * Returns Σ shares × price for each day, rounded once, or the reason when a symbol has no price. It goes symbol by
 * symbol and not day by day: walking along one history takes half the time of taking one step along each.
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
    let shares = 0n
    let next = 0
    for (let i = 0; i < numbers.length; i++) {
      const day = numbers[i]!
      for (; next < own.length && dates[next]! <= day; next++)
        shares = sharesAfter(shares, own[next]!, market?.splits ?? [])
      if (shares === 0n) continue
      const index = priceIndex(ledger, symbol, market, day, at)
      if (typeof index === 'number') totals[i]! += shares * market!.prices.closes[index]!
      else if (!reasons.has(i)) reasons.set(i, index)
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

/**
 * The days of the series after `after`, or from the first day of `cash` on; days with a transaction are among them.
 */
function valuationDays(ledger: Ledger, cash: readonly CashDay[], after: Day | undefined, to: Day): Day[] {
  const start = after === undefined ? cash[0]?.day : addDays(after, 1)
  if (start === undefined) return []
  const first = dayNumber(start)
  const last = dayNumber(to)
  // a mark for every calendar day: every close of every symbol passes here, and a set would be too slow
  const marks = new Uint8Array(last - first + 1)
  const mark = (day: number) => {
    if (day >= first && day <= last) marks[day - first] = 1
  }
  mark(last)
  for (const { day } of cash) mark(dayNumber(day))
  const symbols = new Set([...ledger.benchmarks, ...ledger.transactions.flatMap((t) => t.symbol ?? [])])
  for (const symbol of symbols) {
    const prices = ledger.markets.get(symbol)?.prices ?? noPrices
    for (let i = lastIndexUpTo(prices, first - 1) + 1; i < prices.days.length; i++) mark(prices.days[i]!)
  }
  const days: Day[] = []
  marks.forEach((marked, i) => {
    if (marked) days.push(dayOf(first + i))
  })
  return days
}
