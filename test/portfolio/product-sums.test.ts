import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/portfolio/price-history.ts'
import { ProductSum, ProductSums } from '../../src/portfolio/product-sums.ts'
import { seeded } from './random-ledger.ts'

/** Of any size: from the smallest share to more than 64 bits hold. */
const decimal = fc
  .tuple(fc.bigInt(-(10n ** 22n), 10n ** 22n), fc.integer({ min: 0, max: 21 }))
  .map(([value, places]) => value / 10n ** BigInt(places))

const product = fc.record({ at: fc.nat(2), a: decimal, b: decimal })

describe('sums of products', () => {
  it('are exact to the last digit, whatever their size and sign', () => {
    fc.assert(
      fc.property(fc.array(product, { maxLength: 200 }), (products) => {
        const sums = new ProductSums(3, products.length)
        const plain = [0n, 0n, 0n]
        for (const { at, a, b } of products) {
          sums.add(at, a, b, Number(a) * Number(b))
          plain[at]! += a * b
        }
        expect([0, 1, 2].map((at) => sums.sum(at))).toEqual(plain)
      }),
      { ...seeded, numRuns: 500 },
    )
  })

  it('are the same for runs of days, of closes of any size and sign', () => {
    const own = fc.record({
      runs: fc.array(fc.record({ start: fc.nat(10), factor: fc.oneof(decimal, fc.constant(0n)) }), {
        minLength: 1,
        maxLength: 6,
      }),
      closes: fc.array(decimal, { minLength: 10, maxLength: 10 }),
    })
    const indexes = Int32Array.of(0, 0, 1, 2, 3, 3, 3, 7, 8, 9)
    fc.assert(
      fc.property(fc.array(own, { maxLength: 20 }), (symbols) => {
        const sums = new ProductSums(10, symbols.length)
        const plain = Array<bigint>(10).fill(0n)
        for (const { runs, closes } of symbols) {
          const starts = runs.map(({ start }) => start).toSorted((a, b) => a - b)
          const factors = runs.map(({ factor }) => factor)
          sums.addRuns(historyOf(closes.keys(), closes).closes, indexes, starts, factors)
          for (let i = starts[0]!; i < 10; i++)
            plain[i]! += factors[starts.findLastIndex((start) => start <= i)]! * closes[indexes[i]!]!
        }
        expect(plain.map((_, at) => sums.sum(at))).toEqual(plain)
      }),
      { ...seeded, numRuns: 500 },
    )
  })

  it('are the same on both sides of the limit of what is added as doubles', () => {
    // 2^115 ÷ (1 + 3)² = 2^111, and closes of just below 2^62
    const closes = BigInt64Array.of(2n ** 62n - 1n, 2n ** 32n, -(2n ** 62n) + 1n)
    for (const factor of [
      2n ** 48n,
      2n ** 49n - 1n,
      2n ** 49n,
      2n ** 50n + 7n,
      -(2n ** 49n) - 1n,
      2n ** 80n,
    ]) {
      const sums = new ProductSums(3, 1)
      sums.addRuns(closes, Int32Array.of(0, 1, 2), [0], [factor])
      expect([0, 1, 2].map((at) => sums.sum(at))).toEqual(Array.from(closes, (close) => close * factor))
    }
  })

  it('are exact for a thousand terms at the limit of what is added as doubles', () => {
    const terms = 1000
    const sums = new ProductSums(1, terms)
    let plain = 0n
    for (let i = 0; i < terms; i++) {
      // just below 2^95
      const [a, b] = [2n ** 48n - BigInt(7 * i + 1), 2n ** 47n - BigInt(11 * i + 3)]
      sums.add(0, a, b, Number(a) * Number(b))
      plain += a * b
    }
    expect(sums.sum(0)).toBe(plain)
  })
})

describe('a single sum of products', () => {
  const added = (products: readonly { a: bigint; b: bigint }[]) => {
    const sum = new ProductSum()
    for (const { a, b } of products) if (!sum.add(a, b, Number(a) * Number(b))) sum.addLarge(a * b)
    return sum.sum
  }
  const plain = (products: readonly { a: bigint; b: bigint }[]) =>
    products.reduce((total, { a, b }) => total + a * b, 0n)

  it('is exact to the last digit, whatever their size and sign', () => {
    fc.assert(
      fc.property(fc.array(product, { maxLength: 200 }), (products) => {
        expect(added(products)).toBe(plain(products))
      }),
      { ...seeded, numRuns: 500 },
    )
  })

  it('is exact for more products than are added at one go, small ones and some that are together too large', () => {
    const many = (bits: bigint) =>
      Array.from({ length: 2500 }, (_, i) => ({
        a: 2n ** bits - BigInt(7 * i + 1),
        b: (i % 3 === 0 ? -1n : 1n) * (2n ** bits - BigInt(11 * i + 3)),
      }))
    for (const bits of [40n, 47n, 49n, 51n, 52n, 60n]) expect(added(many(bits))).toBe(plain(many(bits)))
  })

  it('needs only the lowest 64 bits of a factor', () => {
    const [a, b] = [2n ** 70n + 12_345n, 2n ** 20n + 7n]
    const sum = new ProductSum()
    expect(sum.add(BigInt.asIntN(64, a), b, Number(a) * Number(b))).toBe(true)
    expect(sum.sum).toBe(a * b)
  })
})
