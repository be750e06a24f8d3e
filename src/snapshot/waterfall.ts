import { settle } from '../metrics/gap-part.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, rounded, stored } from '../portfolio/decimal.ts'
import { isStandIn, standInOf } from '../portfolio/stand-in.ts'
import { type GapInCents, gapInCents, inCents, lineNames } from './gap-in-cents.ts'
import type { GapPartRow, GapReport } from './gap-report.ts'
import type { Snapshot } from './snapshot.ts'

/** The steps from a benchmark's value to the portfolio's, exact to the cent. */
export type Waterfall = Pick<GapInCents, 'benchmark' | 'start' | 'end' | 'gap'> & {
  /** True for what the portfolio would be by a what-if. */
  isVariant?: boolean
  /** The day at whose close the period begins; null or absent for the whole history. */
  since?: Day | null
  /** The best first, then the lines that belong to no holding. They add up to the gap. */
  steps: Step[]
  /** The parts that helped most and those that hurt most, at most two of each. */
  helped: string[]
  hurt: string[]
}

export type Step = {
  /** A symbol, the name of a line, or the number of the other symbols. */
  name: string
  kind: 'holding' | 'purchase' | 'year' | 'others' | 'line'
  /** The figure whose flows it is made of: a symbol or a line; null of several, and of what has no position. */
  part: string | null
  /** Of a purchase; absent for what belongs to none. */
  lot?: string
  date?: Day | null
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
  const isVariant = isWhatIf(snapshot, benchmark)
  const steps = between(
    whole,
    // most symbols are the same by a what-if
    parts
      .filter(({ gap }) => !isVariant || gap !== 0n)
      .map(({ symbol, gap }) => ({ name: symbol, kind: 'holding', part: symbol, gap })),
    lines.map(({ line, name, gap }) => ({
      name: line === 'instead' ? standInOf(benchmark) : name,
      kind: 'line',
      part: line === 'elsewhere' ? null : line,
      gap,
    })),
    most,
  )
  return { ...steps, isVariant }
}

/** Says whether a benchmark of a snapshot is the what-if that is looked at. */
export function isWhatIf({ look }: Pick<Snapshot, 'look'>, benchmark: string | null): boolean {
  return benchmark !== null && look?.whatIf === benchmark
}

/**
 * The same of a gap as reported: divided among holdings, purchases, or years, which come in their order and are all
 * there. Steps of a period lead to no flows, since those are told of the whole history. Returns a sentence when the gap
 * is not known.
 */
export function dividedWaterfall(
  found: GapReport,
  by: 'symbol' | 'lot' | 'year',
  most = GLANCE,
): Waterfall | string {
  const { benchmark, from, value, benchmark_value, reasons, parts } = found
  if (value === null || benchmark_value === null) return reasons.gap ?? 'the gap is not known'
  const unknown = by === 'year' ? undefined : parts.find(({ gap }) => gap === null)
  if (unknown) return unknown.reason ?? `the part of ${unknown.symbol} is not known`
  const [start, end] = [inCents(benchmark_value), inCents(value)]
  const divided = by === 'year' ? years(parts) : by === 'lot' ? purchases(parts) : positions(parts)
  const lines = reportedLines.flatMap((line): Part[] => {
    const amount = found[line] ?? null
    if (amount === null || amount === '0') return []
    const name = lineNames[line]
    return [{ name, kind: 'line', part: line, gap: inCents(amount) }]
  })
  const whole = { benchmark, start, end, gap: end - start }
  const withTrail = (part: Part) => (from ? { ...part, part: null } : part)
  const steps = between(whole, divided.map(withTrail), lines.map(withTrail), by === 'year' ? null : most)
  return { ...steps, isVariant: found.put_in !== undefined, since: from }
}

const reportedLines = ['put_in', 'cash_drag', 'fees', 'interest', 'uncovered'] as const

function positions(parts: readonly GapPartRow[]): Part[] {
  return parts.map((part) => stepOf(part, 'holding'))
}

function purchases(parts: readonly GapPartRow[]): Part[] {
  return parts.map((part) => {
    const { lot, date } = part
    return { ...stepOf(part, 'purchase'), ...(lot != null && { lot, date: date ?? null }) }
  })
}

/** What stands in another's place by a what-if has no page of its own. */
function stepOf({ symbol, gap }: GapPartRow, kind: 'holding' | 'purchase'): Part {
  const of = isStandIn(symbol) ? ({ kind: 'line', part: 'instead' } as const) : { kind, part: symbol }
  return { name: symbol, ...of, gap: inCents(gap!) }
}

/** A year without a price at its end is in the next one (metrics/gap-by-year.ts). */
function years(parts: readonly GapPartRow[]): Part[] {
  const sums = new Map<string, Money>()
  for (const { year, gap } of parts) sums.set(year!, (sums.get(year!) ?? 0n) + stored(gap ?? '0'))
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, gap]) => ({ name, kind: 'year', part: null, gap: rounded(gap, 2) }))
}

/** `most` steps, the best first; without a limit all of them in their order. The lines come last. */
function between(
  whole: Pick<Waterfall, 'benchmark' | 'start' | 'end' | 'gap'>,
  parts: readonly Part[],
  lines: readonly Part[],
  most: number | null,
): Waterfall {
  const room = (most ?? Infinity) - lines.length
  const bySize = parts.toSorted((a, b) => byAmount(size(a.gap), size(b.gap)))
  const named = bySize.length > room ? bySize.slice(0, room - 1) : bySize
  const others = bySize.slice(named.length)
  // what rounding left goes to the others, else to the largest
  if (others.length === 0) settle([...parts, ...lines], whole.gap, 'gap')
  const rest = [...named, ...lines].reduce((left, { gap }) => left - gap, whole.gap)
  const chosen = others.length > 0 ? [...named, together(others.length, rest)] : named
  const steps = [...(most === null ? parts : chosen.toSorted((a, b) => byAmount(a.gap, b.gap))), ...lines]
  const large = new Set(steps.toSorted((a, b) => byAmount(size(a.gap), size(b.gap))).slice(0, LARGE))
  const firstTwo = (which: (gap: Money) => boolean) =>
    bySize
      .filter(({ gap }) => which(gap))
      .slice(0, 2)
      .map(({ name }) => name)
  // two purchases of one symbol would read as one
  const isNamed = parts.every(({ kind }) => kind !== 'purchase')
  let to = whole.start
  return {
    ...whole,
    steps: steps.map((step) => {
      const from = to
      to += step.gap
      const { gap: amount, ...of } = step
      return { ...of, amount, from, to, isLarge: large.has(step) }
    }),
    helped: isNamed ? firstTwo((gap) => gap > 0n) : [],
    hurt: isNamed ? firstTwo((gap) => gap < 0n) : [],
  }
}

type Part = Pick<Step, 'name' | 'kind' | 'part' | 'lot' | 'date'> & { gap: Money }

function together(count: number, gap: Money): Part {
  return { name: count === 1 ? '1 other' : `${count} others`, kind: 'others', part: null, gap }
}

const size = (amount: Money): Money => (amount < 0n ? -amount : amount)
const byAmount = (a: Money, b: Money): number => (a > b ? -1 : a < b ? 1 : 0)
