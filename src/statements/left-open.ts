import { type Column, isNumeric } from './column-shape.ts'
import type { Field } from './columns.ts'
import type { Mapping } from './mapping.ts'
import { type Answers, given, type Question } from './question.ts'
import { kindOf, type Kind } from './type-words.ts'

/** What has to be asked before the table can be read; null where nothing in it moves. */
export function leftOpen(
  all: readonly Column[],
  left: readonly Column[],
  field: Mapping['field'],
  signed: readonly (Column | undefined)[],
  said: Answers['columns'],
): Question[] | null {
  const asks = (about: Field, found: readonly Column[]): Question[] =>
    found.length > 0 ? [{ about: 'column', field: about, columns: found.map(({ heading }) => heading) }] : []
  if (!field.shares && !field.amount && !field.debit && !field.credit) {
    const numbers = left.filter(isNumeric)
    return numbers.length < 1 || !(field.symbol || field.isin || field.name) ? null : asks('shares', numbers)
  }
  // one number for each security, and nothing that says whether it is one of shares or of money
  const isSaid = (columns: readonly (Column | undefined)[]) =>
    columns.some((column) => column && given(said, column.name) !== undefined)
  const isOfLots = field.symbol && !field.shares && !field.type && !field.debit && !field.credit
  if (
    isOfLots &&
    !isSaid(signed) &&
    signed.every((column) => !column || column.cells.every((cell) => !/^[(]?[-−]/.test(cell)))
  )
    return asks('shares', all.filter(isNumeric))
  // `Amount` beside a price may be of shares (of coins it often is) or of money
  const isUncounted = (field.symbol || field.isin) && !field.shares && field.price && field.amount
  if (isUncounted && !isSaid(signed) && hasTrades(all, field.type))
    return asks('shares', [...signed.filter((column) => column !== undefined), ...left.filter(isNumeric)])
  // securities and money, and numbers under headings of a language that nobody knows
  const unnamed = left.filter(
    (column) => isNumeric(column) && column.fields.length === 0 && column.filled > 0,
  )
  if ((field.isin || field.symbol) && !field.shares && !field.type && unnamed.length > 0)
    return asks('shares', unnamed)
  // `Cost` may be that of one share or of all
  const [sum] = [field.amount ?? []].flat()
  const isUnclear = field.shares && !field.price && sum !== undefined && UNCLEAR.test(sum)
  if (
    isUnclear &&
    !isSaid(signed) &&
    all.every(({ fields }) => !fields.some((each) => each.field === 'price'))
  )
    return asks(
      'price',
      all.filter(({ name }) => name === sum),
    )
  if (field.shares && !field.symbol && !field.isin && !field.cusip && !field.name) {
    const found = asks(
      'symbol',
      left.filter((column) => column.numbers < 0.5 && column.filled > 0),
    )
    if (found.length > 0) return found
  }
  // where signs do not tell purchases from sales, a column of words may
  const isSigned = signed.some((column) => column?.cells.some((cell) => /^[(]?[-−]/.test(cell)))
  return field.type || isSigned || field.debit ? [] : asks('type', left.filter(mayTell))
}

function hasTrades(all: readonly Column[], type: Mapping['field']['type']): boolean {
  const types = all.filter(({ name }) => [type ?? []].flat().includes(name))
  return types.some(({ cells }) => cells.some((cell) => ofTrades.has(kindOf(cell))))
}

const ofTrades = new Set<Kind | null>(['buy', 'sell'])

/** A column of a few short words under a heading that nobody knows. */
function mayTell(column: Column): boolean {
  const cells = column.cells.filter((cell) => cell !== '')
  const isKnown = column.fields.length > 0 && !column.fields.some(({ field }) => field === 'type')
  if (isKnown || column.filled * 2 < column.cells.length || column.filled === 0) return false
  if (column.numbers > 0.3 || column.days > 0.3 || column.codes > 0.8 || column.isins > 0.3) return false
  return new Set(cells).size <= Math.max(2, cells.length / 2) && cells.every((cell) => cell.length <= 30)
}

const UNCLEAR = /^(?:cost|paid)$/
