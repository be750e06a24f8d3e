import { readFileSync } from 'node:fs'
import { readStatement, type Statement } from '../../src/statements/read-statement.ts'
import { rowKeys } from '../../src/statements/row-key.ts'

/** What a file says that can be read, on a day after all of its rows. */
export function read(text: string): Statement {
  const statement = readStatement(text, '2026-01-02')
  if ('problem' in statement) throw new Error(statement.problem)
  return statement
}

/** The row keys of such a file. */
export function keysOf(text: string): string[] {
  return rowKeys(read(text).rows.map((row) => row.transaction))
}

/** A file of fixtures/, what it says, and that by line and in numbers. */
export function fixture(name: string) {
  const file = readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
  const statement = read(file)
  return {
    file,
    statement,
    rowOn: (line: number) => statement.rows.find((row) => row.line === line)?.transaction,
    /** `5 buy`, in the order of the file. */
    counts: Object.entries(Object.groupBy(statement.rows, (row) => row.transaction.type)).map(
      ([type, rows]) => `${rows.length} ${type}`,
    ),
  }
}
