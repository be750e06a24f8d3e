import { daysBetween } from '../../portfolio/day.ts'
import { type Money, rounded, stored } from '../../portfolio/decimal.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Sentence } from '../../portfolio/sentence.ts'
import type { AlertFamily } from './family.ts'
import { gainOf, says } from './says.ts'

/** The gap to a benchmark went from behind to ahead, or the other way, to the cent. Nothing of either is neither. */
export const gapZero: AlertFamily = {
  asks: { subject: 'benchmark', level: null },
  read: ({ subject }, { before, snapshot }) => {
    const gap = gapTo(snapshot, subject!)
    if (gap === null || gap === 0n) return null
    return { isBeyond: gap > 0n, bothWays: true, says: crossing(before, snapshot, gap, subject!) }
  },
}

function gapTo({ summary }: Snapshot, benchmark: string): Money | null {
  const gap = summary.benchmarks[benchmark]?.gap ?? null
  return gap === null ? null : rounded(stored(gap), 2)
}

/** With what it was before, where that was on the other side. */
function crossing(before: Snapshot | null, now: Snapshot, gap: Money, benchmark: string): Sentence {
  const currency = now.portfolio.base_currency
  const values = { benchmark, gap: gainOf(gap, currency) }
  const was = before && gapTo(before, benchmark)
  if (!before || was === null || was === 0n || was > 0n === gap > 0n)
    return says('The gap to {benchmark} crossed zero: {gap}.', values)
  const after = { ...values, before: gainOf(was, currency) }
  const then = before.summary.as_of
  const days = daysBetween(then, now.summary.as_of)
  return days === 0
    ? says('The gap to {benchmark} crossed zero: {gap} after {before}.', after)
    : says('The gap to {benchmark} crossed zero: {gap} after {before} on {day}.', {
        ...after,
        day: days < 7 ? { weekday: then } : { day: then },
      })
}
