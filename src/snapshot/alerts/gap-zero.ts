import { daysBetween } from '../../portfolio/day.ts'
import { type Money, rounded, stored } from '../../portfolio/decimal.ts'
import type { Snapshot } from '../snapshot.ts'
import type { AlertFamily } from './family.ts'
import { dateOf, signedAmount, weekdayOf } from './plain-words.ts'

/** The gap to a benchmark went from behind to ahead, or the other way, to the cent. Nothing of either is neither. */
export const gapZero: AlertFamily = {
  asks: { subject: 'benchmark', level: null },
  read: ({ subject }, { before, snapshot }) => {
    const gap = gapTo(snapshot, subject!)
    if (gap === null || gap === 0n) return null
    const currency = snapshot.portfolio.base_currency
    return {
      isBeyond: gap > 0n,
      bothWays: true,
      says: `Your gap to ${subject!} crossed zero: ${signedAmount(gap, currency)}${after(before, snapshot, gap, subject!)}.`,
    }
  },
}

function gapTo({ summary }: Snapshot, benchmark: string): Money | null {
  const gap = summary.benchmarks[benchmark]?.gap ?? null
  return gap === null ? null : rounded(stored(gap), 2)
}

/** What it was before, where that was on the other side. */
function after(before: Snapshot | null, now: Snapshot, gap: Money, benchmark: string): string {
  const was = before && gapTo(before, benchmark)
  if (!before || was === null || was === 0n || was > 0n === gap > 0n) return ''
  const then = before.summary.as_of
  const days = daysBetween(then, now.summary.as_of)
  const when = days === 0 ? '' : days < 7 ? ` on ${weekdayOf(then)}` : ` on ${dateOf(then)}`
  return ` after ${signedAmount(was, now.portfolio.base_currency)}${when}`
}
