import { dayAt } from '../../portfolio/day.ts'
import type { History, Split, StoredSymbol } from '../../portfolio/instrument.ts'
import { inUnitsBefore, isNearer } from './late-split.ts'

/**
 * Returns the history without the splits that the owner has dismissed. The source has divided the closes and
 * dividends before such a split by its ratio, so they are multiplied again. When the price jumps by the ratio on the
 * day of the split, the source has not divided them, and they stay as they are.
 *
 * Sources list spin-offs as splits (1281 for 1000): the number of shares stays the same, and the price falls.
 */
export function withoutDismissed(history: History, { dismissed }: Pick<StoredSymbol, 'dismissed'>): History {
  const gone = history.splits.filter(({ day }) => dismissed.some((split) => split.day === day))
  if (gone.length === 0) return history
  const splits = history.splits.filter((split) => !gone.includes(split))
  const rebased = gone.filter((split) => isRebasedBy(split, history))
  return { ...inUnitsBefore(history, rebased.map(inverse)), splits }
}

function isRebasedBy(split: Split, { bars, quote, instrument }: History): boolean {
  const before = bars.findLast(({ day }) => day < split.day)
  const first = bars.find(({ day }) => day >= split.day)?.close
  const after = first ?? (dayAt(quote.at, instrument.timeZone) >= split.day ? Number(quote.price) : undefined)
  if (!before || after === undefined) return true
  return isNearer(before.close, after, (after * split.numerator) / split.denominator)
}

/** Returns the split that undoes another one. */
export function inverse({ day, numerator, denominator }: Split): Split {
  return { day, numerator: denominator, denominator: numerator }
}
