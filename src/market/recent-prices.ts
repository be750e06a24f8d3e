import { SECOND } from '../portfolio/time.ts'
import type { Fetched, Quoted } from './source.ts'

/** A tenth of the minute for which a price is good while somebody looks at it. */
const KEPT = 6 * SECOND

/** Prices that came with the answer to another question. */
type RecentPrices<Price extends Fetched<Quoted>> = {
  /** Keeps those of an answer that are prices. */
  keep(answers: ReadonlyMap<string, Price>): void
  /** Takes out those of some symbols that came in the last six seconds; a symbol without one is not in it. */
  take(symbols: readonly string[]): Map<string, Price>
}

/**
 * Keeps prices for whoever asks for the same symbols within six seconds: a file is read with the question which of its
 * tickers the source knows, and its import asks for their prices.
 */
export function recentPrices<Price extends Fetched<Quoted>>(now: () => number): RecentPrices<Price> {
  let kept = new Map<string, { price: Price; until: number }>()
  const current = () => new Map([...kept].filter(([, { until }]) => until > now()))
  return {
    keep: (answers) => {
      kept = current()
      for (const [symbol, price] of answers)
        if (price.status === 'ok') kept.set(symbol, { price, until: now() + KEPT })
    },
    take: (symbols) => {
      kept = current()
      const taken = symbols.flatMap((symbol): [string, Price][] => {
        const found = kept.get(symbol)
        return found ? [[symbol, found.price]] : []
      })
      for (const [symbol] of taken) kept.delete(symbol)
      return new Map(taken)
    },
  }
}
