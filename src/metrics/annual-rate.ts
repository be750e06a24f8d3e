import { daysBetween, type Day } from '../portfolio/day.ts'
import { annualized } from './annualized.ts'
import { modifiedDietz } from './modified-dietz.ts'
import { xirr } from './xirr.ts'

/** An annual rate, or null with the reason; a reason beside a rate is a remark on it. */
export type AnnualRate = { rate: number | null; reason: string | null }

/**
 * XIRR of a history, as it may be shown: the yearly rate at which everything that went in, less what came out,
 * would have grown to what is there at the end. Null under 365 days of history (finance.md, "Annualized
 * figures"). Where several rates solve the flows it is the one nearest the annualised Modified Dietz, and says so.
 *
 * Flows oldest first, with + for money in and − for money out; the first one's day begins the history.
 *
 * finance.md, "XIRR".
 */
export function annualRate(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
  dietz = modifiedDietz(flows, end).ratio,
): AnnualRate {
  const span = flows.length === 0 ? 0 : daysBetween(flows[0]!.day, end.day)
  if (span < 365) {
    return { rate: null, reason: `an annual rate needs 365 days of history, this has ${span}` }
  }
  const solved = xirr(
    investorFlows(flows, end),
    (dietz === null ? null : annualized(dietz, span)) ?? undefined,
  )
  if (!solved) return { rate: null, reason: 'no rate makes the money put in worth what is there now' }
  return {
    rate: solved.rate,
    reason:
      solved.roots > 1
        ? `${solved.roots} rates solve these flows; shown is the one nearest the Modified Dietz`
        : null,
  }
}

/** As the investor sees them: money put in negative; what was taken out, and the value at the end, positive. */
export function investorFlows(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): { day: Day; amount: number }[] {
  const moved = flows.flatMap(({ day, amount }) => (amount === 0 ? [] : [{ day, amount: -amount }]))
  return [...moved, { day: end.day, amount: end.value }]
}
