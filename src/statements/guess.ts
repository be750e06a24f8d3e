import { columnName, type Field, fieldsOf, isBeside } from './columns.ts'
import type { Row } from './csv.ts'
import { daysOf } from './day-spelling.ts'
import type { Mapping } from './mapping.ts'
import { isBlankNumber, marksOf, numberIn } from './number-spelling.ts'
import { type Answers, given, type Question } from './question.ts'
import { isinOfCusip, isIsin, isTickerLike } from './security.ts'
import { kindOf } from './type-words.ts'

/**
 * Guesses what the columns of a table hold that no format names: by their headings in many languages, and by whether the
 * cells below look like it. Of several columns for shares, price and amount those are taken whose product comes out.
 * Null for a table that has neither days nor anything that moved.
 */
export function guessed(
  header: Row,
  rows: readonly Row[],
  answers: Answers,
): { mapping: Mapping; questions: Question[] } | null {
  const columns = columnsOf(header, rows)
  const taken = new Set<Column>()
  const said = (column: Column) => given(answers.columns, column.name)
  const candidates = (field: Field, holds: (column: Column) => boolean): Column[] => {
    const told = columns.filter((column) => said(column) === field)
    if (told.length > 0) return told
    return columns
      .flatMap((column) => {
        const rank = column.fields.find((each) => each.field === field)?.rank
        return rank === undefined || taken.has(column) || said(column) !== undefined || !holds(column)
          ? []
          : [{ column, rank }]
      })
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ column }) => column)
  }
  const field: Mapping['field'] = {}
  const take = (name: Field, found: readonly (Column | undefined)[]) => {
    const given = found.filter((column) => column !== undefined)
    if (given.length === 0) return
    for (const column of given) taken.add(column)
    field[name] = given.map((column) => column.name)
  }

  take('date', [
    candidates('date', (column) => column.days > 0.3)[0] ??
      columns.find((column) => column.days > 0.9 && column.fields.length === 0),
  ])
  if (!field.date) return null
  take('type', [mostKnown(candidates('type', (column) => column.words > 0.3))])
  take('isin', [
    candidates('isin', (column) => column.isins > 0.5)[0] ??
      columns.find((column) => column.isins > 0.8 && said(column) === undefined),
  ])
  take('cusip', [
    columns.find((column) => !taken.has(column) && column.cusips > 0.5 && said(column) === undefined),
  ])
  const tickers = candidates('symbol', (column) => column.tickers > 0.6 && column.days < 0.5)
  take('symbol', [
    tickers.toSorted((a, b) => b.tickers - a.tickers)[0] ??
      columns.find(
        (column) =>
          !taken.has(column) &&
          column.fields.length === 0 &&
          column.codes < 0.8 &&
          column.tickers > 0.9 &&
          column.filled > 0,
      ),
  ])
  const [shares, price, amount] = sums(candidates('shares', isNumeric), candidates('price', isNumeric), [
    ...candidates('amount', isNumeric),
    ...candidates('gross', isNumeric),
  ])
  take('shares', [shares])
  take('price', [price])
  take('amount', [amount])
  take('fee', addedUp(candidates('fee', isNumeric), shares, price, amount))
  take('tax', candidates('tax', isNumeric))
  if (!amount) {
    take('debit', [candidates('debit', isNumeric)[0]])
    take('credit', [candidates('credit', isNumeric)[0]])
  }
  take('balance', [candidates('balance', isNumeric)[0]])
  const codes = candidates('currency', (column) => column.codes > 0.8)
  const after = (column: Column | undefined) =>
    column && codes.toSorted((a, b) => distance(a, column) - distance(b, column))[0]
  const ofAmount = after(amount ?? price ?? shares)
  take('currency', [ofAmount])
  if (codes.length > 1 && amount && price) {
    const ofPrice = after(price)
    if (ofPrice !== ofAmount) take('priceCurrency', [ofPrice])
  }
  take('name', [candidates('name', (column) => column.days < 0.5)[0]])
  take('status', [candidates('status', () => true)[0]])
  take('id', [candidates('id', () => true)[0]])
  take('note', [candidates('note', () => true)[0]])
  if (!field.shares && !field.amount && !field.debit && !field.credit) {
    const left = columns
      .filter((column) => !taken.has(column) && isNumeric(column))
      .map((column) => column.heading)
    if (left.length < 1 || !(field.symbol || field.isin || field.name)) return null
    return { mapping: named(field), questions: [{ about: 'column', field: 'shares', columns: left }] }
  }
  if (field.shares && !field.symbol && !field.isin && !field.cusip && !field.name) {
    const left = columns.filter((column) => !taken.has(column) && column.numbers < 0.5 && column.filled > 0)
    if (left.length > 0)
      return {
        mapping: named(field),
        questions: [{ about: 'column', field: 'symbol', columns: left.map(({ heading }) => heading) }],
      }
  }
  // where signs do not tell purchases from sales, a column of words may
  const isSigned = [shares, amount].some((column) => column?.cells.some((cell) => /^[(]?[-−]/.test(cell)))
  const telling =
    field.type || isSigned || field.debit
      ? []
      : columns.filter((column) => !taken.has(column) && mayTell(column, said))
  if (telling.length > 0)
    return {
      mapping: named(field),
      questions: [{ about: 'column', field: 'type', columns: telling.map(({ heading }) => heading) }],
    }
  return { mapping: named(field), questions: [] }
}

/** A column of a few short words under a heading that nobody knows. */
function mayTell(column: Column, said: (column: Column) => Field | null | undefined): boolean {
  const cells = column.cells.filter((cell) => cell !== '')
  const isKnown = column.fields.length > 0 && !column.fields.some(({ field }) => field === 'type')
  if (said(column) !== undefined || isKnown || column.filled * 2 < column.cells.length || column.filled === 0)
    return false
  if (column.numbers > 0.3 || column.days > 0.3 || column.codes > 0.8 || column.isins > 0.3) return false
  return new Set(cells).size <= Math.max(2, cells.length / 2) && cells.every((cell) => cell.length <= 30)
}

function named(field: Mapping['field']): Mapping {
  return { name: 'Spreadsheet', header: [], field }
}

/** The header as the columns are told apart: of two equal headings the second is `price 2`, one without a name `column 3`. */
export function toldApart(header: Row): Row {
  const seen = new Map<string, number>()
  return {
    line: header.line,
    cells: header.cells.map((heading, i) => {
      const name = columnName(heading) || `column ${i + 1}`
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      return count === 1 ? heading || name : `${heading} ${count}`
    }),
  }
}

/** The columns that hold money which a mapping does not use, each with a line that has some. */
export function unusedMoney(
  header: Row,
  rows: readonly Row[],
  mapping: Mapping,
): { heading: string; line: number; cell: string }[] {
  const used = new Set(Object.values(mapping.field).flat())
  return header.cells.flatMap((heading, i) => {
    const name = columnName(heading)
    if (used.has(name) || name === '' || isBeside(name)) return []
    const cells = rows
      .slice(0, 200)
      .flatMap((row) => (row.cells[i] ? [{ line: row.line, cell: row.cells[i] }] : []))
    const money = cells.filter(
      ({ cell }) =>
        /[.,]\d{2}(?!\d)|[$€£]/.test(cell) && /[1-9]/.test(cell) && marksOf(cell).marks.length > 0,
    )
    return money.length > 0 && money.length * 2 >= cells.filter(({ cell }) => /[1-9]/.test(cell)).length
      ? [{ heading, ...money[0]! }]
      : []
  })
}

/** A column and the shares of its cells that look like this or that, of those that are not empty. */
type Column = {
  index: number
  heading: string
  name: string
  fields: ReturnType<typeof fieldsOf>
  cells: string[]
  filled: number
  days: number
  numbers: number
  isins: number
  cusips: number
  tickers: number
  codes: number
  words: number
}

/** So many rows are looked at, from the whole table. */
const SAMPLED = 120

function columnsOf(header: Row, rows: readonly Row[]): Column[] {
  const step = Math.max(1, Math.floor(rows.length / SAMPLED))
  const sample = rows.filter((_, i) => i % step === 0).slice(0, SAMPLED)
  return header.cells.map((heading, index) => {
    const cells = sample.map((row) => row.cells[index] ?? '')
    const filled = cells.filter((cell) => !isBlankNumber(cell))
    const part = (looks: (cell: string) => boolean) =>
      filled.length === 0 ? 0 : filled.filter(looks).length / filled.length
    const name = columnName(heading)
    return {
      index,
      heading,
      name,
      // of equal headings the later ones are numbered
      fields: fieldsOf(name.replace(/ \d{1,2}$/, '')),
      cells,
      filled: filled.length,
      days: part((cell) => !/^\d{1,5}(?:[.,]\d+)?$/.test(cell) && isDayInAnyOrder(cell)),
      numbers: part((cell) => marksOf(cell).marks.length > 0),
      isins: part(isIsin),
      cusips: part((cell) => isinOfCusip(cell) !== null),
      tickers: part((cell) => isTickerLike(cell) && !isIsin(cell) && isNaN(Number(cell))),
      codes: part((cell) => /^[A-Z]{3}$/.test(cell) || cell === 'GBp'),
      words: part((cell) => kindOf(cell) !== null),
    }
  })
}

function isDayInAnyOrder(cell: string): boolean {
  return Object.values(daysOf(cell).days).some((day) => day !== null)
}

/** A column without any number may hold one all the same, where its heading says so. */
function isNumeric({ numbers, filled }: Column): boolean {
  return filled === 0 || numbers > 0.7
}

function mostKnown(columns: readonly Column[]): Column | undefined {
  return columns.toSorted((a, b) => b.words - a.words)[0]
}

function distance(column: Column, from: Column): number {
  const steps = column.index - from.index
  return steps > 0 ? steps : 100 - steps
}

/** Of the columns for shares, price and amount those whose product comes out on most rows; otherwise the best named ones. */
function sums(
  shares: readonly Column[],
  prices: readonly Column[],
  amounts: readonly Column[],
): [Column | undefined, Column | undefined, Column | undefined] {
  let best: { columns: [Column, Column, Column]; right: number } | null = null
  // where nothing is called shares, what is called amount may be, beside a total
  for (const share of (shares.length > 0 ? shares : amounts).slice(0, 4))
    for (const price of prices.slice(0, 4))
      for (const amount of amounts.slice(0, 6)) {
        if (new Set([share, price, amount]).size < 3) continue
        const right = share.cells.filter((cell, i) =>
          comesOut(cell, price.cells[i]!, amount.cells[i]!),
        ).length
        if (right > (best?.right ?? 0)) best = { columns: [share, price, amount], right }
      }
  if (best) return best.columns
  const [amount] = amounts.filter((column) => column.filled > 0).concat(amounts)
  return [shares[0], prices.find((column) => column !== shares[0]), amount === shares[0] ? undefined : amount]
}

/** The columns of fees; the one alone that makes the sums come out to the cent, where another has the same money in it. */
function addedUp(fees: readonly Column[], ...factors: (Column | undefined)[]): readonly Column[] {
  const [shares, price, amount] = factors
  if (fees.length < 2 || !shares || !price || !amount) return fees
  const right = (some: readonly Column[]) =>
    shares.cells.filter((cell, i) => {
      const charges = some.map((column) => column.cells[i] ?? '')
      return (
        charges.some((charge) => /[1-9]/.test(charge)) &&
        isExact(cell, price.cells[i]!, amount.cells[i]!, charges)
      )
    }).length
  const best = fees.map((column) => [column]).toSorted((a, b) => right(b) - right(a))[0]!
  return right(best) > right(fees) ? best : fees
}

function isExact(shares: string, price: string, amount: string, charges: readonly string[]): boolean {
  return (['.', ','] as const).some((mark) => {
    const value = (cell: string) => Math.abs(Number(numberIn(cell, mark)?.plain ?? 0))
    const gap = Math.abs(value(amount) - value(shares) * value(price))
    const charge = charges.reduce((sum, cell) => sum + value(cell), 0)
    return charge > 0 && Math.abs(gap - charge) < 0.011
  })
}

/** Within a hundredth, so that fees may be in it. */
function comesOut(shares: string, price: string, amount: string): boolean {
  return (['.', ','] as const).some((mark) => {
    const [count, each, sum] = [shares, price, amount].map((cell) =>
      Math.abs(Number(numberIn(cell, mark)?.plain ?? 0)),
    )
    return count! > 0 && each! > 0 && sum! > 0 && Math.abs(count! * each! - sum!) <= sum! / 50
  })
}
