import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Entry, Fault } from '../portfolio/entry.ts'
import { kinds } from '../portfolio/kind.ts'
import { becameOf, oversales, sourcesOf } from '../portfolio/oversale.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { rowKeys, rowOf } from '../statements/row-key.ts'
import type { Database, Statement } from '../storage/database.ts'
import { splitsOfAll } from '../storage/corporate-actions.ts'
import { type Portfolio, symbolsOf } from '../storage/portfolios.ts'
import { appendAudit, type AuditEntry } from '../storage/audit.ts'
import { trackSymbols } from '../storage/tracked.ts'
import { deletedTransaction, originOf, restoreRow } from '../storage/deleted-transactions.ts'
import {
  deleteTransactions,
  insertTransactions,
  isKeyTaken,
  keysLike,
  type NewTransaction,
  type Recorded,
  updateTransaction,
} from '../storage/transactions.ts'
import { readEntered } from './entered.ts'

/**
 * An edit that is allowed: the statements for one D1 transaction, the answer once they are stored, and the
 * portfolio's transactions after that, in the order of entry.
 */
export type Edit<T> = { status: 'ok'; statements: Statement[]; value: T; after: Recorded[] } | Refused

/** An edit that is not allowed. Nothing was written. */
export type Refused =
  | { status: 'refused'; faults: Fault[] }
  | { status: 'conflict'; current: Recorded }
  | { status: 'duplicate'; existing: Recorded }
  /** Another request was carried out with this idempotency key. */
  | { status: 'used' }
  | { status: 'missing' }

/** A row as it was written, with remarks on how it was read. */
export type Noted = Recorded & { notes?: string[] }

/** Who edits what, and when. The transactions are all of the portfolio's, in the order of entry. */
export type Editing = {
  db: Database
  portfolio: Portfolio
  transactions: readonly Recorded[]
  actor: string
  today: Day
  now: number
}

/** With `askFirst` a row with the content of an existing one is not added; the answer names the existing one. */
export async function addTransaction(
  editing: Editing,
  entry: Entry,
  id: string,
  askFirst = false,
): Promise<Edit<Noted>> {
  const { portfolio, now, transactions: before } = editing
  const read = await readEntered(editing, entry)
  if ('faults' in read) return { status: 'refused', faults: read.faults }
  const transaction: Transaction = { id, ...read.transaction }
  const existing = askFirst ? before.find((row) => isSameTransaction(row, transaction)) : undefined
  if (existing) return { status: 'duplicate', existing }
  const last = lastNumber(before)
  const value: Recorded = { ...transaction, version: 1, sequence: last + 1 }
  const after = [...before, value]
  const effect = kinds[transaction.type].shares
  // what only adds shares or cash leaves every sale possible
  const mayOversell = (effect !== undefined && effect !== 'in') || transaction.terms?.newSymbol !== undefined
  const refused = mayOversell ? await refusal(editing, after, [transaction.symbol], '', id) : null
  if (refused) return refused
  return {
    status: 'ok',
    value: { ...value, notes: read.notes },
    after,
    statements: [
      ...insertTransactions(portfolio.id, await keyed(editing, [transaction]), last, null, now),
      ...auditAndTracking(editing, after, {
        action: 'create',
        subject: `transaction:${id}`,
        before: null,
        after: transaction,
      }),
    ],
  }
}

/** The amount of a trade is worked out: who sends back the one that was read does not mean it. */
function withoutEcho(entry: Entry, { type, shares, amount }: Recorded): Entry {
  const isEcho = shares !== null && entry.type === type && entry.amount === text(amount)
  return isEcho ? { ...entry, amount: '' } : entry
}

/** `version` is the one that the editor saw. When the row has changed since, the edit is a conflict. */
export async function editTransaction(
  editing: Editing,
  id: string,
  version: number,
  entry: Entry,
): Promise<Edit<Noted>> {
  const { db, now, transactions: before } = editing
  const current = before.find((row) => row.id === id)
  if (!current) return { status: 'missing' }
  if (current.version !== version) return { status: 'conflict', current }
  const read = await readEntered(editing, withoutEcho(entry, current), current)
  if ('faults' in read) return { status: 'refused', faults: read.faults }
  const transaction: Transaction = { id, ...read.transaction }
  const value: Recorded = { ...transaction, version: version + 1, sequence: current.sequence }
  const after = before.map((row) => (row.id === id ? value : row))
  const refused = await refusal(editing, after, [current.symbol, transaction.symbol], '', id)
  if (refused) return refused
  return {
    status: 'ok',
    value: { ...value, notes: read.notes },
    after,
    statements: [
      updateTransaction(db, version, transaction, now),
      ...auditAndTracking(editing, after, {
        action: 'update',
        subject: `transaction:${id}`,
        before: current,
        after: transaction,
      }),
    ],
  }
}

export async function removeTransaction(editing: Editing, id: string): Promise<Edit<Recorded>> {
  const { db, portfolio, transactions: before } = editing
  const current = before.find((row) => row.id === id)
  if (!current) return { status: 'missing' }
  const origin = await originOf(db, portfolio.id, id)
  const after = before.filter((t) => t.id !== id)
  const refused = await refusal(editing, after, [current.symbol], 'without this transaction: ')
  if (refused) return refused
  return {
    status: 'ok',
    value: current,
    after,
    statements: [
      ...deleteTransactions(portfolio.id, [id]),
      ...auditAndTracking(editing, after, {
        action: 'delete',
        subject: `transaction:${id}`,
        before: { ...current, ...origin },
        after: null,
      }),
    ],
  }
}

/**
 * Undoes a deletion: the same row in its old place. When it is back already, it is the answer, however often this is
 * called.
 */
export async function restoreTransaction(editing: Editing, id: string): Promise<Edit<Recorded>> {
  const { db, portfolio, now, transactions: before } = editing
  const present = before.find((row) => row.id === id)
  if (present) return { status: 'ok', value: present, statements: [], after: [...before] }
  const deleted = await deletedTransaction(db, portfolio.id, id)
  if (!deleted) return { status: 'missing' }
  // whoever is still editing the row from before its deletion gets a conflict
  const transaction = { ...deleted.transaction, version: deleted.transaction.version + 1 }
  const isTaken = before.some(({ sequence }) => sequence === transaction.sequence)
  const later = isTaken ? before.filter(({ sequence }) => sequence >= transaction.sequence) : []
  const earlier = before.slice(0, before.length - later.length)
  const moved = later.map((row) => ({ ...row, sequence: row.sequence + 1 }))
  const after = [...earlier, transaction, ...moved].toSorted((a, b) => a.sequence - b.sequence)
  const refused = await refusal(editing, after, [transaction.symbol], 'with this transaction: ')
  if (refused) return refused
  const { rowKey, importId = null, createdAt = now } = deleted.origin
  const isFree = rowKey !== undefined && !(await isKeyTaken(db, portfolio.id, rowKey))
  const own = isFree ? rowKey : (await keyed(editing, [transaction]))[0]!.rowKey
  const origin = { rowKey: own, importId, createdAt }
  return {
    status: 'ok',
    value: transaction,
    after,
    statements: [
      ...restoreRow(
        db,
        portfolio.id,
        transaction,
        origin,
        later.map((row) => row.id),
        now,
      ),
      ...auditAndTracking(editing, after, {
        action: 'restore',
        subject: `transaction:${id}`,
        before: null,
        after: transaction,
      }),
    ],
  }
}

/**
 * Compares the content of row keys (row-key.ts) except fee and currency: somebody who leaves them out, or adds them
 * the second time, means the same trade, and is asked first.
 */
function isSameTransaction(a: Transaction, b: Transaction): boolean {
  const plain = (row: Transaction) => rowKeys([{ ...row, fee: 0n, currency: null }])[0]
  return a.date === b.date && a.type === b.type && plain(a) === plain(b)
}

/** New rows get the next free ordinals among equal rows, so that a file with the same row recognizes them. */
export async function keyed(
  { db, portfolio }: Pick<Editing, 'db' | 'portfolio'>,
  added: readonly Transaction[],
): Promise<NewTransaction[]> {
  const taken = await keysLike(db, portfolio.id, added.map(rowOf))
  return withKeys(added, taken)
}

/** The same, where the keys of their equals are known, and the ids that a file gave them. */
export function withKeys(
  added: readonly Transaction[],
  taken: ReadonlyMap<string, string>,
  ids: readonly (string | undefined)[] = [],
): NewTransaction[] {
  const keys = rowKeys(added, new Set(taken.values()), ids)
  return added.map((transaction, i) => ({ transaction, rowKey: keys[i]! }))
}

/** The number of the last row in the order of entry; 0 when there is none. */
export function lastNumber(transactions: readonly Recorded[]): number {
  return transactions.at(-1)?.sequence ?? 0
}

/** What every edit leaves behind: its entries in the log, and the symbols whose prices the portfolio needs now. */
export function auditAndTracking(
  { db, portfolio, transactions, actor, now }: Editing,
  after: readonly Transaction[],
  ...entries: AuditEntry[]
): Statement[] {
  const symbols = symbolsOf(portfolio, after)
  const isTracked = symbols.join() === symbolsOf(portfolio, transactions).join()
  return [
    ...appendAudit(db, portfolio.id, actor, entries, now),
    // a new portfolio tracks nothing yet
    ...(isTracked && transactions.length > 0 ? [] : trackSymbols(portfolio, symbols)),
  ]
}

/** Returns null unless a change takes away shares from a sale that had them before; `edited` is a row that is written. */
async function refusal(
  { db, portfolio, transactions: before }: Editing,
  after: readonly Transaction[],
  symbols: readonly (string | null)[],
  when = '',
  edited?: string,
): Promise<Refused | null> {
  const rows = [...before, ...after]
  const asked = becameOf(
    rows,
    symbols.filter((symbol) => symbol !== null),
  )
  const splits = await splitsOfAll(db, [...new Set([...asked].flatMap((each) => [...sourcesOf(rows, each)]))])
  const known = (symbol: string) => splits.get(symbol) ?? []
  for (const symbol of asked) {
    const faults = (rows: readonly Transaction[]) =>
      oversales(rows, symbol, known(symbol), undefined, known, portfolio.costBasis)
    const old = new Set(faults(before).map((sale) => sale.transaction))
    const oversold = faults(after).find((sale) => !old.has(sale.transaction))
    if (!oversold) continue
    const field = oversold.isOfLots && oversold.transaction === edited ? 'lots' : 'shares'
    return { status: 'refused', faults: [{ field, reason: when + oversold.sentence }] }
  }
  return null
}
