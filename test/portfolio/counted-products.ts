import { ProductSums } from '../../src/portfolio/product-sums.ts'

/** Counts the products of shares and prices that a calculation adds up. */
export function countedProducts(calculate: () => unknown): number {
  const own = Object.getOwnPropertyDescriptors(ProductSums.prototype)
  const add = own.add.value!
  const runs = own.runs.value!
  let count = 0
  ProductSums.prototype.add = function (...product) {
    count++
    add.apply(this, product)
  }
  ProductSums.prototype.runs = function (closes, indexes) {
    const addRun = runs.call(this, closes, indexes)
    return (from, until, factor) => {
      const before = count
      addRun(from, until, factor)
      count = before + Math.max(until - from, 0)
    }
  }
  try {
    calculate()
  } finally {
    Object.defineProperties(ProductSums.prototype, own)
  }
  return count
}
