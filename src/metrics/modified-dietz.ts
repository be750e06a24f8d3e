import { daysBetween, type Day } from '../portfolio/day.ts'

/**
 * Modified Dietz: the gain over the average capital, each flow weighted by the part of the period it was
 * there: (EMV − BMV − ΣF) / (BMV + Σ wᵢFᵢ) with wᵢ = (CD − Dᵢ) / CD, CD the days of the period and Dᵢ those
 * before the flow.
 *
 * A plain ratio for the period, 0.13 = 13 %, not annualised. Values in money; flows with + for money in and −
 * for money out, those after the start day up to and including the end day (what came on the start day is in
 * its value). Null when no days have passed, or when the average capital is not positive and the quotient
 * means nothing.
 *
 * FINANCE.md section 2; P. Dietz, "Pension Funds: Measuring Investment Performance" (1966).
 */
export function modifiedDietz(
  start: { day: Day; value: number },
  end: { day: Day; value: number },
  flows: readonly { day: Day; amount: number }[],
): number | null {
  return dietz(start, end, flows).ratio
}

/** The same of a history that began with its first flow: that flow is the value at the start. */
export function dietzOf(
  flows: readonly { day: Day; amount: number }[],
  end: { day: Day; value: number },
): Dietz {
  const [first, ...rest] = flows
  return first ? dietz({ day: first.day, value: first.amount }, end, rest) : { ratio: null, capital: null }
}

/** The return, and the average capital that it is a part of. */
type Dietz = { ratio: number | null; capital: number | null }

function dietz(
  start: { day: Day; value: number },
  end: { day: Day; value: number },
  flows: readonly { day: Day; amount: number }[],
): Dietz {
  const days = daysBetween(start.day, end.day)
  if (days <= 0) return { ratio: null, capital: null }
  let net = 0
  let weighted = 0
  for (const { day, amount } of flows) {
    if (amount === 0) continue
    net += amount
    weighted += (amount * daysBetween(day, end.day)) / days
  }
  const capital = start.value + weighted
  return capital > 0
    ? { ratio: (end.value - start.value - net) / capital, capital }
    : { ratio: null, capital: null }
}
