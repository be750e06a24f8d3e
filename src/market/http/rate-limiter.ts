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

/**
 * Rests of `spacing` milliseconds for `count` lanes, which keep their beat: who begins too late, since a timer was late, the
 * object busy or nobody there, rests as much less, but half a rest at least. So no lane is entered more than three times in
 * two rests and a half, as without a beat, and two hundred calls do not add up what each was late.
 */
export function beats(
  count: number,
  spacing: number,
  { now, sleep }: { now: () => number; sleep: (ms: number) => Promise<unknown> },
): () => Promise<unknown> {
  /** When those who are in the lanes should have begun, in the order in which they did. */
  const began: number[] = Array.from({ length: count }, () => -Infinity)
  return () => {
    const [due, at] = [began.shift()! + spacing, now()]
    const beat = Math.min(at, Math.max(due, at - spacing / 2))
    began.push(beat)
    return sleep(beat + spacing - at)
  }
}
