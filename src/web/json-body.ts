import { bodyLimit } from 'hono/body-limit'
import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Limits the body of a route that takes a JSON object. */
export const smallJson = bodyLimit({
  maxSize: 64 * 1024,
  onError: (c) => problem(c, 413, 'The body is larger than 64 kB.'),
})

/** The body as a JSON object, or the answer that says why it is none. */
export async function jsonBody(c: AppContext): Promise<Record<string, unknown> | Response> {
  try {
    const value: unknown = JSON.parse(await c.req.text())
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // said below
  }
  return problem(c, 400, 'The body must be a JSON object.')
}
