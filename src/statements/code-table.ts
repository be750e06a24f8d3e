import { columnName, fieldsOf } from './columns.ts'
import type { Row } from './csv.ts'
import { dayIn } from './day-spelling.ts'
import { asked, type Cell, provenMark, provenOrder } from './evidence.ts'
import type { Reader } from './mapped-table.ts'
import { byMarket, nearCloses } from './market-evidence.ts'
import { isBlankNumber, numberIn } from './number-spelling.ts'
import type { Question } from './question.ts'
import { plainNumber } from './spelling.ts'
import type { Reading, StatementFormat } from './statement-format.ts'

export type CodeTable =
  | { problem: string }
  | { questions: Question[] }
  | { read: (row: Row) => Reading; evidence: string[] }

/**
 * Opens a table whose rows a format reads by code of its own. Its columns of days and numbers are weighed as a whole
 * first, and the code is given their cells in plain spelling, so that a file which a spreadsheet of another country has
 * saved again reads like the one that the broker wrote. A cell that cannot be read stays as it is.
 */
export function codeTable(
  format: StatementFormat,
  header: Row,
  rows: readonly Row[],
  reader: Reader,
): CodeTable {
  const indexOf = indexesIn(header, format)
  const cellsOf = function* (columns: readonly string[]): Generator<Cell> {
    const indexes = columns.map(indexOf).filter((index) => index >= 0)
    for (const { line, cells } of rows)
      for (const index of indexes) {
        const text = cells[index]
        if (text && !isBlankNumber(text)) yield { line, text }
      }
  }
  const { answers } = reader
  const order = provenOrder(cellsOf(format.dates), reader.today, answers.days ?? format.days)
  if ('contradiction' in order) return { problem: order.contradiction }
  const mark = provenMark(cellsOf(format.numbers), answers.decimals ?? (format.days && '.'), reader.separator)
  if ('contradiction' in mark) return { problem: mark.contradiction }
  const orders = 'left' in order ? order.left : [order.decided]
  const marks = 'left' in mark ? mark.left : [mark.decided]
  const market = byMarket(pricedRows(), orders, marks, reader.closes)
  const [days, decimals] = [
    'left' in order ? market.order : order.decided,
    'left' in mark ? market.mark : mark.decided,
  ]
  const questions: Question[] = []
  if (days === null && 'left' in order)
    questions.push(asked('days', format.dates[0]!, order.left, order.examples))
  if (decimals === null && 'left' in mark)
    questions.push(asked('decimals', format.numbers[0]!, mark.left, mark.examples))
  if (days === null || decimals === null) return { questions }

  const dates = new Set(format.dates)
  const numbers = new Set(format.numbers)
  const spelled = (column: string, cell: string): string => {
    if (cell === '') return cell
    if (dates.has(column)) return dayIn(cell, days) ?? cell
    if (!numbers.has(column) || (decimals === '.' && plainNumber(cell) !== null)) return cell
    const number = numberIn(cell, decimals)
    // a currency beside the number would be lost
    return number && number.currency === '' ? number.plain : cell
  }
  return {
    evidence: [
      ...[order, mark].flatMap((proof) => ('because' in proof && proof.because ? [proof.because] : [])),
      ...('left' in order ? [nearCloses(days)] : []),
    ],
    read: (row) => format.read((column) => spelled(column, row.cells[indexOf(column)] ?? '')),
  }

  function pricedRows() {
    if (!format.market) return []
    const [symbol, price, date] = format.market.map(indexOf) as [number, number, number]
    const cellOf = (row: Row, index: number) => row.cells[index] ?? ''
    return rows
      .slice(0, 200)
      .map((row) => ({ symbol: cellOf(row, symbol), price: cellOf(row, price), date: cellOf(row, date) }))
  }
}

/** Returns the index of a column as a format names it, −1 for none. Each name is looked up once, not for each row. */
function indexesIn(header: Row, format: StatementFormat): (name: string) => number {
  // of two columns with one name, the first counts
  const columns = new Map(header.cells.map((name, i) => [columnName(name), i] as const).toReversed())
  const seen = new Map<string, number>()
  return (name) => {
    const index = seen.get(name) ?? columns.get(columnName(name)) ?? alike(name)
    seen.set(name, index)
    return index
  }
  function alike(name: string): number {
    const field = format.also?.[name]
    if (!field) return -1
    return header.cells.findIndex((heading) => fieldsOf(columnName(heading))[0]?.field === field)
  }
}
