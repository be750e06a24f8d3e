import type { Day } from './day.ts'
import type { LedgerAt } from './ledger.ts'

/**
 * Carries the last close of delisted symbols forward to every later day; without this it would be too old after a
 * week. `delisted` holds the first session that each of them missed. As a benchmark such a symbol still buys nothing
 * at a close that is too old (benchmark.ts). The close is carried in the symbol's own currency, so that each later day
 * is converted at its own rate.
 */
export function withLastPrices(
  ledger: LedgerAt<'as recorded'>,
  delisted: ReadonlyMap<string, Day>,
): LedgerAt<'with last prices'> {
  const markets = new Map(ledger.markets)
  for (const [symbol, since] of delisted) {
    const market = markets.get(symbol)
    if (market)
      markets.set(symbol, { ...market, delisted: since, prices: { ...market.prices, stands: true } })
  }
  return { ...ledger, markets, stage: 'with last prices' }
}
