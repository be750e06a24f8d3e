import type { Day } from './day.ts'
import type { LedgerAt } from './ledger.ts'

/** Marks the symbols that are no longer quoted. `delisted` holds the first session that each of them missed. */
export function withLastPrices(
  ledger: LedgerAt<'as recorded'>,
  delisted: ReadonlyMap<string, Day>,
): LedgerAt<'with last prices'> {
  const markets = new Map(ledger.markets)
  for (const [symbol, since] of delisted) {
    const market = markets.get(symbol)
    if (market) markets.set(symbol, { ...market, delisted: since })
  }
  return { ...ledger, markets, stage: 'with last prices' }
}
