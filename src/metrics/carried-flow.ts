import { totalReturn, type TotalReturn } from '../portfolio/benchmark.ts'
import { type Day, dayNumber, daysBetween } from '../portfolio/day.ts'
import { divide, type Money, type Shares, times } from '../portfolio/decimal.ts'
import { type Ledger, priceOn } from '../portfolio/ledger.ts'
import { trading } from '../portfolio/kind.ts'
import { sharesInTheEnd } from '../portfolio/market-values.ts'
import { areUpTo, rowsBySymbol, splitsOf } from '../portfolio/own-rows.ts'
import { sharesAfter } from '../portfolio/position.ts'
import { ProductSum } from '../portfolio/product-sums.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Flow, measured, movementOf, movementsOf, moves } from './movement.ts'

/**
 * What one unit of money, put into the benchmark on a day d, has become at the end T: I(T) ÷ I(d), where I is the
 * benchmark's total-return index. It counts 1e-15, so that a sum of money × growth is exact and is rounded once.
 */
export type Growth = bigint

const FINE = 10n ** 15n

/** The growth as a plain number. */
export const asRatio = (growth: Growth): number => Number(growth) / 1e15

/** The days of a ledger whose flows count. */
export type Stretch = {
  asOf: Day
  /** The day at whose close it begins; null for the whole history. */
  start: Day | null
}

/** With a benchmark's growth from each of its days. */
export type Span = Stretch & {
  benchmark: string
} & Growths

type Growths = {
  level: (day: Day) => number | null
  /** A sentence says that the benchmark has no price on that day, or none at the end. */
  growth: (day: Day) => Growth | string
  /** The same of the days from the ledger's first to the end, by day number. */
  table: GrowthTable
  /** What some flows have become at the end, by their list. */
  sums: WeakMap<readonly Flow[], Money | string>
}

/** Growths side by side, each calculated when it is first asked for. */
type GrowthTable = {
  first: number
  /** As doubles, which hold them exactly: NaN until asked for. */
  nearest: Float64Array
  /** The lowest 64 bits of them. */
  lowest: BigInt64Array
}

/**
 * Returns the period from the close of a day to the close of `asOf`. As in period.ts, a day before the first transaction
 * means the whole history.
 */
export function stretchOf({ transactions }: Ledger, asOf: Day, from: Day | null): Stretch {
  const first = transactions[0]?.date
  const begins = from !== null && first !== undefined && first <= from
  return { asOf, start: begins ? (from < asOf ? from : asOf) : null }
}

/** The same, with a benchmark. */
export function spanOf(ledger: Ledger, benchmark: string, asOf: Day, from: Day | null): Span {
  const first = ledger.transactions[0]?.date ?? asOf
  const growths = growthsOf(totalReturn(ledger, benchmark), benchmark, asOf, first)
  return { ...stretchOf(ledger, asOf, from), benchmark, ...growths }
}

const growthsOf = remembered((index: TotalReturn, benchmark: string, asOf: Day, first: Day): Growths => {
  // a level of 0 buys nothing, and is no price
  const level = (day: Day) => index(day) || null
  const now = level(asOf)
  const days = Math.max(0, daysBetween(first, asOf) + 1)
  const nearest = new Float64Array(days).fill(NaN)
  const table = { first: dayNumber(first), nearest, lowest: new BigInt64Array(days) }
  const growth = (day: Day) => {
    const then = level(day)
    return then === null || now === null
      ? `no price for ${benchmark} on ${now === null ? asOf : day}`
      : BigInt(Math.round((now / then) * 1e15))
  }
  return { level, growth, table, sums: new WeakMap() }
})

/**
 * Returns Σ flow × I(T) ÷ I(d), rounded once, half to even; or I(until) instead of I(T). A sentence says which amount or
 * price is missing (finance.md, "The gap, explained").
 */
export function carried(flows: readonly Flow[], span: Span, until: Day = span.asOf): Money | string {
  if (until !== span.asOf) return summed(flows, span, until)
  const known = span.sums.get(flows) ?? summed(flows, span, until)
  span.sums.set(flows, known)
  return known
}

function summed(flows: readonly Flow[], { table, growth, asOf }: Span, until: Day): Money | string {
  const { days, nearest, lowest } = measured(flows)
  const total = new ProductSum()
  for (let i = 0; i < flows.length; i++) {
    const { day, amount } = flows[i]!
    if (typeof amount === 'string') return amount
    const at = days[i]! - table.first
    let near = table.nearest[at]
    if (near === undefined || Number.isNaN(near)) {
      const found = growth(day)
      if (typeof found === 'string') return found
      near = table.nearest[at] = Number(found)
      table.lowest[at] = found
    }
    const product = nearest[i]! * near
    if (!total.add(lowest[i]!, table.lowest[at]!, product)) total.addLarge(amount * BigInt(near))
  }
  if (until === asOf) return carriedSum(total.sum)
  const grown = growth(until)
  return typeof grown === 'string' ? grown : divide(total.sum, grown)
}

/** Rounds a sum of amount × growth to money, once. */
export function carriedSum(fine: bigint): Money {
  return divide(fine, FINE)
}

/** The flows of one symbol in a period, and what it is worth at the end. */
export type SymbolFlows = {
  symbol: string
  /** All of its transactions up to the end, also those before the period. */
  transactions: readonly Transaction[]
  flows: readonly Flow[]
  startShares: Shares
  shares: Shares
  /** A sentence when it has no price. */
  value: Money | string
}

/** Returns the flows of every symbol that the ledger names. */
export function flowsBySymbol(ledger: Ledger, stretch: Stretch): SymbolFlows[] {
  const found: SymbolFlows[] = []
  for (const [symbol, own] of rowsBySymbol(ledger.transactions)) {
    if (stretch.start === null && areUpTo(own, stretch.asOf)) {
      const shares = sharesInTheEnd(own, splitsOf(ledger.markets.get(symbol)))
      found.push({
        symbol,
        transactions: own,
        flows: movementsOf(own),
        startShares: 0n,
        shares,
        value: worthOn(ledger, symbol, shares, stretch.asOf),
      })
    } else found.push(...flowsOf(ledger, own, stretch))
  }
  return found
}

/** Returns the flows of the symbols that these transactions of the ledger name. */
export function flowsOf(
  ledger: Ledger,
  transactions: readonly Transaction[],
  { asOf, start }: Stretch,
): SymbolFlows[] {
  const found = new Map<string, SymbolFlows & { transactions: Transaction[]; flows: Flow[] }>()
  for (const transaction of transactions) {
    const { symbol, date, type } = transaction
    if (date > asOf) break
    if (symbol === null) continue
    let own = found.get(symbol)
    if (!own) {
      own = { symbol, transactions: [], flows: [], startShares: 0n, shares: 0n, value: 0n }
      found.set(symbol, own)
    }
    own.transactions.push(transaction)
    if (trading.has(type)) {
      own.shares = sharesAfter(own.shares, transaction, splitsOf(ledger.markets.get(symbol)))
    }
    if (start !== null && date <= start) own.startShares = own.shares
    else if (moves.has(type)) own.flows.push(movementOf(transaction))
  }
  for (const own of found.values()) {
    if (own.startShares > 0n) own.flows.unshift(openingOf(ledger, own.symbol, own.startShares, start!))
    own.value = worthOn(ledger, own.symbol, own.shares, asOf)
  }
  return [...found.values()]
}

/** Returns what shares were worth when a period began, as money that was put into them. */
export function openingOf(ledger: Ledger, symbol: string, shares: Shares, day: Day): Flow {
  const worth = worthOn(ledger, symbol, shares, day)
  const amount = typeof worth === 'string' ? worth : -worth
  return { day, kind: 'start', transaction: null, amount }
}

/**
 * Returns shares × price at the close of a day; a sentence when no rate converts the price. What has no price at all is
 * left out of the totals, and is 0 in them.
 */
export function worthOn(ledger: Ledger, symbol: string, shares: Shares, day: Day): Money | string {
  if (shares === 0n) return 0n
  const priced = priceOn(ledger, symbol, day)
  if ('reason' in priced) return priced.isRate ? priced.reason : 0n
  return times(shares, priced.price)
}
