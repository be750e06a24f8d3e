import { type CashDay, cashDays } from './cash.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE, type Shares } from './decimal.ts'
import { type Ledger, type Market, priceIndex } from './ledger.ts'
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
 * `settled` is an earlier series of the same transactions: its values stand up to the day `from`, the first whose
 * prices may have changed, so that new quotes cost one day and not the whole history.
 */
export function valuations(
  ledger: Ledger,
  to: Day,
  settled?: { series: Valuations; from: Day },
): Valuations {
  const cash = cashDays(ledger.transactions.filter((transaction) => transaction.date <= to))
  const series: Valuations = {
    days: valuationDays(ledger, cash, to),
    value: [],
    invested: [],
    cash: [],
    deposits: [],
    withdrawals: [],
    reasons: new Map(),
  }
  const held = new Map<string, Held>()
  // money in another currency cannot be added up before exchange rates are kept: said, not counted 1:1
  const foreign = ledger.transactions.find((t) => t.currency !== null && t.currency !== ledger.baseCurrency)
  let next = 0
  let invested = 0n
  let balance = 0n
  series.days.forEach((day, i) => {
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
      settled && day < settled.from && day === settled.series.days[i]
        ? settledMarket(settled.series, i)
        : foreign && day >= foreign.date
          ? notConverted(foreign, ledger)
          : marketValue(ledger, held, day)
    if (typeof market === 'string') series.reasons.set(i, market)
    series.value.push(typeof market === 'string' ? null : market + balance)
  })
  return series
}

function settledMarket({ value, cash, reasons }: Valuations, i: number): Money | string {
  const worth = value[i]
  return worth == null ? reasons.get(i)! : worth - cash[i]!
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

function valuationDays(ledger: Ledger, cash: readonly CashDay[], to: Day): Day[] {
  if (cash.length === 0) return []
  const first = dayNumber(cash[0]!.day)
  const last = dayNumber(to)
  // a mark for every calendar day: every close of every symbol passes here, too many for a set to be quick
  const marks = new Uint8Array(last - first + 1)
  const mark = (day: number) => {
    if (day >= first && day <= last) marks[day - first] = 1
  }
  mark(last)
  for (const cashDay of cash) mark(dayNumber(cashDay.day))
  const symbols = new Set([...ledger.benchmarks, ...ledger.transactions.flatMap((t) => t.symbol ?? [])])
  for (const symbol of symbols) ledger.markets.get(symbol)?.prices.days.forEach(mark)
  return [...marks.keys()].filter((i) => marks[i]).map((i) => dayOf(first + i))
}
