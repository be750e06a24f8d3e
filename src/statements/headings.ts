import { columnName, isBeside } from './columns.ts'
import type { Row } from './csv.ts'
import type { Mapping } from './mapping.ts'
import { marksOf } from './number-spelling.ts'

/** The header as the columns are told apart: of two equal headings the second is `price 2`, one without a name `column 3`. */
export function toldApart(header: Row): Row {
  const seen = new Map<string, number>()
  return {
    line: header.line,
    cells: header.cells.map((heading, i) => {
      const name = columnName(heading) || `column ${i + 1}`
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      return count === 1 ? heading || name : `${heading} ${count}`
    }),
  }
}

/** The columns that hold money which a mapping does not use, each with a line that has some. */
export function unusedMoney(
  header: Row,
  rows: readonly Row[],
  mapping: Mapping,
): { heading: string; line: number; cell: string }[] {
  const used = new Set(Object.values(mapping.field).flat())
  return header.cells.flatMap((heading, i) => {
    const name = columnName(heading)
    if (used.has(name) || name === '' || isBeside(name)) return []
    const cells = rows
      .slice(0, 200)
      .flatMap((row) => (row.cells[i] ? [{ line: row.line, cell: row.cells[i] }] : []))
    const money = cells.filter(
      ({ cell }) =>
        /[.,]\d{2}(?!\d)|[$€£]/.test(cell) && /[1-9]/.test(cell) && marksOf(cell).marks.length > 0,
    )
    return money.length > 0 && money.length * 2 >= cells.filter(({ cell }) => /[1-9]/.test(cell)).length
      ? [{ heading, ...money[0]! }]
      : []
  })
}
