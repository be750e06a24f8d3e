import { columnsOf } from './column-shape.ts'
import type { Row } from './csv.ts'
import { daysOf } from './day-spelling.ts'
import { toldApart } from './headings.ts'
import { codeFormats } from './recognize.ts'
import { HEADER_WITHIN, type Table } from './tables.ts'
import { shortened } from './verdict.ts'

/** Why nothing in a file can be read: what its first table has no column of, or that no header is one that means something. */
export function unreadable(rows: readonly Row[], [table]: readonly Table[]): string {
  const missing = table && table.rows.length > 0 ? missingIn(table) : null
  if (table && missing) {
    const headings = shortened(table.header.cells.filter(Boolean).join(', '))
    return `The headings on line ${table.header.line} are “${headings}”, but ${missing}`
  }
  if (table && table.rows.length === 0) return 'The file has a header but no rows below it.'
  const seen = rows[0] ? rows[0].cells.join(',') : ''
  if (
    !table &&
    rows[0]?.cells.some((cell) => daysOf(cell).days.dmy !== null || daysOf(cell).days.mdy !== null)
  )
    return `We couldn’t find a header we know in the first ${HEADER_WITHIN} rows. The file starts with “${shortened(seen)}”, which is a row already: add a line above it that says what each column holds, such as Date,Type,Ticker,Shares,Price.`
  const named = codeFormats.map((format) => `${format.columns.join(',')} (${format.name})`).join(' or ')
  return `We couldn’t find a header we know in the first ${HEADER_WITHIN} rows. The file starts with “${shortened(seen)}”; the header needs ${named}, in any order.`
}

function missingIn({ header, rows }: Table): string | null {
  const columns = columnsOf(toldApart(header), rows)
  if (columns.every(({ days, serials }) => days <= 0.3 && serials <= 0.4))
    return 'no column holds days. Call the one with the day of each row “Date”, and write days as 2024-01-31.'
  const moves = new Set(['shares', 'amount', 'gross', 'debit', 'credit'])
  if (columns.every(({ numbers, fields }) => numbers <= 0.6 || !fields.some(({ field }) => moves.has(field))))
    return 'no column is known to hold shares or an amount of money. Call one of them “Shares” or “Amount”.'
  return null
}
