// The app logs a line an event. Vitest would send each to its main process and, when a file is over, wait until all of
// them have arrived. But a line that an object or a queue writes behind the last test leaves only when the test's own
// context sends something besides, which it does not while it waits: such a file never ended. So the app's lines stay
// here, and those of a failed test are printed when it is over.

const lines: string[] = []
const log = console.log.bind(console)

/** What proves who somebody is, in whichever test it comes up: a token, a session's cookie, a recovery code. */
const SECRET = /\bys_[\w-]{43}|session=[\w-]{43}|\b([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b/
/** Amounts, prices and shares have decimals; what a line may count has none. */
const FRACTION = /(?<![\d.])\d+\.\d+(?![\d.]*\.)/
const leaks: string[] = []
/** What people have entered in this file's tests: notes, names, remarks. */
const entered = new Set<string>()

console.log = (...given: unknown[]) => {
  const [line] = given
  if (typeof line === 'string' && line.startsWith('{"event":')) {
    lines.push(line)
    if (isLeak(line)) leaks.push(line)
  } else log(...given)
}

function isLeak(line: string): boolean {
  if (SECRET.test(line)) return true
  // a format has a name of ours, which somebody may give to something as well
  const { event: _, format: __, ...facts } = JSON.parse(line) as Record<string, unknown>
  const said = Object.values(facts).flat()
  return said.some((fact) =>
    typeof fact === 'number'
      ? !Number.isInteger(fact)
      : typeof fact === 'string' && (FRACTION.test(fact) || [...entered].some((each) => fact.includes(each))),
  )
}

/** Notes what a request's body brings of what a person writes: the log is searched for it from here on. */
export function noteEntered(body: unknown): void {
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) return
  for (const [, text] of String(body).matchAll(/"(?:note|name|description)":"((?:[^"\\]|\\.)*)"/g))
    plant(text!)
  if (body instanceof URLSearchParams)
    for (const field of ['note', 'name', 'description', 'confirm']) plant(body.get(field) ?? '')
}

/** A shorter one may be a part of something else. */
function plant(text: string): void {
  if (text.length > 5) entered.add(text)
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
