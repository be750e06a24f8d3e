import { converted } from './currency.ts'
import type { Day } from './day.ts'
import type { Ledger, Market } from './ledger.ts'

/**
 * The same ledger with the symbols that are no longer quoted, each from the first session it missed: its last close
 * stands for every later day, as it does for today, where it would else be too old after a week. As a benchmark it buys
 * nothing then (benchmark.ts).
 */
export function withLastPrices(ledger: Ledger, delisted: ReadonlyMap<string, Day>): Ledger {
  if (delisted.size === 0) return ledger
  const markets = new Map(ledger.markets)
  for (const [symbol, since] of delisted) {
    const market = markets.get(symbol)
    if (market) markets.set(symbol, carriedForward({ ...market, delisted: since }))
  }
  return { ...ledger, markets }
}

function carriedForward(market: Market): Market {
  const { prices, foreign } = market
  if (!foreign) return { ...market, prices: { ...prices, stands: true } }
  const own = { ...foreign.prices, stands: true }
  return { ...market, prices: converted(own, foreign.rates), foreign: { ...foreign, prices: own } }
}
