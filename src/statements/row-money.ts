import { minorUnit } from '../portfolio/currency.ts'
import { divide, over, text, times } from '../portfolio/decimal.ts'
import { isMoney, moneyCode } from './money-codes.ts'
import { exact, isGiven } from './facts.ts'

/** What a row states in plain spelling, and what its price and its amount are in ('' where nothing says so). */
type StatedMoney = {
  shares: string
  price: string
  amount: string
  charges: number
  currency: { amount: string; price: string }
  /** How much of one currency the other is. */
  rate: string
  /** How amounts of the file follow from those in the row's currency, where they are in the account's (arithmetic.ts). */
  converted: 'times' | 'over' | null
  /** A trade has a price, from which an amount in another currency follows; any other row has its amount alone. */
  isTrade: boolean
  /** The currency of the rows that are not converted. */
  home: string
}

/**
 * Brings price and amount to one currency. A price in pence is divided by 100; where the amount is in another currency
 * than the price (the account's), the amount counts and the price follows from it. Where the columns name two currencies
 * but the amount is shares × price to the cent, it is in that of the price; where it is so only after the row's own rate
 * is applied, it is in that of the account. Where nothing names that one, the rate brings the amount back to that of the row, and
 * `charged` does the same to its fee and tax.
 */
export function inOneCurrency(stated: StatedMoney): Money {
  const { shares, price, amount, currency } = stated
  const unit = minorUnit(currency.price || currency.amount)
  const ofPrice = unit?.major ?? (currency.price || currency.amount)
  const inUnits = unit ? hundredth(price) : price
  const ofAmount = minorUnit(currency.amount)?.major ?? (currency.amount || ofPrice)
  if (unit && minorUnit(currency.amount) && isGiven(amount)) {
    // a column that says pence for both may mean the price alone
    const product = exact(shares) && exact(inUnits) ? times(exact(sizeOf(shares))!, exact(inUnits)!) : null
    const sum = exact(sizeOf(amount))
    if (product !== null && sum !== null && sum > product * 10n)
      return { price: inUnits, amount: hundredth(amount), currency: ofPrice }
  }
  if (!isGiven(amount)) return { price: inUnits, amount, currency: ofPrice }
  if (ofPrice === ofAmount) {
    const account = convertedTo(stated, inUnits)
    if (account === null) return { price: inUnits, amount, currency: ofAmount }
    if (account !== '') return { price: '', amount, currency: account }
    const charged = (plain: string) => inRowCurrency(plain, stated)
    const isWhole = stated.isTrade && isConverted(stated, inUnits)
    return { price: inUnits, amount: isWhole ? '' : charged(amount), currency: ofAmount, charged }
  }
  // of a few cents, any two sums are alike
  if (Math.abs(Number(amount)) >= 5 && isProduct(stated, inUnits, 1))
    return { price: inUnits, amount, currency: ofPrice }
  return { price: '', amount, currency: ofAmount }
}

type Money = { price: string; amount: string; currency: string; charged?: (plain: string) => string }

function inRowCurrency(plain: string, { rate, converted }: StatedMoney): string {
  const [value, each] = [exact(plain), exact(rate)]
  if (value === null || !each || converted === null) return plain
  return text(converted === 'times' ? over(value, each) : times(value, each))
}

/**
 * The currency of the account, '' where no row names it, where the amount is what the row's rate makes of shares × price; null
 * otherwise.
 */
function convertedTo(stated: StatedMoney, price: string): string | null {
  const rate = Number(stated.rate)
  if (!(rate > 0) || Math.abs(rate - 1) < 0.0005 || isProduct(stated, price, 1)) return null
  const { converted, isTrade } = stated
  // a dividend is in the same currency as the trades, and so is a trade whose charges are in the amount alone
  const isAlike =
    converted !== null && (!isTrade || isNear(stated, price, converted === 'times' ? rate : 1 / rate))
  return isAlike || isConverted(stated, price) ? stated.home : null
}

function isConverted(stated: StatedMoney, price: string): boolean {
  const rate = Number(stated.rate)
  return isProduct(stated, price, rate) || isProduct(stated, price, 1 / rate)
}

/** Whether the amount is shares × price × rate but for what a broker may take. */
function isNear({ shares, amount }: StatedMoney, price: string, rate: number): boolean {
  const [count, each, sum] = [shares, price, amount].map((plain) => Math.abs(Number(plain)))
  const product = count! * each! * rate
  return product > 0 && Math.abs(product - sum!) <= product / 20 + 30 * rate
}

/** Whether the amount is shares × price × rate, to the cent without a rate and to a thousandth with one, charges aside. */
function isProduct({ shares, amount, charges }: StatedMoney, price: string, rate: number): boolean {
  const [count, each, sum] = [shares, price, amount].map((plain) => Math.abs(Number(plain)))
  if (!count || !each || !sum) return false
  const product = count * each * rate
  const charged = charges * rate
  const within = rate === 1 ? 0.011 : 0.011 + product / 1000
  return [0, charges, -charges, charged, -charged].some(
    (charge) => Math.abs(product + charge - sum) <= within,
  )
}

/** The code of a currency as the ledger has it, or of its small unit; '' for any other text. */
export function currencyIn(cell: string): string {
  const code = cell.trim()
  if (minorUnit(code)) return code
  const upper = moneyCode(code.toUpperCase())
  return isMoney(upper) || /^[A-Z]{3}$/.test(upper) ? upper : ''
}

export function hundredth(plain: string): string {
  const value = exact(plain)
  return value === null ? plain : text(divide(value, 100n))
}

export function sizeOf(plain: string): string {
  return plain.startsWith('-') ? plain.slice(1) : plain
}
