import type { Day } from '../../portfolio/day.ts'
import type { History, Split, StoredSymbol } from '../../portfolio/instrument.ts'
import { isNear } from './price-jump.ts'

/** A close that differs from the stored one of its day by more than this factor is in other share units. */
export const RESTATED = 1.1

/**
 * True when a history that was requested from a later day than the first stored bar shows that the earlier bars have
 * changed too. A split that is not stored yet rescales them all; so do a split that the source has withdrawn and
 * another currency. A last close that differs by a tenth may be any of these, reported late.
 */
export function isRebased(known: StoredSymbol, history: History, from: Day): boolean {
  const { lastBar, instrument } = known
  const same = lastBar && history.bars.find(({ day }) => day === lastBar.day)
  return (
    newSplits(known, history).length > 0 ||
    withdrawnSplits(known, history, from).length > 0 ||
    (instrument !== null && instrument.currency !== history.instrument.currency) ||
    (!!same && !isNear(lastBar.close, same.close, RESTATED))
  )
}

/** Returns the splits that are not stored: they are new, or their ratio was corrected. */
export function newSplits({ splits }: StoredSymbol, history: History): Split[] {
  return history.splits.filter((split) => !splits.some((stored) => isSameSplit(stored, split)))
}

/** Returns the stored splits that the source no longer lists in a history requested from a day on. */
export function withdrawnSplits({ splits }: StoredSymbol, history: History, from: Day): Split[] {
  const last = history.bars.at(-1)?.day ?? ''
  return splits.filter(
    (stored) =>
      stored.day >= from && stored.day <= last && !history.splits.some(({ day }) => day === stored.day),
  )
}

function isSameSplit(a: Split, b: Split): boolean {
  return a.day === b.day && a.numerator * b.denominator === b.numerator * a.denominator
}
