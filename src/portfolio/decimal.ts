/**
 * An exact decimal is a bigint that counts ten-billionths (1e-10). Shares, prices and money all use it, so that
 * sums are exact and a product or quotient is rounded once, half to even. Ratios and rates are plain numbers.
 *
 * One scale fits all: shares go down to 1e-8, a source's closes have ten decimals (129.0399932861), and money is their
 * product. Binary floats never stand between the user's input and the ledger's arithmetic (finance.md, "Numbers").
 */
export type Decimal = bigint
export type Shares = Decimal
export type Price = Decimal
export type Money = Decimal

const SCALE = 10
const ZERO = 48
export const ONE: Decimal = 10_000_000_000n
const CENT = ONE / 100n

/** Reads a plain decimal such as `-12.5`. Null when the text is not one or has more than ten decimals. */
export function decimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d+)(?:\.(\d{1,10}))?$/.exec(text)
  if (!match) return null
  const digits = BigInt(match[2]! + (match[3] ?? '').padEnd(SCALE, '0'))
  return match[1] === '-' ? -digits : digits
}

/**
 * Reads a decimal that our own code wrote. Throws on anything else, which would be a broken invariant; the error is logged,
 * so that it does not quote what may be an amount.
 */
export function stored(text: string): Decimal {
  const value = decimal(text)
  if (value === null) throw new Error(`a stored text of ${text.length} characters is not a decimal`)
  return value
}

/**
 * Converts a double from outside (a close, a quote) to the decimal a person would write: the shortest one that
 * reads back as the same double (123456789.1, not 123456789.0999999940), rounded half to even to ten decimals. Throws
 * when it is not finite.
 *
 * Up to about 200,000 the rounded product below is proven to be that decimal: no text is needed, and a history of
 * closes is read ten times as fast.
 */
export function fromNumber(value: number): Decimal {
  const count = countOf(value)
  return Number.isNaN(count) ? asPrinted(value) : BigInt(count)
}

/** Returns what that decimal counts as a double, which makes no BigInt; NaN where it is not proven to be exact. */
export function countOf(value: number): number {
  const counted = value * 1e10
  const nearest = Math.round(counted)
  return Math.abs(counted - nearest) + Math.abs(counted) * TWO_ROUNDINGS < 0.5 ? nearest : NaN
}

/** The largest relative error of a double times 1e10 against the decimal that the double stands for. */
const TWO_ROUNDINGS = 2.5e-16

function asPrinted(value: number): Decimal {
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (!match) throw new Error(`not a finite number: ${value}`)
  const [, whole, fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const shift = SCALE + Number(exponent) - fraction.length
  return shift < 0 ? divide(digits, 10n ** BigInt(-shift)) : digits * 10n ** BigInt(shift)
}

/**
 * Converts money that was calculated with plain numbers (a benchmark's units × its index). It keeps at most
 * fourteen digits and six decimals (eight below 1); further digits of a double are rounding errors:
 * 0.30000000000000004 is 0.3, 1035300000000.0001 is 1035300000000.
 */
export function fromFloat(value: number): Money {
  return rounded(fromNumber(Number(value.toPrecision(14))), Math.abs(value) < 1 ? 8 : 6)
}

/** The nearest double, for ratios and drawings. It is never for amounts that are added up. */
export function toNumber(value: Decimal): number {
  return Number(value) / 1e10
}

/** part ÷ whole as a plain number, 0.25 for a quarter. Null when one of them is null or the whole is not positive. */
export function ratioOf(part: Decimal | null, whole: Decimal | null): number | null {
  return part !== null && whole !== null && whole > 0n ? toNumber(part) / toNumber(whole) : null
}

/** Writes plain notation without trailing zeros: `-12.5`, `0`, `0.00000001`. Null, an unknown answer, stays null. */
export function text(value: Decimal): string
export function text(value: Decimal | null): string | null
export function text(value: Decimal | null): string | null {
  if (value === null) return null
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0')
  const whole = digits.length - SCALE
  let end = digits.length
  while (end > whole && digits.charCodeAt(end - 1) === ZERO) end--
  const sign = value < 0n ? '-' : ''
  return end === whole
    ? sign + digits.slice(0, whole)
    : `${sign}${digits.slice(0, whole)}.${digits.slice(whole, end)}`
}

/** a × b, rounded half to even. */
export function times(a: Decimal, b: Decimal): Decimal {
  return divide(a * b, ONE)
}

/** a ÷ b, rounded half to even. */
export function over(a: Decimal, b: Decimal): Decimal {
  return divide(a * ONE, b)
}

/** total × part ÷ whole with a single rounding, such as the cost of some of a lot's shares. */
export function share(total: Money, part: Shares, whole: Shares): Money {
  return divide(total * part, whole)
}

/** Divides a total in proportion to the parts. Each is rounded once; the last takes the rest, so that they add up. */
export function shareOut(total: Money, parts: readonly Shares[]): Money[] {
  const whole = sum(parts)
  let given = 0n
  return parts.map((part, i) => {
    const own = i === parts.length - 1 ? total - given : share(total, part, whole)
    given += own
    return own
  })
}

/** The smallest whole number of cents that is not below the amount. */
export function upToCent(amount: Money): Money {
  const rest = ((amount % CENT) + CENT) % CENT
  return rest === 0n ? amount : amount - rest + CENT
}

/** Rounds to a number of decimals, half to even. */
export function rounded(value: Decimal, decimals: number): Decimal {
  const unit = units[decimals]!
  return divide(value, unit) * unit
}

/** By a number of decimals, the decimal whose last digit is the last of them. */
const units = Array.from({ length: SCALE + 1 }, (_, decimals) => 10n ** BigInt(SCALE - decimals))

/** The exact sum; 0n of no values, and null when one of them is null. */
export function sum(values: Iterable<Decimal>): Decimal
export function sum(values: Iterable<Decimal | null>): Decimal | null
export function sum(values: Iterable<Decimal | null>): Decimal | null {
  const all = Array.isArray(values) ? (values as (Decimal | null)[]) : [...values]
  let total = 0n
  for (let i = 0; i < all.length; i++) {
    const value = all[i]!
    if (value === null) return null
    total += value
  }
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
