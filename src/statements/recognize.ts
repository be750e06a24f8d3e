import { codeTable, type CodeTable } from './code-table.ts'
import { columnName, type Field, fieldsOf, headingCurrency, LOOSE } from './columns.ts'
import type { Row } from './csv.ts'
import { dividendsCsv } from './dividends-csv.ts'
import { fidelityCsv } from './fidelity-csv.ts'
import { mappings } from './formats.ts'
import { guessedLegs } from './formats/two-legs.ts'
import { leftOutSection } from './formats/interactive-brokers.ts'
import { guessed } from './guess.ts'
import { toldApart, unusedMoney } from './headings.ts'
import { openTable, type Reader } from './mapped-table.ts'
import type { Mapping } from './mapping.ts'
import { type Answers, given, type Question } from './question.ts'
import type { Statement } from './read-statement.ts'
import { robinhoodCsv } from './robinhood-csv.ts'
import type { Reading, StatementFormat } from './statement-format.ts'
import type { Steps } from './steps.ts'
import { isKnown, type Known, type Table } from './tables.ts'
import { kindOf, type Kind } from './type-words.ts'
import { transactionsCsv } from './transactions-csv.ts'

/** Formats that are read by code of their own. */
export const codeFormats: readonly StatementFormat[] = [
  transactionsCsv,
  dividendsCsv,
  fidelityCsv,
  robinhoodCsv,
]

/** All formats of tables, by what their headers are known by. */
export const known: readonly (Known & { format: StatementFormat | Mapping })[] = [
  ...codeFormats.map((format) => ({
    format,
    header: format.columns.map(columnName),
    ...(format.excludes && { excludes: format.excludes }),
  })),
  ...mappings.map((format) => ({ format, header: format.header })),
]

/** How the rows of one table are read; without `read` its questions come first. */
export type Opened = {
  format: string
  evidence: string[]
  questions: () => Question[]
  unused: Statement['unused']
  columns: Statement['columns']
  read: ((row: Row) => { readings: Reading[]; id?: string; security?: string | null }) | null
}

/**
 * Opens a table by the format of which most columns are in its header, or by a guess. A problem is a table that contradicts
 * itself; null is one in which nothing moves.
 */
export function* openedTable(
  { header, rows }: Table,
  reader: Reader,
): Steps<Opened | { problem: string } | null> {
  const names = new Set(header.cells.map(columnName))
  const best = known
    .filter((each) => isKnown(names, each))
    .reduce<(typeof known)[number] | null>(
      (most, each) => (most === null || each.header.length > most.header.length ? each : most),
      null,
    )
  if (
    best &&
    'columns' in best.format &&
    speaks(best.format, header, rows) &&
    !passesOver(best.format, header, rows)
  )
    return ofCode(codeTable(best.format, header, rows, reader), best.format.name, header, rows)
  if (best && !('columns' in best.format)) {
    const mapping = asSaid(best.format, header, reader.answers.columns)
    return yield* openedByMapping(mapping, toldApart(header), rows, reader)
  }
  // of an Activity Statement only the sections that are known have transactions
  if (header.cells[1] === 'Header') return leftOut(leftOutSection(header.cells))
  const told = toldApart(header)
  const legs = best ? null : guessedLegs(told, rows)
  if (legs) return yield* openedByMapping(asSaid(legs, told, reader.answers.columns), told, rows, reader)
  const every = best && 'isOurs' in best.format ? best.format.isOurs?.every : undefined
  const guess = guessed(told, rows, reader.answers, every)
  if (!guess) return positions(header, rows)
  if (guess.questions.length === 0) return yield* openedByMapping(guess.mapping, told, rows, reader)
  return { ...about(guess.mapping, told, rows), evidence: [], questions: () => guess.questions, read: null }
}

/** A section whose rows are left out, and why; null where no row of it is of interest. */
function leftOut(why: string | null): Opened | null {
  if (why === null) return null
  const skip = ({ cells }: Row) => (cells[1] === 'Data' && !cells.some(isTotal) ? why : 'a sum of other rows')
  return {
    format: 'Interactive Brokers',
    evidence: [],
    questions: () => [],
    unused: [],
    columns: [],
    read: (row) => ({ readings: [{ skip: skip(row) }] }),
  }
}

const isTotal = (cell: string) => /^(?:sub)?total/i.test(cell)

/** False for a table that says what its rows are in other words than the format does. */
function speaks({ speaks: how }: StatementFormat, header: Row, rows: readonly Row[]): boolean {
  const names = header.cells.map(columnName)
  if (!how || names.includes(columnName(how.unless))) return true
  // a price in a currency that its heading names
  if (header.cells.some((heading) => headingCurrency(heading) !== '')) return false
  const column = names.indexOf(columnName(how.column))
  const words = new Set(rows.map(({ cells }) => cells[column] ?? ''))
  return ![...words].some((word) => !how.isOwn(word) && isRecorded.has(kindOf(word) ?? 'nothing'))
}

/** Says whether a table has a column of something that counts, and that a format of ours has no column for. */
function passesOver(
  { isOurs, columns, numbers }: StatementFormat,
  header: Row,
  rows: readonly Row[],
): boolean {
  const names = header.cells.map(columnName)
  if (!isOurs || names.includes(columnName(isOurs.unless))) return false
  const own = new Set([...columns.map(columnName), 'amount', 'currency'])
  const others = names.flatMap((name) => (own.has(name) ? [] : (fieldsOf(name)[0]?.field ?? [])))
  // of currencies beside the numbers, it knows the dollar alone
  const priced = numbers.map((each) => names.indexOf(columnName(each))).filter((index) => index >= 0)
  const isForeign = (cell = '') => /[€£¥₹]|[A-Z]{3}$/.test(cell) && !cell.endsWith('USD')
  if (rows.some(({ cells }) => priced.some((index) => isForeign(cells[index])))) return true
  // one column of fees it has, whatever that is called
  return others.filter((field) => field === 'fee').length > 1 || others.some((field) => counting.has(field))
}

const counting = new Set<Field>([
  'tax',
  'amount',
  'gross',
  'currency',
  'priceCurrency',
  'status',
  'exchange',
  'isin',
])

/** Words for these are worth another reading of the file. */
const isRecorded = new Set<Kind>([
  'buy',
  'sell',
  'dividend',
  'reinvested',
  'interest',
  'tax',
  'fee',
  'deposit',
  'withdrawal',
])

/** A format's mapping with what a person says of single columns: such a column counts before those of the format. */
function asSaid(mapping: Mapping, header: Row, said: Answers['columns']): Mapping {
  const told = new Map(
    header.cells.flatMap((heading) => {
      const field = given(said, columnName(heading))
      return field === undefined ? [] : [[columnName(heading), field] as const]
    }),
  )
  if (told.size === 0) return mapping
  const field: Partial<Record<Field, string[]>> = {}
  for (const [each, headings] of Object.entries(mapping.field) as [Field, string | string[]][]) {
    const left = [headings].flat().filter((heading) => !told.has(heading))
    if (left.length > 0) field[each] = left
  }
  for (const [heading, each] of told) if (each) field[each] = [heading, ...(field[each] ?? [])]
  return { ...mapping, field }
}

export function* openedByMapping(
  mapping: Mapping,
  header: Row,
  rows: readonly Row[],
  reader: Reader,
): Steps<Opened | { problem: string }> {
  const table = yield* openTable(header, rows, mapping, reader)
  if ('problem' in table) return table
  return 'read' in table
    ? { ...about(mapping, header, rows), ...table }
    : { ...about(mapping, header, rows), evidence: [], questions: () => table.questions, read: null }
}

function about(
  mapping: Mapping,
  header: Row,
  rows: readonly Row[],
): Pick<Opened, 'format' | 'unused' | 'columns'> {
  const fields = new Map(
    Object.entries(mapping.field).flatMap(([field, of]) =>
      [of].flat().map((name) => [name, field as Field] as const),
    ),
  )
  return {
    format: mapping.name,
    // what a named format leaves aside was left aside on purpose
    unused: mapping.header.length > 0 ? [] : unusedMoney(header, rows, mapping),
    columns: header.cells.map((heading, i) => ({
      heading,
      field: fields.get(columnName(heading)) ?? null,
      sample: sampleOf(rows, i),
    })),
  }
}

function sampleOf(rows: readonly Row[], column: number): string {
  return (rows.slice(0, 50).find((row) => row.cells[column])?.cells[column] ?? '').slice(0, 40)
}

function ofCode(
  table: CodeTable,
  format: string,
  header: Row,
  rows: readonly Row[],
): Opened | { problem: string } {
  if ('problem' in table) return table
  const own = {
    format,
    unused: [],
    columns: header.cells.map((heading, i) => ({ heading, field: null, sample: sampleOf(rows, i) })),
  }
  if ('questions' in table) return { ...own, evidence: [], questions: () => table.questions, read: null }
  return {
    ...own,
    evidence: table.evidence,
    questions: () => [],
    read: (row) => ({ readings: [table.read(row)] }),
  }
}

/** The format of a table of what is held. */
export const HELD = 'Positions'

/** A table of what is held, without days: Vanguard's file begins with one. Null for any other. */
function positions({ cells: headings }: Row, rows: readonly Row[]): Opened | null {
  const names = headings.map(columnName)
  const means = (name: string, of: Field) =>
    fieldsOf(name).some(({ field, rank }) => field === of && rank < LOOSE)
  if (rows.length === 0 || !names.some((name) => means(name, 'shares'))) return null
  // days that nobody can read are days all the same
  const isOfDays = (name: string) => means(name, 'date')
  const isTime = (cell: string) => /^\d{1,2}:\d\d/.test(cell)
  if (names.some((name, i) => isOfDays(name) && rows.some(({ cells }) => cells[i] && !isTime(cells[i]))))
    return null
  const skip = 'a table of what is held, without days, has no transactions'
  return {
    format: HELD,
    evidence: [],
    questions: () => [],
    unused: [],
    columns: [],
    read: () => ({ readings: [{ skip }] }),
  }
}
