import { CsvError, parse } from 'csv-parse/sync'

/** One record of the file: the line where it starts, counted from 1, and its cells without surrounding blanks. */
export type Row = { line: number; cells: string[] }

/**
 * Reads the records of a file of cells with a separator between them (RFC 4180, where that is a comma): quoted cells
 * may contain commas, newlines and doubled quotes. Rows may differ in length, and blank ones are left out. Any line
 * ending and a byte order mark are accepted.
 *
 * A line whose quotes do not match becomes a fault, and reading continues with the next line, so that a stray quote
 * never swallows what follows. A file that is empty, too large, not text, or broken throughout is a problem,
 * described in one sentence.
 */
export function rowsOf(
  text: string,
  separator: Separator = ',',
): { rows: Row[]; faults: Faults } | { problem: string } {
  const problem = notCsv(text)
  if (problem) return { problem }
  let rest = withoutFormulas(plain(text.replace(/^\uFEFF/, '')))
  const rows: Row[] = []
  const faults: Faults = []
  const plainLines = unquotedLines(rest)
  if (plainLines) {
    for (const [i, own] of plainLines.entries()) addRow(rows, i + 1, own.split(separator))
    return { rows, faults }
  }
  let line = 1
  for (;;) {
    const stopped = readUntilFault(rest, line, rows, separator)
    if (stopped === null) return { rows, faults }
    faults.push({
      line: stopped,
      reason: 'This row has a quotation mark that is never closed, or one in the middle of a cell.',
    })
    if (faults.length > MOST_FAULTS) {
      const first = faults[0]!.line
      return {
        problem: `Quotation marks don’t match on more than ${MOST_FAULTS} lines, the first of them line ${first}.`,
      }
    }
    for (; line <= stopped; line++) rest = rest.slice(rest.indexOf('\n') + 1 || rest.length)
  }
}

export const separators = [',', ';', '\t', '|'] as const
export type Separator = (typeof separators)[number]

/** The text as it is read back after it was written into a cell. */
export function afterReading(text: string): string {
  return withoutBlanks(plain(text))
}

/** Some programs write `="0123"`, a formula of a spreadsheet, so that a number is taken for a text. */
function withoutFormulas(text: string): string {
  return text.includes('="') ? text.replace(/(?<=^|[,;\t|])="([^"\n]*)"(?=[,;\t|]|$)/gm, '"$1"') : text
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\u00A0/g, ' ')
}

/**
 * The lines of a text without quotes, in which each is a row and every separator ends a cell: the library takes several
 * times as long for it. Null for other texts, and where a line is longer than a row may be.
 */
function unquotedLines(text: string): string[] | null {
  if (text.includes('"')) return null
  const lines = text.split('\n')
  return lines.some(({ length }) => length > MOST_BYTES_A_ROW / MOST_BYTES_A_CHARACTER) ? null : lines
}

function addRow(rows: Row[], line: number, read: readonly string[]): void {
  const cells = read.map(withoutBlanks)
  if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
}

export type Faults = { line: number; reason: string }[]

/** The Durable Object that reads statements has 128 MB, and a row takes many times its text in memory. */
const MOST_CHARACTERS = 5_000_000
const MOST_FAULTS = 100
/** No row is this long, so a quote that is never closed is noticed here and not at the end of the file. */
const MOST_BYTES_A_ROW = 65_536
const MOST_BYTES_A_CHARACTER = 3

export function notCsv(text: string): string | null {
  if (text.trim() === '') return 'The file is empty.'
  if (text.length > MOST_CHARACTERS) {
    return `The file is too large: it is ${Math.ceil(text.length / 1e6)} MB, and the limit is ${MOST_CHARACTERS / 1e6} MB. Split it, for example by year.`
  }
  if (text.includes('\0') || controlShare(text.slice(0, 10_000)) > 0.02) {
    return 'This is not a text file. Save your spreadsheet as CSV (UTF-8) and import that.'
  }
  return null
}

/**
 * The share of control characters (tab and line ends aside) and of the characters that a decoder puts in place of
 * invalid UTF-8.
 */
function controlShare(text: string): number {
  let controls = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127 || code === 0xfffd) controls++
  }
  return controls / text.length
}

/**
 * Adds the rows up to the first fault, and returns the line where that record starts; null when there is no fault.
 */
function readUntilFault(text: string, firstLine: number, rows: Row[], separator: Separator): number | null {
  let line = firstLine
  try {
    parse(text, {
      delimiter: separator,
      // programs that separate cells with anything else seldom know the rules for quotes
      relax_quotes: separator !== ',',
      relax_column_count: true,
      // with tabs between cells, those of empty cells would be trimmed away
      trim: separator !== '\t',
      record_delimiter: '\n',
      max_record_size: MOST_BYTES_A_ROW,
      on_record: (record: string[], { lines }) => {
        addRow(rows, line, record)
        line = firstLine + lines
        return null
      },
    })
    return null
  } catch (error) {
    if (error instanceof CsvError) return line
    throw error
  }
}

/**
 * Removes surrounding blanks, also those that spreadsheets and web pages leave: no-break and zero-width spaces,
 * direction marks. A regular expression would read a run of blanks in the middle of a cell again from each of them.
 */
function withoutBlanks(cell: string): string {
  let [start, end] = [0, cell.length]
  while (start < end && BLANK.test(cell[start]!)) start++
  while (end > start && BLANK.test(cell[end - 1]!)) end--
  return cell.slice(start, end)
}

const BLANK = /[\s\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/
