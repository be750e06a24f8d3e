import { type inArray, type Query, type SQL, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { noteSize, spend } from './usage.ts'

export type Database = ReturnType<typeof database>

/** Opens the database. Columns are `snake_case` in SQL and camelCase in code. The rows of each query are counted. */
export function database(d1: D1Database) {
  const known = opened.get(d1)
  if (known) return known
  const db = drizzle(counting(d1), { casing: 'snake_case' })
  opened.set(d1, db)
  return db
}

/** drizzle spells the columns of each table once for each database that it opens, and a page asks several times. */
const opened = new WeakMap<D1Database, DrizzleD1Database & { $client: D1Database }>()

/** D1 as drizzle calls it, with the rows that each answer says it has read and written counted. */
function counting(d1: D1Database): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>()
  const statement = (original: D1PreparedStatement) => {
    const counted = {
      bind: (...values: unknown[]) => statement(original.bind(...values)),
      run: async () => noted(await original.run()),
      all: async () => noted(await original.all()),
      raw: async () => noted(await original.all()).results.map(Object.values),
    }
    originals.set(counted, original)
    return counted as unknown as D1PreparedStatement
  }
  return {
    prepare: (query: string) => statement(d1.prepare(named(query))),
    batch: async (statements: D1PreparedStatement[]) => {
      const answers = await d1.batch(statements.map((each) => originals.get(each)!))
      return answers.map(noted)
    },
  } as unknown as D1Database
}

/**
 * D1's `raw` does not say how many rows it read, and `all` keeps one of two columns with the same name. The columns of
 * a subquery have each a name of their own.
 *
 * SQLite takes `"name"` for a text where there is no such column, so that code on an older database would read the name
 * of a column from every row. In backticks it is an error.
 */
function named(query: string): string {
  // a text in single quotes may have JSON in it
  const strict = query.replaceAll(/'[^']*'|"(\w+)"/g, (found, name: string | undefined) =>
    name === undefined ? found : `\`${name}\``,
  )
  return /^select/i.test(strict) ? `select * from (${strict})` : strict
}

/**
 * Says whether a query failed because the database has not been migrated to what this code expects. drizzle puts what
 * D1 says behind the query.
 */
export function isOlderDatabase(error: unknown): boolean {
  return /no such (column|table)/.test(`${String(error)} ${String((error as Error | null)?.cause)}`)
}

function noted<T>(answer: T): T {
  const { meta } = answer as D1Result
  spend('rowsRead', meta.rows_read)
  spend('rowsWritten', meta.rows_written)
  noteSize(meta.size_after)
  return answer
}

/**
 * Writes many rows as JSON texts, each of which is bound as one parameter of a statement
 * (`… SELECT value->>0, … FROM json_each(?)`). D1 takes 100 bound parameters a statement and strings of 2 MB; each
 * text stays well below.
 */
export function jsonPieces(rows: readonly (readonly unknown[])[]): string[] {
  const pieces: string[] = []
  let piece: string[] = []
  let length = 0
  for (const row of rows) {
    const json = JSON.stringify(row)
    if (piece.length > 0 && (piece.length === MOST_ROWS || length + json.length > MOST_CHARACTERS)) {
      pieces.push(`[${piece.join(',')}]`)
      piece = []
      length = 0
    }
    piece.push(json)
    length += json.length + 1
  }
  if (piece.length > 0) pieces.push(`[${piece.join(',')}]`)
  return pieces
}

const MOST_ROWS = 2000
/** A UTF-16 character is at most three bytes of UTF-8. */
const MOST_CHARACTERS = 500_000

/** Inserts many rows, whose values are in the order of the columns. */
export function inserted(
  table: SQLiteTable,
  columns: string,
  rows: readonly (readonly unknown[])[],
  otherwise: SQL = sql``,
): Statement[] {
  const names = columns.split(/\s+/)
  const values = names.map((_, i) => `value->>${i}`)
  return jsonPieces(rows).map(
    (piece) =>
      sql`INSERT INTO ${table} (${sql.raw(names.join(', '))}) SELECT ${sql.raw(values.join(', '))} FROM json_each(${piece}) ${otherwise}`,
  )
}

/** Behind `inserted`: what is there already stays. */
export const KEEP = sql`WHERE true ON CONFLICT DO NOTHING`

/** A write that is not executed yet: one of drizzle's query builders, or plain `sql`. */
export type Statement = SQL | { toSQL(): Query }

/**
 * Executes all statements or none: a D1 batch is one transaction. drizzle's own batch() cannot carry `sql` with
 * parameters.
 */
export async function inOneTransaction(db: Database, statements: readonly Statement[]): Promise<D1Result[]> {
  if (statements.length === 0) return []
  return db.$client.batch(
    statements.map((statement) => {
      const { sql: text, params } = 'toSQL' in statement ? statement.toSQL() : dialect.sqlToQuery(statement)
      return db.$client.prepare(text).bind(...params)
    }),
  )
}

const dialect = new SQLiteAsyncDialect({ casing: 'snake_case' })

/** The condition that a column is one of these symbols. Any number of them is one bound parameter. */
export function inSymbols(column: Parameters<typeof inArray>[0] | SQL, symbols: readonly string[]) {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`
}
