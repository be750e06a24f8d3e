import { externalOf } from '../portfolio/cash.ts'
import { cashBook } from '../portfolio/cash-book.ts'
import type { Day } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsBySymbol } from '../portfolio/own-rows.ts'
import { flowsOf } from './carried-flow.ts'
import { lotFlows } from './gap-by-lot.ts'
import { currencyFlows, feeFlows, interestFlows } from './gap-lines.ts'
import type { GapPart } from './gap-part.ts'
import type { Flow } from './movement.ts'
import { stillSpan, type VariantGap } from './variant-gap.ts'

/** What a figure of the gap to a variant consists of: value + Σ of what the flows add = gap, unless one of them is null. */
type VariantTrail = {
  /** What the part is worth at the end, less what it would be worth; 0 of what is no symbol. */
  value: Money | null
  until: Day
  flows: VariantFlow[]
  gap: Money | null
  reason: string | null
}

export type VariantFlow = {
  day: Day
  kind: Flow['kind'] | 'put_in'
  transaction: string | null
  /** False of what the variant alone has. */
  isHere: boolean
  amount: Money | null
  /** What it adds to the gap: the amount, or its opposite where the variant alone has it. */
  adds: Money | null
}

/** What belongs to no symbol. */
type VariantLine = 'fees' | 'interest' | 'put_in'

/**
 * Returns the flows behind one part of the gap to a variant, or behind one of its lines, of the whole history. A flow that
 * both have adds nothing, and is left out (finance.md, "What if").
 */
export function variantTrail(
  own: Ledger,
  other: Ledger,
  found: VariantGap,
  of: GapPart | VariantLine,
): VariantTrail {
  const [ours, theirs] = [own, other].map((ledger) => flowsIn(ledger, found.asOf, of))
  const flows = onlyOneHas(ours!, theirs!).toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const until = found.asOf
  if (typeof of !== 'string') return { value: of.value, until, flows, gap: of.gap, reason: of.reason }
  const gap = of === 'put_in' ? found.putIn : found[of]
  return { value: 0n, until, flows, gap, reason: gap === null ? found.reason : null }
}

type OneFlow = Omit<Flow, 'kind'> & Pick<VariantFlow, 'kind'>

function flowsIn(ledger: Ledger, asOf: Day, of: GapPart | VariantLine): OneFlow[] {
  const span = stillSpan(ledger, asOf, null)
  if (of === 'fees') return feeFlows(ledger, span)
  if (of === 'interest')
    return [...interestFlows(ledger, span), ...currencyFlows(cashBook(ledger, asOf), span)]
  if (of === 'put_in')
    return cashBook(ledger, asOf).flatMap((each): OneFlow[] => {
      const { in: put, out } = externalOf(each)
      const amounts = [put, -out].filter((amount) => amount !== 0n)
      return amounts.map((amount) => ({ day: each.day, kind: 'put_in', transaction: null, amount }))
    })
  const [moved] = flowsOf(ledger, rowsBySymbol(ledger.transactions).get(of.symbol) ?? [], span)
  if (!moved) return []
  return of.lot === undefined ? [...moved.flows] : lotFlows(ledger, moved, span, of.lot)
}

/** The flows of either, without those that both have. */
function onlyOneHas(ours: readonly OneFlow[], theirs: readonly OneFlow[]): VariantFlow[] {
  const nameOf = ({ day, kind, transaction, amount }: OneFlow) => `${day} ${kind} ${transaction} ${amount}`
  const left = Map.groupBy(theirs, nameOf)
  const here = ours.filter((flow) => left.get(nameOf(flow))?.pop() === undefined)
  const rows = (flows: readonly OneFlow[], isHere: boolean) =>
    flows.map(({ amount, ...flow }): VariantFlow => {
      const known = typeof amount === 'string' ? null : amount
      return { ...flow, isHere, amount: known, adds: known === null || isHere ? known : -known }
    })
  return [...rows(here, true), ...rows([...left.values()].flat(), false)]
}
