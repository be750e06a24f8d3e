import { type Day, daysBetween } from '../../src/portfolio/day.ts'

/** Money in and out of one day, and what there is in its evening after it has gone out. */
export type DayOf = { day: Day; in: number; out: number; value: number }

/** finance.md, "TWR": the factor of all days together. */
export function twr(days: readonly DayOf[]): number {
  let index = 1
  let before = 0
  for (const { in: deposits, out, value } of days) {
    const [start, left] = [before + deposits, value + out]
    // less than a cent is nothing, and nothing was invested of what a fee has spent at once
    if (start >= 0.01 && (before >= 0.01 || left >= 0.01)) index *= left / start
    before = value
  }
  return index
}

/** finance.md, "Modified Dietz": the first day's flow is the value at the start. */
export function dietz(days: readonly DayOf[]): number | null {
  const [first, last] = [days[0]!, days.at(-1)!]
  const length = daysBetween(first.day, last.day)
  if (length === 0) return null
  let capital = 0
  let flows = 0
  for (const { day, in: deposits, out } of days) {
    capital += ((deposits - out) * daysBetween(day, last.day)) / length
    flows += deposits - out
  }
  return capital > 0 ? (last.value - flows) / capital : null
}

/** The sum that a yearly rate makes 0, and the same of sizes, as functions of ln(1 + rate). */
export function presentValue(days: readonly DayOf[]) {
  const [first, last] = [days[0]!, days.at(-1)!]
  const byDay = new Map<Day, number>()
  const add = (day: Day, amount: number) => byDay.set(day, (byDay.get(day) ?? 0) + amount)
  for (const { day, in: deposits, out } of days) if (deposits !== out) add(day, out - deposits)
  add(last.day, last.value)
  const flows = [...byDay]
    .map(([day, amount]) => ({ amount, years: daysBetween(first.day, day) / 365 }))
    .filter(({ amount }) => amount !== 0)
  const at = (x: number, size: (amount: number) => number) =>
    flows.reduce((sum, { amount, years }) => sum + size(amount) * Math.exp(-x * years), 0)
  return {
    value: (x: number) => at(x, (amount) => amount),
    gross: (x: number) => at(x, Math.abs),
    hasBothSigns: flows.some(({ amount }) => amount > 0) && flows.some(({ amount }) => amount < 0),
  }
}

/** All yearly rates between e^−25 − 1 and e^25 − 1 that solve the flows, where neighbors are not nearer than a step. */
export function roots(days: readonly DayOf[]): number[] {
  const { value, hasBothSigns } = presentValue(days)
  if (!hasBothSigns) return []
  const found: number[] = []
  const STEP = 0.05
  for (let x = -25; x < 25; x += STEP) {
    let [low, high] = [x, x + STEP]
    if (value(low) === 0) found.push(Math.expm1(low))
    if (value(low) * value(high) >= 0) continue
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2
      if (value(low) * value(middle) <= 0) high = middle
      else low = middle
    }
    found.push(Math.expm1((low + high) / 2))
  }
  return found
}
