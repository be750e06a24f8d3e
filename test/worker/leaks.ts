// What the app's log must not have in it (web/log.test.ts tries each). Every test that runs the app is searched for it.

/** What proves who somebody is, in whichever test it comes up: a token, a session's cookie, a recovery code. */
const SECRET = /\bys_[\w-]{43}|session=[\w-]{43}|\b([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}\b/
/** Amounts, prices and shares have decimals; what a line may count has none. */
const FRACTION = /(?<![\d.])\d+\.\d+(?![\d.]*\.)/

/** True for a line of the app with a secret in it, an amount, or something that people have entered. */
export function isLeak(line: string, entered: ReadonlySet<string>): boolean {
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

/** What a request's body brings of what a person writes: notes, names, remarks. */
export function enteredIn(body: unknown): string[] {
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) return []
  const typed = [
    ...[...String(body).matchAll(/"(?:note|name|description)":"((?:[^"\\]|\\.)*)"/g)].map(
      ([, text]) => text!,
    ),
    ...(body instanceof URLSearchParams
      ? ['note', 'name', 'description', 'confirm'].map((field) => body.get(field) ?? '')
      : []),
  ]
  // a shorter one may be a part of something else
  return typed.filter((text) => text.length > 5)
}
