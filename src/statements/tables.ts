import { columnName, fieldsOf, LOOSE } from './columns.ts'
import { type Faults, notCsv, type Row, rowsOf, separators, type Separator } from './csv.ts'

/** A header and the rows below it, down to the next header. */
export type Table = { header: Row; rows: Row[] }

/** What a header is known by: names in plain spelling (columns.ts). */
export type Known = { header: readonly string[]; excludes?: (names: ReadonlySet<string>) => boolean }

/** Brokers put a handful of lines above the header, such as account names and date ranges. */
export const HEADER_WITHIN = 40

/**
 * Reads a text of cells with commas, semicolons, tabs or bars between them, whichever makes the best header, or else the
 * most even rows. Faults and problems are those of `rowsOf`.
 */
export function cellsOf(
  text: string,
  known: readonly Known[],
): { rows: Row[]; faults: Faults; separator: Separator } | { problem: string } {
  const problem = notCsv(text)
  if (problem) return { problem }
  const head = headOf(text)
  let best: { separator: Separator; worth: number } = { separator: ',', worth: 0 }
  for (const separator of separators) {
    if (!head.includes(separator)) continue
    const read = rowsOf(head, separator)
    if ('problem' in read) continue
    const worth = worthOf(read.rows, known)
    if (worth > best.worth) best = { separator, worth }
  }
  const read = rowsOf(text, best.separator)
  return 'problem' in read ? read : { ...read, separator: best.separator }
}

/** The first lines: enough to find a header. */
function headOf(text: string): string {
  if (text.length <= HEAD) return text
  const head = text.slice(0, HEAD)
  return head.slice(0, Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1) || head
}

const HEAD = 16_384

function worthOf(rows: readonly Row[], known: readonly Known[]): number {
  const first = rows.slice(0, HEADER_WITHIN)
  const header = Math.max(0, ...first.map(({ cells }) => 100 * matched(cells, known) + meaning(cells)))
  const counts = Map.groupBy(
    first.filter(({ cells }) => cells.length > 1),
    ({ cells }) => cells.length,
  )
  const even = Math.max(0, ...[...counts.values()].map((same) => same.length)) / Math.max(1, first.length)
  return header + even
}

/**
 * Divides the rows into tables. A header is the row of the first 40 that a format knows best, or that means most; below
 * it every row that is a header again begins another table (with the same words, the same one goes on).
 */
export function tablesOf(rows: readonly Row[], known: readonly Known[]): Table[] {
  const first = firstHeader(rows, known)
  if (first < 0) return []
  const tables: Table[] = []
  let table: Table | null = null
  for (const [i, row] of rows.entries()) {
    const isHeader =
      i === first ||
      // a section of an Activity Statement (formats/interactive-brokers.ts)
      (i > first && row.cells[1] === 'Header') ||
      (isWordy(row) && (matched(row.cells, known) > 0 || meaning(row.cells) >= 4 || isAllHeadings(row)))
    if (!isHeader) table?.rows.push(row)
    else if (table === null || !isSame(table.header, row)) {
      table = { header: row, rows: [] }
      tables.push(table)
    }
  }
  return tables
}

function firstHeader(rows: readonly Row[], known: readonly Known[]): number {
  let [best, worth] = [-1, 0]
  for (const [i, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const own = 100 * matched(cells, known) + (isWordy(rows[i]!) ? meaning(cells) : 0)
    if (own > worth && own >= 2) [best, worth] = [i, own]
  }
  return best
}

/** The number of headings of the format that knows most of them; 0 when no format has all of its own here. */
export function matched(cells: readonly string[], known: readonly Known[]): number {
  const names = new Set(cells.map(columnName))
  return Math.max(0, ...known.map((each) => (isKnown(names, each) ? each.header.length : 0)))
}

export function isKnown(names: ReadonlySet<string>, { header, excludes }: Known): boolean {
  return header.length > 0 && header.every((name) => names.has(name)) && !excludes?.(names)
}

/** How many different fields the headings name. */
function meaning(cells: readonly string[]): number {
  return new Set(cells.flatMap((cell) => fieldsOf(columnName(cell))[0]?.field ?? [])).size
}

/** Of a table with few columns each heading has to be one, and one of them that of the day: `Date,Description,Amount`. */
function isAllHeadings({ cells }: Row): boolean {
  const fields = cells
    .filter(Boolean)
    .map((cell) => fieldsOf(columnName(cell)).flatMap(({ field, rank }) => (rank < LOOSE ? [field] : [])))
  return fields.length >= 3 && fields.every((of) => of.length > 0) && fields.some((of) => of.includes('date'))
}

/** A header has words in its cells and no numbers. */
function isWordy({ cells }: Row): boolean {
  let filled = 0
  for (const cell of cells) {
    if (cell === '') continue
    if (/^[-−+$€£(.]?\d/.test(cell) || cell.length > 80) return false
    filled++
  }
  return filled >= 2
}

function isSame(header: Row, row: Row): boolean {
  return header.cells.every((cell, i) => cell === (row.cells[i] ?? ''))
}
