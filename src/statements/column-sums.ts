import type { Column } from './column-shape.ts'
import { numberIn } from './number-spelling.ts'

/** Of the columns for shares, price and amount those whose product comes out on most rows; otherwise the best named ones. */
export function sums(
  shares: readonly Column[],
  prices: readonly Column[],
  amounts: readonly Column[],
): [Column | undefined, Column | undefined, Column | undefined] {
  let best: { columns: [Column, Column, Column]; worth: number } | null = null
  // where nothing is called shares, what is called amount may be, beside a total
  for (const share of (shares.length > 0 ? shares : amounts).slice(0, 4))
    for (const price of prices.slice(0, 4))
      for (const amount of amounts.slice(0, 6)) {
        if (new Set([share, price, amount]).size < 3) continue
        const right = share.cells.filter((cell, i) =>
          comesOut(cell, price.cells[i]!, amount.cells[i]!),
        ).length
        // of two the one that the rows without a trade have something in as well
        const worth = right === 0 ? 0 : right + amount.cells.filter((cell) => /[1-9]/.test(cell)).length
        if (worth > (best?.worth ?? 0)) best = { columns: [share, price, amount], worth }
      }
  if (best) {
    const [share, price, amount] = best.columns
    return [share, price, fuller(amount, amounts) ?? amount]
  }
  const [amount] = amounts.filter((column) => column.filled > 0).concat(amounts)
  return [shares[0], prices.find((column) => column !== shares[0]), amount === shares[0] ? undefined : amount]
}

/** A column of money with something in every row that the other has something in, and in half as many again. */
function fuller(amount: Column, amounts: readonly Column[]): Column | undefined {
  return amounts.find(
    (other) =>
      other.filled >= amount.filled * 1.5 &&
      amount.cells.every((cell, i) => !/[1-9]/.test(cell) || /[1-9]/.test(other.cells[i]!)),
  )
}

/**
 * Columns of fees and of taxes, without those whose sum stands in another: `Commission`, `Platform fee` and `Total fees`. A total
 * of fees and taxes is a fee.
 */
export function withoutParts(
  fees: readonly Column[],
  taxes: readonly Column[],
): { fees: readonly Column[]; taxes: readonly Column[] } {
  const whole = (total: Column, parts: readonly Column[]) =>
    parts.filter((column) => column.filled > 0).length > 1 && isTotal(total, parts)
  const others = (all: readonly Column[], column: Column) => all.filter((each) => each !== column)
  const ofAll = fees.find((column) => taxes.length > 0 && whole(column, [...others(fees, column), ...taxes]))
  if (ofAll) return { fees: [ofAll], taxes: [] }
  const [fee, tax] = [fees, taxes].map((all) => all.find((column) => whole(column, others(all, column))))
  return { fees: fee ? [fee] : fees, taxes: tax ? [tax] : taxes }
}

/** True where a column has the sum of the others in each row, and not the same as one of them in all. */
function isTotal(total: Column, parts: readonly Column[]): boolean {
  return (['.', ','] as const).some((mark) => {
    const valueOf = (cell: string) => Math.abs(Number(numberIn(cell, mark)?.plain ?? 0))
    const sumOf = (row: number) => parts.reduce((sum, { cells }) => sum + valueOf(cells[row] ?? ''), 0)
    const totals = total.cells.map(valueOf)
    return (
      totals.every((value, row) => Math.abs(value - sumOf(row)) < 0.011) &&
      parts.every(({ cells }) => totals.some((value, row) => value - valueOf(cells[row] ?? '') > 0.011))
    )
  })
}

/**
 * The columns of fees and taxes: of those that may be meant the ones that make the sums come out to the cent on most rows. Of fees
 * one alone, where another, of fees or of the tax on them (GST), has the same money in it; or `others` too, which nobody knows
 * by their names: `Provision`, and beside it `Fremde Spesen` or `Cánones`.
 */
export function addedUp(
  charges: { fees: readonly Column[]; taxes: readonly Column[] },
  others: readonly Column[],
  ...factors: (Column | undefined)[]
): { fees: readonly Column[]; taxes: readonly Column[] } {
  const { fees, taxes } = charges
  const more = others.filter((column) => !fees.includes(column) && !factors.includes(column))
  const [shares, price, amount] = factors
  const isOne = fees.length + taxes.length + more.length < 2
  if (fees.length === 0 || isOne || !shares || !price || !amount) return charges
  const right = (some: readonly Column[]) =>
    shares.cells.filter((cell, i) => {
      const own = some.map((column) => column.cells[i] ?? '')
      return (
        own.some((charge) => /[1-9]/.test(charge)) && isExact(cell, price.cells[i]!, amount.cells[i]!, own)
      )
    }).length
  const besides = taxes.filter((tax) => !isWithin(tax, fees))
  const ways = [
    charges,
    { fees, taxes: besides },
    ...fees.flatMap((fee) => [
      { fees: [fee], taxes },
      { fees: [fee], taxes: besides },
    ]),
    ...more.map((column) => ({ fees: [...fees, column], taxes })),
    { fees: [...fees, ...more], taxes },
  ]
  const rights = ways.map((way) => right([...way.fees, ...way.taxes]))
  return ways[rights.indexOf(Math.max(...rights))]!
}

/** True for a tax that no row has without a larger fee. */
function isWithin(tax: Column, fees: readonly Column[]): boolean {
  return tax.cells.every(
    (cell, i) => !/[1-9]/.test(cell) || fees.some((fee) => size(fee.cells[i] ?? '') > size(cell)),
  )
}

function size(cell: string): number {
  return Math.max(...(['.', ','] as const).map((mark) => Math.abs(Number(numberIn(cell, mark)?.plain ?? 0))))
}

function isExact(shares: string, price: string, amount: string, charges: readonly string[]): boolean {
  return (['.', ','] as const).some((mark) => {
    const value = (cell: string) => Math.abs(Number(numberIn(cell, mark)?.plain ?? 0))
    const product = value(shares) * value(price)
    const gap = Math.abs(value(amount) - product)
    const charge = charges.reduce((sum, cell) => sum + value(cell), 0)
    // what a dividend was is no charge on it
    return product > 0 && charge > 0 && Math.abs(gap - charge) < 0.011
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
