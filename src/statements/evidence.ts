import type { Day } from '../portfolio/day.ts'
import { type DayOrder, dayIn, dayOrders, daysOf } from './day-spelling.ts'
import { type DecimalMark, marksOf, numberIn } from './number-spelling.ts'
import type { Question, ReadOneWay } from './question.ts'

/** A cell of a column, with its line. */
export type Cell = { line: number; text: string }

/**
 * What a whole column proves. `decided` comes with the sentence that says so, '' where nothing had to be decided;
 * a contradiction is a sentence that names two lines; otherwise the readings that are left.
 */
type Proof<Reading> =
  | { decided: Reading; because: string }
  | { contradiction: string }
  | { left: Reading[]; examples: Cell[] }

/**
 * The order in which the days of a column are written. One cell decides for all: `25/03/2024` has the day first. What
 * the cells leave open, a day after `today` rules out, and so does a file that stands in the order of its days one way
 * and not in the other.
 */
export function provenOrder(cells: Iterable<Cell>, today: Day, stated?: DayOrder): Proof<DayOrder> {
  let left: readonly DayOrder[] = dayOrders
  const against = new Map<DayOrder, Cell>()
  const ahead = new Set<DayOrder>()
  const examples: Cell[] = []
  const runs = new Map(dayOrders.map((order) => [order, { last: '', up: 0, down: 0 }]))
  const swapped = new SwappedDays()
  for (const cell of cells) {
    const { days, differ } = daysOf(cell.text)
    const orders = differ ? dayOrders.filter((order) => days[order] !== null) : dayOrders
    if (days[orders[0]!] === null) continue
    swapped.see(cell, differ ? null : days.ymd, orders.length > 1)
    if (differ) {
      if (examples.length < 3 && orders.length > 1) examples.push(cell)
      const both = left.filter((order) => orders.includes(order))
      if (both.length === 0) {
        const other = orders.map((order) => against.get(order)).find((each) => each !== undefined)!
        return {
          contradiction: `The days contradict each other: line ${other.line} says “${other.text}”, line ${cell.line} says “${cell.text}”, and no order of day and month fits both.`,
        }
      }
      for (const order of dayOrders)
        if (!orders.includes(order) && !against.has(order)) against.set(order, cell)
      left = both
    }
    for (const order of orders) {
      const day = days[order]!
      if (day > today) ahead.add(order)
      const run = runs.get(order)!
      if (run.last && day > run.last) run.up++
      if (run.last && day < run.last) run.down++
      run.last = day
    }
  }
  const { contradiction } = swapped
  if (contradiction) return { contradiction }
  if (against.size === 0 && examples.length === 0) return { decided: stated ?? 'mdy', because: '' }
  if (left.length > 1 && examples.length > 0 && !(stated && left.includes(stated))) {
    const past = left.filter((order) => !ahead.has(order))
    if (past.length > 0) left = past
    const sorted = left.filter((order) => inOrder(runs.get(order)!))
    if (left.length > 1 && sorted.length === 1)
      return {
        decided: sorted[0]!,
        because: `${first[sorted[0]!]}: so the rows stand in the order of their days.`,
      }
  }
  if (stated && left.includes(stated)) return { decided: stated, because: '' }
  if (left.length > 1)
    return examples.length === 0 ? { decided: left[0]!, because: '' } : { left: [...left], examples }
  const proof = against.get(left[0] === 'dmy' ? 'mdy' : 'dmy')
  return {
    decided: left[0]!,
    because: proof
      ? `${first[left[0]!]}: line ${proof.line} says “${proof.text}”.`
      : `${first[left[0]!]}: otherwise some days would be in the future.`,
  }
}

/**
 * A spreadsheet that reads a file in another country's order makes days of those cells that are one in its own, with day and
 * month swapped, and leaves the others as text: below a heading `2024-03-05` then stands among `13/02/2024`. It has done so
 * where each of its days may be swapped, and none of the texts could be.
 */
class SwappedDays {
  private made: { first: Cell | null; count: number } = { first: null, count: 0 }
  private texts: { first: Cell | null; count: number } = { first: null, count: 0 }
  private isOther = false

  /** Takes the next cell, with its day where that is the same in each order. */
  see(cell: Cell, day: Day | null, isOpen: boolean): void {
    if (day === null ? isOpen : Number(day.slice(8)) > 12) this.isOther = true
    const kind = day === null ? this.texts : this.made
    kind.first ??= cell
    kind.count++
  }

  get contradiction(): string | null {
    const { made, texts } = this
    if (this.isOther || Math.min(made.count, texts.count) < SWAPPED) return null
    return `A spreadsheet seems to have swapped day and month: line ${texts.first!.line} says “${texts.first!.text}”, and line ${made.first!.line} “${made.first!.text}”, which may have been meant the other way round. Import the file as you got it, without saving it in a spreadsheet.`
  }
}

/** Three days of a month are its first twelve by accident in one file of sixteen. */
const SWAPPED = 3

/** So many steps in one direction and none in the other are no accident: 2 in 8! of random days are. */
function inOrder({ up, down }: { up: number; down: number }): boolean {
  return Math.min(up, down) === 0 && Math.max(up, down) >= 7
}

const first: Record<DayOrder, string> = {
  dmy: 'Days come first',
  mdy: 'Months come first',
  ymd: 'Years come first',
}

/**
 * The decimal mark of all numbers of a table. `1.234,56`, `0,5` and `12,3456` decide for all; `1,234` proves nothing.
 * A minority that contradicts is not read (each such cell is refused by name), unless cells that need the mark stand
 * beside it: then the file contradicts itself. Where commas separate the cells and none is in a number, `185.125` has a
 * decimal point: programs that write decimal commas separate cells otherwise.
 */
export function provenMark(
  cells: Iterable<Cell>,
  stated: DecimalMark | undefined,
  separator: string,
): Proof<DecimalMark> {
  const proofs = new Map<DecimalMark, { first: Cell; count: number }>()
  const examples: Cell[] = []
  for (const cell of cells) {
    const { marks, differ } = marksOf(cell.text)
    if (!differ) continue
    if (marks.length > 1) {
      if (examples.length < 3) examples.push(cell)
      else if (cell.text.includes(',') && examples.every(({ text }) => !text.includes(',')))
        examples[2] = cell
      continue
    }
    const proof = proofs.get(marks[0]!)
    if (proof) proof.count++
    else proofs.set(marks[0]!, { first: cell, count: 1 })
  }
  const [point, comma] = [proofs.get('.'), proofs.get(',')]
  if (point && comma) {
    if (examples.length > 0 || point.count === comma.count)
      return {
        contradiction: `The numbers contradict each other: line ${point.first.line} says “${point.first.text}”, line ${comma.first.line} says “${comma.first.text}”, and no decimal mark fits both.`,
      }
    return { decided: point.count > comma.count ? '.' : ',', because: '' }
  }
  if (point || comma) {
    const { line, text } = (point ?? comma)!.first
    return point
      ? {
          decided: '.',
          because: examples.length > 0 ? `Decimals follow a point: line ${line} says “${text}”.` : '',
        }
      : { decided: ',', because: `Decimals follow a comma: line ${line} says “${text}”.` }
  }
  // whole numbers are the same under both marks, and of a comma between cells nothing would be left for a number
  const pointed =
    examples.length === 0 || (separator === ',' && examples.every(({ text }) => !text.includes(',')))
  if (stated || pointed) return { decided: stated ?? '.', because: '' }
  return { left: ['.', ','], examples }
}

/** The question that is left, with three rows read in each way. */
export function asked(
  about: 'days' | 'decimals',
  column: string,
  readings: readonly (DayOrder | DecimalMark)[],
  examples: readonly Cell[],
): Question {
  return {
    about,
    column,
    readings: readings.map((answer): ReadOneWay => ({
      answer,
      means: meanings[answer],
      samples: examples.map(({ line, text }) => ({
        line,
        spelled: text,
        read: (answer === '.' || answer === ',' ? numberIn(text, answer)?.plain : dayIn(text, answer)) ?? '',
      })),
    })),
  }
}

const meanings: Record<DayOrder | DecimalMark, string> = {
  dmy: 'the day comes first',
  mdy: 'the month comes first',
  ymd: 'the year comes first',
  '.': 'decimals follow a point',
  ',': 'decimals follow a comma',
}
