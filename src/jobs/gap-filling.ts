import { hoursOf } from '../market/hours/trading-hours.ts'
import { dayBeforeLeap } from '../market/verdict/brief-leap.ts'
import { gaps } from '../market/verdict/gaps.ts'
import type { Day } from '../portfolio/day.ts'
import { HOUR } from '../portfolio/time.ts'
import type { Database } from '../storage/database.ts'
import { barsToCheck, noteChecked } from '../storage/gaps.ts'
import type { TrackedSymbol } from '../storage/tracked.ts'
import { log } from './log.ts'
import type { Plan } from './refresh-plan.ts'

/** The most symbols whose bars one run looks through. */
const A_RUN = 20
/** A little less than a day, so that a run that comes early counts as the next. */
const DAILY = 20 * HOUR

/**
 * Looks through the bars of some symbols, those first that were looked through longest ago, and answers for each symbol
 * with a gap, with a close that is a brief leap, or with bars that cannot be read, the day to fetch from. Symbols that
 * the source has refused are left alone.
 */
export async function gapsToFill(
  db: Database,
  symbols: readonly TrackedSymbol[],
  now: number,
): Promise<Map<string, Day>> {
  const known = symbols.filter(({ fromDay, retryAt }) => fromDay !== null && retryAt === null)
  const due = await barsToCheck(
    db,
    known.map(({ symbol }) => symbol),
    now - DAILY,
    A_RUN,
  )
  if (due.length === 0) return new Map()
  const found = gaps(
    due.map(({ instrument, ...kept }) => ({ ...instrument, ...kept, hours: hoursOf(instrument) })),
  )
  for (const { instrument, bars, splits, unreadableFrom } of due) {
    const days = [found.get(instrument.symbol), dayBeforeLeap(bars, splits), unreadableFrom]
    const first = days.filter((day) => day !== null && day !== undefined).toSorted()[0]
    if (first !== undefined) found.set(instrument.symbol, first)
  }
  await noteChecked(
    db,
    due.map(({ instrument }) => instrument.symbol),
    now,
  )
  if (found.size > 0) log('gaps found', { symbols: [...found.keys()] })
  return found
}

/**
 * Adds histories to a plan, from the given days or earlier. A history brings the price along, so its quote is
 * dropped.
 */
export function fillingGaps({ quotes, histories }: Plan, from: ReadonlyMap<string, Day>): Plan {
  const planned = new Map(histories.map((history) => [history.symbol, history.from]))
  for (const [symbol, day] of from) {
    const before = planned.get(symbol)
    planned.set(symbol, before !== undefined && before < day ? before : day)
  }
  return {
    quotes: quotes.filter((symbol) => !from.has(symbol)),
    histories: [...planned].map(([symbol, day]) => ({ symbol, from: day })),
  }
}
