import type { Day } from '../../portfolio/day.ts'
import type { Decimal } from '../../portfolio/decimal.ts'
import type { QuarantinedQuote } from '../../portfolio/instrument.ts'
import type { Ledger } from '../../portfolio/ledger.ts'
import type { Valuations } from '../../portfolio/valuation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Reading } from './crossing.ts'

/** What somebody wants to be told about; each kind says what its fields mean. */
export type Watched = {
  /** A ticker, a benchmark or the name of a target; null where the kind has none, or for all of them. */
  subject: string | null
  /** A price in the currency that the symbol trades in, or percent: 10 is 10 %. Null where the kind has no line. */
  level: Decimal | null
  /** The day on which the level was set: a price is in the share units of that day. */
  setOn: Day
}

/** All that an alert is read from: what was shown, what is shown now, and what that was made of. */
export type AlertFacts = {
  ledger: Ledger
  /** The daily series up to the ledger's today. */
  series: Valuations
  before: Snapshot | null
  snapshot: Snapshot
  /** Prices in quarantine, by symbol. */
  held: ReadonlyMap<string, QuarantinedQuote>
  /** When New York's last session that is over began, in milliseconds. */
  lastSession: number
}

/** What can be alerted about; a kind is one entry of `alertKinds` (alert.ts). */
export type AlertFamily = {
  /** What its form asks for. */
  asks: {
    subject: 'symbol' | 'holding' | 'benchmark' | 'target' | null
    /** Without a subject it is about all of them, or about the whole portfolio. */
    subjectIsOptional?: true
    level: 'price' | 'percent' | null
  }
  read: (watched: Watched, facts: AlertFacts) => Reading
}
