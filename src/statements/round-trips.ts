import { type Column, columnsOf, isNumeric } from './column-shape.ts'
import type { Row } from './csv.ts'
import { toldApart } from './headings.ts'
import type { Table } from './tables.ts'

/**
 * A table of closed positions, of realized gains, or somebody's own list of lots has a purchase and its sale in one row:
 *
 *     Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds Per Share,Cost Per Share,Proceeds,Cost Basis (CB)
 *     AAPL,APPLE INC,02/20/2024,01/15/2024,4,$182.00,$185.50,$728.00,$742.00
 *
 * Each is divided into two rows, below headings that are added on the right; one that has not been closed yet is the purchase alone.
 * What both have in common, such as the shares, stays where it is. Null for any other table.
 */
export function dividedTrips({ header, rows }: Table): Table | null {
  if (!header.cells.some((cell) => OPENED.test(cell)) || !header.cells.some((cell) => CLOSED.test(cell)))
    return null
  const columns = columnsOf(toldApart(header), rows)
  const [opened, closed] = [sideOf(columns, OPENED), sideOf(columns, CLOSED)]
  if (!opened || !closed || !(opened.price || opened.amount) || !(closed.price || closed.amount)) return null
  const own = new Set([opened, closed].flatMap((side) => Object.values(side).map(({ index }) => index)))
  const charges = new Set(
    columns
      .filter(({ fields: [best] }) => best?.field === 'fee' || best?.field === 'tax')
      .map(({ index }) => index),
  )
  // such as the sum invested: it is that of the purchase
  const sums = new Set(
    columns.filter(({ fields }) => fields[0]?.field === 'amount').map(({ index }) => index),
  )
  const said = new Set(
    columns.filter(({ fields }) => fields.some(({ field }) => field === 'type')).map(({ index }) => index),
  )
  const divided = (row: Row, side: Side, type: string, isCharged: boolean): Row => ({
    line: row.line,
    cells: [
      ...header.cells.map((_, i) =>
        own.has(i) || said.has(i) || (sums.has(i) && side === closed) || (charges.has(i) && !isCharged)
          ? ''
          : (row.cells[i] ?? ''),
      ),
      type,
      at(row, side.date),
      at(row, side.price),
      at(row, side.amount),
    ],
  })
  return {
    header: {
      line: header.line,
      cells: [...header.cells.map((cell, i) => (own.has(i) || said.has(i) ? '' : cell)), ...ADDED],
    },
    rows: rows.flatMap((row) => {
      const words = [...said].map((i) => row.cells[i] ?? '').join(' ')
      if (/\bcfd\b|option|\bshort\b|^sell\b/i.test(words)) return [divided(row, opened, 'short sale', true)]
      const isClosed = /\d/.test(at(row, closed.date))
      // what was charged until then
      const purchase = divided(row, opened, 'buy', !isClosed)
      return isClosed ? [purchase, divided(row, closed, 'sell', true)] : [purchase]
    }),
  }
}

const ADDED = ['Transaction type', 'Trade date', 'Trade price', 'Net amount']

type Side = { date: Column; price?: Column; amount?: Column }

/** Words of a purchase in the heading of a column, and of what it cost. */
const OPENED =
  /\b(?:open(?:ed|ing)?|buy|bought|purchased?|entry|acquired|acquisition|kauf\w*|einstieg\w*|einstand\w*|achat|compra|acquisto|aankoop|inkop|kop)\b/i
/** Words of a sale. */
const CLOSED =
  /\b(?:clos(?:ed?|ing)|sell|sold|sale|exit|disposed|verkauf\w*|vente|venta|vendita|verkoop|salj)\b/i

function sideOf(columns: readonly Column[], words: RegExp): Side | null {
  const isOpening = words === OPENED
  const ofSide = columns.filter(
    ({ name }) => words.test(name) || MONEY[isOpening ? 'cost' : 'proceeds'].test(name),
  )
  const date = ofSide.find(({ days, filled }) => days > 0.8 && filled > 0)
  if (!date) return null
  const numbers = ofSide.filter((column) => column !== date && isNumeric(column) && column.filled > 0)
  const price = numbers.find(({ name }) => PRICE.test(name))
  const amount = numbers.find((column) => column !== price && AMOUNT.test(column.name))
  return { date, ...(price && { price }), ...(amount && { amount }) }
}

const MONEY = { cost: /^cost\b|\bcost basis\b/, proceeds: /\bproceeds\b/ }
const PRICE =
  /price|rate|kurs|preis|cours|prix|precio|prezzo|koers|\bper share|\/share|^(?:open|close|entry|exit|buy|sell)$/
const AMOUNT = /cost|proceeds|amount|value|total|betrag|wert|montant|importe|importo|bedrag/

function at(row: Row, column: Column | undefined): string {
  return column ? (row.cells[column.index] ?? '') : ''
}
