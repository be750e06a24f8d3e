import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Gap } from '../metrics/gap.ts'
import type { GapPart } from '../metrics/gap-part.ts'

/**
 * A gap in the shape of the API. Money is decimal text in the portfolio's currency, and Σ gap of the parts + cash
 * drag + fees + interest + uncovered = gap exactly. An unknown figure is null, and its reason is under its name in
 * `reasons` or in the part's `reason`.
 */
export type GapReport = {
  benchmark: string
  as_of: Day
  /** The period begins at this day's close; null for the whole history. */
  from: Day | null
  value: string | null
  benchmark_value: string | null
  gap: string | null
  /** The best first; by year, the years in order and the best of each first. */
  parts: GapPartRow[]
  cash_drag: string | null
  fees: string | null
  interest: string | null
  uncovered: string | null
  /** Of a what-if: the money that would not have been put in. It is one more line of the gap. */
  put_in?: string
  reasons: Record<string, string>
}

export type GapPartRow = {
  symbol: string
  /** By lot: the id of the purchase (null for what belongs to no lot), and its day. */
  lot?: string | null
  date?: Day | null
  /** Set when the parts are by year. */
  year?: string
  gap: string | null
  value: string | null
  paid: string | null
  received: string | null
  dividends: string | null
  reason: string | null
}

export function gapReport(found: Gap): GapReport {
  const { benchmark, asOf, from, value, gap, parts, fees, interest, uncovered } = found
  return {
    benchmark,
    as_of: asOf,
    from,
    value: text(value),
    benchmark_value: text(found.benchmarkValue),
    gap: text(gap),
    parts: parts.map(partRow),
    cash_drag: text(found.cashDrag),
    fees: text(fees),
    interest: text(interest),
    uncovered: text(uncovered),
    reasons: Object.fromEntries(
      Object.entries(found.reasons).map(([figure, reason]) => [spelled[figure] ?? figure, reason]),
    ),
  }
}

const spelled: Record<string, string> = { benchmarkValue: 'benchmark_value', cashDrag: 'cash_drag' }

/** A part in the shape of the API. */
export function partRow({ symbol, lot, date, year, gap, value, paid, received, dividends, reason }: GapPart) {
  return {
    symbol,
    ...(lot !== undefined && { lot, date: date ?? null }),
    ...(year !== undefined && { year }),
    gap: text(gap),
    value: text(value),
    paid: text(paid),
    received: text(received),
    dividends: text(dividends),
    reason,
  } satisfies GapPartRow
}
