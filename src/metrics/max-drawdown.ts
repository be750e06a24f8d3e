import type { Day } from '../portfolio/day.ts'
import type { Calculation, Measured } from './calculation.ts'
import { noValue, onDay } from './metric.ts'
import { underwater } from './underwater.ts'

/** `drawdown` has the days of the fall that `max_drawdown` measures. */
export const drawdowns = {
  measure({ days, index, opening }) {
    const known = index.includes(null)
      ? { days: days.filter((_, i) => index[i] !== null), index: index.filter((figure) => figure !== null) }
      : { days, index: index as readonly number[] }
    const drawdown = maxDrawdown(known.days, known.index, opening)
    return { figures: { max_drawdown: drawdown && drawdown.ratio, drawdown } }
  },
  metrics: {
    max_drawdown: {
      name: 'Max. drawdown',
      unit: 'ratio',
      formula: 'index at the trough ÷ index at the peak − 1',
      method:
        'The largest drop of the time-weighted index from an earlier high; deposits and withdrawals do not affect it.',
      needs: 'value',
      inputs: ({ drawdown }) => [
        onDay('Peak', drawdown?.peak),
        onDay('Trough', drawdown?.trough),
        onDay('Recovered', drawdown?.recovered),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Measured, { max_drawdown: number | null; drawdown: Drawdown | null }>

export type Drawdown = {
  /** The fall ÷ the peak, never positive: −0.25 is a quarter lost. */
  ratio: number
  /** The last day on which the index stood at its high before the fall; the first day when the high was before it. */
  peak: Day
  /** The first day on which it stood at the low. */
  trough: Day
  /** The first day after the low on which the index was back at the peak's height; null while it is not. */
  recovered: Day | null
}

/** A smaller change is a rounding error of doubles and no fall. */
const ROUNDING = 1e-12

/**
 * Returns the maximum drawdown: the largest fall of the TWR index from its running peak, with its days. Of equal
 * falls it is the earlier one. For an index that never fell the ratio is 0 and all three days are the first. Null for
 * an empty index. Throws when days and index differ in length.
 *
 * Days and index are oldest first. `opening` is the index before the first day: money that came in on the first
 * morning and had shrunk by the close has fallen on that day, which is then the day of the peak and possibly of the
 * trough. When `opening` is null, the first day is only the base for the others (finance.md, "Drawdown").
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
