import { type CashDay, cashDays } from './cash.ts'
import { addDays, type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE, type Shares } from './decimal.ts'
import { type Ledger, type Market, priceIndex } from './ledger.ts'
import { lastIndexUpTo, noPrices } from './price-history.ts'
import { knownToSource, splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * The daily series of a portfolio, in columns of one length: every day on which something it holds or measures
 * itself against had a close, every day with a transaction, and the last day asked for. Nights, weekends and
 * holidays carry the last close.
 */
export type Valuations = {
  days: Day[]
  /** Holdings at market + cash, after the day's flows; null where a held symbol has no price. */
  value: (Money | null)[]
  /** Σ deposits − Σ withdrawals so far. */
  invested: Money[]
  cash: Money[]
  /** External money in and out on that day. */
  deposits: Money[]
  withdrawals: Money[]
  /** By index of a day without a value: why. */
  reasons: Map<number, string>
}

/**
 * Every day from the first transaction on; or, `settled` being what `settledBefore` left of an earlier series of the
 * same transactions, those days as they stand and only the later ones anew: new quotes cost one day, not the history.
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
  const held = new Map<string, Held>()
  // money in another currency cannot be added up before exchange rates are kept: said, not counted 1:1
  const foreign = ledger.transactions.find((t) => t.currency !== null && t.currency !== ledger.baseCurrency)
  for (const { transactions } of cash.slice(0, next)) {
    for (const transaction of transactions) hold(held, transaction, ledger)
  }
  let invested = settled.invested.at(-1) ?? 0n
  let balance = settled.cash.at(-1) ?? 0n
  for (let i = start; i < series.days.length; i++) {
    const day = series.days[i]!
    let deposits = 0n
    let withdrawals = 0n
    for (; next < cash.length && cash[next]!.day <= day; next++) {
      const cashDay = cash[next]!
      for (const transaction of cashDay.transactions) hold(held, transaction, ledger)
      deposits += cashDay.deposits
      withdrawals += cashDay.withdrawals
      balance = cashDay.balance
    }
    invested += deposits - withdrawals
    series.deposits.push(deposits)
    series.withdrawals.push(withdrawals)
    series.invested.push(invested)
    series.cash.push(balance)
    const market =
      foreign && day >= foreign.date ? notConverted(foreign, ledger) : marketValue(ledger, held, day)
    if (typeof market === 'string') series.reasons.set(i, market)
    series.value.push(typeof market === 'string' ? null : market + balance)
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
 * The days of a series that stand when prices of a day and later ones change. Its last day never does: it was valued
 * at the latest price, and need not be a day with a close.
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

/** What is held of a symbol, and where in its history the walk over the days has come to. */
type Held = { shares: Shares; market: Market | undefined; at: { index: number } }

/** Shares × price over all that is held, rounded once; a sentence when one has no price. */
function marketValue(ledger: Ledger, held: ReadonlyMap<string, Held>, day: Day): Money | string {
  const number = dayNumber(day)
  let total = 0n
  for (const [symbol, { shares, market, at }] of held) {
    const index = priceIndex(ledger, symbol, market, number, at)
    if (typeof index === 'string') return index
    total += shares * market!.prices.closes[index]!
  }
  return divide(total, ONE)
}

function notConverted({ type, date, currency }: Transaction, { baseCurrency }: Ledger): string {
  return `the ${type} of ${date} is in ${currency}, this portfolio counts in ${baseCurrency}, and no exchange rate is kept yet`
}

function hold(held: Map<string, Held>, transaction: Transaction, ledger: Ledger): void {
  const { symbol, type } = transaction
  if (symbol === null || (type !== 'buy' && type !== 'sell' && type !== 'split')) return
  const market = ledger.markets.get(symbol)
  const splits = market?.splits ?? []
  const own = held.get(symbol) ?? { shares: 0n, market, at: { index: -1 } }
  if (type === 'split') {
    if (knownToSource(transaction, splits)) return
    const { numerator, denominator } = transaction.ratio!
    own.shares = splitShares(own.shares, { numerator: BigInt(numerator), denominator: BigInt(denominator) })
  } else {
    const shares = splitShares(transaction.shares!, unitsToday(transaction, splits))
    own.shares += type === 'buy' ? shares : -shares
  }
  if (own.shares < 100n) held.delete(symbol)
  else held.set(symbol, own)
}

/** The days after `after`, or all from the first of `cash`, the days with a transaction among them. */
function valuationDays(ledger: Ledger, cash: readonly CashDay[], after: Day | undefined, to: Day): Day[] {
  const start = after === undefined ? cash[0]?.day : addDays(after, 1)
  if (start === undefined) return []
  const first = dayNumber(start)
  const last = dayNumber(to)
  // a mark for every calendar day: every close of every symbol passes here, too many for a set to be quick
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
