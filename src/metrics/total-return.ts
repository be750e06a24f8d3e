import { totalReturn } from '../portfolio/benchmark.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, share, sum, toNumber } from '../portfolio/decimal.ts'
import { sameLots } from '../portfolio/holding.ts'
import { paidFor } from '../portfolio/lot.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { inNewShares } from '../portfolio/own-split.ts'
import type { Sale } from '../portfolio/sale.ts'
import { reinvestedGrowth } from '../portfolio/reinvested-dividends.ts'

/** Money that bought shares on a day, and what these are worth, or have brought, in the end. */
export type Stake = { date: Day; cost: Money; paid?: Money; end: Money }

/** A ratio, 0.1 for 10 %, or the reason why there is none. */
export type OwnReturn = { ratio: number; reason: null } | { ratio: null; reason: string }

/**
 * Returns the total return of shares of one symbol up to a day: Σ endᵢ × growthᵢ ÷ Σ costᵢ − 1, where growth is that
 * of the shares by reinvested dividends. For one lot, bought on day d at a cost of c a share, that is
 * (close(d) × units ÷ c) × adj(T) ÷ adj(d) − 1, because end = shares × close(T). The end carries the units, splits that
 * only the ledger knows included. It needs a close on or before each day (finance.md, "Fair comparison").
 */
export function ownReturns(ledger: Ledger, symbol: string): (of: readonly Stake[], until: Day) => OwnReturn {
  const market = ledger.markets.get(symbol)
  const growth = market ? reinvestedGrowth(inNewShares(ledger, symbol, market).market) : () => null
  return (stakes, until) => {
    let end = 0
    for (const stake of stakes) {
      const grown = growth(stake.date, until)
      if (grown === null) return { ratio: null, reason: `no price for ${symbol} on ${stake.date}` }
      end += toNumber(stake.end) * grown
    }
    const cost = toNumber(sum(stakes.map(paidFor)))
    return cost > 0
      ? { ratio: end / cost - 1, reason: null }
      : { ratio: null, reason: 'the shares cost nothing' }
  }
}

/** Returns the shares that a sale took from each lot, with their part of the proceeds. */
export function stakesOf({ lots, proceeds, shares }: Sale): Stake[] {
  return lots.map((taken) => ({ ...taken, end: share(proceeds, taken.shares, shares) }))
}

/**
 * Returns, by benchmark, what the cost of the lots sold would have made in it from the days of their purchases to that
 * of the sale. Null without a price on one of these days (finance.md, "Benchmark of lots").
 */
export function benchmarksOfSales(ledger: Ledger): (sale: Sale) => Record<string, number | null> {
  const indexes = ledger.benchmarks.map((symbol) => [symbol, totalReturn(ledger, symbol)] as const)
  return ({ lots, date }) =>
    Object.fromEntries(indexes.map(([symbol, index]) => [symbol, sameLots(lots, index, date)]))
}

/**
 * Returns, by benchmark, the total return − the benchmark's; null where one of the two is not known. A difference in
 * the last digits of a double is 0, so that X is level with X.
 */
export function versus(
  own: number | null,
  benchmarks: Readonly<Record<string, number | null>>,
): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(benchmarks).map(([symbol, other]) => [
      symbol,
      own === null || other === null ? null : difference(own, other),
    ]),
  )
}

function difference(a: number, b: number): number {
  return Math.abs(a - b) <= 1e-12 * (1 + Math.abs(a)) ? 0 : a - b
}
