import { type inArray, type Query, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'

export type Database = ReturnType<typeof database>

/** Opens the database. Columns are `snake_case` in SQL and camelCase in code. */
export function database(d1: D1Database) {
  return drizzle(d1, { casing: 'snake_case' })
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
export function inSymbols(column: Parameters<typeof inArray>[0], symbols: readonly string[]) {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`
}
