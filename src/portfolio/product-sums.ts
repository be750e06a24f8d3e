import type { Decimal } from './decimal.ts'
import { boundOfCounts, type Closes, countIn, halvesOf } from './price-history.ts'

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

  /**
   * Adds factor × the close of its index to the sums of each run: from its start to the next one's, the last to the end.
   * What holds of the bound of all closes holds of every one, so that the innermost loop asks nothing.
   */
  addRuns(closes: Closes, indexes: Int32Array, starts: readonly number[], factors: readonly Decimal[]): void {
    const halves = closes instanceof BigInt64Array ? halvesOf(closes) : null
    const bound = halves && boundOfCounts(halves)
    for (let run = 0; run < factors.length; run++) {
      const factor = factors[run]!
      const until = run + 1 < factors.length ? starts[run + 1]! : indexes.length
      if (factor === 0n || starts[run] === until) continue
      if (bound !== null && Math.abs(Number(factor)) * bound < this.#limit)
        addRun(
          this.#lowest,
          this.#nearest,
          starts[run]!,
          until,
          factor,
          closes as BigInt64Array,
          halves!,
          indexes,
        )
      else this.#addEach(starts[run]!, until, factor, closes, indexes)
    }
  }

  #addEach(from: number, until: number, factor: Decimal, closes: Closes, indexes: Int32Array): void {
    for (let i = from; i < until; i++) {
      const close = closes[indexes[i]!]!
      this.add(i, factor, close, Number(factor) * Number(close))
    }
  }

  /** The sum, to the last digit. */
  sum(at: number): bigint {
    return exactly(this.#lowest[at]!, this.#nearest[at]!) + (this.#large.get(at) ?? 0n)
  }
}

/** Its arguments stand side by side, because an object of them would be made for every run. */
function addRun(
  lowest: BigInt64Array,
  nearest: Float64Array,
  from: number,
  until: number,
  factor: Decimal,
  closes: BigInt64Array,
  halves: Int32Array,
  indexes: Int32Array,
): void {
  // the engine multiplies in a register what it knows to be of 64 bits
  const low = BigInt.asIntN(64, factor)
  const near = Number(factor)
  for (let i = from; i < until; i++) {
    const index = indexes[i]!
    lowest[i] = BigInt.asIntN(64, lowest[i]! + BigInt.asIntN(64, low * closes[index]!))
    nearest[i]! += near * countIn(halves, index)
  }
}

/** A single sum, of any number of products of any size. It is kept in the same way, a part after the other. */
export class ProductSum {
  readonly #lowest = new BigInt64Array(1)
  #nearest = 0
  /** Σ |product| of this part. */
  #gross = 0
  #terms = 0
  #before = 0n

  /**
   * Adds a × b, of which the lowest 64 bits are enough; `nearest` is their product in doubles. Returns false for one that
   * is too large to be added in this way: it is for `addLarge`.
   */
  add(a: bigint, b: bigint, nearest: number): boolean {
    const size = Math.abs(nearest)
    if (!(size <= MOST_GROSS)) return false
    if (this.#gross + size > MOST_GROSS || this.#terms === MOST_TERMS) this.#begin()
    // the array keeps the lowest 64 bits
    this.#lowest[0]! += a * b
    this.#nearest += nearest
    this.#gross += size
    this.#terms++
    return true
  }

  addLarge(product: bigint): void {
    this.#before += product
  }

  /** The sum, to the last digit. */
  get sum(): bigint {
    return this.#before + exactly(this.#lowest[0]!, this.#nearest)
  }

  #begin(): void {
    this.#before = this.sum
    this.#lowest[0] = 0n
    this.#nearest = this.#gross = this.#terms = 0
  }
}

/** Both factors, each product and each addition are off by 2^-53: these together by less than 2^62. */
const MOST_TERMS = 1000
const MOST_GROSS = 2 ** 104

/** The sum of which the lowest 64 bits are known, and a double that is less than half of 2^64 off. */
function exactly(lowest: bigint, near: number): bigint {
  const nearest = BigInt(near)
  return nearest + BigInt.asIntN(64, lowest - nearest)
}
