import { dayNumber, type Day } from '../portfolio/day.ts'

/**
 * One external cash flow as the investor sees it: deposits negative, withdrawals and the value at the end
 * positive.
 */
export type Flow = { day: Day; amount: number }

/**
 * Money-weighted return: the yearly rate r at which Σ amountᵢ / (1 + r)^((dayᵢ − day₀) / 365) = 0
 * (actual/365, as spreadsheets' XIRR). 0.1 is 10 % a year; −1 stands for a loss so fast that no double lies
 * between it and −1.
 *
 * Null when there is no answer: the flows (those of one day added up) lack one of the two signs, or no rate a
 * double can hold solves them. Several rates may solve flows that change sign more than once: `roots` says
 * how many were found, and `rate` is the one nearest to `near`, the annualised Modified Dietz (nearest to 0
 * without it).
 *
 * FINANCE.md section 2, "XIRR"; the sign changes are scanned and bisected.
 */
export function xirr(flows: readonly Flow[], near = 0): { rate: number; roots: number } | null {
  const amounts = byDay(flows)
  if (!amounts.some((flow) => flow.amount > 0) || !amounts.some((flow) => flow.amount < 0)) return null
  const curve = presentValue(amounts)
  const rates = rootsOf(curve, reach(curve, -1), reach(curve, 1)).map(Math.expm1)
  if (rates.length === 0) return null
  const rate = rates.reduce((best, other) => (Math.abs(other - near) < Math.abs(best - near) ? other : best))
  return { rate, roots: rates.length }
}

type YearFlow = { years: number; amount: number }

/** Oldest first, one for each day, years counted from the first; days that cancel out are gone. */
function byDay(flows: readonly Flow[]): YearFlow[] {
  const totals = new Map<Day, number>()
  for (const { day, amount } of flows) totals.set(day, (totals.get(day) ?? 0) + amount)
  const days = [...totals].filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const first = days[0] ? dayNumber(days[0][0]) : 0
  return days.map(([day, amount]) => ({ years: (dayNumber(day) - first) / 365, amount }))
}

/** The flows' present value as a function of x = ln(1 + r). */
type Curve = {
  /** Their sum, up to a positive factor: 0 at a root. */
  value(x: number): number
  /** The same with every amount positive: what rounding errors are measured against. */
  gross(x: number): number
  /**
   * The flow that outweighs all others far out: the first day's at high rates, the last day's at low ones.
   */
  dominant(x: number): number
}

/**
 * In x = ln(1 + r) the sum is Σ amount·e^(−x·years), smooth over all of (−1, ∞). Counted from the first day
 * for x ≥ 0 and from the last day below, so that no exponent is positive and nothing overflows; this changes
 * the value by a positive factor and no root.
 */
function presentValue(flows: readonly YearFlow[]): Curve {
  const amounts = Float64Array.from(flows, (flow) => flow.amount)
  const sizes = amounts.map(Math.abs)
  const fromFirst = Float64Array.from(flows, (flow) => flow.years)
  const fromLast = fromFirst.map((years) => years - fromFirst.at(-1)!)
  const sum = (x: number, values: Float64Array) => {
    const years = x < 0 ? fromLast : fromFirst
    let total = 0
    for (let i = 0; i < values.length; i++) total += values[i]! * Math.exp(-x * years[i]!)
    return total
  }
  return {
    value: (x) => sum(x, amounts),
    gross: (x) => sum(x, sizes),
    dominant: (x) => (x < 0 ? sizes.at(-1)! : sizes[0]!),
  }
}

/** e^±700 is about the largest and smallest a double holds. */
const FARTHEST = 700

/**
 * How far out, up or down, a root can lie: beyond, one flow outweighs all others together, and ever more so.
 */
function reach(curve: Curve, direction: 1 | -1): number {
  let x = direction / 8
  while (Math.abs(x) < FARTHEST && curve.gross(x) >= 2 * curve.dominant(x)) x *= 1.5
  return Math.max(-FARTHEST, Math.min(FARTHEST, x))
}

/**
 * Every sign change of the curve between two x, on a grid of 0.05 that widens in proportion away from 0.
 * Where it dips towards zero without changing sign on the grid, the bottom of the dip is looked at too: two
 * roots may be closer than a step.
 */
function rootsOf(curve: Curve, from: number, to: number): number[] {
  const roots: number[] = []
  let before: Point | null = null
  let left: Point = { x: from, y: curve.value(from) }
  if (left.y === 0) roots.push(left.x)
  while (left.x < to) {
    const x = Math.min(to, left.x + Math.max(0.05, Math.abs(left.x) / 10))
    const right: Point = { x, y: curve.value(x) }
    if (right.y === 0) roots.push(right.x)
    else if (left.y * right.y < 0) roots.push(bisect(curve, left, right))
    else if (before && dips(before, left, right)) roots.push(...dipRoots(curve, before, right))
    before = left
    left = right
  }
  return roots
}

type Point = { x: number; y: number }

function dips(before: Point, middle: Point, after: Point): boolean {
  const size = Math.abs(middle.y)
  return (
    Math.sign(before.y) === Math.sign(middle.y) &&
    Math.sign(middle.y) === Math.sign(after.y) &&
    size < Math.abs(before.y) &&
    size < Math.abs(after.y)
  )
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Golden-section search for the bottom of a dip; two roots if it crosses zero, one if it touches it, else
 * none.
 */
function dipRoots(curve: Curve, start: Point, end: Point): number[] {
  const sign = Math.sign(start.y)
  const rounding = 1e-14 * curve.gross(start.x)
  let from = start.x
  let to = end.x
  while (to - from > 1e-9) {
    const a = to - GOLDEN * (to - from)
    const b = from + GOLDEN * (to - from)
    const ya = curve.value(a) * sign
    const yb = curve.value(b) * sign
    const below = ya < -rounding ? { x: a, y: ya * sign } : yb < -rounding ? { x: b, y: yb * sign } : null
    if (below) return [bisect(curve, start, below), bisect(curve, below, end)]
    if (ya < yb) to = b
    else from = a
  }
  const bottom = (from + to) / 2
  return Math.abs(curve.value(bottom)) <= rounding ? [bottom] : []
}

/** Halves down to the last digits of a double, far below 1e-12. */
function bisect(curve: Curve, left: Point, right: Point): number {
  let { x: from } = left
  let { x: to } = right
  for (;;) {
    const middle = (from + to) / 2
    if (to - from <= 1e-15 * Math.max(1, Math.abs(middle))) return middle
    const y = curve.value(middle)
    if (y === 0) return middle
    if (y < 0 === left.y < 0) from = middle
    else to = middle
  }
}
