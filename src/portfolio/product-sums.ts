import type { Decimal } from './decimal.ts'

/**
 * Exact sums of products of decimals, many of them side by side, such as Σ shares × price for each day. The sums count
 * 1e-20.
 *
 * A sum is kept twice: as its lowest 64 bits, which are exact and make no BigInt, and as a double, which knows the rest.
 * The double is off by less than half of 2^64, so the two of them give the sum to the last digit, in a twentieth of the
 * time that adding up BigInts takes. What is too large for that is added up as BigInts.
 */
export class ProductSums {
  readonly #lowest: BigInt64Array
  readonly #nearest: Float64Array
  readonly #large = new Map<number, bigint>()
  readonly #limit: number

  /** `terms`: so many products a sum has at most. */
  constructor(length: number, terms: number) {
    this.#lowest = new BigInt64Array(length)
    this.#nearest = new Float64Array(length)
    // both factors, each product and each addition are off by 2^-53 of what they are: together by less than 2^62
    this.#limit = 2 ** 115 / (terms + 3) ** 2
  }

  /** Adds a × b to one of the sums; `nearest` is their product in doubles. */
  add(at: number, a: Decimal, b: Decimal, nearest: number): void {
    if (nearest < this.#limit && nearest > -this.#limit) {
      // the array keeps the lowest 64 bits
      this.#lowest[at]! += a * b
      this.#nearest[at]! += nearest
    } else this.#large.set(at, (this.#large.get(at) ?? 0n) + a * b)
  }

  /** The sum, to the last digit. */
  sum(at: number): bigint {
    const nearest = BigInt(this.#nearest[at]!)
    const exact = nearest + BigInt.asIntN(64, this.#lowest[at]! - nearest)
    return exact + (this.#large.get(at) ?? 0n)
  }
}
