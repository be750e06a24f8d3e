import { type CashDay, cashDays } from './cash.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE, type Shares } from './decimal.ts'
import { type Ledger, priceOn } from './ledger.ts'
import { knownToSource, laterSplits, splitShares } from './split.ts'
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

export function valuations(ledger: Ledger, to: Day): Valuations {
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
  const held = new Map<string, { shares: Shares; at: { index: number } }>()
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
      foreign && day >= foreign.date ? notConverted(foreign, ledger) : marketValue(ledger, held, day)
    if (typeof market === 'string') series.reasons.set(i, market)
    series.value.push(typeof market === 'string' ? null : market + balance)
  })
  return series
}

/** Shares × price over all that is held, rounded once; a sentence when one has no price. */
function marketValue(
  ledger: Ledger,
  held: Map<string, { shares: Shares; at: { index: number } }>,
  day: Day,
): Money | string {
  let total = 0n
  for (const [symbol, { shares, at }] of held) {
    const priced = priceOn(ledger, symbol, day, at)
    if ('reason' in priced) return priced.reason
    total += shares * priced.price
  }
  return divide(total, ONE)
}

function notConverted({ type, date, currency }: Transaction, { baseCurrency }: Ledger): string {
  return `the ${type} of ${date} is in ${currency}, this portfolio counts in ${baseCurrency}, and no exchange rate is kept yet`
}

function hold(
  held: Map<string, { shares: Shares; at: { index: number } }>,
  transaction: Transaction,
  ledger: Ledger,
): void {
  const { symbol, type } = transaction
  if (symbol === null || (type !== 'buy' && type !== 'sell' && type !== 'split')) return
  const splits = ledger.markets.get(symbol)?.splits ?? []
  const own = held.get(symbol) ?? { shares: 0n, at: { index: -1 } }
  if (type === 'split') {
    if (knownToSource(transaction, splits)) return
    const { numerator, denominator } = transaction.ratio!
    own.shares = splitShares(own.shares, { numerator: BigInt(numerator), denominator: BigInt(denominator) })
  } else {
    const shares = splitShares(transaction.shares!, laterSplits(splits, transaction.date))
    own.shares += type === 'buy' ? shares : -shares
  }
  if (own.shares < 100n) held.delete(symbol)
  else held.set(symbol, own)
}

function valuationDays(ledger: Ledger, cash: readonly CashDay[], to: Day): Day[] {
  if (cash.length === 0) return []
  const first = dayNumber(cash[0]!.day)
  const last = dayNumber(to)
  const days = new Set<number>([last])
  for (const cashDay of cash) days.add(dayNumber(cashDay.day))
  const symbols = new Set([...ledger.benchmarks, ...ledger.transactions.flatMap((t) => t.symbol ?? [])])
  for (const symbol of symbols) {
    for (const day of ledger.markets.get(symbol)?.prices.days ?? [])
      if (day >= first && day <= last) days.add(day)
  }
  return [...days].toSorted((a, b) => a - b).map(dayOf)
}
