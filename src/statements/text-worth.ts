import { degiroHeader } from './formats/degiro.ts'
import { guessed } from './guess.ts'
import { toldApart } from './headings.ts'
import { known } from './recognize.ts'
import { dividedTrips } from './round-trips.ts'
import { cellsOf, matched, type Table, tablesOf } from './tables.ts'

/**
 * Says how much a text promises, of several sheets or files that belong together: 3 for a table of a format that is known, 2
 * for one with days and something that moved, 1 for any other with a header, 0 for none. Brokers put what is held, or what was
 * closed, on sheets before the one with all transactions.
 */
export function textWorth(text: string): TextWorth {
  const head = text.length <= HEAD ? text : text.slice(0, text.lastIndexOf('\n', HEAD) + 1 || HEAD)
  const csv = cellsOf(head, known)
  if ('problem' in csv) return NOTHING
  const rows = csv.rows.map((row) => degiroHeader(row) ?? row)
  const tables = tablesOf(rows, known).map((table) => ({
    worth: worthOf(table),
    header: table.header.cells.join('|'),
  }))
  return tables.toSorted((a, b) => b.worth - a.worth)[0] ?? NOTHING
}

export type TextWorth = {
  worth: 0 | 1 | 2 | 3
  /** The header of the table that is worth so much: sheets with the same one are parts of one list. */
  header: string
}

const NOTHING: TextWorth = { worth: 0, header: '' }

/** So many characters say what the others are. */
const HEAD = 100_000

function worthOf(table: Table): TextWorth['worth'] {
  if (table.rows.length === 0) return 0
  if (matched(table.header.cells, known) > 0) return 3
  if (dividedTrips(table)) return 1
  const header = toldApart(table.header)
  return guessed(header, table.rows, {})?.questions.length === 0 ? 2 : 1
}
