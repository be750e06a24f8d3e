import type { Day } from '../portfolio/day.ts'
import { underwater } from './underwater.ts'

export type Drawdown = {
  /** The fall as a part of the peak, never positive: −0.25 is a quarter lost. */
  ratio: number
  /** The last day the index stood at its high before the fall; the first day for what it was before that. */
  peak: Day
  /** The first day it stood at the low. */
  trough: Day
  /** The first day after it that the index was back at the peak's height; null while it is not. */
  recovered: Day | null
}

/** A change smaller than this part is rounding of doubles, not a fall. */
const ROUNDING = 1e-12

/**
 * Maximum drawdown: the largest fall of the TWR index from its running peak, with its days. The same fall
 * twice: the earlier one. An index that never fell: ratio 0, and all three days are the first. Null for an
 * empty index.
 *
 * Days and index go together, oldest first. `opening` is what the index was before the first of them, where that
 * counts: money that came in on the first day's morning and had shrunk by its close has fallen that day, which is
 * then the day of the peak, and may be that of the trough too. Null: the first day is only where the others are
 * measured from.
 *
 * finance.md, "Drawdown".
 */
export function maxDrawdown(
  days: readonly Day[],
  index: readonly number[],
  opening: number | null = null,
): Drawdown | null {
  if (days.length !== index.length) throw new Error(`${days.length} days for ${index.length} index figures`)
  if (days.length === 0) return null
  return opening === null ? deepestFall(days, index) : deepestFall([days[0]!, ...days], [opening, ...index])
}

function deepestFall(days: readonly Day[], index: readonly number[]): Drawdown {
  const falls = underwater(index) as number[]
  const ratio = Math.min(...falls)
  if (ratio >= -ROUNDING) return { ratio: 0, peak: days[0]!, trough: days[0]!, recovered: days[0]! }
  const trough = falls.indexOf(ratio)
  const peak = falls.lastIndexOf(0, trough)
  const height = index[peak]! * (1 - ROUNDING)
  const recovered = index.findIndex((figure, i) => i > trough && figure >= height)
  return { ratio, peak: days[peak]!, trough: days[trough]!, recovered: days[recovered] ?? null }
}
