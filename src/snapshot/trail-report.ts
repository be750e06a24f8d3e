import { gap } from '../metrics/gap.ts'
import { type Trail, trail, type TrailFlow } from '../metrics/gap-trail.ts'
import { saleTrail } from '../metrics/sale-trail.ts'
import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'

/**
 * Which figure: a symbol's part of a gap, that of one of its purchases, what one of its sales is judged by, or one of those
 * that belong to no holding.
 */
export type TrailOf =
  | { symbol: string; lot?: string | undefined; sale?: string | undefined }
  | { line: TrailLine }
export type TrailLine = 'cash_drag' | 'fees' | 'interest' | 'uncovered'

/** The flows, days and index values behind one figure of a gap: value + Σ carried = gap. Money is decimal text. */
export type TrailReport = {
  benchmark: string
  value: string | null
  until: Day
  /** The benchmark's total-return index on the last day. */
  index: number | null
  flows: {
    day: Day
    kind: TrailFlow['kind']
    transaction: string | null
    amount: string | null
    index: number | null
    carried: string | null
  }[]
  gap: string | null
  /** Why there is no gap. */
  reason: string | null
}

const lines = { cash_drag: 'cashDrag', fees: 'fees', interest: 'interest', uncovered: 'uncovered' } as const

/** Returns the trail as of today, of the whole history; null when the portfolio never had that symbol, purchase or sale. */
export function trailReport(ledger: Ledger, benchmark: string, of: TrailOf): TrailReport | null {
  if ('symbol' in of && of.sale !== undefined) {
    const judged = saleTrail(ledger, benchmark, of.symbol, of.sale)
    return judged && reportOf(benchmark, judged)
  }
  const isLot = 'symbol' in of && of.lot !== undefined
  const found = gap(ledger, benchmark, { asOf: ledger.today, by: isLot ? 'lot' : 'symbol' })
  const part =
    'line' in of
      ? lines[of.line]
      : found.parts.find(({ symbol, lot }) => symbol === of.symbol && (!isLot || lot === of.lot))
  if (part === undefined) return null
  return reportOf(benchmark, trail(ledger, found, part))
}

function reportOf(benchmark: string, { value, until, index, flows, gap: whole, reason }: Trail): TrailReport {
  return {
    benchmark,
    value: text(value),
    until,
    index,
    flows: flows.map(({ amount, carried, ...flow }) => ({
      ...flow,
      amount: text(amount),
      carried: text(carried),
    })),
    gap: text(whole),
    reason,
  }
}
