import type { Entry } from '../portfolio/entry.ts'
import type { Field } from './columns.ts'
import type { DayOrder } from './day-spelling.ts'
import type { SpunOff } from './spin-offs.ts'
import type { Unsettled } from './settled-rows.ts'

/**
 * A format whose rows are read by code of its own: how to recognize it, and how to read its rows. What is no more than a
 * table with columns of other names is a mapping (mapping.ts).
 */
export type StatementFormat = {
  /** The name that the importing person sees. */
  name: string
  /** A file has this format when its header contains all of these columns, in any order and case, among others. */
  columns: readonly string[]
  /** The columns of days and of numbers, which are weighed as a whole before a row is read. */
  dates: readonly string[]
  numbers: readonly string[]
  /** The columns of the ticker, of the price and of the day, for closes as evidence. */
  market?: readonly [symbol: string, price: string, date: string]
  /** The order of days that the format itself has; a column that proves another one counts more. */
  days?: DayOrder
  /** True for a header that another format with the same columns should read. */
  excludes?: (names: ReadonlySet<string>) => boolean
  /**
   * The column that says what a row is, and whether it says so in the format's own words. A table that has everybody's words there
   * (type-words.ts), or a heading with a currency, is guessed, unless it has a column that only the format has.
   */
  speaks?: { column: string; isOwn: (word: string) => boolean; unless: string }
  /**
   * True for a format that anybody may write by hand: what it has no column for, such as a tax or whether an order was carried
   * out, would be passed over. A table with such a column is guessed, unless it has the column `unless`; `every` is what
   * each row of it is.
   */
  isOurs?: { unless: string; every?: 'dividend' }
  /** Columns that files of other programs call otherwise: the field that a heading may mean as well (columns.ts). */
  also?: Readonly<Record<string, Field>>
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
 * sentence, for a person to enter. `of` says what it may be together with other rows (settled-rows.ts), `spunOff` what is asked
 * about it (spin-offs.ts).
 */
export type Reading =
  | Entry
  | { skip: string }
  | { reject: string; of?: Omit<Unsettled, 'line'>; spunOff?: SpunOff }
