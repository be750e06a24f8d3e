import { ProductSums } from '../../src/portfolio/product-sums.ts'

/** Counts the products of shares and prices that a calculation adds up. */
export function countedProducts(calculate: () => unknown): number {
  const own = Object.getOwnPropertyDescriptors(ProductSums.prototype)
  const add = own.add.value!
  const addRuns = own.addRuns.value!
  let count = 0
  ProductSums.prototype.add = function (...product) {
    count++
    add.apply(this, product)
  }
  ProductSums.prototype.addRuns = function (closes, indexes, starts, factors) {
    const before = count
    addRuns.call(this, closes, indexes, starts, factors)
    const products = factors.map((factor, run) =>
      factor === 0n ? 0 : (starts[run + 1] ?? indexes.length) - starts[run]!,
    )
    count = before + products.reduce((sum, each) => sum + each, 0)
  }
  try {
    calculate()
  } finally {
    Object.defineProperties(ProductSums.prototype, own)
  }
  return count
}
