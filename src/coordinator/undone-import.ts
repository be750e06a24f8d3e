import { kinds } from '../portfolio/kind.ts'
import { becameOf, oversales, rowsOfSymbols, sourcesOf } from '../portfolio/oversale.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { splitsOfAll } from '../storage/corporate-actions.ts'
import { appendAudit } from '../storage/audit.ts'
import type { Statement } from '../storage/database.ts'
import type { Origin } from '../storage/deleted-transactions.ts'
import { type ImportRecord, importOf, markUndone, rowsOfImport } from '../storage/imports.ts'
import { deleteTransactions, type Recorded } from '../storage/transactions.ts'
import { auditAndTracking, type Editing } from './transaction-edits.ts'

/** What undoing an import would delete, and what depends on that. */
export type Undoing = {
  import: ImportRecord
  /** The number of its rows that are still there, and of those among them that were edited since. */
  rows: number
  edited: number
  /** A sentence for each sale and each dividend of other rows that would lack shares without these. */
  lacking: string[]
}

export type UndoEdit =
  /** The answer is the number of deleted rows; the stages delete them, and the record says so. */
  | { status: 'ok'; value: number; after: Recorded[]; stages: Statement[][]; record: Statement[] }
  /** Sales or dividends would lack shares, and nobody has said that this may be. */
  | { status: 'lacking'; undoing: Undoing }
  | { status: 'missing' }

/** Null when the portfolio has no such import. */
export async function undoingOf(editing: Editing, importId: string): Promise<Undoing | null> {
  return (await found(editing, importId))?.undoing ?? null
}

/**
 * Deletes all rows of an import that are still there, whatever was edited in them since; each can be restored by itself, and
 * the same file imported again brings all back. Where sales or dividends of other rows would lack shares it is done only with
 * `anyway`. `rows` is how many rows there were, if some are deleted already.
 */
export async function undoImport(
  editing: Editing,
  importId: string,
  { anyway, rows }: { anyway: boolean; rows?: number },
): Promise<UndoEdit> {
  const all = await found(editing, importId)
  if (!all) return { status: 'missing' }
  const { undoing, origins, deleted, after } = all
  const { accepted, format, undoneAt } = undoing.import
  if (undoing.lacking.length > 0 && !anyway) return { status: 'lacking', undoing }
  if (deleted.length === 0 && (undoneAt !== null || accepted === 0))
    return { status: 'ok', value: 0, after, stages: [], record: [] }
  const { db, portfolio, actor, now } = editing
  const value = rows ?? deleted.length
  const entries = deleted.map((row) => ({
    action: 'delete' as const,
    subject: `transaction:${row.id}`,
    before: { ...row, ...origins.get(row.id) },
    after: null,
  }))
  const undone = {
    action: 'delete' as const,
    subject: `import:${importId}`,
    before: { format, accepted: value, duplicates: 0, rejected: 0 },
    after: null,
  }
  return {
    status: 'ok',
    value,
    after,
    stages: Array.from({ length: Math.ceil(deleted.length / A_STAGE) }, (_, i) => {
      const [from, to] = [i * A_STAGE, (i + 1) * A_STAGE]
      return [
        ...appendAudit(db, portfolio.id, actor, entries.slice(from, to), now),
        ...deleteTransactions(
          portfolio.id,
          deleted.slice(from, to).map(({ id }) => id),
        ),
      ]
    }),
    record: [markUndone(db, importId, now), ...auditAndTracking(editing, after, undone)],
  }
}

/** So many rows are deleted by one transaction, where that is not all. */
const A_STAGE = 1000

async function found(
  editing: Editing,
  importId: string,
): Promise<{
  undoing: Undoing
  origins: Map<string, Origin>
  deleted: Recorded[]
  after: Recorded[]
} | null> {
  const { db, portfolio, transactions } = editing
  const record = await importOf(db, portfolio.id, importId)
  if (!record) return null
  const origins = await rowsOfImport(db, portfolio.id, importId)
  const deleted = transactions.filter(({ id }) => origins.has(id))
  const after = transactions.filter(({ id }) => !origins.has(id))
  const undoing = {
    import: record,
    rows: deleted.length,
    edited: deleted.filter(({ version }) => version > 1).length,
    lacking: await lackingWithout(editing, deleted, after),
  }
  return { undoing, origins, deleted, after }
}

async function lackingWithout(
  { db, portfolio, transactions: before }: Editing,
  deleted: readonly Recorded[],
  after: readonly Recorded[],
): Promise<string[]> {
  const symbols = [
    ...becameOf(
      before,
      deleted.flatMap(({ symbol }) => symbol ?? []),
    ),
  ]
  const splits = await splitsOfAll(db, [
    ...new Set(symbols.flatMap((symbol) => [...sourcesOf(before, symbol)])),
  ])
  const known = (symbol: string) => splits.get(symbol) ?? []
  const [were, stay] = [rowsOfSymbols(before), rowsOfSymbols(after)]
  return symbols.flatMap((symbol) => {
    const faults = (rows: readonly Transaction[]) =>
      oversales(rows, symbol, known(symbol), undefined, known, portfolio.costBasis)
    const old = new Set(faults(were(symbol)).map((sale) => sale.transaction))
    return [
      ...faults(stay(symbol))
        .filter((sale) => !old.has(sale.transaction))
        .map((sale) => sale.sentence),
      ...incomeWithout(symbol, deleted, stay(symbol)),
    ]
  })
}

/** Income of other rows from a symbol of which nothing that stays brought shares by then. */
function incomeWithout(
  symbol: string,
  deleted: readonly Transaction[],
  stay: readonly Transaction[],
): string[] {
  const firstOf = (rows: readonly Transaction[]) =>
    rows
      .filter(
        (row) =>
          row.terms?.newSymbol === symbol || (row.symbol === symbol && kinds[row.type].shares === 'in'),
      )
      .map(({ date }) => date)
      .toSorted()[0] ?? NEVER
  const [gone, kept] = [firstOf(deleted), firstOf(stay)]
  return stay
    .filter((row) => row.symbol === symbol && income.has(row.type) && row.date >= gone && row.date < kept)
    .map(({ type, date }) =>
      type === 'return_of_capital'
        ? `${date}: capital that ${symbol} returned, of which nothing would be held`
        : `${date}: a dividend of ${symbol}, of which nothing would be held`,
    )
}

const NEVER = '9999-12-31'
const income = new Set<Transaction['type']>(['dividend', 'reinvested', 'return_of_capital'])
