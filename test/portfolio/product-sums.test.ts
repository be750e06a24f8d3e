import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProductSums } from '../../src/portfolio/product-sums.ts'
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
