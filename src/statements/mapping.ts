import { columnName, type Field, headingCurrency } from './columns.ts'
import type { Row } from './csv.ts'
import type { DayOrder } from './day-spelling.ts'
import type { DecimalMark } from './number-spelling.ts'
import type { Reading } from './statement-format.ts'
import type { Kind, Words } from './type-words.ts'

/**
 * A format of files that are tables: which column holds what, and what its words mean. The one reader of all of them
 * is mapped-table.ts; a new broker is a mapping in formats/ and a fixture. A mapping is built in, guessed from the
 * headings (guess.ts), or what a person has said of a file.
 */
export type Mapping = {
  /** The name that the importing person sees. */
  name: string
  /** A table has this format when all of these headings are in its header, in plain spelling (columns.ts), in any order. */
  header: readonly string[]
  /**
   * The heading of each field's column. Of several the first that is not empty counts; several fees or taxes are added
   * up, and of several types the first whose word is known counts.
   */
  field: Partial<Record<Field, string | readonly string[]>>
  /** What the file's own words mean, before those that everybody uses (type-words.ts). */
  words?: Words
  /** Whether fee and tax are in the amount already. Without it shares × price decides (arithmetic.ts). */
  amount?: 'net' | 'gross'
  /** Only what the format itself says; the column decides otherwise. A cell that proves the contrary counts more. */
  days?: DayOrder
  decimals?: DecimalMark
  /** The currency of a file that has no column for it. */
  currency?: string
  /** Whether money that left has a minus; without it the cells decide. */
  signed?: boolean
  /** Whether what an amount has beyond shares × price is the fee, which has no column. */
  feeIsRest?: boolean
  /** Whether of several types only the first that is not empty counts, known or not. */
  firstType?: boolean
  /** What every row is, where the headings say it and no column does. */
  every?: Kind
  /** Whether its symbols are codes of coins, which the source quotes by their currency. */
  coins?: boolean
  /** What a broker does that no column says: changes the row's cells, or says what the row is. */
  odd?: (cells: Cells, cell: (heading: string) => string) => Cells | Reading
}

/** The cells of one row by what they hold, as the file spells them; '' for what it does not have. */
export type Cells = {
  date: string
  types: string[]
  symbol: string
  isin: string
  name: string
  shares: string
  price: string
  fees: string[]
  taxes: string[]
  amount: string
  currency: string
  priceCurrency: string
  feeCurrency: string
  note: string
  id: string
  status: string
  balance: string
  gross: string
  rate: string
  asset: string
  exchange: string
  strike: string
  /** Whether shares and price are in plain spelling, because a text stated them (trade-text.ts). */
  stated?: boolean
  /** What the same row says of another security: the coin that this one was converted into. */
  also?: Cells
}

/** Reads the cells of the rows of one table. */
export function extractor(header: Row, mapping: Mapping): (row: Row) => Cells | Reading {
  const indexes = new Map(header.cells.map((heading, i) => [columnName(heading), i] as const).toReversed())
  const at = (field: Field) =>
    [mapping.field[field] ?? []].flat().flatMap((heading) => indexes.get(heading) ?? [])
  const plan = {
    date: at('date'),
    type: at('type'),
    symbol: at('symbol'),
    isin: [...at('isin'), ...at('cusip')],
    name: at('name'),
    shares: at('shares'),
    price: at('price'),
    fee: at('fee'),
    tax: at('tax'),
    amount: at('amount'),
    gross: at('gross'),
    debit: at('debit'),
    credit: at('credit'),
    currency: at('currency'),
    priceCurrency: at('priceCurrency'),
    feeCurrency: at('feeCurrency'),
    note: at('note'),
    id: at('id'),
    status: at('status'),
    balance: at('balance'),
    rate: at('rate'),
    asset: at('asset'),
    exchange: at('exchange'),
    strike: at('strike'),
  }
  const heading = (columns: readonly number[]) =>
    columns.map((i) => headingCurrency(header.cells[i]!)).find(Boolean) ?? ''
  const currency = heading([...plan.amount, ...plan.gross, ...plan.debit, ...plan.credit])
  const priceCurrency = heading(plan.price)
  const feeCurrency = heading(plan.fee)
  const { odd } = mapping
  return (row) => {
    const first = (columns: readonly number[]) => {
      for (const i of columns)
        if (row.cells[i] && row.cells[i] !== '-' && row.cells[i] !== '--') return row.cells[i]
      return ''
    }
    const all = (columns: readonly number[]) =>
      columns.map((i) => row.cells[i] ?? '').filter((cell) => cell !== '' && cell !== '-' && cell !== '--')
    const cells: Cells = {
      date: first(plan.date),
      types: mapping.firstType ? all(plan.type).slice(0, 1) : all(plan.type),
      symbol: first(plan.symbol),
      isin: first(plan.isin),
      name: first(plan.name),
      shares: first(plan.shares),
      price: first(plan.price),
      fees: all(plan.fee),
      taxes: all(plan.tax),
      amount: first(plan.amount) || first(plan.gross) || halves(first(plan.debit), first(plan.credit)),
      currency: first(plan.currency) || currency,
      priceCurrency: priceCurrency || first(plan.priceCurrency),
      feeCurrency: first(plan.feeCurrency) || feeCurrency || unitOf(first(plan.fee)),
      note: first(plan.note),
      id: first(plan.id),
      status: all(plan.status).join(' '),
      balance: first(plan.balance),
      gross: first(plan.gross),
      rate: first(plan.rate),
      asset: first(plan.asset),
      exchange: first(plan.exchange),
      strike: first(plan.strike),
    }
    return odd ? odd(cells, (name) => row.cells[indexes.get(name) ?? -1] ?? '') : cells
  }
}

/** `0.00001 BTC`, `EUR 1.00`: what a fee is in may be in its cell alone. */
function unitOf(cell: string): string {
  return /^[A-Z]{3,5}(?= ?[\d.,])|(?<=\d ?)[A-Z]{3,5}$/.exec(cell)?.[0] ?? ''
}

/** Money that left stands in one column and money that came in another, both without signs. */
function halves(debit: string, credit: string): string {
  if (!/[1-9]/.test(debit)) return credit
  return /^[-−(]/.test(debit) ? debit : `-${debit}`
}

export function isCells(row: Cells | Reading): row is Cells {
  return 'types' in row
}
