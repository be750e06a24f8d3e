import { minorUnit } from '../portfolio/currency.ts'
import type { Cells } from './mapping.ts'
import { type DecimalMark, numberIn } from './number-spelling.ts'
import type { Kind } from './type-words.ts'

/** A row that is looked at, and what its type says. */
export type Sampled = { line: number; cells: Cells; kind: Kind | null }

/** Whether the amount of a trade is shares × price with its charges (net), or without them; null when it has not all three. */
export function fitsOf(
  { cells }: Sampled,
  mark: DecimalMark,
): { net: boolean; gross: boolean; closer: 'net' | 'gross' | null } | null {
  const [shares, price, amount] = [cells.shares, cells.price, cells.amount].map((cell) => value(cell, mark))
  if (!shares || !price || !amount) return null
  const units = unitsOf(cells, mark)
  const rate = rateOf(cells, mark, (shares * price) / units / amount)
  const product = (shares * price * rate.by) / units
  const rounding =
    0.011 +
    (shares * halfUnit(price, cells.price) + price * halfOfShares(cells.shares)) / units +
    product * rate.half
  const charge = [...cells.fees, ...cells.taxes].reduce((sum, cell) => sum + (value(cell, mark) ?? 0), 0)
  const gross = Math.abs(product - amount)
  const net = Math.min(Math.abs(product + charge - amount), Math.abs(product - charge - amount))
  const isNear = Math.min(net, gross) <= rounding
  const closer = !isNear || Math.abs(net - gross) < 0.004 ? null : net < gross ? 'net' : 'gross'
  return { net: net <= rounding, gross: gross <= rounding, closer }
}

/**
 * How the amount of a trade in another currency follows from shares × price: by the row's rate (`times`) or divided by it (`over`); null
 * where it does not.
 */
export function conversionOf({ cells }: Sampled, mark: DecimalMark): 'times' | 'over' | null {
  const [shares, price, amount, rate] = [cells.shares, cells.price, cells.amount, cells.rate].map((cell) =>
    value(cell, mark),
  )
  if (!shares || !price || !amount || !rate) return null
  const { by } = rateOf(cells, mark, (shares * price) / unitsOf(cells, mark) / amount)
  return by === 1 ? null : by === rate ? 'times' : 'over'
}

/**
 * What the product is multiplied by to be in the currency of the amount, where that is another one and the row has the rate between
 * them: the rate or one divided by it, whichever comes nearer to the amount (`over` is product ÷ amount). `half` is the part that
 * the rounding of the rate makes.
 */
function rateOf(cells: Cells, mark: DecimalMark, over: number): { by: number; half: number } {
  const rate = value(cells.rate, mark)
  if (!rate || Math.abs(over - 1) < 0.005) return { by: 1, half: 0 }
  const by = Math.abs(over * rate - 1) < Math.abs(over / rate - 1) ? rate : 1 / rate
  if (Math.abs(over * by - 1) > 0.1 || Math.abs(over * by - 1) > Math.abs(over - 1)) return { by: 1, half: 0 }
  return { by, half: halfUnit(rate, cells.rate) / rate }
}

/**
 * A price in pence, as a column or the price itself says (`450.00p`), is a hundred times what the amount is in; so is one of which
 * nothing but the sum says it, such as a bond's in percent.
 */
function unitsOf({ shares, price, amount, priceCurrency, currency }: Cells, mark: DecimalMark): number {
  const isInPence = /\dp$/.test(price) && !/\dp$/.test(amount)
  if (minorUnit(priceCurrency || currency) || isInPence) return 100
  const [count, each, sum] = [shares, price, amount].map((cell) => value(cell, mark) ?? 0)
  return partsOfPrice(count!, each!, sum!)
}

/**
 * How many times the amount shares × price is, charges and accrued interest aside, where the price is in hundredths (of a bond in percent,
 * in cents) or that of ten thousand units, as funds of Japan state it; otherwise 1.
 */
export function partsOfPrice(shares: number, price: number, amount: number): 1 | 100 | 10_000 {
  const isAbout = (parts: number) => amount > 0 && Math.abs((shares * price) / amount / parts - 1) < 0.05
  return isAbout(100) ? 100 : isAbout(10_000) ? 10_000 : 1
}

/** True for a purchase that cost more than shares × price, or a sale that brought less, by what a broker may take. */
export function hasRest({ cells, kind }: Sampled, mark: DecimalMark): boolean {
  const [shares, price, amount] = [cells.shares, cells.price, cells.amount].map((cell) => value(cell, mark))
  if (!shares || !price || !amount) return true
  const isSale =
    kind === 'sell' ||
    (kind !== 'buy' && (/^[-−(]/.test(cells.shares) || !/^[-−(]|^\D{0,4}[-−]/.test(cells.amount)))
  const units = unitsOf(cells, mark)
  const product = ((shares * price) / units) * rateOf(cells, mark, (shares * price) / units / amount).by
  const rest = isSale ? product - amount : amount - product
  const rounding = (shares * halfUnit(price, cells.price) + price * halfOfShares(cells.shares)) / units
  return rest >= -0.011 - rounding && rest <= product / 20 + 30
}

/** The most that rounding can have changed in parts of a share: whole ones are exact. */
function halfOfShares(spelled: string): number {
  const decimals = /[.,](\d+)\D*$/.exec(spelled.slice(0, 48))?.[1]?.length ?? 0
  return decimals < 3 ? 0 : 0.5 / 10 ** decimals
}

function halfUnit(price: number, spelled: string): number {
  const decimals = Math.max(2, /[.,](\d+)\D*$/.exec(spelled.slice(0, 48))?.[1]?.length ?? 0)
  return price >= 0 ? 0.5 / 10 ** decimals : 0
}

/** The size of a number; null for what is none under that mark. */
export function value(cell: string, mark: DecimalMark): number | null {
  const number = numberIn(cell, mark)
  return number ? Math.abs(Number(number.plain)) : null
}
