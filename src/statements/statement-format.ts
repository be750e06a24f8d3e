import type { Entry } from '../portfolio/entry.ts'

/**
 * One kind of CSV file: how to know it, and what its rows say. A broker's export is one such file beside this
 * one and one line in the table of read-statement.ts.
 */
export type StatementFormat = {
  /** As it is shown to the person who imports. */
  name: string
  /** The file is of this format when its header has all of these, in any order and case, among others. */
  columns: readonly string[]
  /**
   * One row, its cells by column name ('' for a column the file does not have). The entry keeps the file's
   * spelling of days and numbers: read-statement.ts makes it plain. A row that is no transaction (a transfer,
   * a footnote) is skipped with its reason.
   */
  read(cell: (column: string) => string): Entry | { skip: string }
}
