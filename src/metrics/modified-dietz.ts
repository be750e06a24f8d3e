import { type Day, dayNumber } from '../portfolio/day.ts'
import { fromFloat, rounded, text } from '../portfolio/decimal.ts'
import type { Calculation, Measured } from './calculation.ts'
import { atStart, aYear, count, money } from './metric.ts'

const missing = 'needs money invested for at least one day'

export const modifiedDietzReturns = {
  measure({ flows, end }) {
    const { ratio, capital } = modifiedDietz(flows, end)
    return {
      figures: {
        modified_dietz: ratio,
        // to the cent
        average_capital: capital === null ? null : text(rounded(fromFloat(capital), 2)),
      },
      reasons: { modified_dietz: ratio === null ? missing : undefined },
    }
  },
  metrics: {
    modified_dietz: {
      name: 'Mod. Dietz',
      unit: 'ratio',
      formula: 'gain ÷ average capital',
      method:
        'Money-weighted, without solving for a rate: each flow counts for the part of the period it was invested. For the whole period, not per year.',
      needs: 'value',
      inputs: ({ modified_dietz, average_capital }, basis) => [
        money('Gain', basis.gain),
        money('Average capital', average_capital),
        count('Days', basis.inputs?.days),
        aYear(modified_dietz, basis),
      ],
      missing,
    },
    average_capital: {
      name: 'Average capital',
      unit: 'money',
      formula: 'value at the start + Σ flow × days invested ÷ days in the period',
      method: 'Deposits count positive and withdrawals negative, each from its own day on.',
      inputs: (_, basis) => [
        atStart(basis),
        money('Deposits', basis.inputs?.deposits),
        money('Withdrawals', basis.withdrawals),
        count('Days', basis.inputs?.days),
      ],
      missing,
    },
  },
} satisfies Calculation<Measured, { modified_dietz: number | null; average_capital: string | null }>

/**
 * Flows that cancel leave no capital, although doubles leave a remainder: in a period (0.1 + 0.2 − 0.3 is not 0) and on
 * one day, whose flows arrive here as one.
 */
const ROUNDING = { ofFlows: 1e-12, ofMoney: 1e-9 }

/**
 * Returns the Modified Dietz, the gain ÷ the average capital, with each flow weighted by the part of the period it
 * was there: (EMV − BMV − ΣF) / (BMV + Σ wᵢFᵢ) with wᵢ = (CD − Dᵢ) / CD, where CD is the number of days of the period
 * and Dᵢ the days before the flow. The first flow is the value at the start (BMV), and its day begins the period.
 *
 * `ratio` is the plain return of the period, 0.13 = 13 %, not annualized; `capital` is the average capital. Values
 * are in money; flows are oldest first, + for money in and − for money out, up to and including the end day. Both
 * figures are null without flows, when no days have passed, or when the average capital is not positive and the
 * quotient means nothing.
 *
 * finance.md, "Modified Dietz"; P. Dietz, "Pension Funds: Measuring Investment Performance" (1966).
 */
export function modifiedDietz(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): { ratio: number | null; capital: number | null } {
  const start = flows[0]
  const last = dayNumber(end.day)
  const days = start ? last - dayNumber(start.day) : 0
  if (!start || days <= 0) return { ratio: null, capital: null }
  let net = 0
  let weighted = 0
  let moved = Math.abs(start.amount)
  for (let i = 1; i < flows.length; i++) {
    const { day, amount } = flows[i]!
    if (amount === 0) continue
    net += amount
    moved += Math.abs(amount)
    weighted += (amount * (last - dayNumber(day))) / days
  }
  const capital = start.amount + weighted
  return capital > moved * ROUNDING.ofFlows + ROUNDING.ofMoney
    ? { ratio: (end.value - start.amount - net) / capital, capital }
    : { ratio: null, capital: null }
}
