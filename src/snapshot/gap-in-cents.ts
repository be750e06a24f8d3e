import { settle } from '../metrics/gap-part.ts'
import { fromNumber, type Money, ONE, rounded, stored } from '../portfolio/decimal.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { Snapshot } from './snapshot.ts'

/** A gap as a page writes it: every amount is in whole cents, and Σ parts + Σ lines = gap = end − start, exactly. */
export type GapInCents = {
  benchmark: string
  /** What the same money in the benchmark is worth. */
  start: Money
  /** What the portfolio is worth. */
  end: Money
  gap: Money
  /** The open positions, largest value first, and then the closed ones. */
  parts: { symbol: string; isOpen: boolean; gap: Money }[]
  /** What belongs to no position, by its name: only what is not 0. */
  lines: { line: Line; name: string; gap: Money }[]
}

/**
 * Rounds the parts of the gap to a benchmark to cents. The largest takes what is left to the headline's gap
 * (finance.md, "The gap, explained"). Returns a sentence when the gap, or a part of it, is not known. The panel and the
 * holdings of one page share the answer.
 */
export const gapInCents = remembered(roundedGap)

function roundedGap(snapshot: Snapshot, benchmark: string): GapInCents | string {
  const { holdings, closed, gaps, last } = snapshot
  const summary = gaps[benchmark]
  const end = centsOf(last.value.at(-1))
  const start = centsOf(last.benchmarks[benchmark]?.value.at(-1))
  if (!summary || end === null || start === null) return summary?.reason ?? 'there are no transactions yet'
  const parts: GapInCents['parts'] = []
  for (const [i, { symbol, vs_money, reasons }] of [...holdings, ...closed].entries()) {
    const amount = vs_money[benchmark] ?? null
    if (amount === null) return reasons[`vs_money.${benchmark}`] ?? `the part of ${symbol} is not known`
    parts.push({ symbol, isOpen: i < holdings.length, gap: inCents(amount) })
  }
  const lines: GapInCents['lines'] = []
  for (const [line, name] of Object.entries(lineNames) as [Line, string][]) {
    const amount = summary[line]
    if (amount === undefined) continue
    if (amount === null) return summary.reason ?? `${name.toLowerCase()} is not known`
    if (amount !== '0') lines.push({ line, name, gap: inCents(amount) })
  }
  settle([...parts, ...lines], end - start, 'gap')
  return { benchmark, start, end, gap: end - start, parts, lines }
}

/**
 * The gap alone: the difference of the two values as pages show them, so that a reader who subtracts them gets the same.
 * Null when one of them is not known.
 */
export function gapShown({ last }: Pick<Snapshot, 'last'>, benchmark: string): string | null {
  const own = last.value.at(-1) ?? null
  const theirs = last.benchmarks[benchmark]?.value.at(-1) ?? null
  return own === null || theirs === null ? null : ((own - theirs) / 100).toFixed(2)
}

/** The part of one position in it, as every page writes it; null when it is not known, or has none. */
export function positionInCents(snapshot: Snapshot, benchmark: string, symbol: string): Money | null {
  const found = gapInCents(snapshot, benchmark)
  return typeof found === 'string' ? null : (found.parts.find((part) => part.symbol === symbol)?.gap ?? null)
}

/** Rounds amounts to cents that add up to the total: the largest takes what is left. Unknown amounts stay null. */
export function centsAddingUp(amounts: readonly (string | null)[], total: Money | null): (Money | null)[] {
  const parts = amounts.map((amount) => ({ gap: amount === null ? null : inCents(amount) }))
  if (total !== null) settle(parts, total, 'gap')
  return parts.map(({ gap }) => gap)
}

export const lineNames = {
  instead: 'Instead',
  elsewhere: 'Without a position',
  put_in: 'Put in',
  cash_drag: 'Cash drag',
  fees: 'Fees',
  interest: 'Interest',
  uncovered: 'Uncovered',
} as const
type Line = keyof typeof lineNames

/** The chart's last point is in whole cents. */
function centsOf(value: number | null | undefined): Money | null {
  return value == null ? null : (fromNumber(value) * ONE) / fromNumber(100)
}

export const inCents = (amount: string): Money => rounded(stored(amount), 2)
