import type { Day } from '../portfolio/day.ts'
import type { Money, Shares } from '../portfolio/decimal.ts'
import { type Ledger, positions } from '../portfolio/ledger.ts'
import type { Position } from '../portfolio/position.ts'
import { spanOf } from './carried-flow.ts'
import type { Gap } from './gap.ts'
import { judgedSales } from './judged-sale.ts'

/** A purchase or a sale, and the money that it has won or lost against the benchmark until now. */
export type Decision = {
  transaction: string
  type: 'buy' | 'sell'
  symbol: string
  date: Day
  /** As traded. */
  shares: Shares
  /** What was paid with the fee, or received less the fee; null when it could not be converted. */
  amount: Money | null
  gap: Money | null
  reason: string | null
}

/**
 * Returns every purchase and sale of a period, the best first. Those without an answer come last, with the reason.
 *
 * A purchase's gap is the part of its lot, so that purchases add up to their symbol. A sale is judged alone
 * (judged-sale.ts), and is no part of the gap: its proceeds are in the parts of the lots that it took. An oversale counts
 * only for the shares that were held.
 */
export function decisions(
  ledger: Ledger,
  byLot: Gap,
  folded: readonly Position[] = positions(ledger, byLot.asOf),
): Decision[] {
  const span = spanOf(ledger, byLot.benchmark, byLot.asOf, byLot.from)
  const lots = new Map(byLot.parts.map((part) => [part.lot, part]))
  const sales = new Map(folded.flatMap((position) => position.sales.map((sale) => [sale.transaction, sale])))
  const judges = new Map<string, ReturnType<typeof judgedSales>>()
  const found: Decision[] = []
  for (const { id, type, symbol, date, shares, amount, fee, unconverted } of ledger.transactions) {
    if (date > span.asOf) break
    if ((type !== 'buy' && type !== 'sell') || (span.start !== null && date <= span.start)) continue
    const decision = { transaction: id, type, symbol: symbol!, date, shares: shares! }
    if (type === 'buy') {
      const { gap = null, reason = null } = lots.get(id) ?? {}
      found.push({ ...decision, amount: unconverted === undefined ? amount + fee : null, gap, reason })
      continue
    }
    const sale = sales.get(id)!
    let judge = judges.get(symbol!)
    if (!judge) judges.set(symbol!, (judge = judgedSales(ledger, symbol!, span)))
    const gap = unconverted ?? judge(sale)
    found.push({
      ...decision,
      amount: unconverted === undefined ? sale.proceeds : null,
      gap: typeof gap === 'string' ? null : gap.gap,
      reason: typeof gap === 'string' ? gap : null,
    })
  }
  return found.toSorted(bestFirst)
}

function bestFirst(a: Decision, b: Decision): number {
  if (a.gap === null || b.gap === null) return Number(a.gap === null) - Number(b.gap === null)
  return a.gap > b.gap ? -1 : a.gap < b.gap ? 1 : 0
}
