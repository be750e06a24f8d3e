import type { Gap } from '../metrics/gap.ts'
import { sum, text } from '../portfolio/decimal.ts'

/**
 * A gap as the snapshot stores it: the parts of symbols are `vs_money` of their rows, and this is the rest. Σ
 * `vs_money` of the open and closed positions + these amounts = `gap`, exactly. Money is decimal text. `reason` says
 * why there is no gap.
 */
export type GapSummary = {
  gap: string | null
  cash_drag: string | null
  fees: string | null
  interest: string | null
  uncovered: string | null
  /** The part of symbols without a position, such as one that only a fee names. */
  elsewhere: string | null
  /** Of a variant only: the part of what stands in another's place, and of the money that would not have been put in. */
  instead?: string | null
  put_in?: string
  reason: string | null
}

/** `rows` are the symbols that have a row of their own. */
export function gapSummary(
  { gap, parts, cashDrag, fees, interest, uncovered, reasons }: Gap,
  rows: ReadonlySet<string>,
): GapSummary {
  return {
    gap: text(gap),
    cash_drag: text(cashDrag),
    fees: text(fees),
    interest: text(interest),
    uncovered: text(uncovered),
    elsewhere: text(sum(parts.filter(({ symbol }) => !rows.has(symbol)).map((part) => part.gap))),
    reason: reasons.gap ?? null,
  }
}
