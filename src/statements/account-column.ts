import { columnName } from './columns.ts'
import type { Row } from './csv.ts'

/** The rows of one account of a file that has several: how many there are, by what the file calls it. */
export type FileAccount = { name: string; rows: number }

/**
 * Returns the account that a row belongs to, as the file spells it; '' where no column says. The column is known by its
 * heading in any format: brokers put all of a person's accounts into one download.
 */
export function accountIn({ cells }: Row): (row: Row) => string {
  const names = cells.map(columnName)
  // the name says more than the number
  const at = headings.map((heading) => names.indexOf(heading)).find((i) => i >= 0) ?? -1
  return (row) => (row.cells[at] ?? '').trim().slice(0, LONGEST_NAME)
}

const LONGEST_NAME = 100

const headings =
  'account name|account nickname|account|account number|account no|account #|account id|accountid|brokerage account|portfolio|portfolio name|depot|depotname|depotnummer|konto|kontonummer|compte|numero de compte|cuenta|conto|rekening|rekeningnummer'.split(
    '|',
  )
