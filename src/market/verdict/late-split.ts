import { addDays, type Day, dayAt } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type { History, StoredSymbol, Split } from '../../portfolio/instrument.ts'
import type { Quoted } from '../source.ts'

/** After this many days the history of a split is taken to be in the units that the source claims. */
const CATCHES_UP = 10
/** For a smaller ratio a jump of the price proves nothing, because shares move by a fifth on their own. */
const PLAIN = 1.5

/**
 * Returns the same history in today's share units. The source may list a split before it has converted the closes and
 * dividends before it. Such a history, if accepted, would multiply old prices by new share counts, and the trades
 * before the split would be recognized as adjusted for good (share-units.ts).
 *
 * A newly reported split is late when the source still sends the last stored close unchanged. A known split, or one
 * of a symbol without stored bars, is late when the price jumps by its ratio on its day.
 */
export function inUnitsOfToday(history: History, known: StoredSymbol): History {
  const late = history.splits.filter((split) => isLate(split, history, known))
  return late.length === 0 ? history : inUnitsBefore(history, late)
}

/** Divides the closes, the dividends and the quote before these splits by their ratios. */
export function inUnitsBefore(history: History, late: readonly Split[]): History {
  const { bars, dividends, quote, instrument } = history
  const today = dayAt(quote.at, instrument.timeZone)
  const units = (value: number, day: Day) => Number(divided(String(value), ratioAfter(late, day)))
  return {
    ...history,
    bars: bars.map(({ day, close }) => ({ day, close: units(close, day) })),
    dividends: dividends.map((paid) => ({ ...paid, amount: units(paid.amount, paid.day) })),
    quote: {
      ...quote,
      price: divided(quote.price, ratioAfter(late, today)),
      previousClose:
        quote.previousClose && divided(quote.previousClose, ratioAfter(late, addDays(today, -1))),
    },
  }
}

/** Returns the quote with its previous close in today's share units: on the day of a split the source may be late. */
export function closeInUnitsOfToday(quoted: Quoted, { lastBar, splits }: StoredSymbol): Quoted {
  const { quote, instrument } = quoted
  if (quote.previousClose === null || lastBar === null) return quoted
  const today = dayAt(quote.at, instrument.timeZone)
  const since = splits.filter(({ day }) => day > lastBar.day && day <= today)
  const ratio = ratioAfter(since, lastBar.day)
  if (!isNearer(Number(quote.previousClose), lastBar.close * ratio, lastBar.close)) return quoted
  return { ...quoted, quote: { ...quote, previousClose: divided(quote.previousClose, ratio) } }
}

function isLate(
  split: Split,
  { bars, quote, instrument }: History,
  { lastBar, splits }: StoredSymbol,
): boolean {
  const today = dayAt(quote.at, instrument.timeZone)
  const before = bars.findLast(({ day }) => day < split.day)
  if (!before || split.day < addDays(today, -CATCHES_UP)) return false
  const ratio = ratioAfter([split], before.day)
  const last = lastBar && lastBar.day < split.day ? lastBar : null
  const same = last && bars.find(({ day }) => day === last.day)
  // a different ratio makes it a correction: the stored bars are in units that the source has since corrected
  const isNews = !splits.some(({ day }) => day === split.day)
  if (last && same && isNews) return isNearer(same.close, last.close, last.close / ratio)
  const first = bars.find(({ day }) => day >= split.day)?.close
  const after = first ?? (today >= split.day ? Number(quote.price) : undefined)
  if (after === undefined) return !!last && !!same && isNearer(same.close, last.close * ratio, last.close)
  return Math.max(ratio, 1 / ratio) >= PLAIN && isNearer(before.close, after * ratio, after)
}

function ratioAfter(splits: readonly Split[], day: Day): number {
  const later = splits.filter((split) => split.day > day)
  return later.reduce((product, { numerator, denominator }) => (product * numerator) / denominator, 1)
}

/** The distance is taken in the logarithm, as ratios require. */
export function isNearer(value: number, one: number, other: number): boolean {
  return Math.abs(Math.log(value / one)) < Math.abs(Math.log(value / other))
}

function divided(value: string, ratio: number): string {
  return ratio === 1 ? value : text(fromNumber(Number(value) / ratio))
}
