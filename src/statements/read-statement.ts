import type { Day } from '../portfolio/day.ts'
import { type TransactionDraft, readEntry } from '../portfolio/entry.ts'
import { accountIn, type FileAccount } from './account-column.ts'
import type { Field } from './columns.ts'
import type { Row } from './csv.ts'
import { type Document, documentOf } from './documents.ts'
import { inOwnCurrency } from './currency-columns.ts'
import { joinedBinance } from './formats/binance.ts'
import { degiroHeader } from './formats/degiro.ts'
import { joinedAwards } from './formats/equity-awards.ts'
import { withBaseCurrency } from './formats/interactive-brokers.ts'
import { activityHeader } from './formats/translated-activity.ts'
import { joinedKraken } from './formats/kraken.ts'
import type { Closes, Reader } from './mapped-table.ts'
import { type Answers, inWords, isOpen, type Question } from './question.ts'
import { HELD, known, openedByMapping, openedTable, type Opened } from './recognize.ts'
import { dividedTrips } from './round-trips.ts'
import type { Securities } from './security.ts'
import { spinOffs } from './spin-offs.ts'
import { settled, type Unsettled } from './settled-rows.ts'
import { cellsOf, type Table, tablesOf } from './tables.ts'
import { atOnce, STEP, type Steps } from './steps.ts'
import { tellOnce } from './told-once.ts'
import { unreadable } from './unreadable.ts'
import { faultOf, shortened, verdictOf } from './verdict.ts'

export type Statement = {
  /** The name of the recognized format; `Spreadsheet` for one that was guessed. */
  format: string
  /**
   * The transactions in the order of the file, each with its line. `security` names the one that a row is about while its
   * ticker is not known (a question asks for it); its symbol is the ISIN meanwhile. `id` is the row's own where the file
   * has one.
   */
  rows: { line: number; transaction: TransactionDraft; security?: string; id?: string }[]
  /** Rows that cannot be read, by line, each with a sentence that names the field and its content. */
  rejected: { line: number; reason: string }[]
  /** The number of rejected rows; `rejected` lists at most 1,000 of them. */
  rejectedCount: number
  /** All rows that the ledger does not need or cannot hold; the warnings sum them up. */
  skipped: { line: number; reason: string }[]
  warnings: string[]
  /** What the file leaves open (question.ts). While one of them `isOpen`, there are no rows of its table. */
  questions: Question[]
  /** Sentences on what the columns have proved: `Days come first: line 5 says “25/03/2024”.` */
  evidence: string[]
  /** Columns with money that nothing was made of. */
  unused: { heading: string; line: number; cell: string }[]
  /** The headings of the largest table, what each was taken for, and the first cell below it that is not empty. */
  columns: { heading: string; field: Field | null; sample: string }[]
  /** The accounts that the file has rows of, those that were left out too; [] where no column says. */
  accounts: FileAccount[]
}

/** What a file is read with; all of it may be left out. */
export type ReadWith = {
  answers?: Answers | undefined
  /** Tickers of securities that the file names by ISIN or name. */
  securities?: Securities | undefined
  /** Closes, as evidence of what the file itself leaves open. */
  closes?: Closes | undefined
  /** Accounts of the file whose rows are passed over. */
  without?: ReadonlySet<string> | undefined
}

/**
 * Reads a file of transactions, dividends or a broker's activity. Its header tells the format; one that no format has is
 * guessed by its headings and cells (guess.ts). Other lines may stand above the header, and several tables in one file. Each
 * row is judged on its own: bad ones are rejected, at most 1,000 of them listed, and the others kept. Whether a row is
 * already in the ledger, or sells more than is held, is not checked here.
 *
 * When nothing in the file can be read, or it contradicts itself, the answer is a problem: one or two sentences for the
 * person who chose the file.
 */
export function readStatement(
  text: string,
  today: Day,
  readWith: ReadWith = {},
): Statement | { problem: string } {
  return atOnce(readingOf(text, today, readWith))
}

/** The same in steps of some thousand rows: none for a short file. */
export function* readingOf(
  text: string,
  today: Day,
  { answers = {}, securities, closes, without }: ReadWith = {},
): Steps<Statement | { problem: string }> {
  const reader: Reader = {
    today,
    answers,
    securities: securities ?? (() => null),
    closes: closes ?? null,
    separator: ',',
    without: without ?? new Set(),
  }
  const document = documentOf(text)
  if (document) return 'problem' in document ? document : yield* readDocument(document, reader)
  const csv = cellsOf(text, known)
  if ('problem' in csv) return csv
  const isLong = csv.rows.length > STEP
  const begun = { done: 0, total: csv.rows.length }
  if (isLong) yield begun
  const headed = csv.rows.map((row) => degiroHeader(row) ?? activityHeader(row) ?? row)
  const tables = withBaseCurrency(tablesOf(headed, known), csv.rows).map(
    (table) =>
      joinedKraken(table) ??
      joinedBinance(table) ??
      joinedAwards(table) ??
      inOwnCurrency(table) ??
      dividedTrips(table) ??
      table,
  )
  if (isLong) yield begun
  const read = yield* readTables(tables, { ...reader, separator: csv.separator })
  if (read === null) return { problem: unreadable(csv.rows, tables) }
  if ('problem' in read) return read
  if (read.format === HELD)
    return { problem: 'This file lists what is held, without days. Import the list of transactions instead.' }
  const faults = csv.faults.filter((fault) => fault.line > tables[0]!.header.line)
  return summed({ ...read, rejected: [...faults, ...read.rejected] })
}

type Lines = { line: number; reason: string }[]

type Found = Omit<Statement, 'warnings' | 'rejectedCount'> & { rounded: Lines }

const MOST_REJECTED = 1000

function summed({ rounded, ...found }: Found): Statement {
  const { rows, rejected, skipped, unused } = found
  return {
    ...found,
    rows: rows.toSorted((a, b) => a.line - b.line),
    rejected: rejected.toSorted((a, b) => a.line - b.line).slice(0, MOST_REJECTED),
    rejectedCount: rejected.length,
    warnings: [
      ...warningsOf(rows.length, rejected.length, skipped, found.questions),
      ...roundingsOf(rounded),
      ...unused.map(
        ({ heading, line, cell }) =>
          `The column “${shortened(heading)}” holds money that is not used (line ${line}: ${shortened(cell)}).`,
      ),
    ],
  }
}

function* readDocument(
  { header, rows, mapping }: Document,
  reader: Reader,
): Steps<Statement | { problem: string }> {
  const opened = yield* openedByMapping(mapping, header, rows, reader)
  if ('problem' in opened) return opened
  return summed(yield* rowsIn({ header, rows }, { ...opened, columns: [], unused: [] }, reader))
}

/** Null when no table is one that can be read. */
function* readTables(tables: readonly Table[], reader: Reader): Steps<Found | { problem: string } | null> {
  const read: { header: Row; found: Found }[] = []
  for (const table of tables) {
    const opened = yield* openedTable(table, reader)
    if (opened === null) continue
    if ('problem' in opened) return opened
    read.push({ header: table.header, found: yield* rowsIn(table, opened, reader) })
  }
  if (read.length > 1) tellOnce(read)
  return read.map(({ found }) => found).reduce<Found | null>((all, own) => (all ? both(all, own) : own), null)
}

function both(a: Found, b: Found): Found {
  const larger = b.rows.length > a.rows.length || a.format === HELD ? b : a
  return {
    format: larger.format,
    columns: larger.columns,
    rows: [...a.rows, ...b.rows],
    rejected: [...a.rejected, ...b.rejected],
    skipped: [...a.skipped, ...b.skipped],
    rounded: [...a.rounded, ...b.rounded],
    questions: [...a.questions, ...b.questions],
    evidence: [...a.evidence, ...b.evidence],
    unused: [...a.unused, ...b.unused],
    accounts: [...Map.groupBy([...a.accounts, ...b.accounts], ({ name }) => name)].map(([name, each]) => ({
      name,
      rows: each.reduce((sum, { rows }) => sum + rows, 0),
    })),
  }
}

function* rowsIn({ header, rows }: Table, opened: Opened, { today, without, answers }: Reader): Steps<Found> {
  const { format, unused, columns, evidence, read } = opened
  const found: Found = {
    format,
    unused,
    columns,
    evidence,
    rows: [],
    rejected: [],
    skipped: [],
    rounded: [],
    questions: [],
    accounts: [],
  }
  const unsettled: Unsettled[] = []
  const spunOff = spinOffs(answers)
  const account = accountIn(header)
  const counts = new Map<string, number>()
  if (read)
    for (const [i, row] of rows.entries()) {
      if (i > 0 && i % STEP === 0) yield { done: i, total: rows.length }
      const own = account(row)
      if (own !== '') counts.set(own, (counts.get(own) ?? 0) + 1)
      if (without.has(own)) continue
      const fault = faultOf(row, header.cells.length)
      if (fault) found.rejected.push({ line: row.line, reason: fault })
      else {
        const own = read(row)
        const readings = own.readings.map((each) => spunOff.settled(each, row.line))
        judge(found, unsettled, row, { ...own, readings }, today)
      }
    }
  settle(found, unsettled, today)
  found.questions = [...opened.questions(), ...spunOff.questions()]
  found.accounts = [...counts].map(([name, count]) => ({ name, rows: count }))
  return found
}

/** Puts together what only several rows of the table say (settled-rows.ts). */
function settle(found: Found, unsettled: readonly Unsettled[], today: Day): void {
  if (unsettled.length === 0) return
  const { rows, entries, skipped } = settled(found.rows, unsettled)
  const read = entries.flatMap(({ lines: [line, ...rest], entry, others }) => {
    const verdict = readEntry(entry, today)
    if (!('transaction' in verdict)) return []
    skipped.push(...rest.map((other) => ({ line: other, reason: others })))
    return [{ line: line!, transaction: verdict.transaction }]
  })
  const done = new Set([...read, ...skipped].map(({ line }) => line))
  found.rows = [...rows, ...read]
  found.rejected = found.rejected.filter(({ line }) => !done.has(line))
  found.skipped.push(...skipped)
}

/** A row can stand for more than one transaction, such as a dividend and its tax: all of them are kept, or none. */
function judge(
  found: Found,
  unsettled: Unsettled[],
  row: Row,
  { readings, id, security }: ReturnType<NonNullable<Opened['read']>>,
  today: Day,
): void {
  const { line } = row
  const verdicts = readings.map((reading) => verdictOf(reading, row, today))
  const bad = verdicts.find((verdict) => 'reason' in verdict)
  if (bad) {
    found.rejected.push({ line, reason: bad.reason })
    for (const each of readings) if ('reject' in each && each.of) unsettled.push({ ...each.of, line })
    return
  }
  for (const verdict of verdicts) {
    if ('skip' in verdict) found.skipped.push({ line, reason: verdict.skip })
    if (!('transaction' in verdict)) continue
    found.rows.push({
      line,
      transaction: verdict.transaction,
      ...(security && { security }),
      ...(id && { id }),
    })
    for (const note of verdict.notes) found.rounded.push({ line, reason: note })
  }
}

/** One warning for all numbers with more decimals than are kept. */
function roundingsOf([first, ...others]: Lines): string[] {
  if (!first) return []
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return [`Numbers with more than ten decimals are rounded (line ${first.line}: ${first.reason}${more}).`]
}

function warningsOf(
  read: number,
  rejected: number,
  skipped: Lines,
  questions: readonly Question[],
): string[] {
  const warnings = questions.filter((question) => !isOpen(question)).map(inWords)
  if (read + rejected + skipped.length + questions.length === 0)
    warnings.push('The file has a header but no rows below it.')
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
