import type { MarketState } from '../../market/hours/trading-hours.ts'
import type { QuoteAge } from '../../snapshot/holding-row.ts'

/** What a snapshot cannot know: how old it is for who reads it now. Instants in milliseconds. */
export type Clock = {
  now: number
  /** Until then all this stays as it is, unless there is news. */
  until: number
  market: MarketState
  /** True when no price that is shown waits for a newer one. */
  fresh: boolean
  /** When the oldest of the shown prices was taken; null while there are none. */
  asOf: number | null
  stale: (row: QuoteAge) => boolean
  /** How far a refresh has come, while one runs. */
  running: { done: number; total: number } | null
  /** Why newer prices have not come: what the source answered last. Null when they are there, or on their way. */
  trouble: string | null
}
