import type { Day } from './day.ts'
import type { Instrument } from './instrument.ts'

/** When something trades follows from these. Null while the source has not said. */
export type Trading = {
  kind: Instrument['kind'] | null
  timeZone: Instrument['timeZone'] | null
  session?: Instrument['session']
}

/**
 * What is stored of a symbol, as far as it decides what to ask the source next. Instants in milliseconds; null is
 * never.
 */
export type SymbolState = Trading & {
  symbol: string
  /** When the stored quote traded, and when it was fetched. */
  quoteAt: number | null
  quoteFetchedAt: number | null
  /** The stored bars cover these days, both inclusive. */
  fromDay: Day | null
  toDay: Day | null
  historyFetchedAt: number | null
  /** The source refused the symbol and is not asked for it before then. */
  retryAt: number | null
  /** The source refused bars from this day on; null when it has answered since, or was asked for the price only. */
  refusedFrom: Day | null
}
