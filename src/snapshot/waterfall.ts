import type { Money } from '../portfolio/decimal.ts'
import { type GapInCents, gapInCents } from './gap-in-cents.ts'
import type { Snapshot } from './snapshot.ts'

/** The steps from a benchmark's value to the portfolio's, exact to the cent. */
export type Waterfall = Pick<GapInCents, 'benchmark' | 'start' | 'end' | 'gap'> & {
  /** The best first, then the lines that belong to no holding. They add up to the gap. */
  steps: Step[]
  /** The parts that helped most and those that hurt most, at most two of each. */
  helped: string[]
  hurt: string[]
}

export type Step = {
  /** A symbol, the name of a line, or the number of the other symbols. */
  name: string
  kind: 'holding' | 'others' | 'line'
  /** The figure whose flows it is made of: a symbol or a line; null of several, and of what has no position. */
  part: string | null
  amount: Money
  /** The value before this step and after it. */
  from: Money
  to: Money
  /** True for the five largest steps. */
  isLarge: boolean
}

/** The most steps that can be read at a glance. */
const GLANCE = 8
const LARGE = 5

/**
 * Divides the gap to a benchmark into steps in whole cents, at most `most` of them: the largest positions, the others
 * together, and the lines of cash, fees, interest and uncovered withdrawals that are not 0. Returns a sentence when the
 * gap is not known.
 */
export function waterfall(snapshot: Snapshot, benchmark: string, most = GLANCE): Waterfall | string {
  const found = gapInCents(snapshot, benchmark)
  if (typeof found === 'string') return found
  const { parts, lines, ...whole } = found
  const room = most - lines.length
  const bySize = parts
    .map(({ symbol, gap }): Part => ({ name: symbol, kind: 'holding', part: symbol, gap }))
    .toSorted((a, b) => byAmount(size(a.gap), size(b.gap)))
  const named = bySize.length > room ? bySize.slice(0, room - 1) : bySize
  const others = bySize.slice(named.length)
  const steps: Part[] = [
    ...(others.length > 0 ? [...named, together(others)] : named).toSorted((a, b) => byAmount(a.gap, b.gap)),
    ...lines.map(({ line, name, gap }): Part => ({
      name,
      kind: 'line',
      part: line === 'elsewhere' || line === 'interest' ? null : line,
      gap,
    })),
  ]
  const large = new Set(steps.toSorted((a, b) => byAmount(size(a.gap), size(b.gap))).slice(0, LARGE))
  const firstTwo = (which: (gap: Money) => boolean) =>
    bySize
      .filter(({ gap }) => which(gap))
      .slice(0, 2)
      .map(({ name }) => name)
  let to = whole.start
  return {
    ...whole,
    steps: steps.map((step) => {
      const from = to
      to += step.gap
      const { name, kind, part, gap: amount } = step
      return { name, kind, part, amount, from, to, isLarge: large.has(step) }
    }),
    helped: firstTwo((gap) => gap > 0n),
    hurt: firstTwo((gap) => gap < 0n),
  }
}

type Part = Pick<Step, 'name' | 'kind' | 'part'> & { gap: Money }

function together(others: readonly Part[]): Part {
  const name = others.length === 1 ? '1 other' : `${others.length} others`
  return { name, kind: 'others', part: null, gap: others.reduce((sum, { gap }) => sum + gap, 0n) }
}

const size = (amount: Money): Money => (amount < 0n ? -amount : amount)
const byAmount = (a: Money, b: Money): number => (a > b ? -1 : a < b ? 1 : 0)
