import { externalOf } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, sum } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type Span, spanOf } from './carried-flow.ts'
import { bestFirst, divisions, type GapBy, type Movements, movementsOf } from './gap.ts'
import { currencyFlows } from './gap-lines.ts'
import { type GapPart, plus, settle } from './gap-part.ts'
import type { Flow } from './movement.ts'

/**
 * Why the portfolio is worth more than it would be by a variant of its ledger, or less. The value is what was put in, and
 * what the symbols, the interest and the fees that name none have added: so Σ gap of the parts + put in + fees + interest
 * is the gap exactly. Nothing is carried, for both are what they are (finance.md, "What if"). An amount without an answer
 * is null, with the reason.
 */
export type VariantGap = {
  asOf: Day
  from: Day | null
  /** What the portfolio is worth at the end. */
  value: Money | null
  /** Over a period, by how much the gap has grown since the close of its first day. */
  gap: Money | null
  /**
   * What each symbol, purchase or year has added here, less what it has added there: its worth + Σ flow. Their figures
   * are differences, too.
   */
  parts: GapPart[]
  /** External money in, less out, here and not there. */
  putIn: Money
  fees: Money | null
  interest: Money | null
  reason: string | null
}

/** Returns the gap at the end of a day; of the whole history without `from`. */
export function variantGap(
  own: Ledger,
  other: Ledger,
  { asOf, from = null, by = 'symbol' }: { asOf: Day; from?: Day | null; by?: GapBy },
): VariantGap {
  const [ours, theirs] = [gained(own, asOf, from, by), gained(other, asOf, from, by)]
  const parts = [...new Set([...ours.parts.keys(), ...theirs.parts.keys()])].map((name) =>
    difference(ours.parts.get(name), theirs.parts.get(name)),
  )
  const [fees, interest] = [less(ours.fees, theirs.fees), less(ours.interest, theirs.interest)].map(known)
  const putIn = ours.putIn - theirs.putIn
  const gap = known(less(ours.grown, theirs.grown))
  const rest = sum([putIn, fees!, interest!])
  if (gap !== null && rest !== null) settle(parts, gap - rest, 'gap')
  const unknown = typeof ours.grown === 'string' ? 'the value is not known' : 'the value would not be known'
  return {
    asOf,
    from,
    value: known(ours.value),
    gap,
    parts: parts.toSorted(bestFirst),
    putIn,
    fees: fees!,
    interest: interest!,
    reason: gap === null ? unknown : null,
  }
}

/** The period against an index that never moves: what is carried by it stays what it was. */
export function stillSpan(ledger: Ledger, asOf: Day, from: Day | null): Span {
  return spanOf(ledger, '0 %', asOf, from)
}

/** What a ledger's money became in a period, and the parts of that by symbol, purchase or year. */
function gained(ledger: Ledger, asOf: Day, from: Day | null, by: GapBy) {
  const span = stillSpan(ledger, asOf, from)
  const { unknown, moved, book, fees, interest, value, opening } = movementsOf(ledger, span)
  const parts = moved.flatMap((own) => divisions[by](ledger, own, wholeOf(own), span))
  const { start } = span
  const since = start === null ? book : book.filter(({ day }) => day > start)
  return {
    value: unknown ?? value,
    grown: unknown ?? less(value, opening),
    parts: new Map(parts.map((part) => [nameOf(part), part])),
    putIn: sum(since.map((each) => externalOf(each).in - externalOf(each).out)),
    fees: total(fees),
    // rates pay for cash in another currency as interest does
    interest: total([...interest, ...currencyFlows(book, span)]),
  }
}

/** A symbol's part: what it is worth and has brought, less what was paid for it. */
function wholeOf({ symbol, flows, sums, value }: Movements['moved'][number]): GapPart {
  const found = plus(value, total(flows))
  return {
    symbol,
    gap: known(found),
    value: known(value),
    ...sums,
    reason: typeof found === 'string' ? found : null,
  }
}

function total(flows: readonly Flow[]): Money | string {
  let found = 0n
  for (const { amount } of flows) {
    if (typeof amount === 'string') return amount
    found += amount
  }
  return found
}

/** Two parts of one name stand against each other. */
function nameOf({ symbol, lot, year }: GapPart): string {
  return `${symbol} ${lot === undefined ? (year ?? '') : (lot ?? 'none')}`
}

function difference(own: GapPart | undefined, other: GapPart | undefined): GapPart {
  const of = (own ?? other)!
  const between = (figure: 'gap' | 'value' | 'paid' | 'received' | 'dividends'): Money | null => {
    const [a, b] = [own, other].map((part) => (part === undefined ? 0n : part[figure]))
    // a year without a price at its end is in the next one
    if (of.year !== undefined && (a ?? b) !== null) return (a ?? 0n) - (b ?? 0n)
    return a === null || b === null ? null : a! - b!
  }
  const gap = between('gap')
  return {
    ...of,
    gap,
    value: between('value'),
    paid: between('paid'),
    received: between('received'),
    dividends: between('dividends'),
    reason: gap === null ? (own?.reason ?? other?.reason ?? null) : null,
  }
}

function less(a: Money | string, b: Money | string): Money | string {
  return plus(a, typeof b === 'string' ? b : -b)
}

function known(amount: Money | string): Money | null {
  return typeof amount === 'string' ? null : amount
}
