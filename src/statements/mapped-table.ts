import type { Day } from '../portfolio/day.ts'
import { arithmetic } from './arithmetic.ts'
import type { Row } from './csv.ts'
import type { DayOrder } from './day-spelling.ts'
import { asked, type Cell, provenMark, provenOrder } from './evidence.ts'
import { type Cells, extractor, isCells, type Mapping } from './mapping.ts'
import { type DecimalMark, isBlankNumber, numberIn } from './number-spelling.ts'
import type { Answers, Question } from './question.ts'
import { currencyIn } from './row-money.ts'
import { rowReader } from './row-reader.ts'
import type { Securities } from './security.ts'
import type { Reading } from './statement-format.ts'
import { STEP, type Steps } from './steps.ts'
import { plainWord } from './type-words.ts'

/** The close of a symbol on a day, where it is known. */
export type Closes = (symbol: string, day: Day) => number | null

/** What a table is read with, beside its own cells. */
export type Reader = {
  today: Day
  answers: Answers
  securities: Securities
  closes: Closes | null
  /** What stands between the cells of the file. */
  separator: string
  /** Accounts of the file whose rows are passed over. */
  without: ReadonlySet<string>
}

/** A table that can be read row by row; `security` names the one that a row is about while its ticker is not known. */
export type OpenTable = {
  read: (row: Row) => { readings: Reading[]; id: string; security: string | null }
  evidence: string[]
  /** What the rows that were read so far leave open. */
  questions: () => Question[]
}

/**
 * Opens a table: weighs its columns as a whole (evidence.ts, arithmetic.ts) and reads its rows one by one, so that a long file
 * is never held twice. What contradicts itself is a problem; what nothing decides are questions.
 */
export function* openTable(
  header: Row,
  rows: readonly Row[],
  mapping: Mapping,
  reader: Reader,
): Steps<OpenTable | { problem: string } | { questions: Question[] }> {
  const begun = { done: 0, total: rows.length }
  const isLong = rows.length > STEP
  const extract = extractor(header, mapping)
  const { answers, today } = reader
  function* each(): Generator<{ line: number; cells: Cells }> {
    for (const row of rows) {
      const cells = extract(row)
      if (isCells(cells)) yield { line: row.line, cells }
    }
  }
  function* days(): Generator<Cell> {
    for (const { line, cells } of each()) if (cells.date) yield { line, text: cells.date }
  }
  function* numbers(): Generator<Cell> {
    for (const { line, cells } of each())
      for (const text of numbersOf(cells)) if (text && !isBlankNumber(text)) yield { line, text }
  }
  const order = provenOrder(days(), today, answers.days ?? mapping.days)
  if ('contradiction' in order) return { problem: order.contradiction }
  if (isLong) yield begun
  const mark = provenMark(numbers(), answers.decimals ?? mapping.decimals, reader.separator)
  if ('contradiction' in mark) return { problem: mark.contradiction }
  if (isLong) yield begun

  const orders: readonly DayOrder[] = 'left' in order ? order.left : [order.decided]
  const marks: readonly DecimalMark[] = 'left' in mark ? mark.left : [mark.decided]
  const sums = arithmetic(each(), mapping, orders, marks, reader)
  const evidence = [order, mark].flatMap((proof) =>
    'because' in proof && proof.because ? [proof.because] : [],
  )
  if (isLong) yield begun
  const questions: Question[] = []
  if (!sums.order && 'left' in order)
    questions.push(asked('days', headingOf(header, mapping, 'date'), order.left, order.examples))
  if (!sums.mark && 'left' in mark)
    questions.push(asked('decimals', headingOf(header, mapping, 'shares'), mark.left, mark.examples))
  if (sums.question) questions.push(sums.question)
  if (questions.length > 0) return { questions }
  evidence.push(...sums.evidence)

  const home = mapping.field.rate || mapping.coins ? homeOf(each()) : ''
  const rowsRead = rowReader(mapping, sums.order ?? orders[0]!, sums.mark ?? marks[0]!, sums, reader, home)
  if (mapping.field.isin && mapping.field.symbol) for (const { cells } of each()) rowsRead.pair(cells)
  return {
    evidence,
    questions: rowsRead.questions,
    read: (row) => {
      const cells = extract(row)
      if (!isCells(cells)) return { readings: [cells], id: '', security: null }
      const read = rowsRead.read(row, cells)
      return cells.also
        ? { ...read, readings: [...read.readings, ...rowsRead.read(row, cells.also).readings] }
        : read
    },
  }
}

function headingOf(header: Row, mapping: Mapping, field: 'date' | 'shares'): string {
  const names = [mapping.field[field] ?? []].flat()
  return header.cells.find((heading) => names.includes(plainWord(heading))) ?? names[0] ?? field
}

function numbersOf(cells: Cells): string[] {
  return [cells.shares, cells.price, cells.amount, ...cells.fees, ...cells.taxes]
}

/** The currency of most rows that are not converted from another. */
function homeOf(rows: Iterable<{ cells: Cells }>): string {
  const counts = new Map<string, number>()
  for (const { cells } of rows) {
    const code =
      currencyIn(cells.currency) ||
      [cells.price, cells.amount].map((cell) => numberIn(cell, '.')?.currency).find(Boolean)
    if (code && (isBlankNumber(cells.rate) || Number(cells.rate.replace(',', '.')) === 1))
      counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
