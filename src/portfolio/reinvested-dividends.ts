import { type Day, dayNumber } from './day.ts'
import { toNumber } from './decimal.ts'
import type { Dividend } from './instrument.ts'
import type { Market } from './ledger.ts'
import { lastIndexUpTo, type PriceHistory } from './price-history.ts'
import { partitionPoint } from './partition-point.ts'
import { remembered } from './remembered.ts'

/** A dividend leaves this part of a holding: 1 − dividend ÷ the close before. It counts at the bar of `index`. */
type Reinvestment = { index: number; day: number; left: number }

/**
 * Returns the dividends of a history, newest first. A dividend counts at the first bar on or after its ex-date,
 * however late that is; without such a bar, or without a close before it, it does not count yet, nor does one in another
 * currency that no rate converts. Several at one bar
 * are one.
 */
export function reinvestments(
  { days, closes }: PriceHistory,
  dividends: readonly Dividend[],
): Reinvestment[] {
  const paid = new Map<number, number>()
  for (const { day, amount, inPrices = amount } of dividends) {
    const index = lastIndexUpTo({ days }, dayNumber(day) - 1) + 1
    if (index > 0 && index < days.length) paid.set(index, (paid.get(index) ?? 0) + (inPrices ?? 0))
  }
  const found: Reinvestment[] = []
  for (const [index, dividend] of paid) {
    const before = toNumber(closes[index - 1]!)
    if (dividend > 0 && before > dividend)
      found.push({ index, day: days[index]!, left: 1 - dividend / before })
  }
  return found.toSorted((a, b) => b.index - a.index)
}

const reinvestedOnce = remembered(reinvestments)

/**
 * Returns by how much the shares of one day have grown up to another, had each dividend in between bought more of
 * them: 1.015 for 1.5 %. That is (adj(to) ÷ close(to)) ÷ (adj(from) ÷ close(from)), whatever the exchange rate. Null
 * when there is no close on or before the first day (finance.md, "Total-return index" and "Fair comparison").
 */
export function reinvestedGrowth(market: Market): (from: Day, to: Day) => number | null {
  const own = market.foreign?.prices ?? market.prices
  const paid = reinvestedOnce(own, market.dividends)
  return (from, to) => {
    const start = dayNumber(from)
    if (own.days.length === 0 || own.days[0]! > start) return null
    return growthsUpTo(paid, dayNumber(to))[partitionPoint(paid, ({ day }) => day > start)]!
  }
}

/** By how many of the newest dividends are reinvested, the growth up to a day: the lots of a symbol all ask for one day's. */
const growthsUpTo = remembered((paid: readonly Reinvestment[], end: number): Float64Array => {
  const growths = new Float64Array(paid.length + 1)
  growths[0] = 1
  for (let i = 0; i < paid.length; i++) {
    const { day, left } = paid[i]!
    growths[i + 1] = day <= end ? growths[i]! / left : growths[i]!
  }
  return growths
})
