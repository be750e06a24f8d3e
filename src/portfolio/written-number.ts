import { decimal, type Decimal, divide, ONE } from './decimal.ts'
import type { Transaction } from './transaction.ts'

// Numbers as people and programs write them, beside plain decimals (decimal.ts).

/** Reads a number with more than ten decimals; null when it is none. */
export function roundedDecimal(typed: string): Decimal | null {
  const match = /^([+-]?\d+)\.(\d{11,40})$/.exec(typed)
  if (!match) return null
  const digits = BigInt(match[2]!)
  const fraction = divide(digits * ONE, 10n ** BigInt(match[2]!.length))
  return BigInt(match[1]!) * ONE + (match[1]!.startsWith('-') ? -fraction : fraction)
}

/** Reads `5:1` or `5/1`; null when it is no ratio of whole numbers. */
export function readRatio(text: string): Transaction['ratio'] {
  const match = /^\s*(\d{1,9})\s*[:/]\s*(\d{1,9})\s*$/.exec(text)
  const numerator = Number(match?.[1])
  const denominator = Number(match?.[2])
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : null
}

/** Also `0.6512`, and `1.5:1`; each as whole numbers. */
export function readParts(text: string): Transaction['ratio'] {
  const match = /^\s*(\d{1,12}(?:\.\d{1,8})?)\s*(?:[:/]\s*(\d{1,12}(?:\.\d{1,8})?))?\s*$/.exec(text)
  if (!match) return null
  const [one, other] = [decimal(match[1]!), decimal(match[2] ?? '1')]
  if (!one || !other) return null
  const common = greatestDivisor(one, other)
  return { numerator: Number(one / common), denominator: Number(other / common) }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b)
}

/** Reads a part of a whole, `0.2` or `20%`; null when it is below 0, or not below 1. */
export function readShare(text: string): Decimal | null {
  const match = /^\s*(\d+(?:\.\d{1,8})?)\s*(%)?\s*$/.exec(text)
  const value = match ? decimal(match[1]!) : null
  const part = value !== null && match![2] ? value / 100n : value
  return part !== null && part < ONE ? part : null
}
