import { type Day, dayNumber } from '../portfolio/day.ts'
import { type Money, sum, text } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { ActivityRow } from './snapshot.ts'
import { recordedCurrency } from './transaction-row.ts'

/** A purchase, sale or dividend as the chart marks it, and those that it stands for. */
export type TradeMark = Pick<ActivityRow, 'type' | 'symbol' | 'date' | 'shares' | 'amount' | 'currency'> & {
  /** Others of its type on nearby days: how many, and their money in the base currency, decimal text. */
  others?: { count: number; amount: string }
}

/** So many are about 55 kB, and more than a picture has room for. */
const MOST = 450
/** A picture has as many places side by side; in each it names up to four (client/trade-lane.ts). */
const PLACES = 110
const NAMED = [4, 3, 2, 1]

/**
 * Returns the purchases, sales and dividends between two days, both optional and inclusive, oldest first, as they were
 * recorded. Of more than a picture can show, those of one type that fall on one place are named by the latest of them,
 * the last of which stands for the rest.
 */
export function tradeMarks(ledger: Ledger, from: Day | null = null, to: Day | null = null): TradeMark[] {
  const shown = ledger.transactions.filter(
    ({ type, date }) =>
      (type === 'buy' || type === 'sell' || type === 'dividend') &&
      (from === null || date >= from) &&
      (to === null || date <= to),
  )
  if (shown.length <= MOST) return shown.map((transaction) => markOf(ledger, transaction))
  const [first, last] = [dayNumber(shown[0]!.date), dayNumber(shown.at(-1)!.date)]
  const width = (last - first + 1) / PLACES
  const byType: Record<string, (Place | undefined)[]> = { buy: [], sell: [], dividend: [] }
  const places: Place[] = []
  let [day, at] = ['', 0]
  // newest first, so that those that are named come first
  for (let i = shown.length - 1; i >= 0; i--) {
    const { type, date, amount } = shown[i]!
    if (date !== day) {
      day = date
      at = Math.floor((dayNumber(day) - first) / width)
    }
    const own = byType[type]!
    let place = own[at]
    if (!place) places.push((place = own[at] = { count: 0, amount: 0n, latest: [] }))
    place.count++
    place.amount += amount
    if (place.latest.length < NAMED[0]!) place.latest.push(i)
  }
  const markedWith = (named: number) => places.reduce((marks, { count }) => marks + Math.min(count, named), 0)
  const named = NAMED.find((each) => markedWith(each) <= MOST) ?? 1
  const marks = new Map<number, TradeMark>()
  for (const { count, amount, latest } of places) {
    const own = latest.slice(0, named)
    for (const i of own) marks.set(i, markOf(ledger, shown[i]!))
    if (count === own.length) continue
    const others = amount - sum(own.map((i) => shown[i]!.amount))
    marks.get(own[0]!)!.others = { count: count - own.length, amount: text(others) }
  }
  return [...marks].toSorted(([a], [b]) => a - b).map(([, mark]) => mark)
}

/** The trades of one type that fall on one place: how many, their money, and where the latest of them stand, newest first. */
type Place = { count: number; amount: Money; latest: number[] }

function markOf(ledger: Ledger, transaction: Transaction): TradeMark {
  const { type, symbol, date, shares } = transaction
  const { amount } = transaction.recorded ?? transaction
  const currency = recordedCurrency(ledger, transaction)
  return { type, symbol, date, shares: text(shares), amount: text(amount), currency }
}
