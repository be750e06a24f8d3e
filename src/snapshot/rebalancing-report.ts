import type { Day } from '../portfolio/day.ts'
import { cashBook } from '../portfolio/cash-book.ts'
import { unconvertedBy } from '../portfolio/currency.ts'
import { type Money, text, toNumber } from '../portfolio/decimal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rebalancing } from '../portfolio/rebalancing.ts'
import type { Targets, TargetsBy } from '../portfolio/target.ts'

/** What new money buys and what a rebalancing does. Decimals are text, in the portfolio's currency; weights are numbers. */
export type RebalancingReport = {
  as_of: Day
  by: TargetsBy
  /** The new money. */
  amount: string
  /** What there is, the new money included. */
  total: string
  cash: { value: string; target: number }
  parts: {
    name: string
    value: string
    weight: number
    target: number
    /** weight − target: 0.05 is 5 percentage points too much. */
    drift: number
    /** What of the new money it gets when nothing is sold. */
    buy: string
    /** What a whole rebalancing buys, or sells (negative). */
    trade: string
  }[]
  /** What of the new money stays in cash. */
  kept: string
  orders: { symbol: string; amount: string; shares: string | null; realized_gain: string | null }[]
  /** Of all sales; null where the cost of one is not known. */
  realized_gain: string | null
  /** Holdings without a value, which are left out. */
  without: string[]
}

/**
 * Reports it as of the ledger's today (portfolio/rebalancing.ts), or the reason why nothing can be weighed: an amount that no
 * exchange rate converts.
 */
export function rebalancingReport(
  ledger: Ledger,
  targets: Targets,
  money: Money,
): RebalancingReport | { reason: string } {
  const reason = unconvertedBy(ledger, ledger.today)
  if (reason !== null) return { reason }
  const cash = cashBook(ledger, ledger.today).at(-1)?.balance ?? 0n
  const { total, parts, kept, orders, realized, unvalued } = rebalancing(
    ledger,
    holdings(ledger, ledger.today),
    cash,
    targets,
    money,
  )
  return {
    as_of: ledger.today,
    by: targets.by,
    amount: text(money),
    total: text(total),
    cash: { value: text(cash), target: toNumber(targets.rest) },
    parts: parts
      .map(({ name, value, weight, target, buy, trade }) => ({
        name,
        value: text(value),
        weight: toNumber(weight),
        target: toNumber(target),
        drift: toNumber(weight - target),
        buy: text(buy),
        trade: text(trade),
      }))
      .toSorted((a, b) => b.target - a.target || b.weight - a.weight),
    kept: text(kept),
    orders: orders.map((order) => ({
      symbol: order.symbol,
      amount: text(order.amount),
      shares: text(order.shares),
      realized_gain: text(order.realized),
    })),
    realized_gain: text(realized),
    without: unvalued,
  }
}
