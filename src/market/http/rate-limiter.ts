/**
 * Limits calls to `count` lanes. A caller waits for a free lane, urgent callers first, and gets a function that gives
 * the lane back. A lane stays taken until its `rest`, which begins when a caller enters, is over as well; so there are
 * at most `count` calls at once, and at most `count` in the time of a rest.
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
