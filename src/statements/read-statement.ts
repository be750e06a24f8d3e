import type { Day } from '../portfolio/day.ts'
import { type TransactionDraft, type Entry, readEntry } from '../portfolio/entry.ts'
import { type Row, rowsOf } from './csv.ts'
import { dividendsCsv } from './dividends-csv.ts'
import { fidelityCsv } from './fidelity-csv.ts'
import { robinhoodCsv } from './robinhood-csv.ts'
import { plainDay, plainNumber } from './spelling.ts'
import type { StatementFormat } from './statement-format.ts'
import { transactionsCsv } from './transactions-csv.ts'

/**
 * The first format whose columns are all in the header is used, so a format with more columns stands before one with
 * fewer.
 */
const formats: readonly StatementFormat[] = [transactionsCsv, dividendsCsv, fidelityCsv, robinhoodCsv]

export type Statement = {
  /** The name of the recognized format. */
  format: string
  /** The transactions in the order of the file, each with its line. */
  rows: { line: number; transaction: TransactionDraft }[]
  /** Rows that cannot be read, by line, each with a sentence that names the field and its content. */
  rejected: { line: number; reason: string }[]
  /** The number of rejected rows; `rejected` lists at most 1,000 of them. */
  rejectedCount: number
  /** All rows that the ledger does not need or cannot hold; the warnings sum them up. */
  skipped: { line: number; reason: string }[]
  warnings: string[]
}

/**
 * Reads a CSV file of transactions, dividends or a broker's activity. The header tells which one it is, and other
 * lines may stand above it. Each row is judged on its own: bad ones are rejected, at most 1,000 of them listed, and
 * the others kept. Whether a row is already in the ledger, or sells more than is held, is not checked here.
 *
 * When nothing in the file can be read, the answer is a problem: one or two sentences for the person who chose the
 * file.
 */
export function readStatement(text: string, today: Day): Statement | { problem: string } {
  const csv = rowsOf(text)
  if ('problem' in csv) return csv
  const found = findHeader(csv.rows)
  if (!found) return { problem: unknownHeader(csv.rows) }
  const { format, header } = found

  const rows: Statement['rows'] = []
  const rejected = csv.faults.filter((fault) => fault.line > header.line)
  const skipped: Lines = []
  const rounded: Lines = []
  const indexOf = indexesIn(header)
  for (const row of csv.rows) {
    if (row.line <= header.line) continue
    const verdict = readRow(row, format, indexOf, header.cells.length, today)
    if ('transaction' in verdict) {
      rows.push({ line: row.line, transaction: verdict.transaction })
      for (const note of verdict.notes) rounded.push({ line: row.line, reason: note })
    } else if ('skip' in verdict) skipped.push({ line: row.line, reason: verdict.skip })
    else rejected.push({ line: row.line, reason: verdict.reason })
  }
  return {
    format: format.name,
    rows,
    rejected: rejected.toSorted((a, b) => a.line - b.line).slice(0, MOST_REJECTED),
    rejectedCount: rejected.length,
    skipped,
    warnings: [...warningsOf(rows.length, rejected.length, skipped), ...roundingsOf(rounded)],
  }
}

type Lines = { line: number; reason: string }[]

const MOST_REJECTED = 1000
/** Brokers put a handful of lines above the header, such as account names and date ranges. */
const HEADER_WITHIN = 20

function findHeader(rows: readonly Row[]): { format: StatementFormat; header: Row } | null {
  for (const header of rows.slice(0, HEADER_WITHIN)) {
    const columns = columnsOf(header)
    const format = formats.find((each) => each.columns.every((name) => columns.has(columnName(name))))
    if (format) return { format, header }
  }
  return null
}

/** The index of each column by its name; of two columns with one name, the first counts. */
function columnsOf(header: Row): Map<string, number> {
  return new Map(header.cells.map((name, i) => [columnName(name), i] as const).toReversed())
}

/** Returns the index of a column as a format names it, −1 for none. Each name is looked up once, not for each row. */
function indexesIn(header: Row): (name: string) => number {
  const columns = columnsOf(header)
  const known = new Map<string, number>()
  return (name) => {
    const index = known.get(name) ?? columns.get(columnName(name)) ?? -1
    known.set(name, index)
    return index
  }
}

/** Makes one name of `Price ($)` and ` price`. */
function columnName(name: string): string {
  return name
    .replace(/\(\$\)$/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
}

function unknownHeader(rows: readonly Row[]): string {
  const seen = rows[0] ? rows[0].cells.join(',') : ''
  const known = formats.map((format) => `${format.columns.join(',')} (${format.name})`).join(' or ')
  return `We couldn’t find a header we know in the first ${HEADER_WITHIN} rows. The file starts with “${shortened(seen)}”; the header needs ${known}, in any order.`
}

/** The longest note takes a quarter of it. */
const LONGEST_CELL = 4096

type Verdict = { transaction: TransactionDraft; notes: string[] } | { skip: string } | { reason: string }

function readRow(
  row: Row,
  format: StatementFormat,
  indexOf: (column: string) => number,
  width: number,
  today: Day,
): Verdict {
  const long = row.cells.find((cell) => cell.length > LONGEST_CELL)
  if (long !== undefined)
    return {
      reason: `A cell has ${long.length} characters; at most ${LONGEST_CELL} are read: “${shortened(long)}”.`,
    }
  // $1,234.50 without quotes becomes two cells, which would move the others to wrong columns; Robinhood's footnote
  // stands alone beyond the last column
  const within = row.cells.slice(0, width).some((cell) => cell !== '')
  if (within && row.cells.slice(width).some((cell) => cell !== '')) {
    return {
      reason: `This row has ${row.cells.length} cells, but the header has ${width}: put quotes around a cell that contains a comma.`,
    }
  }
  const spelled = format.read((column) => row.cells[indexOf(column)] ?? '')
  if ('skip' in spelled) return spelled
  if ('reject' in spelled) return { reason: shortened(spelled.reject, 300) }
  const { entry, reasons } = plainEntry(spelled)
  if (reasons.length > 0) return { reason: reasons.join(' ') }
  const read = readEntry(entry, today)
  if ('transaction' in read) return read
  const hint = row.cells.some((cell) => cell.includes('\n'))
    ? ' A quotation mark may be missing: one cell spans several lines.'
    : ''
  return {
    reason: read.faults.map(({ field, reason }) => sentence(field, spelled[field], reason)).join(' ') + hint,
  }
}

/** Writes the file's days, numbers and tickers in plain spelling, or says which one could not be read. */
function plainEntry(spelled: Entry): { entry: Entry; reasons: string[] } {
  const entry: Entry = { ...spelled, symbol: (spelled.symbol ?? '').toUpperCase() }
  const reasons: string[] = []
  for (const field of ['shares', 'price', 'fee', 'tax', 'amount', 'cost'] as const) {
    const value = spelled[field]
    if (!value) continue
    const plain = plainNumber(value)
    if (plain === null) reasons.push(sentence(field, value, 'is not a number such as 1234.56'))
    else entry[field] = plain
  }
  for (const field of ['date', 'unitsDay', 'acquired'] as const) {
    const value = spelled[field]
    if (!value) continue
    const day = plainDay(value)
    if (day) entry[field] = day
    else reasons.push(sentence(field, value, 'is not a date such as 2024-01-31 or 1/31/2024'))
  }
  // brokers write sold shares as negative: -10 sold is 10 sold
  if (entry.type === 'sell' && entry.shares?.startsWith('-')) entry.shares = entry.shares.slice(1)
  return { entry, reasons }
}

/** Makes a sentence such as `Price “1.234,56” is not a number such as 1234.56.` */
function sentence(field: keyof Entry, value: string | undefined, reason: string): string {
  const name = columns[field] ?? field[0]!.toUpperCase() + field.slice(1)
  const quoted = value ? ` “${shortened(value)}”` : ''
  if (reason.startsWith('is not')) return `${name}${quoted} ${reason}.`
  return `${name}${reason.startsWith('“') ? '' : quoted}: ${shortened(reason)}.`
}

const columns: Partial<Record<keyof Entry, string>> = {
  symbol: 'Ticker',
  unitsDay: 'Units Day',
  units: 'Share Units',
  listingCurrency: 'Listing Currency',
}

function shortened(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** One warning for all numbers with more decimals than are kept. */
function roundingsOf([first, ...others]: Lines): string[] {
  if (!first) return []
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return [`Numbers with more than ten decimals are rounded (line ${first.line}: ${first.reason}${more}).`]
}

function warningsOf(read: number, rejected: number, skipped: Lines): string[] {
  const warnings: string[] = []
  if (read + rejected + skipped.length === 0) warnings.push('The file has a header but no rows below it.')
  if (rejected > MOST_REJECTED) {
    warnings.push(`${rejected} rows were rejected; the first ${MOST_REJECTED} are listed.`)
  }
  for (const [reason, rows] of Map.groupBy(skipped, (row) => row.reason)) {
    const lines = rows.slice(0, 5).map((row) => row.line)
    const more = rows.length > lines.length ? ', …' : ''
    warnings.push(
      `${rows.length} ${rows.length === 1 ? 'row was skipped (line' : 'rows were skipped (lines'} ${lines.join(', ')}${more}): ${reason}.`,
    )
  }
  return warnings
}
