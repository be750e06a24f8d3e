import { addDays, type Day } from './day.ts'

// After each close a row says which transactions there are, and what they have come to. Each holds the hash of the one before
// it, so that none can be changed or put in later. `scripts/verify-track-record.mjs` checks an export of it, and imports
// nothing of ours: what is hashed here is what it hashes.

/** One row for each close; hashes are SHA-256 in hexadecimal digits. */
export type RecordedClose = {
  /** From 1. */
  number: number
  /** The session after whose close it was made. */
  day: Day
  /** When, in milliseconds; later than the evening where that was missed. */
  at: number
  /** Of the snapshot that showed it. */
  revision: number
  /** The time-weighted index at the close, which begins at 1; null without one. */
  index: string | null
  /** Purchases and sales, and those of them that were recorded within three days. */
  trades: number
  prompt: number
  /** The hashes of transactions that the row before does not have, and of those that are not there any more: a transaction that
   * was changed is in both lists. */
  added: string[]
  removed: string[]
  /** Of all that are there now. */
  ledger: string
  /** Of the row before; `START` for the first. */
  previous: string
  hash: string
}

/** A transaction as a file has it (statements/everything.ts). */
export type RecordedLine = Record<string, unknown>

export const START = '0'.repeat(64)

/** A trade that is recorded so many days after its own, or fewer, was recorded before its results. */
export const PROMPT_DAYS = 3

/**
 * What is hashed of a transaction: what its figures follow from, and when it was entered. Not its note and its day of review,
 * and not what the app finds out later: the share units it is in, and the currency of its listing.
 */
const recordedFields = [
  'ticker',
  'type',
  'date',
  'price',
  'shares',
  'fee',
  'amount',
  'ratio',
  'currency',
  'acquired',
  'cost',
  'lots',
  'new_ticker',
  'cost_share',
  'share_units',
  'row_key',
  'created_at',
] as const

/** Returns the text of which a transaction's hash is made: a line for each field, `price: "116"`, those that it lacks as null. */
export function transactionText(line: RecordedLine): string {
  return recordedFields.map((field) => `${field}: ${JSON.stringify(line[field] ?? null)}\n`).join('')
}

/** Returns the text of which the hash of all transactions is made: their hashes in order, one a line. */
export function ledgerText(hashes: Iterable<string>): string {
  return [...hashes]
    .toSorted()
    .map((hash) => `${hash}\n`)
    .join('')
}

/** Returns the text of which a row's hash is made. */
export function closeText(portfolio: string, close: Omit<RecordedClose, 'hash'>): string {
  return [
    'yardstick track record 1',
    `portfolio: ${portfolio}`,
    `number: ${close.number}`,
    `day: ${close.day}`,
    `at: ${new Date(close.at).toISOString()}`,
    `revision: ${close.revision}`,
    `index: ${close.index ?? 'none'}`,
    `trades: ${close.trades}`,
    `prompt: ${close.prompt}`,
    `added: ${close.added.join(' ')}`,
    `removed: ${close.removed.join(' ')}`,
    `ledger: ${close.ledger}`,
    `previous: ${close.previous}`,
    '',
  ].join('\n')
}

/** What a close adds to the rows before it; `lines` are all transactions by their hashes. */
export function nextClose(
  before: readonly RecordedClose[],
  lines: ReadonlyMap<string, RecordedLine>,
  made: Pick<RecordedClose, 'day' | 'at' | 'revision' | 'index'>,
): Omit<RecordedClose, 'hash' | 'ledger'> {
  const recorded = recordedDays(before)
  const added = [...lines.keys()].filter((hash) => !recorded.has(hash)).toSorted()
  const removed = [...recorded.keys()].filter((hash) => !lines.has(hash)).toSorted()
  const today = dayOf(made.at)
  const trades = [...lines].filter(([, { type }]) => type === 'buy' || type === 'sell')
  const prompt = trades.filter(
    ([hash, { date }]) => (recorded.get(hash) ?? today) <= addDays(date as Day, PROMPT_DAYS),
  )
  return {
    ...made,
    number: before.length + 1,
    trades: trades.length,
    prompt: prompt.length,
    added,
    removed,
    previous: before.at(-1)?.hash ?? START,
  }
}

/** The days on which the transactions were recorded that are there after these rows, by their hashes. */
function recordedDays(rows: readonly RecordedClose[]): Map<string, Day> {
  const days = new Map<string, Day>()
  for (const { at, added, removed } of rows) {
    for (const hash of removed) days.delete(hash)
    for (const hash of added) days.set(hash, dayOf(at))
  }
  return days
}

function dayOf(instant: number): Day {
  return new Date(instant).toISOString().slice(0, 10)
}
