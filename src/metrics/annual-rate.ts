import { daysBetween, type Day } from '../portfolio/day.ts'
import { annualized } from './annualized.ts'
import { modifiedDietz } from './modified-dietz.ts'
import { xirr } from './xirr.ts'

/** An annual rate, or null with the reason; a reason beside a rate is a remark on it. */
export type AnnualRate = { rate: number | null; reason: string | null }

/**
 * Returns the XIRR of a history as a page may show it: the yearly rate at which everything put in, less what was
 * taken out, would have grown to the value at the end. It is null under 365 days of history (finance.md, "Annualized
 * figures"). When several rates solve the flows, it is the one nearest the annualized Modified Dietz, and the reason
 * says so (finance.md, "XIRR").
 *
 * Flows are oldest first, + for money in and − for money out. The day of the first one begins the history.
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

/**
 * The flows as the investor sees them: money put in is negative; money taken out, and the value at the end, are
 * positive.
 */
export function investorFlows(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): { day: Day; amount: number }[] {
  const moved = flows.flatMap(({ day, amount }) => (amount === 0 ? [] : [{ day, amount: -amount }]))
  return [...moved, { day: end.day, amount: end.value }]
}
