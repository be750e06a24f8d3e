import { dayNumber, type Day } from '../portfolio/day.ts'

/**
 * One external cash flow as the investor sees it: deposits are negative, withdrawals and the value at the end
 * positive.
 */
export type Flow = { day: Day; amount: number }

/**
 * Returns the money-weighted return: the yearly rate r at which Σ amountᵢ / (1 + r)^((dayᵢ − day₀) / 365) = 0
 * (actual/365, as in the XIRR of spreadsheets). 0.1 is 10 % a year; −1 stands for a loss so fast that no double lies
 * between its rate and −1.
 *
 * It is null when the flows, those of one day added up, lack one of the two signs, or when no rate that a double can
 * hold solves them. Flows that change sign more than once may have several rates: `roots` is the number found, those of
 * −100 % aside when there is another, and `rate` is the one nearest to `near`, the annualized Modified Dietz (nearest to
 * 0 without it).
 *
 * Most flows can have only one root, which is searched for at once; for all others the sign changes are scanned
 * (finance.md, "XIRR").
 */
export function xirr(flows: readonly Flow[], near = 0): { rate: number; roots: number } | null {
  const moved = byDay(flows)
  if (!moved.amounts.some((amount) => amount > 0) || !moved.amounts.some((amount) => amount < 0)) return null
  const curve = presentValue(moved)
  const side = onlySide(moved.amounts)
  const roots = side
    ? outward(curve, side, Math.log1p(near))
    : rootsOf(curve, reach(curve, -1), reach(curve, 1))
  const all = roots.map(Math.expm1)
  const rates = all.some((rate) => rate > TOTAL_LOSS) ? all.filter((rate) => rate > TOTAL_LOSS) : all
  if (rates.length === 0) return null
  const rate = rates.reduce((best, other) => (Math.abs(other - near) < Math.abs(best - near) ? other : best))
  return { rate, roots: rates.length }
}

/** A rate that reads −100.00 % is dropped when there is another: it results from a few cents that moved last. */
const TOTAL_LOSS = -0.99995

/** What moved on each day, oldest first, and the years since the first of them. */
type DayFlows = { years: Float64Array; amounts: Float64Array }

/** Adds up the flows of each day. Days that cancel out are left out. */
function byDay(flows: readonly Flow[]): DayFlows {
  const days = new Int32Array(flows.length)
  let isInOrder = true
  for (let i = 0; i < flows.length; i++) {
    days[i] = dayNumber(flows[i]!.day)
    if (i > 0 && days[i]! < days[i - 1]!) isInOrder = false
  }
  if (!isInOrder) return byDay(flows.toSorted((a, b) => dayNumber(a.day) - dayNumber(b.day)))
  const years = new Float64Array(days.length)
  const amounts = new Float64Array(days.length)
  let length = 0
  let first = 0
  for (let i = 0; i < days.length;) {
    const day = days[i]!
    let amount = 0
    for (; days[i] === day; i++) amount += flows[i]!.amount
    if (amount === 0) continue
    if (length === 0) first = day
    years[length] = (day - first) / 365
    amounts[length++] = amount
  }
  return { years: years.subarray(0, length), amounts: amounts.subarray(0, length) }
}

/** A curve is the present value of the flows as a function of x = ln(1 + r). */
type Curve = {
  /** The sum of the discounted flows, up to a positive factor; it is 0 at a root. */
  value(x: number): number
  /** The sum, and by how much it grows with x. */
  tangent(x: number): { y: number; slope: number }
  /** The same sum with every amount positive; rounding errors are measured against it. */
  gross(x: number): number
  /** The flow that outweighs all others far out: the first day's at high rates, the last day's at low ones. */
  dominant(x: number): number
}

/**
 * In x = ln(1 + r) the sum is Σ amount·e^(−x·years), smooth over all of (−1, ∞). Years are counted from the first day
 * for x ≥ 0 and from the last day below, so that no exponent is positive and nothing overflows. This changes the
 * value by a positive factor and moves no root.
 */
function presentValue({ years, amounts }: DayFlows): Curve {
  const last = years.length - 1
  const startFor = (x: number) => (x < 0 ? years[last]! : 0)
  return {
    value: (x) => {
      const start = startFor(x)
      let total = 0
      for (let i = 0; i <= last; i++) total += amounts[i]! * Math.exp(-x * (years[i]! - start))
      return total
    },
    tangent: (x) => {
      const start = startFor(x)
      let y = 0
      let slope = 0
      for (let i = 0; i <= last; i++) {
        const discounted = amounts[i]! * Math.exp(-x * (years[i]! - start))
        y += discounted
        slope -= (years[i]! - start) * discounted
      }
      return { y, slope }
    },
    gross: (x) => {
      const start = startFor(x)
      let total = 0
      for (let i = 0; i <= last; i++) total += Math.abs(amounts[i]!) * Math.exp(-x * (years[i]! - start))
      return total
    },
    dominant: (x) => Math.abs(amounts[x < 0 ? last : 0]!),
  }
}

/**
 * Returns the side of x = 0 on which the root lies, when the signs alone prove that there is only one, or null. There
 * are at most as many roots above 0 as the running totals of the flows change sign, and at most as many below as
 * those counted from the last flow do (Laguerre 1883). Money that is put in and not taken out before the end changes
 * sign once. Scanning instead costs ten times as much.
 */
function onlySide(amounts: Float64Array): 1 | -1 | null {
  const above = signChanges(amounts)
  const below = signChanges(amounts.toReversed())
  return above + below !== 1 ? null : above === 1 ? 1 : -1
}

/** Counts the sign changes of the running totals; infinite when they end at 0, where a root is on neither side. */
function signChanges(amounts: Float64Array): number {
  let changes = 0
  let total = 0
  let sign = 0
  for (const amount of amounts) {
    total += amount
    if (total === 0) continue
    if (sign !== 0 && Math.sign(total) !== sign) changes++
    sign = Math.sign(total)
  }
  return total === 0 ? Infinity : changes
}

/**
 * Returns the only root on one side in a list, which is empty when no double can hold the rate. It goes to where the
 * tangent crosses zero (Newton), from `guess` where that is on this side. Where a step leads out of the interval that
 * has the root, or is more than half of the step before, it goes further out, or halves the interval once both of its
 * ends are known. So from a near guess it takes five looks at the curve, and from any guess it arrives.
 */
function outward(curve: Curve, side: 1 | -1, guess: number): number[] {
  const start = Math.sign(curve.value(0))
  let inner = 0
  let outer = NaN
  let x = guess * side > 0 && Math.abs(guess) < FARTHEST ? guess : side / 8
  let before = Infinity
  for (;;) {
    const { y, slope } = curve.tangent(x)
    if (y === 0) return [x]
    if (Math.sign(y) === start) inner = x
    else outer = x
    const step = -y / slope
    const isSlow = !(Math.abs(step) <= before / 2)
    // a step that does not become smaller any more is the rounding of the sum
    if (Math.abs(step) <= LAST_DIGITS * Math.max(1, Math.abs(x)) || (isSlow && before < 1e-10))
      return [x + step]
    let next = x + step
    if (Number.isNaN(outer)) {
      if (Math.abs(x) >= FARTHEST) return []
      const isFurther = (next - x) * side > 0 && Math.abs(next) < 2 * Math.abs(x) + 1
      if (!isFurther) next = side * Math.max(1 / 8, Math.abs(x) * 1.5)
      next = side * Math.min(FARTHEST, Math.abs(next))
    } else if (isSlow || (next - inner) * (next - outer) >= 0) next = (inner + outer) / 2
    before = Math.abs(next - x)
    x = next
  }
}

const LAST_DIGITS = 1e-15

/** e^±700 is about the largest and smallest a double holds. */
const FARTHEST = 700

/**
 * Returns the farthest x, up or down, at which a root can lie. Beyond it one flow outweighs all others together by more
 * and more.
 */
function reach(curve: Curve, direction: 1 | -1): number {
  let x = direction / 8
  while (Math.abs(x) < FARTHEST && curve.gross(x) >= 2 * curve.dominant(x)) x *= 1.5
  return Math.max(-FARTHEST, Math.min(FARTHEST, x))
}

/**
 * Finds every sign change of the curve between two x, on a grid of 0.05 that widens in proportion away from 0. Where
 * the curve dips towards zero without changing sign on the grid, the bottom of the dip is examined too, because two
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
    else if (left.y * right.y < 0) roots.push(root(curve, left, right))
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
 * Searches the bottom of a dip by golden section: there are two roots if it crosses zero, one if it touches it,
 * otherwise none.
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
    if (below) return [root(curve, start, below), root(curve, below, end)]
    if (ya < yb) to = b
    else from = a
  }
  const bottom = (from + to) / 2
  return Math.abs(curve.value(bottom)) <= rounding ? [bottom] : []
}

/**
 * Finds the root between two points of opposite signs to the last digits of a double, far below 1e-12. Each step goes
 * to where the chord crosses zero, and an end that stays put counts half (the Illinois rule). Bisection takes five
 * times as many steps.
 */
function root(curve: Curve, left: Point, right: Point): number {
  let stays = left
  let moved = right
  for (;;) {
    const x = moved.x - (moved.y * (moved.x - stays.x)) / (moved.y - stays.y)
    if (Math.abs(x - moved.x) <= LAST_DIGITS * Math.max(1, Math.abs(x))) return x
    const y = curve.value(x)
    if (y === 0) return x
    stays = y < 0 === moved.y < 0 ? { x: stays.x, y: stays.y / 2 } : moved
    moved = { x, y }
  }
}
