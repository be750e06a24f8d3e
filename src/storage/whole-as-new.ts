import { sql } from 'drizzle-orm'
import { withNamesOfLots } from '../portfolio/terms.ts'
import { rulingFields, type WholePortfolio } from '../portfolio/whole-portfolio.ts'
import { NAMED } from './audit.ts'
import { inserted, KEEP, type Statement } from './database.ts'
import { corporateActions } from './market-schema.ts'
import type { Portfolio } from './portfolios.ts'
import { rowIds } from './row-ids.ts'
import { audit, imports, transactions } from './schema.ts'
import { columnsOf, type Recorded } from './transactions.ts'

/**
 * Returns what writes the rows of a whole portfolio as a new one, with ids of its own, how many they are, and its transactions.
 * The rulings, which others have as well, are apart.
 */
export function newFromWhole(
  portfolio: Portfolio,
  file: WholePortfolio,
): { count: number; rows: Statement[]; rulings: Statement[]; transactions: Recorded[] } {
  const { id } = portfolio
  const ids = { import: identifying(), transaction: identifying() }
  const idOf = (number: string) => ids.transaction(Number(number))
  const recorded = file.transactions.map((row, i): Recorded => ({
    ...withNamesOfLots(row.transaction, idOf),
    id: ids.transaction(i + 1),
    version: row.version,
    sequence: row.order,
  }))
  const symbols = [...new Set(file.rulings.map(({ symbol }) => symbol))]
  const rows = [
    ...inserted(
      imports,
      'id portfolio_id format accepted duplicates rejected created_at undone_at',
      file.imports.map((each, i) => [
        ids.import(i + 1),
        id,
        each.format,
        each.accepted,
        each.duplicates,
        JSON.stringify(each.rejected),
        each.createdAt,
        each.undoneAt,
      ]),
    ),
    ...inserted(
      transactions,
      `id portfolio_id sequence type symbol date shares price fee amount currency ratio note review terms units_day
        units listing_currency version import_id row_key created_at updated_at`,
      file.transactions.map((row, i) => {
        const columns = columnsOf(recorded[i]!)
        return [
          recorded[i]!.id,
          id,
          row.order,
          columns.type,
          columns.symbol,
          columns.date,
          columns.shares,
          columns.price,
          columns.fee,
          columns.amount,
          columns.currency,
          columns.ratio && JSON.stringify(columns.ratio),
          columns.note,
          columns.review,
          columns.terms && JSON.stringify(columns.terms),
          columns.unitsDay,
          columns.units,
          columns.listingCurrency,
          row.version,
          row.importNumber === null ? null : ids.import(row.importNumber),
          row.rowKey,
          row.createdAt,
          row.updatedAt,
        ]
      }),
    ),
    ...inserted(
      audit,
      'portfolio_id at actor action subject before after',
      file.activity.map(({ at, by, action, subject, before, after }) => [
        id,
        at,
        by === null ? 'system' : NAMED + by,
        action,
        ...stateOf(subject, [before, after], ids),
      ]),
    ),
  ]
  const rulings = [
    ...inserted(
      corporateActions,
      rulingFields.join(' '),
      file.rulings.map((ruling) => rulingFields.map((field) => ruling[field])),
      KEEP,
    ),
    // as with each ruling, the history is asked for anew
    ...(symbols.length === 0
      ? []
      : [
          sql`UPDATE histories SET from_day = NULL, retry_at = NULL, refused_from = NULL
            WHERE symbol IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`,
        ]),
  ]
  return { count: recorded.length + file.activity.length, rows, rulings, transactions: recorded }
}

/** Gives each number of a file an id. */
function identifying(): (number: number) => string {
  const ids = new Map<number, string>()
  const nextId = rowIds(Date.now())
  return (number) => {
    const id = ids.get(number) ?? nextId()
    ids.set(number, id)
    return id
  }
}

type Ids = Record<'import' | 'transaction', (number: number) => string>

/** The subject of an entry, and the states before and after it, as the log has them. */
function stateOf(subject: string, states: readonly unknown[], ids: Ids): (string | null)[] {
  const [, kind, number] = /^(import|transaction):(\d{1,9})$/.exec(subject) ?? []
  const id = kind === undefined ? null : ids[kind as keyof Ids](Number(number))
  const encoded = states.map((state) => {
    if (state === null || typeof state === 'string') return state
    const named = (number: string) => ids.transaction(Number(number))
    const fields = withNamesOfLots(state as Record<string, unknown>, named)
    const { importId } = fields
    return JSON.stringify({
      ...(kind === 'transaction' && { id }),
      ...fields,
      ...(typeof importId === 'number' && { importId: ids.import(importId) }),
    })
  })
  return [id === null ? subject : `${kind}:${id}`, ...encoded]
}
