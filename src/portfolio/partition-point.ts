/** Returns how many of a list come first, where all that do stand before all that do not: found by halves. */
export function partitionPoint<T>(list: ArrayLike<T>, comesFirst: (each: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (comesFirst(list[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
