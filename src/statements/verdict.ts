import type { Day } from '../portfolio/day.ts'
import { type TransactionDraft, type Entry, readEntry } from '../portfolio/entry.ts'
import type { Row } from './csv.ts'
import { plainDay, plainNumber } from './spelling.ts'
import type { Reading } from './statement-format.ts'

/** The longest note takes a quarter of it. */
const LONGEST_CELL = 4096

/** What becomes of a reading: a transaction with what was rounded in it, or why there is none. */
export type Verdict =
  | { transaction: TransactionDraft; notes: string[] }
  | { skip: string }
  | { reason: string }

/** Why a row is not read at all. */
export function faultOf(row: Row, width: number): string | null {
  const long = row.cells.find((cell) => cell.length > LONGEST_CELL)
  if (long !== undefined)
    return `A cell has ${long.length} characters; at most ${LONGEST_CELL} are read: “${shortened(long)}”.`
  // $1,234.50 without quotes becomes two cells, which would move the others to wrong columns; Robinhood's footnote
  // stands alone beyond the last column
  const within = row.cells.slice(0, width).some((cell) => cell !== '')
  if (within && row.cells.slice(width).some((cell) => cell !== ''))
    return `This row has ${row.cells.length} cells, but the header has ${width}: put quotes around a cell that contains a comma.`
  return null
}

/** The transaction of a reading, or what of it the ledger cannot take. */
export function verdictOf(spelled: Reading, row: Row, today: Day): Verdict {
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
  for (const field of ['date', 'unitsDay', 'acquired', 'review'] as const) {
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

/** A text of the file, on one line and not too long to be read. */
export function shortened(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
