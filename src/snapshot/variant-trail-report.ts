import { variantGap } from '../metrics/variant-gap.ts'
import { type VariantFlow, variantTrail } from '../metrics/variant-trail.ts'
import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { standIn } from '../portfolio/stand-in.ts'
import type { WhatIf } from '../portfolio/what-if-spelling.ts'

/** Which figure of the gap to a variant: a symbol's part, that of one of its purchases, or what is no symbol's. */
export type VariantTrailOf =
  | { symbol: string; lot?: string | undefined }
  /** `instead` is what stands in another's place. */
  | { line: 'instead'; lot?: string | undefined }
  | { line: 'fees' | 'interest' | 'put_in' }

/** The flows behind it that only the portfolio or only the variant has: value + Σ adds = gap. Money is decimal text. */
export type VariantTrailReport = {
  what_if: string
  value: string | null
  until: Day
  flows: (Omit<VariantFlow, 'isHere' | 'amount' | 'adds'> & {
    here: boolean
    amount: string | null
    adds: string | null
  })[]
  gap: string | null
  reason: string | null
}

/** Returns the trail of a ledger and its variant as of today; null when neither has that symbol or purchase. */
export function variantTrailReport(
  ledger: Ledger,
  variant: { rule: WhatIf; ledger: Ledger },
  of: VariantTrailOf,
): VariantTrailReport | null {
  const { rule, ledger: other } = variant
  const lot = 'lot' in of ? of.lot : undefined
  const found = variantGap(ledger, other, { asOf: ledger.today, by: lot === undefined ? 'symbol' : 'lot' })
  const named = 'symbol' in of ? of.symbol : 'benchmark' in rule ? standIn(rule.benchmark) : null
  const part =
    'line' in of && of.line !== 'instead'
      ? of.line
      : found.parts.find((each) => each.symbol === named && (lot === undefined || each.lot === lot))
  if (part === undefined) return null
  const { value, until, flows, gap, reason } = variantTrail(ledger, other, found, part)
  return {
    what_if: rule.spelling,
    value: text(value),
    until,
    flows: flows.map(({ isHere, amount, adds, ...flow }) => ({
      ...flow,
      here: isHere,
      amount: text(amount),
      adds: text(adds),
    })),
    gap: text(gap),
    reason,
  }
}
