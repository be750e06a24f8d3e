import { totalReturn, type TotalReturn } from '../portfolio/benchmark.ts'
import { cashEffect } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { divide, type Money, type Shares, times } from '../portfolio/decimal.ts'
import type { Split } from '../portfolio/instrument.ts'
import { type Ledger, priceOn } from '../portfolio/ledger.ts'
import type { Transaction, TransactionType } from '../portfolio/transaction.ts'
import { areUpTo, type OwnRows, rowsBySymbol, splitsOf } from '../portfolio/own-rows.ts'
import { sharesAfter } from '../portfolio/position.ts'
import { remembered } from '../portfolio/remembered.ts'
import { trading } from '../portfolio/market-values.ts'

/** Money that moved on a day: positive when it came to the investor, negative when it left. */
export type Flow = {
  day: Day
  /**
   * `start` is what was there when the period began, `cash` a change of the balance, `missing` the part of a withdrawal
   * that the benchmark could not pay.
   */
  kind: 'start' | 'buy' | 'sell' | 'dividend' | 'fee' | 'cash' | 'missing'
  transaction: string | null
  /** A sentence when it could not be converted. */
  amount: Money | string
}

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
  /** Each day is looked up once. A sentence says that the benchmark has no price on that day, or none at the end. */
  growth: (day: Day) => Growth | string
  /** What some flows have become at the end, by their list. */
  sums: WeakMap<readonly Flow[], Money | string>
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
  const growths = growthsOf(totalReturn(ledger, benchmark), benchmark, asOf)
  return { ...stretchOf(ledger, asOf, from), benchmark, ...growths }
}

const growthsOf = remembered((index: TotalReturn, benchmark: string, asOf: Day): Growths => {
  const at = { index: -1 }
  let before: Day = asOf
  const level = (day: Day) => {
    // mostly forward, where the index is quick
    if (day < before) at.index = -1
    before = day
    // a level of 0 buys nothing, and is no price
    return index(day, at) || null
  }
  const now = level(asOf)
  const found = new Map<Day, Growth | string>()
  let lastDay: Day | null = null
  let last: Growth | string = FINE
  return {
    level,
    sums: new WeakMap(),
    growth: (day) => {
      // a ledger is walked by day
      if (day === lastDay) return last
      let growth = found.get(day)
      if (growth === undefined) {
        growth = growthOf(level(day), now) ?? `no price for ${benchmark} on ${now === null ? asOf : day}`
        found.set(day, growth)
      }
      lastDay = day
      last = growth
      return growth
    },
  }
})

function growthOf(then: number | null, now: number | null): Growth | null {
  return then === null || now === null ? null : BigInt(Math.round((now / then) * 1e15))
}

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

function summed(flows: readonly Flow[], span: Span, until: Day): Money | string {
  let total = 0n
  for (const { day, amount } of flows) {
    if (typeof amount === 'string') return amount
    const growth = span.growth(day)
    if (typeof growth === 'string') return growth
    total += amount * growth
  }
  if (until === span.asOf) return carriedSum(total)
  const growth = span.growth(until)
  return typeof growth === 'string' ? growth : divide(total, growth)
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
      const all = flowsToTheEnd(own, symbol, splitsOf(ledger.markets.get(symbol)))
      found.push({ ...all, value: worthOn(ledger, symbol, all.shares, stretch.asOf) })
    } else found.push(...flowsOf(ledger, own, stretch))
  }
  return found
}

const flowsToTheEnd = remembered(
  (transactions: OwnRows, symbol: string, splits: readonly Split[]): Omit<SymbolFlows, 'value'> => ({
    symbol,
    transactions,
    flows: transactions.filter(({ type }) => moves.has(type)).map(movementOf),
    startShares: 0n,
    shares: transactions.reduce(
      (shares, each) => (trading.has(each.type) ? sharesAfter(shares, each, splits) : shares),
      0n,
    ),
  }),
)

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

/** The types that move cash when they name a symbol. */
export const moves: ReadonlySet<TransactionType> = new Set(['buy', 'sell', 'dividend', 'fee'])

/** Returns what a transaction of such a type did to the cash. */
export function movementOf(transaction: Transaction): Flow {
  const { id, type, date, unconverted } = transaction
  return {
    day: date,
    kind: type as Flow['kind'],
    transaction: id,
    amount: unconverted ?? cashEffect(transaction),
  }
}

/** Returns what shares were worth when a period began, as money that was put into them. */
export function openingOf(ledger: Ledger, symbol: string, shares: Shares, day: Day): Flow {
  const worth = worthOn(ledger, symbol, shares, day)
  const amount = typeof worth === 'string' ? worth : -worth
  return { day, kind: 'start', transaction: null, amount }
}

/** Returns shares × price at the close of a day; a sentence when there is no price. */
export function worthOn(ledger: Ledger, symbol: string, shares: Shares, day: Day): Money | string {
  if (shares === 0n) return 0n
  const priced = priceOn(ledger, symbol, day)
  return 'reason' in priced ? priced.reason : times(shares, priced.price)
}
