import { cashBook } from '../portfolio/cash-book.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, sum } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { carried, flowsBySymbol, flowsOf, openingOf, type Span, spanOf } from './carried-flow.ts'
import { alternativeOf, type Gap, openingValue } from './gap.ts'
import { lotFlows } from './gap-by-lot.ts'
import { balanceAt, cashFlows, feeFlows, interestFlows } from './gap-lines.ts'
import { type GapPart, settle } from './gap-part.ts'
import type { Flow } from './movement.ts'

/** What a figure of the gap consists of: value + Σ carried = gap exactly, unless one of them is null. */
export type Trail = {
  /** What the symbol, lot or cash is worth at the end; 0 for fees, interest and uncovered withdrawals. */
  value: Money | null
  /** The day to which the flows are carried, and the benchmark's total-return index on it. */
  until: Day
  index: number | null
  flows: TrailFlow[]
  gap: Money | null
  /** Why there is no gap. */
  reason: string | null
}

export type TrailFlow = {
  day: Day
  /**
   * `before` is the gap at the start of a year; the year has only its growth. `missed` is a dividend that sold shares
   * would have paid.
   */
  kind: Flow['kind'] | 'before' | 'missed'
  transaction: string | null
  amount: Money | null
  /** The benchmark's total-return index on the day. */
  index: number | null
  /** Amount × index at the end ÷ index on the day; for `before` less the amount. */
  carried: Money | null
}

/**
 * Returns every flow behind one part of a gap, or behind its cash drag, fees, interest or uncovered withdrawals: the day, the
 * amount, the index then and at the end, and the carried amount. The largest flow takes the last digits that the part
 * took from roundings (finance.md, "The gap, explained").
 */
export function trail(ledger: Ledger, found: Gap, of: GapPart | Line): Trail {
  const span = spanOf(ledger, found.benchmark, found.asOf, found.from)
  const until = (typeof of === 'string' ? undefined : of.until) ?? found.asOf
  const rows = (flows: readonly Flow[]): TrailFlow[] => flows.map((flow) => rowOf(flow, span, until))
  const [value, flows, gap] =
    typeof of === 'string'
      ? lineOf(ledger, found, of, span, rows)
      : ([of.value, partRows(ledger, found, of, span, rows), of.gap] as const)
  if (gap !== null && value !== null) settleRows(flows, gap - value)
  const reason = gap !== null ? null : typeof of === 'string' ? (found.reasons[of] ?? null) : of.reason
  return { value, until, index: span.level(until), flows, gap, reason }
}

/** What belongs to no symbol. */
type Line = 'cashDrag' | 'fees' | 'interest' | 'uncovered'

type Rows = (flows: readonly Flow[]) => TrailFlow[]

function lineOf(
  ledger: Ledger,
  found: Gap,
  line: Line,
  span: Span,
  rows: Rows,
): [Money | null, TrailFlow[], Money | null] {
  if (line === 'fees') return [0n, rows(feeFlows(ledger, span)), found.fees]
  if (line === 'interest') return [0n, rows(interestFlows(ledger, span)), found.interest]
  const book = cashBook(ledger, span.asOf)
  if (line === 'cashDrag') {
    const cash = found.cashDrag === null ? null : balanceAt(book, span.asOf)
    return [cash, rows(cashFlows(book, span)), found.cashDrag]
  }
  const opening = openingValue(ledger, flowsBySymbol(ledger, span), book, span)
  const alternative = alternativeOf(book, opening, span)
  return [0n, typeof alternative === 'string' ? [] : rows(alternative.missing), found.uncovered]
}

function partRows(ledger: Ledger, found: Gap, part: GapPart, span: Span, rows: Rows): TrailFlow[] {
  const transactions = ledger.transactions.filter(
    ({ symbol, date }) => symbol === part.symbol && date <= span.asOf,
  )
  const [own] = flowsOf(ledger, transactions, span)
  if (!own) return []
  if (part.lot !== undefined) {
    return rows(lotFlows(ledger, own, span, part.lot))
  }
  if (part.until === undefined) return rows(own.flows)
  const { since = null, until } = part
  if (since === null || since === span.start) return rows(own.flows.filter(({ day }) => day <= until))
  const held = transactions.filter(({ date }) => date <= since)
  const shares = flowsOf(ledger, held, span)[0]?.shares ?? 0n
  const opening = openingOf(ledger, part.symbol, shares, since)
  const flows = own.flows.filter(({ day }) => day > since && day <= until)
  const earlier = found.parts.filter(({ symbol, year }) => symbol === part.symbol && year! < part.year!)
  const before = sum(earlier.map(({ gap }) => gap ?? 0n))
  const grown = carried([{ ...opening, amount: before }], span, until)
  return [
    ...rows([opening, ...flows]),
    {
      day: since,
      kind: 'before',
      transaction: null,
      amount: before,
      index: span.level(since),
      carried: typeof grown === 'string' ? null : grown - before,
    },
  ]
}

export function rowOf(flow: Omit<Flow, 'kind'> & Pick<TrailFlow, 'kind'>, span: Span, until: Day): TrailFlow {
  const grown = carried([{ ...flow, kind: 'cash' }], span, until)
  return {
    day: flow.day,
    kind: flow.kind,
    transaction: flow.transaction,
    amount: typeof flow.amount === 'string' ? null : flow.amount,
    index: span.level(flow.day),
    carried: typeof grown === 'string' ? null : grown,
  }
}

/** Gives the largest flow what all of them lack to a total. */
export function settleRows(flows: TrailFlow[], total: Money): void {
  const parts = flows.map(({ carried: gap }) => ({ gap }))
  settle(parts, total, 'gap')
  for (const [i, { gap }] of parts.entries()) flows[i]!.carried = gap
}
