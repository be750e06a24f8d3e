import type { Entry } from '../portfolio/entry.ts'

/**
 * One format of CSV files: how to recognize it, and how to read its rows. A new broker's export is one file beside
 * this one and one line in the table of read-statement.ts.
 */
export type StatementFormat = {
  /** The name that the importing person sees. */
  name: string
  /** A file has this format when its header contains all of these columns, in any order and case, among others. */
  columns: readonly string[]
  /**
   * Reads one row, with its cells by column name ('' for a column the file does not have). The entry keeps the file's
   * spelling of days and numbers; read-statement.ts converts it.
   */
  read(cell: (column: string) => string): Reading
}

/**
 * The result of a row. A skipped row is one that the ledger does not need or cannot hold (a cash sweep, an option, a
 * footnote): one warning counts all rows with the same reason, which is a clause without a full stop. A rejected row
 * lacks something the ledger needs (shares that came without a price): it is listed with its line and its reason, a
 * sentence, for a person to enter.
 */
export type Reading = Entry | { skip: string } | { reject: string }
