// The app logs a line an event. Vitest would send each to its main process and, when a file is over, wait until all of
// them have arrived. But a line that an object or a queue writes behind the last test leaves only when the test's own
// context sends something besides, which it does not while it waits: such a file never ended. So the app's lines stay
// here, and those of a failed test are printed when it is over.

const lines: string[] = []
const log = console.log.bind(console)

console.log = (...given: unknown[]) => {
  const [line] = given
  if (typeof line === 'string' && line.startsWith('{"event":')) lines.push(line)
  else log(...given)
}

/** What the app has logged since this was last asked. */
export function takeAppLog(): string[] {
  return lines.splice(0)
}
