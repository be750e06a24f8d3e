import { addDays, type Day, dayAt } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type { History, StoredSymbol, Split } from '../../portfolio/instrument.ts'
import type { Quoted } from '../source.ts'

/** Days after which a split's history is taken for what the source says it is. */
const CATCHES_UP = 10
/** Of a smaller ratio a jump of the price says nothing: shares move by a fifth on their own. */
const PLAIN = 1.5

/**
 * The same history in today's share units. The source may list a split before it has brought the closes and dividends
 * before it to the new units; such a history, believed, would multiply old prices with new shares, and the trades
 * before it would be taken for adjusted ones for good (share-units.ts).
 *
 * A split that is news is late when the last stored close is told as it was; one that is known, or of a symbol that
 * nothing is stored of, when the price jumps by its ratio on its day.
 */
export function inUnitsOfToday(history: History, known: StoredSymbol): History {
  const late = history.splits.filter((split) => isLate(split, history, known))
  return late.length === 0 ? history : inUnitsBefore(history, late)
}

/** Divides the closes, the dividends and the quote that lie before these splits by their ratios. */
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

/** The same quote with the close before it in today's share units: on the day of a split the source may be late. */
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
  // with another ratio it is not news: what is stored is in units that the source has corrected
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

/** In the logarithm, as ratios are compared. */
export function isNearer(value: number, one: number, other: number): boolean {
  return Math.abs(Math.log(value / one)) < Math.abs(Math.log(value / other))
}

function divided(value: string, ratio: number): string {
  return ratio === 1 ? value : text(fromNumber(Number(value) / ratio))
}
