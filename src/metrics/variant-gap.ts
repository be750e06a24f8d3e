import { cashBook, externalOf } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, sum } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type SymbolFlows, flowsBySymbol, stretchOf } from './carried-flow.ts'
import { feeFlows, interestFlows } from './gap-lines.ts'
import { plus, settle } from './gap-part.ts'
import type { Flow } from './movement.ts'

/**
 * Why the portfolio is worth more than it would be by a variant of its ledger, or less. The value is what was put in, and
 * what the symbols, the interest and the fees that name none have added: so Σ gap of the parts + put in + fees + interest
 * is the gap exactly. Nothing is carried, for both are what they are (finance.md, "What if"). An amount without an answer
 * is null, with the reason.
 */
export type VariantGap = {
  gap: Money | null
  /** What each symbol of either ledger has added here, less what it has added there: its worth + Σ flow. */
  parts: { symbol: string; gap: Money | null; reason: string | null }[]
  /** External money in, less out, here and not there. */
  putIn: Money
  fees: Money | null
  interest: Money | null
  reason: string | null
}

/** Returns the gap on a day, of the values of both at its end; of the whole history. */
export function variantGap(
  own: { ledger: Ledger; value: Money | null },
  other: { ledger: Ledger; value: Money | null },
  asOf: Day,
): VariantGap {
  const stretch = stretchOf(own.ledger, asOf, null)
  const [ours, theirs] = [own, other].map(({ ledger }) => bySymbol(flowsBySymbol(ledger, stretch)))
  const parts = [...new Set([...ours!.keys(), ...theirs!.keys()])].map((symbol) => {
    const found = less(addedBy(ours!.get(symbol)), addedBy(theirs!.get(symbol)))
    return {
      symbol,
      gap: typeof found === 'string' ? null : found,
      reason: typeof found === 'string' ? found : null,
    }
  })
  const line = (flowsOf: typeof feeFlows) => {
    const found = less(total(flowsOf(own.ledger, stretch)), total(flowsOf(other.ledger, stretch)))
    return typeof found === 'string' ? null : found
  }
  const [fees, interest] = [line(feeFlows), line(interestFlows)]
  const putIn = investedIn(own.ledger, asOf) - investedIn(other.ledger, asOf)
  const gap = own.value === null || other.value === null ? null : own.value - other.value
  const rest = sum([putIn, fees, interest])
  if (gap !== null && rest !== null) settle(parts, gap - rest, 'gap')
  const unknown = own.value === null ? 'the value is not known' : 'the value would not be known'
  return { gap, parts, putIn, fees, interest, reason: gap === null ? unknown : null }
}

function bySymbol(flows: readonly SymbolFlows[]): Map<string, SymbolFlows> {
  return new Map(flows.map((each) => [each.symbol, each]))
}

/** What a symbol is worth and has brought, less what was paid for it; 0 of one that was never traded. */
function addedBy(own: SymbolFlows | undefined): Money | string {
  return own === undefined ? 0n : plus(own.value, total(own.flows))
}

function total(flows: readonly Flow[]): Money | string {
  let found = 0n
  for (const { amount } of flows) {
    if (typeof amount === 'string') return amount
    found += amount
  }
  return found
}

function less(a: Money | string, b: Money | string): Money | string {
  return plus(a, typeof b === 'string' ? b : -b)
}

function investedIn({ transactions }: Ledger, asOf: Day): Money {
  return sum(cashBook(transactions, asOf).map((each) => externalOf(each).in - externalOf(each).out))
}
