import type { Sentence } from '../portfolio/sentence.ts'
import { type AlertState, crossed } from './alerts/crossing.ts'
import { dividendCut, dividendDeclared } from './alerts/dividend.ts'
import { drawdown } from './alerts/drawdown.ts'
import type { AlertFacts, AlertFamily, Watched } from './alerts/family.ts'
import { gapZero } from './alerts/gap-zero.ts'
import { priceHeld, sourceDown } from './alerts/prices-missing.ts'
import { priceAbove, priceBelow } from './alerts/price.ts'
import { drift, weightAbove } from './alerts/weight.ts'

/** What somebody can be alerted about, by the name under which it is stored. */
export const alertKinds = {
  price_below: priceBelow,
  price_above: priceAbove,
  drawdown,
  weight_above: weightAbove,
  drift,
  gap_zero: gapZero,
  dividend_declared: dividendDeclared,
  dividend_cut: dividendCut,
  price_held: priceHeld,
  source_down: sourceDown,
} satisfies Record<string, AlertFamily>

export type AlertKind = keyof typeof alertKinds

/** What somebody wants to be told, as they have set it. */
export type AlertRule = Watched & { kind: AlertKind }

/** The same before it is set; its level is decimal text, and null are all channels of whoever sets it. */
export type WantedAlert = {
  kind: AlertKind
  subject: string | null
  level: string | null
  channels: string[] | null
}

/**
 * Reads an alert in a snapshot: its state from then on, and the sentences to tell, or null. The state is the same object where
 * nothing has changed, so that nothing has to be stored. How a crossing is told once is said in alerts/crossing.ts.
 */
export function checked(
  rule: AlertRule,
  state: AlertState,
  facts: AlertFacts,
): { state: AlertState; says: readonly Sentence[] | null } {
  const family: AlertFamily = alertKinds[rule.kind]
  return crossed(state, family.read(rule, facts), facts.ledger.today)
}

/** What identifies a crossing for ever: the alert, and how many it has told. */
export function crossingOf(alert: string, { fired }: AlertState): string {
  return `alert:${alert}:${fired}`
}
