import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { type Body, faultsIn, type Given } from './api/field.ts'
import { problem, refused } from './problem.ts'
import type { AppContext } from './request.ts'

/** Limits the body of a route that takes a JSON object. */
export const smallJson = bodyLimit({
  maxSize: 64 * 1024,
  onError: (c) => problem(c, 413, 'The body is larger than 64 kB.'),
})

/**
 * The body as a JSON object with the fields of a schema, or the answer that says why it is none: a field of another kind is
 * refused, because one that is read as empty would be dropped, and so is one that the route does not have. Only those
 * `answered` besides may come along: who sends back what they read means no change by them.
 */
export async function jsonBody<Of extends Body>(
  c: AppContext,
  schema: Of,
  answered: readonly string[] = [],
): Promise<Given<Of> | Response> {
  const body = await jsonObject(c)
  if (body instanceof Response) return body
  const read = v.safeParse(schema, body)
  const own = Object.keys(schema.entries)
  const known = [...own, ...answered]
  const unknown = Object.keys(body).filter((name) => !known.includes(name))
  const reason = `is not read here; the fields are ${own.join(', ')}`
  const faults = [
    ...unknown.map((name) => ({ field: name.slice(0, 40), reason })),
    ...(read.success ? [] : faultsIn(schema, body)),
  ]
  return read.success && faults.length === 0 ? read.output : refused(c, faults)
}

/** The body as a JSON object whose fields nobody has looked at, or the answer that says why it is none. */
export async function jsonObject(c: AppContext): Promise<Record<string, unknown> | Response> {
  const value = await parsed(c)
  if (value instanceof Response) return value
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : problem(c, 400, 'The body must be a JSON object.')
}

/** The same of a JSON list. */
export async function jsonList(c: AppContext): Promise<unknown[] | Response> {
  const value = await parsed(c)
  if (value instanceof Response || Array.isArray(value)) return value
  return problem(c, 400, 'The body must be a JSON list.')
}

/** What the body says; undefined for what is no JSON, and an answer for what is nested too deeply. */
async function parsed(c: AppContext): Promise<unknown> {
  try {
    const text = await c.req.text()
    const value: unknown = JSON.parse(text)
    return isDeep(text) ? problem(c, 400, 'The body is nested more than 20 levels deep.') : value
  } catch {
    return undefined
  }
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
