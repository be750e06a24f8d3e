import type { Ledger } from '../../../src/portfolio/ledger.ts'
import { valuations } from '../../../src/portfolio/valuation.ts'
import { american, written } from '../../../src/portfolio/sentence.ts'
import { type AlertKind, type AlertRule, checked } from '../../../src/snapshot/alert.ts'
import { type AlertState, untold } from '../../../src/snapshot/alerts/crossing.ts'
import type { AlertFacts } from '../../../src/snapshot/alerts/family.ts'
import type { Snapshot } from '../../../src/snapshot/snapshot.ts'
import { dec } from '../../notation.ts'
import { savings, snapshotOf } from '../savings.ts'

/** What alerts are read from, of a ledger as of its today. */
export function factsOf(ledger: Ledger, about: Partial<AlertFacts> & { targets?: string } = {}): AlertFacts {
  const series = valuations(ledger, ledger.today)
  const { targets = null, ...others } = about
  const made = snapshotOf(ledger, {
    ...savings,
    portfolio: {
      ...savings.portfolio,
      base_currency: ledger.baseCurrency,
      benchmarks: ledger.benchmarks,
      targets,
    },
  })
  return { ledger, series, before: null, snapshot: made, held: new Map(), lastSession: 0, ...others }
}

/** An alert such as `['price_below', 'VOO', '500']`, whose level was set on a day. */
export function alert(
  kind: AlertKind,
  subject: string | null,
  level: string | null,
  setOn = '2024-01-01',
): AlertRule {
  return { kind, subject, level: level === null ? null : dec(level), setOn }
}

/** What an alert says to a reader at each of these snapshots, one after the other; null for nothing. */
export function said(rule: AlertRule, story: readonly AlertFacts[], locale = american): (string | null)[] {
  let state: AlertState = untold
  let before: Snapshot | null = null
  return story.map((facts) => {
    const answer = checked(rule, state, { ...facts, before })
    state = answer.state
    before = facts.snapshot
    return answer.says?.map((each) => written(each, locale)).join('\n') ?? null
  })
}
