import type { CashDay } from '../portfolio/cash.ts'
import { cashBook } from '../portfolio/cash-book.ts'
import { unconvertedBy } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { divide, type Money, ONE, sum } from '../portfolio/decimal.ts'
import { type Ledger, priceOn } from '../portfolio/ledger.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { Position } from '../portfolio/position.ts'
import {
  carried,
  flowsBySymbol,
  type Span,
  spanOf,
  type Stretch,
  stretchOf,
  type SymbolFlows,
} from './carried-flow.ts'
import { lotParts } from './gap-by-lot.ts'
import { yearParts } from './gap-by-year.ts'
import { balanceAt, cashFlows, feeFlows, instead, interestFlows } from './gap-lines.ts'
import { type FlowSums, type GapPart, partOf, plus, settle, sumsOf } from './gap-part.ts'
import type { Flow } from './movement.ts'

/**
 * Why the portfolio is ahead of a benchmark, or behind. Σ gap of the parts + cash drag + fees + interest + uncovered is
 * the gap exactly, and the gap is that of performance.ts. Money is in the base currency. A figure without an answer is
 * null, with a sentence under its name in `reasons` or in the part's `reason`; the others need not add up then.
 */
export type Gap = {
  benchmark: string
  asOf: Day
  from: Day | null
  value: Money | null
  benchmarkValue: Money | null
  gap: Money | null
  /** The best part comes first; by year, the best of the first year. */
  parts: GapPart[]
  /** G of the cash: what it would have gained in the benchmark, taken off. */
  cashDrag: Money | null
  /** The fees and taxes that name no symbol, carried: negative or 0. */
  fees: Money | null
  /** The interest that names no symbol, carried: positive or 0. */
  interest: Money | null
  /** What withdrawals asked of the benchmark beyond what it had, carried: negative, or 0 when it was never capped. */
  uncovered: Money | null
  reasons: Record<string, string>
}

export type GapBy = 'symbol' | 'lot' | 'year'

/**
 * Divides the gap to a benchmark among symbols, or among their lots or years. Every movement of a symbol's cash is
 * carried to the end T by the benchmark's total-return index I (finance.md, "The gap, explained"):
 *
 *     G(symbol) = value at T + Σ flow × I(T) ÷ I(d)
 *     G(cash)   = cash at T − Σ change of cash on d × I(T) ÷ I(d)
 *
 * In a period, what was held and the cash at the close of `from` are flows of that day. Lots add up to their symbol
 * (gap-by-lot.ts), and so do years (gap-by-year.ts).
 *
 * `folded` are the positions of `asOf`, when they are known already: only a gap by lot needs them.
 *
 * Each part is rounded once. The largest symbol takes the last digits that are left to the gap, and within each symbol
 * the largest of its lots or years.
 */
export function gap(
  ledger: Ledger,
  benchmark: string,
  about: { asOf: Day; from?: Day | null; by?: GapBy },
  folded?: readonly Position[],
): Gap {
  return gaps(ledger, [benchmark], about, folded)[0]!
}

/** Returns the gap to each of some benchmarks. The ledger is walked once for all of them. */
export function gaps(
  ledger: Ledger,
  benchmarks: readonly string[],
  { asOf, from = null, by = 'symbol' }: { asOf: Day; from?: Day | null; by?: GapBy },
  folded?: readonly Position[],
): Gap[] {
  const movements = movementsOf(ledger, stretchOf(ledger, asOf, from))
  const positions = folded && new Map(folded.map((position) => [position.symbol, position]))
  return benchmarks.map((benchmark) => {
    const span = spanOf(ledger, benchmark, asOf, from)
    const { parts, ...whole } = dividedGap(movements, span)
    const divided = movements.moved.flatMap((own, i) =>
      divisions[by](ledger, own, parts[i]!, span, positions),
    )
    return { benchmark, asOf, from, ...whole, parts: divided.toSorted(bestFirst) }
  })
}

/** What moved, whatever the benchmark is. */
export type Movements = {
  /** Why its money cannot be added up; null when it can. */
  unknown: string | null
  /** The symbols that moved money or are held. */
  moved: (SymbolFlows & { sums: FlowSums })[]
  book: readonly CashDay[]
  cash: readonly Flow[]
  fees: readonly Flow[]
  interest: readonly Flow[]
  balance: Money
  value: Money | string
  opening: Money | string
}

/** Returns what a ledger's money did in a period: the flows of each symbol, of its cash, and what it was worth at either end. */
export function movementsOf(ledger: Ledger, stretch: Stretch): Movements {
  const { asOf } = stretch
  const symbols = flowsBySymbol(ledger, stretch)
  const book = cashBook(ledger, asOf)
  return {
    unknown: unconvertedBy(ledger, asOf),
    moved: symbols
      .filter(({ flows, shares }) => flows.length > 0 || shares > 0n)
      .map((own) => ({ ...own, sums: sumsOnce(own.flows) })),
    book,
    cash: cashFlows(book, stretch),
    fees: feeFlows(ledger, stretch),
    interest: interestFlows(ledger, stretch),
    balance: balanceAt(book, asOf),
    value: valueOn(ledger, symbols, book, asOf, 'shares'),
    opening: openingValue(ledger, symbols, book, stretch),
  }
}

const sumsOnce = remembered(sumsOf)

/** Returns the gap with a part for each symbol that moved, in the order of these. */
function dividedGap(
  { unknown, moved, book, cash, fees, interest, balance, value: worth, opening }: Movements,
  span: Span,
): Omit<Gap, 'benchmark' | 'asOf' | 'from'> {
  const reasons: Record<string, string> = {}
  const known = (name: string, found: Money | string): Money | null => {
    if (typeof found !== 'string') return found
    reasons[name] = found
    return null
  }
  const value = known('value', unknown ?? worth)
  const alternative = unknown ?? alternativeOf(book, opening, span)
  const benchmarkValue = known(
    'benchmarkValue',
    typeof alternative === 'string' ? alternative : alternative.value,
  )
  const whole = value === null || benchmarkValue === null ? null : value - benchmarkValue
  if (whole === null) reasons.gap = (reasons.value ?? reasons.benchmarkValue)!
  const lines = {
    cashDrag: known('cashDrag', unknown ?? plus(balance, carried(cash, span))),
    fees: known('fees', carried(fees, span)),
    interest: known('interest', carried(interest, span)),
    uncovered: known(
      'uncovered',
      typeof alternative === 'string' ? alternative : carried(alternative.missing, span),
    ),
  }
  const parts = moved.map(({ symbol, flows, sums, value: left }) => partOf(symbol, flows, sums, left, span))
  const rest = sum(Object.values(lines))
  if (whole !== null && rest !== null) {
    if (parts.length > 0) settle(parts, whole - rest, 'gap')
    else settleLines(lines, whole)
  }
  return { value, benchmarkValue, gap: whole, parts, ...lines, reasons }
}

type Division = (
  ledger: Ledger,
  own: SymbolFlows,
  whole: GapPart,
  span: Span,
  folded?: ReadonlyMap<string, Position>,
) => GapPart[]

export const divisions: Record<GapBy, Division> = {
  symbol: (_ledger, _own, whole) => [whole],
  lot: lotParts,
  year: yearParts,
}

/** Without symbols the largest of the lines takes the rounding. */
function settleLines(lines: Record<string, Money | null>, total: Money): void {
  const parts = Object.entries(lines).map(([name, gap]) => ({ name, gap }))
  settle(parts, total, 'gap')
  for (const { name, gap } of parts) lines[name] = gap
}

/** The order of parts: the years in theirs, the best of each first, and last those that are not known. */
export function bestFirst(a: GapPart, b: GapPart): number {
  if (a.year !== b.year) return a.year! < b.year! ? -1 : 1
  if (a.gap === null || b.gap === null) return Number(a.gap === null) - Number(b.gap === null)
  return a.gap > b.gap ? -1 : a.gap < b.gap ? 1 : 0
}

/** Returns the benchmark with the portfolio's flows, all of which are known; a sentence when a price is missing. */
export function alternativeOf(
  book: readonly CashDay[],
  opening: Money | string,
  span: Span,
): ReturnType<typeof instead> {
  if (book.length === 0) return 'there are no transactions yet'
  return typeof opening === 'string' ? opening : instead(book, span, opening)
}

/** Returns the value at the close of the day on which a period begins; 0 for the whole history. */
export function openingValue(
  ledger: Ledger,
  symbols: readonly SymbolFlows[],
  book: readonly CashDay[],
  { start }: Stretch,
): Money | string {
  return start === null ? 0n : valueOn(ledger, symbols, book, start, 'startShares')
}

/** Returns Σ shares × price at the close of a day, rounded once, + cash: the value, as valuation.ts has it. */
function valueOn(
  ledger: Ledger,
  symbols: readonly SymbolFlows[],
  book: readonly CashDay[],
  day: Day,
  at: 'startShares' | 'shares',
): Money | string {
  let total = 0n
  for (const own of symbols) {
    const shares = own[at]
    if (shares === 0n) continue
    const priced = priceOn(ledger, own.symbol, day)
    if ('reason' in priced) {
      if (priced.isRate) return priced.reason
      continue
    }
    total += shares * priced.price
  }
  return divide(total, ONE) + balanceAt(book, day)
}
