import type { Decision } from '../metrics/decisions.ts'
import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'

/** A purchase or a sale and what it has won or lost against a benchmark until now; decimals are text. */
export type DecisionRow = {
  transaction: string
  type: 'buy' | 'sell'
  symbol: string
  date: Day
  /** As traded. */
  shares: string
  /** What was paid with the fee, or received less the fee, in the portfolio's currency. */
  amount: string | null
  gap: string | null
  reason: string | null
}

/** At most `most` decisions that won money, the best first, and as many that lost some, the worst first. */
export type BestAndWorst = { best: DecisionRow[]; worst: DecisionRow[] }

/** Picks them from all decisions, the best first (metrics/decisions.ts). One without a gap is neither. */
export function bestAndWorst(decided: readonly Decision[], most: number): BestAndWorst {
  const known = decided.filter(({ gap }) => gap !== null)
  return {
    best: known
      .filter(({ gap }) => gap! > 0n)
      .slice(0, most)
      .map(decisionRow),
    worst: known
      .filter(({ gap }) => gap! < 0n)
      .toReversed()
      .slice(0, most)
      .map(decisionRow),
  }
}

function decisionRow({ shares, amount, gap, ...decision }: Decision): DecisionRow {
  return { ...decision, shares: text(shares), amount: text(amount), gap: text(gap) }
}
