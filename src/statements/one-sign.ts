import { dayIn, type DayOrder } from './day-spelling.ts'
import type { Cells } from './mapping.ts'
import { type DecimalMark, numberIn } from './number-spelling.ts'

/** What rows without a type are called where a person has to say it: the amount has the sign of the shares. */
export const oneSign = { '-': 'minus shares, minus amount', '+': 'plus shares, plus amount' } as const

/**
 * Rows without a type whose shares and amount are both below zero: a sale by its shares, a purchase by its money. Where the
 * file has purchases of both above zero, in whose order no more is ever sold than was bought, a minus is a sale; the answer
 * is then `sale`. `open` where nothing proves it, null where no row is such, or another has two signs and so tells.
 */
export function oneSigned(
  rows: Iterable<Pick<Cells, 'date' | 'symbol' | 'isin' | 'name' | 'shares' | 'amount'>>,
  order: DayOrder,
  mark: DecimalMark,
): 'sale' | 'open' | null {
  const moved: { key: string; day: string; shares: number }[] = []
  let isBelow = false
  for (const { date, symbol, isin, name, shares: count, amount: money } of rows) {
    const [shares, amount] = [count, money].map((cell) => Number(numberIn(cell, mark)?.plain ?? 0))
    if (!shares || !amount) continue
    if (shares > 0 !== amount > 0) return null
    isBelow ||= shares < 0
    moved.push({ key: symbol || isin || name, day: dayIn(date, order) ?? '', shares })
  }
  if (!isBelow) return null
  const held = new Map<string, number>()
  // what a day bought may be sold on it
  for (const { key, shares } of moved.toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : b.shares - a.shares,
  )) {
    const left = (held.get(key) ?? 0) + shares
    if (left < -1e-6) return 'open'
    held.set(key, left)
  }
  return 'sale'
}
