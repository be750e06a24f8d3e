import { daysBetween, type Day } from '../portfolio/day.ts'

/**
 * Modified Dietz: the gain over the average capital, each flow weighted by the part of the period it was
 * there: (EMV − BMV − ΣF) / (BMV + Σ wᵢFᵢ) with wᵢ = (CD − Dᵢ) / CD, CD the days of the period and Dᵢ those
 * before the flow. The first flow is the value at the start (BMV), and its day begins the period.
 *
 * `ratio` is a plain one for the period, 0.13 = 13 %, not annualised; `capital` the average capital that it is a
 * part of. Values in money; flows oldest first, with + for money in and − for money out, up to and including the
 * end day. Both null without flows, when no days have passed, or when the average capital is not positive and the
 * quotient means nothing.
 *
 * finance.md, "Modified Dietz"; P. Dietz, "Pension Funds: Measuring Investment Performance" (1966).
 */
export function modifiedDietz(
  [start, ...flows]: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): { ratio: number | null; capital: number | null } {
  const days = start ? daysBetween(start.day, end.day) : 0
  if (!start || days <= 0) return { ratio: null, capital: null }
  let net = 0
  let weighted = 0
  for (const { day, amount } of flows) {
    if (amount === 0) continue
    net += amount
    weighted += (amount * daysBetween(day, end.day)) / days
  }
  const capital = start.amount + weighted
  return capital > 0
    ? { ratio: (end.value - start.amount - net) / capital, capital }
    : { ratio: null, capital: null }
}
