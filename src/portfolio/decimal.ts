/**
 * Exact decimals: a bigint that counts ten-billionths (1e-10). Shares, prices and money all use it, so that
 * sums are exact and a product or quotient is rounded once, half to even. Ratios and rates are plain numbers.
 *
 * One scale for all: shares go down to 1e-8, Yahoo's closes carry ten decimals (129.0399932861), and money is
 * their product. Binary floats never stand between the user's input and the ledger's arithmetic.
 */
export type Decimal = bigint
export type Shares = Decimal
export type Price = Decimal
export type Money = Decimal

const SCALE = 10
export const ONE: Decimal = 10_000_000_000n
const CENT = ONE / 100n

/** Reads a plain decimal such as `-12.5`. Null when the text is not one or has more than ten decimals. */
export function decimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d+)(?:\.(\d{1,10}))?$/.exec(text)
  if (!match) return null
  const digits = BigInt(match[2]! + (match[3] ?? '').padEnd(SCALE, '0'))
  return match[1] === '-' ? -digits : digits
}

/** The same for text that our own code wrote; anything else is a broken invariant. */
export function stored(text: string): Decimal {
  const value = decimal(text)
  if (value === null) throw new Error(`not a decimal: ${text}`)
  return value
}

/** A double from outside (a close, a quote) to its nearest decimal; beyond 900,000 the last digits follow the double. */
export function fromNumber(value: number): Decimal {
  return BigInt(Math.round(value * 1e10))
}

export function toNumber(value: Decimal): number {
  return Number(value) / 1e10
}

/** Plain notation without trailing zeros: `-12.5`, `0`, `0.00000001`. */
export function text(value: Decimal): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0')
  const fraction = digits.slice(-SCALE).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`
}

/** a × b, rounded half to even. */
export function times(a: Decimal, b: Decimal): Decimal {
  return divide(a * b, ONE)
}

/** a ÷ b, rounded half to even. */
export function over(a: Decimal, b: Decimal): Decimal {
  return divide(a * ONE, b)
}

/** total × part ÷ whole with a single rounding: the cost of some of a lot's shares. */
export function share(total: Money, part: Shares, whole: Shares): Money {
  return divide(total * part, whole)
}

/** The smallest whole number of cents that is not below the amount. */
export function upToCent(amount: Money): Money {
  const rest = ((amount % CENT) + CENT) % CENT
  return rest === 0n ? amount : amount - rest + CENT
}

/** Rounds to so many decimals, half to even. */
export function rounded(value: Decimal, decimals: number): Decimal {
  const unit = 10n ** BigInt(SCALE - decimals)
  return divide(value, unit) * unit
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = 0n
  for (const value of values) total += value
  return total
}

/** Integer division rounded half to even. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const n = denominator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  let quotient = n / d
  let rest = n % d
  if (rest < 0n) {
    rest += d
    quotient -= 1n
  }
  const twice = rest * 2n
  if (twice > d || (twice === d && (quotient & 1n) === 1n)) quotient += 1n
  return quotient
}
