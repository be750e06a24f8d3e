import { type Decimal, decimal, divide, ONE } from '../portfolio/decimal.ts'
import type { Kind } from './type-words.ts'

/**
 * What one row of a statement says, in plain spelling. Numbers are as the file has them ('' where it has none), with
 * their signs; `amount` is the cash that moved.
 */
export type Facts = {
  kind: Kind
  date: string
  symbol: string
  currency: string
  shares: string
  /** In `currency`. */
  price: string
  fee: string
  tax: string
  amount: string
  /** Of a dividend: what it was before tax, where a column says so. */
  gross?: string
  /** Whether fee and tax are in the amount already (net), or come beside it (gross). */
  amountIs: 'net' | 'gross'
  /** Whether the amounts of this file have signs: without them the kind says what left and what came. */
  signed: boolean
  /** Whether sales have amounts of both signs in it. */
  mixedSales?: boolean
  /** Whether what an amount has beyond shares × price is a fee, because the file has no column for it. */
  feeIsRest?: boolean
  /** Whether no row of the file is a dividend of its own, so that what was reinvested is one. */
  reinvestsAlone?: boolean
  note: string
}

/** True for a number that is not nothing. */
export function isGiven(number: string): boolean {
  return /[1-9]/.test(number)
}

/** True for a number below nothing. */
export function isNegative(number: string): boolean {
  return number.startsWith('-')
}

/** A number without its sign. */
export function size(number: string): string {
  return number.startsWith('-') ? number.slice(1) : number
}

/** A plain number as a decimal; more than ten decimals are rounded. Null for what is no number. */
export function exact(plain: string): Decimal | null {
  const value = decimal(plain)
  if (value !== null) return value
  const match = /^(-?)(\d{1,30})\.(\d{11,40})$/.exec(plain)
  if (!match) return null
  const digits = BigInt(match[2]! + match[3]!)
  const rounded = divide(digits * ONE, 10n ** BigInt(match[3]!.length))
  return match[1] ? -rounded : rounded
}
