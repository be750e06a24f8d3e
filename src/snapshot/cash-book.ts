import { type CashFlowRow, type CashFlows, type CashFlowType, ofTypes } from '../metrics/cash-flows.ts'

/** One page of a cash book as it is read: newest first, with the sums of the whole book. */
export type CashBook = Pick<CashFlows, 'view' | 'totals' | 'reason'> & {
  /** The types that the book has rows of. */
  types: CashFlowType[]
  /** The rows of the requested types, on all pages. */
  count: number
  lines: BookLine[]
  /** Counts from 1. */
  page: number
  pages: number
}

/** A row of the book, with the deposit that was assumed to cover it. */
export type BookLine = { row: CashFlowRow; covered: CashFlowRow | null }

const LINES = 100

/**
 * Returns one page of the rows of some types; without any, of all. A page past the end is the last one. In the
 * portfolio's whole book an assumed deposit joins the purchase that it covers.
 */
export function cashBook(book: CashFlows, types: readonly CashFlowType[], page: number): CashBook {
  const chosen = ofTypes(book.rows, types).toReversed()
  const isWhole = book.view === 'portfolio' && types.length === 0
  const lines = isWhole ? folded(chosen) : chosen.map((row) => ({ row, covered: null }))
  const pages = Math.max(1, Math.ceil(lines.length / LINES))
  const shown = Math.min(Math.max(page, 1), pages)
  return {
    view: book.view,
    totals: book.totals,
    reason: book.reason,
    types: [...new Set(book.rows.map(({ type }) => type))],
    count: chosen.length,
    lines: lines.slice((shown - 1) * LINES, shown * LINES),
    page: shown,
    pages,
  }
}

/** Pairs the rows, newest first: an assumed deposit comes right after the purchase it covers, and joins its row. */
function folded(rows: readonly CashFlowRow[]): BookLine[] {
  const lines: BookLine[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (isAssumed(row) && last?.row.date === row.date && last.row.type === 'purchase') last.covered = row
    else lines.push({ row, covered: null })
  }
  return lines
}

/** True for an assumed deposit of the portfolio itself, which no transaction stands for. */
export function isAssumed({ type, transaction, symbol }: CashFlowRow): boolean {
  return type === 'deposit' && transaction === null && symbol === null
}
