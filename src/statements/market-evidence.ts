import { dayIn, type DayOrder } from './day-spelling.ts'
import type { Closes } from './mapped-table.ts'
import { type DecimalMark, numberIn } from './number-spelling.ts'
import { isTickerLike, tickerOf } from './security.ts'

/** A trade as the file spells it. */
type Priced = { symbol: string; price: string; date: string }

/** So many trades are compared: each is a question to the store. */
const MOST = 8

/**
 * Which reading of days and numbers puts the prices within a tenth of the closes of their days: swapped days and shifted
 * decimals fail at once. Null where closes are not known, or say the same of several readings.
 */
export function byMarket(
  trades: readonly Priced[],
  orders: readonly DayOrder[],
  marks: readonly DecimalMark[],
  closes: Closes | null,
): { order: DayOrder | null; mark: DecimalMark | null } {
  const nothing = { order: null, mark: null }
  if (!closes || orders.length * marks.length === 1) return nothing
  const readings = orders.flatMap((order) => marks.map((mark) => ({ order, mark, right: 0, known: 0 })))
  for (const { symbol, price: spelled, date } of trades.filter(isPriced).slice(0, MOST))
    for (const reading of readings) {
      const price = Math.abs(Number(numberIn(spelled, reading.mark)?.plain ?? 0))
      const day = dayIn(date, reading.order)
      const close = price > 0 && day !== null ? closes(tickerOf(symbol), day) : null
      if (close === null) continue
      reading.known++
      if (Math.abs(price / close - 1) <= 0.1) reading.right++
    }
  const [best, next] = readings.toSorted((a, b) => b.right - a.right)
  if (!best || best.right === 0 || best.right * 10 < best.known * 6) return nothing
  return best.right < 2 * (next?.right ?? 0) || best.right === next?.right ? nothing : best
}

function isPriced({ symbol, price }: Priced): boolean {
  return price !== '' && isTickerLike(symbol.toUpperCase())
}

/** Says why an order of days was taken. */
export function nearCloses(order: DayOrder): string {
  const parts = { dmy: 'Days', mdy: 'Months', ymd: 'Years' }
  return `${parts[order]} come first: so the prices are near the closes of their days.`
}
