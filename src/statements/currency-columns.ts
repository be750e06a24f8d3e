import { columnName, fieldsOf, headingCurrency } from './columns.ts'
import type { Row } from './csv.ts'
import { isMoney, moneyCode } from './money-codes.ts'
import { isBlankNumber } from './number-spelling.ts'
import type { Table } from './tables.ts'

/**
 * Some programs have a column of money for each currency, and another column, or the one that is filled, says which of them a
 * row is in:
 *
 *     Symbol;Cena;Počet;Měna;Objem v CZK;Poplatky v CZK;Objem v USD;Poplatky v USD
 *     AAPL;180,00;10;USD;;;-1800,00;7,95
 *
 * Returns the table with one column in place of several, and with one for the currency where it had none. Null for any other table,
 * and for one whose rows have an amount in two currencies and do not say which of them counts.
 */
export function inOwnCurrency({ header, rows }: Table): Table | null {
  const names = header.cells.map(columnName)
  const currencies = header.cells.map(headingCurrency)
  const several = [...Map.groupBy(names.keys(), (i) => names[i]!).values()].filter(
    (columns) =>
      columns.length > 1 &&
      columns.every((i) => currencies[i] !== '') &&
      new Set(columns.map((i) => currencies[i])).size === columns.length,
  )
  if (several.length === 0) return null
  const said = names.findIndex((name, i) => isOfCurrency(name) && isMostlyMoney(rows, i))
  const filled = ({ cells }: Row) =>
    new Set(several.flat().flatMap((i) => (isBlankNumber(cells[i] ?? '') ? [] : currencies[i]!)))
  const codes = rows.map((row) => (said < 0 ? only(filled(row)) : codeOf(row.cells[said])))
  const isTold = (code: string) => several.some((columns) => columns.some((i) => currencies[i] === code))
  if (codes.filter(isTold).length * 2 < rows.length) return null
  if (said < 0 && rows.some((row) => filled(row).size > 1)) return null
  const first = new Map(several.map((columns) => [columns[0]!, columns]))
  const others = new Set(several.flatMap((columns) => columns.slice(1)))
  const cellsOf = ({ cells }: Row, code: string) =>
    names.map((_, i) => {
      const own = first.has(i) ? first.get(i)!.find((each) => currencies[each] === code) : i
      return others.has(i) || own === undefined ? '' : (cells[own] ?? '')
    })
  return {
    header: {
      ...header,
      cells: [
        ...header.cells.map((cell, i) => (first.has(i) ? names[i]! : others.has(i) ? '' : cell)),
        ...(said < 0 ? ['Currency'] : []),
      ],
    },
    rows: rows.map((row, i) => ({
      ...row,
      cells: [...cellsOf(row, codes[i]!), ...(said < 0 ? [codes[i]!] : [])],
    })),
  }
}

function only(codes: ReadonlySet<string>): string {
  const [code = ''] = codes
  return codes.size === 1 ? code : ''
}

function isOfCurrency(name: string): boolean {
  return fieldsOf(name)[0]?.field === 'currency'
}

function isMostlyMoney(rows: readonly Row[], column: number): boolean {
  return rows.filter(({ cells }) => isMoney(codeOf(cells[column]))).length * 2 >= rows.length
}

function codeOf(cell = ''): string {
  return moneyCode(cell.trim().toUpperCase())
}
