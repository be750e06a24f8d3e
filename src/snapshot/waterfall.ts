import { settle } from '../metrics/gap-part.ts'
import { fromNumber, type Money, ONE, rounded, stored } from '../portfolio/decimal.ts'
import type { Snapshot } from './snapshot.ts'

/** The steps from a benchmark's value to the portfolio's, exact to the cent. */
export type Waterfall = {
  benchmark: string
  /** The value of the same money in the benchmark. */
  start: Money
  end: Money
  /** End − start: the sum of all steps. */
  gap: Money
  /** The best first, then the lines that belong to no holding. */
  steps: Step[]
  /** The parts that helped most and those that hurt most, at most two of each. */
  helped: string[]
  hurt: string[]
}

export type Step = {
  /** A symbol, the name of a line, or the number of the other symbols. */
  name: string
  kind: 'holding' | 'others' | 'line'
  amount: Money
  /** The value before this step and after it. */
  from: Money
  to: Money
  /** True for the five largest steps. */
  isLarge: boolean
}

/** The most steps that can be read at a glance. */
const STEPS = 8
const LARGE = 5

/**
 * Divides the gap to a benchmark into at most eight steps: the largest positions, the others together, and the lines of
 * cash, fees, interest and uncovered withdrawals that are not 0. Each amount is rounded to the cent, and the largest
 * step takes what is left to the headline's gap (finance.md, "The gap, explained"). Returns a sentence when the gap is
 * not known.
 */
export function waterfall(snapshot: Snapshot, benchmark: string): Waterfall | string {
  const { holdings, closed, gaps, last } = snapshot
  const summary = gaps[benchmark]
  const end = cents(last.value.at(-1))
  const start = cents(last.benchmarks[benchmark]?.value.at(-1))
  if (!summary || end === null || start === null) return summary?.reason ?? 'there are no transactions yet'
  const parts: Part[] = []
  for (const { symbol, vs_money, reasons } of [...holdings, ...closed]) {
    const amount = vs_money[benchmark] ?? null
    if (amount === null) return reasons[`vs_money.${benchmark}`] ?? `the part of ${symbol} is not known`
    parts.push({ name: symbol, kind: 'holding', gap: inCents(amount) })
  }
  const lines: Part[] = []
  for (const [figure, name] of Object.entries(lineNames)) {
    const amount = summary[figure as keyof typeof lineNames]
    if (amount === null) return summary.reason ?? `${name.toLowerCase()} is not known`
    if (amount !== '0') lines.push({ name, kind: 'line', gap: inCents(amount) })
  }
  if (parts.length + lines.length > 0) settle([...parts, ...lines], end - start, 'gap')
  const room = STEPS - lines.length
  const bySize = parts.toSorted((a, b) => byAmount(size(a.gap), size(b.gap)))
  const named = parts.length > room ? bySize.slice(0, room - 1) : bySize
  const others = bySize.slice(named.length)
  const steps = [
    ...(others.length > 0 ? [...named, together(others)] : named).toSorted((a, b) => byAmount(a.gap, b.gap)),
    ...lines,
  ]
  const large = new Set(steps.toSorted((a, b) => byAmount(size(a.gap), size(b.gap))).slice(0, LARGE))
  let to = start
  return {
    benchmark,
    start,
    end,
    gap: end - start,
    steps: steps.map((step) => {
      const from = to
      to += step.gap
      return { name: step.name, kind: step.kind, amount: step.gap, from, to, isLarge: large.has(step) }
    }),
    helped: bySize
      .filter(({ gap }) => gap > 0n)
      .slice(0, 2)
      .map(({ name }) => name),
    hurt: bySize
      .filter(({ gap }) => gap < 0n)
      .slice(0, 2)
      .map(({ name }) => name),
  }
}

type Part = { name: string; kind: Step['kind']; gap: Money }

const lineNames = {
  elsewhere: 'Without a position',
  cash_drag: 'Cash drag',
  fees: 'Fees',
  interest: 'Interest',
  uncovered: 'Uncovered',
} as const

function together(others: readonly Part[]): Part {
  const name = others.length === 1 ? '1 other' : `${others.length} others`
  return { name, kind: 'others', gap: others.reduce((sum, { gap }) => sum + gap, 0n) }
}

/** The chart's last point is in whole cents. */
function cents(value: number | null | undefined): Money | null {
  return value == null ? null : (fromNumber(value) * ONE) / fromNumber(100)
}

const inCents = (amount: string): Money => rounded(stored(amount), 2)
const size = (amount: Money): Money => (amount < 0n ? -amount : amount)
const byAmount = (a: Money, b: Money): number => (a > b ? -1 : a < b ? 1 : 0)
