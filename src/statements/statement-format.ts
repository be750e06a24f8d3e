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
   * spelling of days and numbers: read-statement.ts makes it plain.
   */
  read(cell: (column: string) => string): Reading
}

/**
 * What a row comes to. Skipped is what the ledger does not need or cannot hold (a cash sweep, an option, a
 * footnote): counted in one warning for all rows with the same reason, a clause without a full stop. Rejected
 * is what the ledger would need and the row does not say (shares that came without a price): listed with its
 * line and its reason, a sentence, for a person to enter.
 */
export type Reading = Entry | { skip: string } | { reject: string }
