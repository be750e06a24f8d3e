import { type Day, dayAt } from '../../portfolio/day.ts'
import type { History, Instrument, StoredSymbol } from '../../portfolio/instrument.ts'
import { hoursOf, previousSession } from '../hours/trading-hours.ts'
import type { Quoted } from '../source.ts'
import { isNear } from './price-jump.ts'
import { heldFor, quoteVerdict, type Verdict } from './quarantine.ts'
import { newSplits, RESTATED, withdrawnSplits } from './rebased-history.ts'

/** A price of a second source that differs from ours by more than this factor is in other units, or another share's. */
const OTHER_UNITS = 1.8

/**
 * Why a second source's price is not believed: it differs from what is stored by a factor, so it seems to count in
 * other units. Null when it agrees, or when there is nothing to compare it with. A repetition proves nothing here,
 * because a source repeats its units each day.
 */
function otherSourceDoubt(known: StoredSymbol, { instrument, quote }: Quoted, source: string): string | null {
  const { lastBar } = known
  const today = dayAt(quote.at, instrument.timeZone)
  const before = quote.previousClose
  if (lastBar && before !== null && previousSession(today, hoursOf(instrument)) === lastBar.day) {
    if (!isNear(lastBar.close, Number(before), RESTATED))
      return differs(source, lastBar.day, before, lastBar.close)
  }
  const last = known.quote
    ? { day: dayAt(known.quote.at, instrument.timeZone), close: Number(known.quote.price) }
    : lastBar
  return last && !isNear(last.close, Number(quote.price), OTHER_UNITS)
    ? differs(source, last.day, quote.price, last.close)
    : null
}

/**
 * The verdict on a price of a second source: as on any, but it is held when it seems to be in other units, and one that
 * is older than ours is only no news.
 */
export function otherSourceVerdict(
  known: StoredSymbol,
  quoted: Quoted,
  source: string,
  now: number,
): Verdict {
  const doubt = otherSourceDoubt(known, quoted, source)
  if (doubt !== null) return heldFor(known, quoted, doubt)
  return isOlder(known, quoted) ? { status: 'older' } : quoteVerdict(known, quoted, now)
}

/** True when we have a price that traded later. */
export function isOlder({ quote: ours }: StoredSymbol, { quote }: Quoted): boolean {
  return ours !== null && quote.at < ours.at
}

/** The same of a history requested from a day on: its closes must be ours, and its splits those that we know of. */
export function otherSourceHistoryDoubt(
  known: StoredSymbol,
  history: History,
  from: Day,
  source: string,
): string | null {
  const { lastBar } = known
  const same = lastBar && history.bars.find(({ day }) => day === lastBar.day)
  const unknown = newSplits(known, history)
  const later = unknown.filter(({ day }) => lastBar && day > lastBar.day)
  const ratio = later.reduce((product, split) => (product * split.numerator) / split.denominator, 1)
  if (same && !isNear(lastBar.close, same.close * ratio, RESTATED)) {
    return differs(source, same.day, String(same.close), lastBar.close)
  }
  const early = lastBar && unknown.find(({ day }) => day >= (known.fromDay ?? '') && day <= lastBar.day)
  if (early) return `${source} knows of a split on ${early.day} that we do not know of`
  const [withdrawn] = withdrawnSplits(known, history, from)
  if (withdrawn) return `${source} does not know the split of ${withdrawn.day}`
  return later.length > 0 ? null : otherSourceDoubt(known, history, source)
}

/** A second source describes an instrument worse than the first did: what is stored of it stays. */
export function asStored<T extends { instrument: Instrument }>(value: T, stored: Instrument | null): T {
  return stored ? { ...value, instrument: stored } : value
}

function differs(source: string, day: Day, theirs: string, ours: number): string {
  return `${source} counts in other units: ${theirs} beside our ${ours} of ${day}`
}
