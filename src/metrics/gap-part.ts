import type { Day } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import { carried, type Span } from './carried-flow.ts'
import type { Flow } from './movement.ts'

/** What a symbol, or one of its lots or years, adds to the gap or takes from it. */
export type GapPart = {
  symbol: string
  gap: Money | null
  /** The value at the end of the period or year; of a lot, that of the shares it still holds. */
  value: Money | null
  /**
   * Paid for purchases with their fees, and the worth of shares that came, for fees and taxes that name the symbol, and
   * as the value at the start.
   */
  paid: Money | null
  /** Received from sales, less their fees, and the worth of shares that left. */
  received: Money | null
  /** Dividends, capital returned, and interest that names the symbol. */
  dividends: Money | null
  reason: string | null
  /** By lot: the purchase, or null for what belongs to no lot. */
  lot?: string | null
  /** By lot: the day of the purchase. */
  date?: Day | null
  /** By year: the year, and the days at whose close it begins (null: the whole history does) and ends. */
  year?: string
  since?: Day | null
  until?: Day
}

/** Returns the part that consists of some flows, the sums of these, and the value at the end. */
export function partOf(
  symbol: string,
  flows: readonly Flow[],
  sums: FlowSums,
  value: Money | string,
  span: Span,
  until: Day = span.asOf,
): GapPart {
  const found = plus(value, carried(flows, span, until))
  return {
    symbol,
    gap: typeof found === 'string' ? null : found,
    value: typeof value === 'string' ? null : value,
    ...sums,
    reason: typeof found === 'string' ? found : null,
  }
}

/** The sum of a symbol's part that a flow belongs to. */
export const figureOf = {
  start: 'paid',
  buy: 'paid',
  fee: 'paid',
  tax: 'paid',
  transfer_in: 'paid',
  sell: 'received',
  transfer_out: 'received',
  spin_off: 'received',
  exchange: 'received',
  dividend: 'dividends',
  interest: 'dividends',
  return_of_capital: 'dividends',
  // these are no symbol's
  cash: 'paid',
  missing: 'paid',
} as const satisfies Record<Flow['kind'], keyof FlowSums>

export type Figure = keyof FlowSums

/** What flows add up to, whatever the benchmark; null where an amount is not known. */
export type FlowSums = Pick<GapPart, 'paid' | 'received' | 'dividends'>

export function sumsOf(flows: readonly Flow[]): FlowSums {
  let paid = 0n
  let received = 0n
  let dividends = 0n
  const unknown = new Set<Figure>()
  for (const { kind, amount } of flows) {
    if (typeof amount === 'string') unknown.add(figureOf[kind])
    else if (figureOf[kind] === 'dividends') dividends += amount
    else if (figureOf[kind] === 'received') received += amount
    else paid -= amount
  }
  return {
    paid: unknown.has('paid') ? null : paid,
    received: unknown.has('received') ? null : received,
    dividends: unknown.has('dividends') ? null : dividends,
  }
}

/** Adds to the largest part what all of them lack to their total. When one is null, it changes nothing. */
export function settle<Figure extends string>(
  parts: readonly Record<Figure, Money | null>[],
  total: Money,
  figure: Figure,
): void {
  let found = 0n
  let largest: Record<Figure, Money | null> | undefined
  for (const part of parts) {
    const own = part[figure]
    if (own === null) return
    found += own
    if (!largest || size(own) > size(largest[figure]!)) largest = part
  }
  if (largest && found !== total) largest[figure] = largest[figure]! + total - found
}

const size = (amount: Money) => (amount < 0n ? -amount : amount)

/** Returns the sum; a sentence when one of the two is not known. */
export function plus(a: Money | string, b: Money | string): Money | string {
  return typeof a === 'string' ? a : typeof b === 'string' ? b : a + b
}
