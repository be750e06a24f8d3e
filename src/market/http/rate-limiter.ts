/**
 * A way out with so many lanes. Whoever enters waits until one is free, the urgent ones first, and gets what frees it
 * again; it stays taken until its `rest` is over as well, which began on entering. So many calls at once, then, and
 * so many in a while.
 */
export function rateLimiter(
  count: number,
  rest: () => Promise<unknown>,
): (isUrgent: boolean) => Promise<() => void> {
  let free = count
  const urgent: (() => void)[] = []
  const patient: (() => void)[] = []

  const pass = () => {
    const waiting = urgent.shift() ?? patient.shift()
    if (waiting) waiting()
    else free += 1
  }

  return async (isUrgent) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => (isUrgent ? urgent : patient).push(resolve))
    const rested = rest()
    return () => void rested.then(() => pass())
  }
}
