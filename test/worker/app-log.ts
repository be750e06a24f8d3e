import { enteredIn, isLeak } from './leaks.ts'

// The app logs a line an event. Vitest would send each to its main process and, when a file is over, wait until all of
// them have arrived. But a line that an object or a queue writes behind the last test leaves only when the test's own
// context sends something besides, which it does not while it waits: such a file never ended. So the app's lines stay
// here, and those of a failed test are printed when it is over.

const lines: string[] = []
const log = console.log.bind(console)
const leaks: string[] = []
/** What people have entered in this file's tests: notes, names, remarks. */
const entered = new Set<string>()

console.log = (...given: unknown[]) => {
  const [line] = given
  if (typeof line === 'string' && line.startsWith('{"event":')) {
    lines.push(line)
    if (isLeak(line, entered)) leaks.push(line)
  } else log(...given)
}

/** Notes what a request's body brings of what a person writes: the log is searched for it from here on. */
export function noteEntered(body: unknown): void {
  for (const text of enteredIn(body)) entered.add(text)
}

/** The lines that had a secret in them, an amount, or what somebody has entered, since this was last asked. */
export function takeLeaks(): string[] {
  entered.clear()
  return leaks.splice(0)
}

/** What the app has logged since this was last asked. */
export function takeAppLog(): string[] {
  return lines.splice(0)
}
