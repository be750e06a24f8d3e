// The app logs a line an event. Vitest would send each to its main process and, when a file is over, wait until all of
// them have arrived. But a line that an object or a queue writes behind the last test leaves only when the test's own
// context sends something besides, which it does not while it waits: such a file never ended. So the app's lines stay
// here, and those of a failed test are printed when it is over.

const lines: string[] = []
const log = console.log.bind(console)

/** What proves who somebody is, in whichever test it comes up: a token, a session's cookie, a recovery code. */
const SECRET = /\bys_[\w-]{43}|session=[\w-]{43}|\b([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b/
const leaks: string[] = []

console.log = (...given: unknown[]) => {
  const [line] = given
  if (typeof line === 'string' && line.startsWith('{"event":')) {
    lines.push(line)
    if (SECRET.test(line)) leaks.push(line)
  } else log(...given)
}

/** The lines that had a secret in them since this was last asked. */
export function takeLeaks(): string[] {
  return leaks.splice(0)
}

/** What the app has logged since this was last asked. */
export function takeAppLog(): string[] {
  return lines.splice(0)
}
