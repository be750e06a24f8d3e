import { type Day, daysBetween } from '../../portfolio/day.ts'
import type { History, StoredSymbol } from '../../portfolio/instrument.ts'
import type { Quoted } from '../source.ts'

/**
 * Returns why the source's prices now seem to belong to another company, which has taken over the ticker of the
 * stored one (finance.md, "Doubtful prices"). Null when nothing suggests that, or when the owner has confirmed since
 * that it is the same company. A company that only changes its name keeps its first trading day.
 */
export function takenOver(known: StoredSymbol, { instrument, firstTradeDay }: Quoted): string | null {
  const { firstBarDay, sameSince } = known
  const before = known.instrument?.name
  if (before === undefined || before === instrument.name || firstBarDay === null || !firstTradeDay)
    return null
  if (firstTradeDay <= firstBarDay || (sameSince !== null && firstTradeDay <= sameSince)) return null
  return `${instrument.name} has only traded since ${firstTradeDay}, but the stored prices from ${firstBarDay} on belong to ${before}`
}

/**
 * A history has ended when no close followed its last one for this many days: more than ten sessions, as for
 * delistings.
 */
const ENDED = 14

/**
 * Checks a history that was requested from a day on: one that begins after the stored one has ended is another
 * company's.
 */
export function historyTakenOver(known: StoredSymbol, history: History, from: Day): string | null {
  const { lastBar, sameSince } = known
  const first = history.bars[0]?.day
  const begins =
    lastBar !== null && from <= lastBar.day && first !== undefined && daysBetween(lastBar.day, first) > ENDED
  if (begins && (sameSince === null || first > sameSince)) {
    return `its history begins on ${first}, after the stored history ended on ${lastBar.day}`
  }
  return takenOver(known, history)
}
