import { converted } from './currency.ts'
import type { Day } from './day.ts'
import type { Ledger, Market } from './ledger.ts'

/**
 * Carries the last close of delisted symbols forward to every later day; without this it would be too old after a
 * week. `delisted` holds the first session that each of them missed. As a benchmark such a symbol still buys nothing
 * at a close that is too old (benchmark.ts).
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
