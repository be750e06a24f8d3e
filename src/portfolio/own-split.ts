import { dayNumber } from './day.ts'
import { divide } from './decimal.ts'
import { type Ledger, type Market, recordedSplits } from './ledger.ts'
import { historyOf, type PriceHistory } from './price-history.ts'
import { knownToSource, recordedFactor } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns a market whose closes and dividends before each split of which only the ledger knows are divided by its ratio,
 * as the source would have divided them. The market itself where there is no such split (finance.md, "Total-return
 * index").
 */
export function inNewShares(ledger: Ledger, symbol: string, market: Market): Market {
  const splits = recordedSplits(ledger).filter(
    (each) => each.symbol === symbol && !knownToSource(each, market.splits),
  )
  return splits.reduce(divided, market)
}

function divided({ foreign, ...market }: Market, split: Transaction): Market {
  const { numerator, denominator } = recordedFactor(split)
  const before = dayNumber(split.date)
  const prices = ({ days, closes }: PriceHistory): PriceHistory =>
    historyOf(
      days,
      Array.from(closes, (close, i) => (days[i]! < before ? divide(close * denominator, numerator) : close)),
    )
  const part = Number(denominator) / Number(numerator)
  return {
    ...market,
    prices: prices(market.prices),
    dividends: market.dividends.map((each) =>
      each.day < split.date
        ? {
            ...each,
            amount: each.amount * part,
            ...(each.inPrices != null && { inPrices: each.inPrices * part }),
          }
        : each,
    ),
    ...(foreign && { foreign: { ...foreign, prices: prices(foreign.prices) } }),
  }
}
