import { daysBetween, type Day } from '../portfolio/day.ts'
import { annualized } from './annualized.ts'
import type { Calculation, Measured } from './calculation.ts'
import { atStart, count, money, noValue } from './metric.ts'
import { modifiedDietz } from './modified-dietz.ts'
import { xirr } from './xirr.ts'

export const xirrs = {
  measure({ flows, end }) {
    const { rate, reason } = annualRate(flows, end)
    return { figures: { xirr: rate }, reasons: { xirr: reason ?? undefined } }
  },
  metrics: {
    xirr: {
      name: 'XIRR',
      unit: 'ratio',
      formula: 'the rate r at which Σ flow ÷ (1 + r)^(days since the first ÷ 365) = 0',
      method:
        'Money-weighted: deposits negative, withdrawals and the value at the end positive, each on its own day, actual/365.',
      needs: 'value',
      inputs: (_, basis) => [
        atStart(basis),
        money('Deposits', basis.inputs?.deposits),
        money('Withdrawals', basis.withdrawals),
        money('Value at the end', basis.value),
        count('Days', basis.inputs?.days),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Measured, { xirr: number | null }>

/** An annual rate, or null with the reason; a reason beside a rate is a remark on it. */
export type AnnualRate = { rate: number | null; reason: string | null }

/**
 * Returns the XIRR of a history as a page may show it: the yearly rate at which everything put in, less what was
 * taken out, would have grown to the value at the end. It is null under 365 days of history (finance.md, "Annualized
 * figures"). When several rates solve the flows, it is the one nearest the annualized Modified Dietz, or nearest 0 where
 * that has no answer, and the reason says which (finance.md, "XIRR").
 *
 * Flows are oldest first, + for money in and − for money out. The day of the first one begins the history.
 */
export function annualRate(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): AnnualRate {
  const span = flows.length === 0 ? 0 : daysBetween(flows[0]!.day, end.day)
  if (span < 365) {
    return { rate: null, reason: `an annual rate needs 365 days of history; there are only ${span}` }
  }
  const dietz = modifiedDietz(flows, end).ratio
  const near = dietz === null ? null : annualized(dietz, span)
  const solved = xirr(investorFlows(flows, end), near ?? undefined)
  if (!solved) return { rate: null, reason: 'no annual rate turns the money put in into the value now' }
  return {
    rate: solved.rate,
    reason:
      solved.roots > 1
        ? `these cash flows have ${solved.roots} solutions; this is the one nearest ${near === null ? 'to 0, as there is no annualized Modified Dietz return' : 'to the Modified Dietz return'}`
        : null,
  }
}

/**
 * Returns the flows as the investor sees them: money put in is negative; money taken out, and the value at the end, are
 * positive.
 */
export function investorFlows(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): { day: Day; amount: number }[] {
  const seen: { day: Day; amount: number }[] = []
  for (const { day, amount } of flows) if (amount !== 0) seen.push({ day, amount: -amount })
  seen.push({ day: end.day, amount: end.value })
  return seen
}
