import { bodyLimit } from 'hono/body-limit'
import { fromNumber, text } from '../portfolio/decimal.ts'
import { faultOfText } from './plain-text.ts'
import { problem, refused } from './problem.ts'
import type { AppContext } from './request.ts'

/** Limits the body of a route that takes a JSON object. */
export const smallJson = bodyLimit({
  maxSize: 64 * 1024,
  onError: (c) => problem(c, 413, 'The body is larger than 64 kB.'),
})

/** What a route's fields are: text, a number (also one written as text), or texts (also one text). */
export type Kinds = Record<string, Kind>
type Kind = 'text' | 'number' | 'texts'
/** The fields that were given, in text. Null is as given; what it means is each field's own. */
export type Given<Of extends Kinds> = {
  [Field in keyof Of]?: (Of[Field] extends 'texts' ? string | string[] : string) | null
}

/**
 * The body as a JSON object with fields of these kinds, or the answer that says why it is none: a field of another
 * kind is refused, because one that is read as empty would be dropped. Fields that the route does not have are left out.
 */
export async function jsonBody<Of extends Kinds>(c: AppContext, kinds: Of): Promise<Given<Of> | Response> {
  const body = await jsonObject(c)
  if (body instanceof Response) return body
  const faults: { field: string; reason: string }[] = []
  const given: Record<string, string | string[] | null> = {}
  for (const [field, kind] of Object.entries(kinds)) {
    const value = Object.hasOwn(body, field) ? body[field] : undefined
    if (value === undefined) continue
    const read = value === null ? null : readers[kind](value)
    const fault = [read ?? []]
      .flat()
      .map(faultOfText)
      .find((reason) => reason !== null)
    if (read === undefined) faults.push({ field, reason: `must be ${named[kind]}` })
    else if (fault) faults.push({ field, reason: fault })
    else given[field] = read
  }
  return faults.length > 0 ? refused(c, faults) : (given as Given<Of>)
}

/** The body as a JSON object whose fields nobody has looked at, or the answer that says why it is none. */
export async function jsonObject(c: AppContext): Promise<Record<string, unknown> | Response> {
  try {
    const text = await c.req.text()
    const value: unknown = JSON.parse(text)
    if (isDeep(text)) return problem(c, 400, 'The body is nested more than 20 levels deep.')
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // said below
  }
  return problem(c, 400, 'The body must be a JSON object.')
}

/** Says whether JSON, which has been parsed, is nested more deeply than anything of ours; brackets in a text do not count. */
function isDeep(json: string): boolean {
  let depth = 0
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    if (depth > DEEPEST) return true
  }
  return false
}

const DEEPEST = 20

const named: Record<Kind, string> = {
  text: 'text',
  number: 'a number, or text',
  texts: 'text, or a list of texts',
}

/** Each returns undefined for what is not of its kind. */
const readers: Record<Kind, (value: unknown) => string | string[] | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  number: (value) => (typeof value === 'number' ? written(value) : readers.text(value)),
  texts: (value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : readers.text(value),
}

/** JSON's 0.00000001 is JavaScript's 1e-8, which is not how anybody wrote it. */
function written(value: number): string {
  const printed = String(value)
  return printed.includes('e') ? text(fromNumber(value)) : printed
}
