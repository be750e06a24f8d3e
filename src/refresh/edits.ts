import type { Day } from '../portfolio/day.ts'
import type { DividendProposal } from '../portfolio/dividend-proposal.ts'
import { type Entry, type Fault, readEntry } from '../portfolio/entry.ts'
import { oversales } from '../portfolio/ledger.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { readStatement } from '../statements/read-statement.ts'
import { rowKeys } from '../statements/row-key.ts'
import type { Database, Statement } from '../storage/database.ts'
import { historyStates, splitsOf } from '../storage/market-data.ts'
import { type Portfolio, symbolsOf } from '../storage/portfolios.ts'
import { appendAudit, type Deed, insertImport } from '../storage/records.ts'
import { trackSymbols } from '../storage/tracked.ts'
import {
  allTransactions,
  deleteTransaction,
  insertTransactions,
  keysLike,
  type NewTransaction,
  type Recorded,
  rowKeysOf,
  transactionOf,
  updateTransaction,
} from '../storage/transactions.ts'

/** An edit that may be made: statements for one D1 transaction, and what to answer once they are in. */
export type Edit<T> = { status: 'ok'; statements: Statement[]; value: T } | Refused

/** An edit that may not be made. Nothing was written. */
export type Refused =
  | { status: 'refused'; faults: Fault[] }
  | { status: 'conflict'; current: Recorded }
  | { status: 'missing' }

/** Who edits what, and when. */
export type Editing = { db: Database; portfolio: Portfolio; actor: string; today: Day; now: number }

export async function addTransaction(editing: Editing, entry: Entry, id: string): Promise<Edit<string>> {
  const { db, portfolio, now, today } = editing
  const read = readEntry(entry, today)
  if ('faults' in read) return { status: 'refused', faults: read.faults }
  const transaction: Transaction = { id, ...read.transaction }
  const before = await allTransactions(db, portfolio.id)
  const after = [...before, transaction]
  const oversold = await newOversales(db, before, after, [transaction.symbol])
  if (oversold.length > 0)
    return { status: 'refused', faults: [{ field: 'shares', reason: oversold[0]!.sentence }] }
  return {
    status: 'ok',
    value: id,
    statements: [
      ...insertTransactions(db, portfolio.id, await keyed(editing, [transaction]), null, now),
      ...kept(editing, after, {
        action: 'create',
        subject: `transaction:${id}`,
        before: null,
        after: transaction,
      }),
    ],
  }
}

/** `version` is the one the editor saw: when the row has moved on since, the edit is a conflict. */
export async function editTransaction(
  editing: Editing,
  id: string,
  version: number,
  entry: Entry,
): Promise<Edit<string>> {
  const { db, portfolio, now, today } = editing
  const current = await transactionOf(db, portfolio.id, id)
  if (!current) return { status: 'missing' }
  if (current.version !== version) return { status: 'conflict', current }
  const read = readEntry(entry, today)
  if ('faults' in read) return { status: 'refused', faults: read.faults }
  const transaction: Transaction = { id, ...read.transaction }
  const before = await allTransactions(db, portfolio.id)
  const after = before.map((t) => (t.id === id ? transaction : t))
  const oversold = await newOversales(db, before, after, [current.symbol, transaction.symbol])
  if (oversold.length > 0)
    return { status: 'refused', faults: [{ field: 'shares', reason: oversold[0]!.sentence }] }
  return {
    status: 'ok',
    value: id,
    statements: [
      updateTransaction(db, version, transaction, now),
      ...kept(editing, after, {
        action: 'update',
        subject: `transaction:${id}`,
        before: current,
        after: transaction,
      }),
    ],
  }
}

export async function removeTransaction(editing: Editing, id: string): Promise<Edit<string>> {
  const { db, portfolio } = editing
  const current = await transactionOf(db, portfolio.id, id)
  if (!current) return { status: 'missing' }
  const before = await allTransactions(db, portfolio.id)
  const after = before.filter((t) => t.id !== id)
  const oversold = await newOversales(db, before, after, [current.symbol])
  if (oversold.length > 0) {
    return {
      status: 'refused',
      faults: [{ field: 'shares', reason: `without this row: ${oversold[0]!.sentence}` }],
    }
  }
  return {
    status: 'ok',
    value: id,
    statements: [
      deleteTransaction(db, portfolio.id, id),
      ...kept(editing, after, {
        action: 'delete',
        subject: `transaction:${id}`,
        before: current,
        after: null,
      }),
    ],
  }
}

/** Records the dividends that the market's data proposes; of `wanted` only those named (`QQQ@2012-03-16`). */
export async function acceptDividends(
  editing: Editing,
  proposals: readonly DividendProposal[],
  wanted: ReadonlySet<string> | 'all',
): Promise<{ status: 'ok'; statements: Statement[]; value: number }> {
  const { db, portfolio, now } = editing
  const accepted = proposals.filter((proposal) => wanted === 'all' || wanted.has(nameOf(proposal)))
  const added = accepted.map(({ symbol, exDay, amount }): Transaction => ({
    id: crypto.randomUUID(),
    type: 'dividend',
    symbol,
    date: exDay,
    shares: null,
    price: null,
    fee: 0n,
    amount,
    currency: null,
    ratio: null,
    note: 'from market data, on its ex-date',
  }))
  const deeds = added.map((after) => ({
    action: 'create' as const,
    subject: `transaction:${after.id}`,
    before: null,
    after,
  }))
  return {
    status: 'ok',
    value: added.length,
    statements: [
      ...insertTransactions(db, portfolio.id, await keyed(editing, added), null, now),
      ...appendAudit(db, portfolio.id, editing.actor, deeds, now),
    ],
  }
}

export function nameOf({ symbol, exDay }: DividendProposal): string {
  return `${symbol}@${exDay}`
}

/** What an import did, or would do. */
export type ImportResult = {
  import_id: string
  format: string
  accepted: number
  duplicates: number
  rejected: { line: number; reason: string }[]
  warnings: string[]
}

export type ImportEdit =
  | { status: 'ok'; statements: Statement[]; value: ImportResult }
  | { status: 'unreadable'; problem: string }

/**
 * A statement's rows that are not there yet. Rows that are there already count as duplicates; a sale of shares that
 * are not there is rejected with its line, unless the symbol's splits are still unknown: then it is kept, with a
 * warning, and judged when its history has arrived.
 */
export async function importStatement(editing: Editing, csv: string, importId: string): Promise<ImportEdit> {
  const { db, portfolio, now, today } = editing
  const statement = readStatement(csv, today)
  if ('problem' in statement) return { status: 'unreadable', problem: statement.problem }
  const known = await rowKeysOf(db, portfolio.id)
  const keys = rowKeys(statement.rows.map((row) => row.transaction))
  const fresh = statement.rows.flatMap(({ line, transaction }, i) =>
    known.has(keys[i]!)
      ? []
      : [{ line, rowKey: keys[i]!, transaction: { id: crypto.randomUUID(), ...transaction } }],
  )
  const before = await allTransactions(db, portfolio.id)
  const { oversold, warnings } = await rejectedSales(db, before, fresh)
  const accepted = fresh.filter(({ transaction }) => !oversold.has(transaction.id))
  const rejected = [
    ...statement.rejected,
    ...fresh.flatMap(({ line, transaction }) => {
      const reason = oversold.get(transaction.id)
      return reason === undefined ? [] : [{ line, reason }]
    }),
  ].toSorted((a, b) => a.line - b.line)
  const value: ImportResult = {
    import_id: importId,
    format: statement.format,
    accepted: accepted.length,
    duplicates: statement.rows.length - fresh.length,
    rejected,
    warnings: [...statement.warnings, ...warnings],
  }
  const added: NewTransaction[] = accepted
  const after = [...before, ...added.map(({ transaction }) => transaction)]
  const { format, duplicates } = value
  return {
    status: 'ok',
    value,
    statements: [
      insertImport(db, {
        id: importId,
        portfolioId: portfolio.id,
        format,
        accepted: accepted.length,
        duplicates,
        rejected,
        createdAt: now,
      }),
      ...insertTransactions(db, portfolio.id, added, importId, now),
      ...kept(editing, after, {
        action: 'import',
        subject: `import:${importId}`,
        before: null,
        after: { format, accepted: accepted.length, duplicates, rejected: rejected.length },
      }),
    ],
  }
}

/** Rows entered by hand get the next ordinal among their equals, so that a file with the same row knows them. */
async function keyed({ db, portfolio }: Editing, added: readonly Transaction[]): Promise<NewTransaction[]> {
  const bases = added.map((transaction) => rowKeys([transaction])[0]!.replace(/#1$/, ''))
  const taken =
    bases.length === 1 ? await keysLike(db, portfolio.id, bases[0]!) : await rowKeysOf(db, portfolio.id)
  return added.map((transaction, i) => {
    let ordinal = 1
    while (taken.has(`${bases[i]}#${ordinal}`)) ordinal++
    const rowKey = `${bases[i]}#${ordinal}`
    taken.add(rowKey)
    return { transaction, rowKey }
  })
}

/** What every edit leaves behind: the audit row, and the symbols whose prices are needed from now on. */
function kept(
  { db, portfolio, actor, now }: Editing,
  after: readonly Transaction[],
  deed: Deed,
): Statement[] {
  return [
    ...appendAudit(db, portfolio.id, actor, [deed], now),
    ...trackSymbols(db, portfolio.id, symbolsOf(portfolio, after)),
  ]
}

/** Sales that a change leaves without their shares, and that were not so before. */
async function newOversales(
  db: Database,
  before: readonly Transaction[],
  after: readonly Transaction[],
  symbols: readonly (string | null)[],
) {
  const found = []
  for (const symbol of new Set(symbols)) {
    if (symbol === null) continue
    const splits = await splitsOf(db, symbol)
    const old = new Set(oversales(before, symbol, splits).map((sale) => sale.transaction))
    found.push(...oversales(after, symbol, splits).filter((sale) => !old.has(sale.transaction)))
  }
  return found
}

async function rejectedSales(
  db: Database,
  before: readonly Transaction[],
  fresh: readonly { transaction: Transaction }[],
): Promise<{ oversold: Map<string, string>; warnings: string[] }> {
  const oversold = new Map<string, string>()
  const warnings: string[] = []
  const symbols = [...new Set(fresh.flatMap(({ transaction: t }) => (t.type === 'sell' ? [t.symbol!] : [])))]
  const histories = new Map((await historyStates(db, symbols)).map((state) => [state.symbol, state]))
  const added = new Set(fresh.map(({ transaction }) => transaction.id))
  const all = [...before, ...fresh.map(({ transaction }) => transaction)]
  for (const symbol of symbols) {
    const own = all.filter((t) => t.symbol === symbol)
    const first = own.reduce((day, t) => (t.date < day ? t.date : day), '9999-12-31')
    const splitsKnown = (histories.get(symbol)?.fromDay ?? '9999-12-31') <= first
    const lacking = oversales(own, symbol, await splitsOf(db, symbol), added).filter((sale) =>
      added.has(sale.transaction),
    )
    if (splitsKnown) for (const sale of lacking) oversold.set(sale.transaction, sale.sentence)
    else if (lacking[0]) {
      warnings.push(
        `${lacking[0].sentence}. The row is kept: splits of ${symbol} that would explain it are still being fetched.`,
      )
    }
  }
  return { oversold, warnings }
}
