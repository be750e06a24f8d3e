import { dayNumber } from './day.ts'
import { type Ledger, type Market, recordedSplits } from './ledger.ts'
import { historyOf, lastIndexUpTo, type PriceHistory } from './price-history.ts'
import { knownToSource, recordedFactor } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns a market in one kind of shares, across the splits of which only the ledger knows: its closes and dividends
 * before a split are in proportion to those after it, as the source would have made them. All of them are `scale` times
 * those of the latest shares, because whole multiples lose no digits. The market itself where there is no such split
 * (finance.md, "Total-return index").
 */
export function inNewShares(
  ledger: Ledger,
  symbol: string,
  market: Market,
): { market: Market; scale: number } {
  const splits = recordedSplits(ledger).filter(
    (each) => each.symbol === symbol && !knownToSource(each, market.splits),
  )
  const scale = splits.reduce((product, split) => product * Number(recordedFactor(split).numerator), 1)
  return { market: splits.reduce(inOneKind, market), scale }
}

function inOneKind({ foreign, ...market }: Market, split: Transaction): Market {
  const { numerator, denominator } = recordedFactor(split)
  const before = dayNumber(split.date)
  const own = foreign?.prices ?? market.prices
  // on a day that has a rate and no close, an older close is carried on
  const isOld = (day: number) => own.days[lastIndexUpTo(own, day)]! < before
  const prices = ({ days, closes }: PriceHistory): PriceHistory =>
    historyOf(
      days,
      Array.from(closes, (close, i) => close * (isOld(days[i]!) ? denominator : numerator)),
    )
  return {
    ...market,
    prices: prices(market.prices),
    dividends: market.dividends.map((each) => {
      const times = Number(each.day < split.date ? denominator : numerator)
      const { amount, inPrices } = each
      return { ...each, amount: amount * times, ...(inPrices != null && { inPrices: inPrices * times }) }
    }),
    ...(foreign && { foreign: { ...foreign, prices: prices(foreign.prices) } }),
  }
}
